"""The closed lists of law that a record chooses from, and how people spell their members."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from ropa.errors import Ambiguous, Refused
from ropa.reference.citations import citation, named_in
from ropa.reference.facts import cells, shipped, table
from ropa.reference.shelf import Row
from ropa.words import fold, listing, meant

_LONGEST = 40
"""Words in a text that may still be a citation with a name."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A closed list of codes with labels, and the spellings that stand for each.

    range: the codes in a few words, for a refusal. spellings: folded text to codes; two codes make it
    ambiguous. cited: what a citation of the law boils down to ("6 1 b") to codes. unclear: folded words to
    choices and the reason. outside: spellings of what looks like a code but is none, to the reason and the
    next step.
    """

    name: str
    labels: Mapping[str, str]
    range: str
    spellings: Mapping[str, tuple[str, ...]]
    cited: Mapping[str, tuple[str, ...]]
    unclear: Mapping[str, tuple[tuple[str, ...], str]]
    outside: Mapping[str, tuple[str, str]]

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes in the order of the law."""
        return tuple(self.labels)

    def label(self, code: str) -> str:
        """The code as a person reads it: "6(1)(b) contract"; the code itself where it is not in the list."""
        return self.labels.get(code, code)

    def parse(self, text: str) -> str:
        """The code that a text stands for: the code, its name, or a citation such as "Art. 6 (1) b GDPR".

        Raises Ambiguous with the choices where several are meant or may be, Refused for anything else.
        """
        return text if text in self.labels else self._read(text.strip())

    def _read(self, text: str) -> str:
        folded, cited = fold(text), citation(text)
        if folded in self.unclear:
            choices, why = self.unclear[folded]
            raise Ambiguous(f"'{text}' {why}", do=self._say_which(choices))
        for spelled, known in ((folded, self.spellings), (cited, self.cited)):
            if spelled in self.outside:
                what, do = self.outside[spelled]
                raise Refused(what, do=do)
            if found := known.get(spelled):
                return self._only(text, found)
        return self._only(text, self._beside(folded) or self._several(cited) or self._started(cited))

    def _beside(self, folded: str) -> tuple[str, ...]:
        """The codes of a citation with a name beside it: "6(1)(b) contract", "Contract (Art. 6(1)(b))"."""
        words = folded.split()
        for at in range(1, len(words) if len(words) <= _LONGEST else 0):
            parts = " ".join(words[:at]), " ".join(words[at:])
            for law, name in (parts, parts[::-1]):
                named, found = self.spellings.get(name), self.cited.get(citation(law))
                if named and found:
                    return tuple(dict.fromkeys((*found, *named)))
        return ()

    def _several(self, cited: str) -> tuple[str, ...]:
        """The codes of several citations: "6(1)(b) and (f)"; none where anything else is said."""
        found, rest = named_in(cited, self.cited)
        return () if rest else found

    def _started(self, cited: str) -> tuple[str, ...]:
        """The codes of a citation that stops too early: "Art. 49" or "Art. 6(1)"."""
        if not cited[:1].isdigit():
            return ()
        codes = (code for key, found in self.cited.items() if key.startswith(f"{cited} ") for code in found)
        return tuple(dict.fromkeys(codes))

    def _only(self, text: str, found: tuple[str, ...]) -> str:
        if len(found) == 1:
            return found[0]
        if found:
            raise Ambiguous(f"'{text}' fits more than one.", do=self._say_which(found))
        if len(fold(text)) == 1:
            raise Refused(f"'{text}' lacks its article.", do=f"Write it in full: {self.range}.")
        near = "" if citation(text)[:1].isdigit() else self._near(text)
        raise Refused(f"'{text}' is not one of {self.range}.", do=near)

    def _say_which(self, choices: Iterable[str]) -> str:
        return f"Say which: {listing((self._spoken(code) for code in choices), 'or')}."

    def _spoken(self, code: str) -> str:
        label = self.label(code)
        return label if label.startswith(code) else f"{code} ({label})"

    def _near(self, text: str) -> str:
        codes = dict.fromkeys(c for near in meant(text, list(self.spellings)) for c in self.spellings[near])
        codes = {code: None for code in codes if code in self.labels}
        return f"Did you mean {listing(map(self._spoken, list(codes)[:3]), 'or')}?" if codes else ""


@cache
def legal_bases() -> Vocabulary:
    """The six legal bases of Art. 6(1) GDPR. Art. 6(4) is refused: it is a test, not a basis."""
    test = (
        "6(4) is no legal basis of its own: it is the test whether a further purpose fits the first one.",
        "Name the basis on which the data were first processed, 6(1)(a) to 6(1)(f).",
    )
    rows = [row for row in table("legal_bases") if row["id"] != "6(4)"]
    return _vocabulary("legal_bases", _by_article(rows), rows, {"6(4)": test}, "6(1)(a) … 6(1)(f)")


@cache
def special_conditions() -> Vocabulary:
    """The ten conditions of Art. 9(2) GDPR. Art. 9(4) is refused: it lets Member States add to them."""
    more = (
        "9(4) is no condition of its own: it lets national law add to those of 9(2).",
        "Name the condition, 9(2)(a) to 9(2)(j), and the law beside it.",
    )
    rows = [row for row in table("special_conditions") if row["id"] != "9(4)"]
    return _vocabulary("special_conditions", _by_article(rows), rows, {"9(4)": more}, "9(2)(a) … 9(2)(j)")


@cache
def mechanisms() -> Vocabulary:
    """What a transfer leg is said to rest on, by Chapter V GDPR and its UK and Swiss likes.

    Sets and modules of clauses are not among them (see `scc_sets`). Art. 48 is, because registers name it and
    a rule then says what it is worth.
    """
    rows = [row for row in shipped("mechanisms") if not _is_set(row) and row["kind"] != "not a transfer tool"]
    labels = {row["id"]: _mechanism_label(row) for row in rows}
    return _vocabulary("mechanisms", labels, rows, {}, "45, 46-2-a … 49-1-sub2, uk-… and ch-…")


@cache
def scc_sets() -> Vocabulary:
    """The sets of transfer clauses that an agreement may consist of, those no longer usable among them."""
    clauses = (
        "The clauses of Decision (EU) 2021/915 are for processors (Art. 28(7)) and no transfer tool.",
        "Leave the set blank, or name the transfer clauses: scc-2021-914.",
    )
    labels: dict[str, str] = {}
    for row in shipped("mechanisms"):
        if row["id"].startswith("scc-2021-914"):
            labels["scc-2021-914"] = "SCC 2021 (Decision (EU) 2021/914)"
        elif _is_set(row) and row["status"] != "planned":
            labels[row["id"]] = f"SCC {row['short_name']}"
        elif row["id"] in ("uk-idta", "uk-addendum", "uk-old-scc"):
            labels[row["id"]] = row["short_name"]
    return _vocabulary("scc_sets", labels, [], {"28-7-dpa": clauses}, listing(labels, "or"))


@cache
def special_sorts() -> Vocabulary:
    """The sorts of special data of Art. 9(1), criminal data (Art. 10), and none."""
    rows = table("special_categories")
    labels = {"none": "none"} | {row["id"]: f"{row['article']} {_small(row['name'])}" for row in rows}
    return _vocabulary("special_sorts", labels, rows, {}, listing(labels, "or"))


def _vocabulary(
    name: str,
    labels: Mapping[str, str],
    rows: Iterable[Row],
    outside: Mapping[str, tuple[str, str]],
    span: str,
) -> Vocabulary:
    spellings: dict[str, tuple[str, ...]] = {}
    cited: dict[str, tuple[str, ...]] = {}
    for code, words in _spelled(name, labels, rows):
        spellings[fold(words)] = tuple(dict.fromkeys((*spellings.get(fold(words), ()), code)))
    for code, law in _cited(labels, rows, outside):
        cited[citation(law)] = tuple(dict.fromkeys((*cited.get(citation(law), ()), code)))
    refused = {
        key: outside[codes[0]]
        for known in (spellings, cited)
        for key, codes in known.items()
        if codes[0] in outside
    }
    return Vocabulary(
        name,
        labels,
        span,
        {key: codes for key, codes in spellings.items() if key not in refused},
        {key: codes for key, codes in cited.items() if key not in refused},
        _unclear(name),
        refused,
    )


def _spelled(name: str, labels: Mapping[str, str], rows: Iterable[Row]) -> Iterable[tuple[str, str]]:
    for code, label in labels.items():
        yield from ((code, code), (code, label), (code, f"{code} ({label})"))
    for row in rows:
        yield row["id"], row["name"] if "name" in row else row["short_name"]
    for row in table("aliases"):
        if row["vocabulary"] == name:
            yield row["code"], row["alias"]


def _cited(
    labels: Mapping[str, str], rows: Iterable[Row], outside: Iterable[str]
) -> Iterable[tuple[str, str]]:
    """The places in the law that name a code. UK and Swiss mechanisms go by their own words only."""
    for code in (*labels, *outside):
        if code[:1].isdigit():
            yield code, code
    for row in rows:
        if row.get("regime", "EU GDPR") == "EU GDPR" and row.get("article"):
            yield row["id"], row["article"]


def _unclear(name: str) -> Mapping[str, tuple[tuple[str, ...], str]]:
    return {
        fold(row["word"]): (cells(row["choices"]), row["why"])
        for row in table("unclear")
        if row["vocabulary"] == name
    }


def _by_article(rows: Iterable[Row]) -> dict[str, str]:
    return {row["id"]: f"{row['id']} {_small(row['short_name'])}" for row in rows}


def _is_set(row: Row) -> bool:
    return row["id"].startswith("scc-")


def _mechanism_label(row: Row) -> str:
    if row["regime"] == "EU GDPR":
        return f"{row['article']} {_small(row['short_name'])}"
    name = row["short_name"].removeprefix("UK ").removeprefix("Swiss ")
    return f"{row['regime']} {row['article']} {name}"


def _small(words: str) -> str:
    """Without the capital of a sentence; abbreviations keep theirs."""
    return words[0].lower() + words[1:] if words[1:2].islower() else words
