"""How much of what published notices state is found, missed and wrongly found: counted by hand with a folder of their texts.

    .venv/bin/python -m tests.notices.accuracy FOLDER [--write]

The texts are not in the tree, for they belong to others. What a reader must find in each stands in
tests/data/notices/facts.yaml. With --write the counts go into results.csv beside it, and docs/notice-accuracy.md is
written from them; a test holds the page against the counts.
"""

import csv
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from ropa.errors import Refused
from ropa.model.codes import vocabulary
from ropa.notices.legal_forms import FORM
from ropa.notices.read import read_notice
from ropa.notices.reading import NoticeReading
from ropa.notices.section_values import bases, grounds
from ropa.words import fold

TREE = Path(__file__).parents[2]
FACTS = TREE / "tests" / "data" / "notices" / "facts.yaml"
RESULTS = FACTS.with_name("results.csv")
FIRST = FACTS.with_name("first_run.csv")
"""What was counted at the first run over the notices that were kept back, before anything was mended by them."""
PAGE = TREE / "docs" / "notice-accuracy.md"
FIELDS = {
    "controller": "Controller",
    "contact": "Contact",
    "dpo": "Data protection officer",
    "updated": "Date",
    "purposes": "Purposes",
    "people": "People concerned",
    "data": "Kinds of data",
    "bases": "Legal bases",
    "periods": "Periods",
    "services": "Services",
    "recipients": "Companies",
    "countries": "Countries",
    "mechanisms": "Grounds of transfers",
    "rights": "Rights",
}
FAMILIES = {
    "entries": 'Entries ("Personal Data: …", "Place of processing: …")',
    "sections": "Sections (the German generator and its translations)",
    "table": "A table of processing",
    "prose": "Free prose, numbered or not",
}
_WITHIN = frozenset({"periods", "rights", "mechanisms"})
"""Fields of which a fact is a few words: what was read must hold them."""


@dataclass(frozen=True)
class Count:
    """What came of one field of one notice."""

    notice: str
    family: str
    field: str
    told: int
    found: int
    wrong: int

    @property
    def missed(self) -> int:
        """What the notice states and the reader did not find."""
        return self.told - self.found


def facts() -> list[dict[str, Any]]:
    """The notices with their facts."""
    return list(yaml.safe_load(FACTS.read_text(encoding="utf-8")))


def counted(folder: Path) -> Iterator[Count]:
    """The counts of all notices whose text is in the folder. Raises SystemExit for a text that is not the one that was read."""
    for one in facts():
        content = (folder / one["name"]).read_bytes()
        if sha256(content).hexdigest() != one["sha256"]:
            raise SystemExit(f"{one['name']}: another text than the one whose facts were written down.")
        try:
            read = found_in(read_notice(content, one["name"]))
        except Refused as trouble:
            print(f"{one['name']}: {trouble.what}")
            read = {}
        for field in FIELDS:
            told = [str(fact) for fact in one["facts"].get(field, [])]
            yield _compared(one, field, told, read.get(field, []))


def _compared(one: dict[str, Any], field: str, told: list[str], read: list[str]) -> Count:
    hit = [fact for fact in told if any(_is(field, fact, item) for item in read)]
    wrong = [item for item in dict.fromkeys(read) if not any(_is(field, fact, item) for fact in told)]
    missed = [fact for fact in told if fact not in hit]
    for what, items in (("missed", missed), ("WRONG", wrong)):
        if items:
            print(f"{one['name']} {field} {what}: {items}")
    return Count(one["name"], one["family"], field, len(told), len(hit), len(wrong))


def _is(field: str, fact: str, item: str) -> bool:
    if " | " in fact:
        return any(_is(field, one, item) for one in fact.split(" | "))
    if fact.startswith("sha256:"):
        return sha256(fold(item).encode()).hexdigest().startswith(fact.removeprefix("sha256:"))
    if field in _WITHIN or (field == "bases" and not re.match(r"\d", fact)):
        return fold(fact) in fold(item)
    return fold(fact) == fold(item)


def found_in(reading: NoticeReading) -> dict[str, list[str]]:
    """What the reader found, by field, in the words of the notice or as codes."""
    found: dict[str, list[str]] = {field: [] for field in FIELDS}
    for field, told in (
        ("controller", reading.controller),
        ("contact", reading.contact_email),
        ("dpo", reading.dpo),
    ):
        found[field] += [told.text] if told else []
    found["updated"] += [str(reading.last_updated.day)] if reading.last_updated else []
    found["rights"] += [told.text for told in reading.rights_given]
    found["periods"] += [told.text for told in reading.retention_given]
    found["people"] += [told.text for told in reading.subjects]
    found["purposes"] += [stated.text for stated in reading.stated_purposes]
    found["countries"] += [place.code or place.text for place in reading.places]
    found["mechanisms"] += [code for told in reading.grounds_given for code in grounds(told.text)]
    for told in reading.legal_bases_given:
        found["bases"] += list(bases(told.text)) or [told.text]
    for service in reading.services:
        found["recipients" if FORM.search(service.name) else "services"].append(service.name)
    for block in reading.blocks:
        _of_block(found, block)
    return found


def _of_block(found: dict[str, list[str]], block: Any) -> None:
    found["data"] += [_head(told.text) for told in block.data]
    found["people"] += [_head(told.text) for told in block.subjects]
    found["purposes"] += [_head(told.text) for told in block.purposes]
    found["countries"] += [place.code for place in block.places if place.code]
    for field, told in (
        ("purposes", block.purpose),
        ("services", block.service),
        ("recipients", block.company),
        ("periods", block.retention),
    ):
        found[field] += [told.text] if told and not _refers(told.text) else []
    found["bases"] += _bases(block.legal_basis)
    for one in block.procedures:
        if one.provider:
            found["recipients"].append(one.provider.text)
            found["services"] += [one.name.text] if one.name != one.provider else []
        found["countries"] += [code for code in (one.country, one.parent_country) if code]
        found["bases"] += _bases(one.legal_basis)
        found["periods"] += [one.retention.text] if one.retention else []
        found["mechanisms"] += list(grounds(one.mechanism.text)) if one.mechanism else []


def _bases(told: Any) -> list[str]:
    if told is None:
        return []
    if codes := bases(told.text):
        return list(codes)
    try:
        return [vocabulary("legal_bases").parse(told.text)]
    except Refused:
        return []


def _head(text: str) -> str:
    return text.split("(", maxsplit=1)[0].strip() or text


def _refers(text: str) -> bool:
    return bool(re.search(r"\b(?:Abschnitt|section)\b", text))


def read_results(path: Path = RESULTS) -> list[Count]:
    """The counts that were recorded."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        Count(r["notice"], r["family"], r["field"], int(r["told"]), int(r["found"]), int(r["wrong"]))
        for r in rows
    ]


def write_results(counts: list[Count], path: Path = RESULTS) -> None:
    """Record the counts; a field of which the notice says nothing and the reader found nothing is left out."""
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file, lineterminator="\n")
        sheet.writerow(["notice", "family", "field", "told", "found", "wrong"])
        sheet.writerows(
            [c.notice, c.family, c.field, c.told, c.found, c.wrong] for c in counts if c.told or c.wrong
        )


def page(counts: list[Count]) -> str:
    """The page about the counts."""
    whole = _sums(counts)
    parts, files = len({c.notice for c in counts}), len({(one["repository"], one["path"]) for one in facts()})
    rows = [
        "# What is read from published notices",
        "",
        f"{files} notices that others wrote ({parts} parts of them) were read by hand, and what a reader must find was written down: {whole[0]} facts in",
        "five languages. Then the program read the same texts. This page counts what it found, what it missed, and what it found that is",
        "not so. Wrongly found is the worst, because a person may believe it; missed is a blank that the gap report asks about.",
        "",
        (
            f"Of {whole[0]} facts it finds {whole[1]} ({_share(whole[1], whole[0])}) and misses {whole[0] - whole[1]}; {whole[2]} of the {whole[1] + whole[2]} that it gives are wrong"
            f" ({_share(whole[2], whole[1] + whole[2])})."
        ),
        "",
        "A value counts for the notice as a whole, not for the entry in which it was found: the page does not say how often a country or a",
        "company was put with the wrong purpose. A value stated twice counts once. A service that is named without being used counts as",
        "wrong.",
        "",
        "## By family",
        "",
        *_table("Family", [(FAMILIES[f], [c for c in counts if c.family == f]) for f in FAMILIES]),
        "",
    ]
    first = read_results(FIRST)
    told, found, wrong = _sums(first)
    rows += [
        "## Notices that the reader had never seen",
        "",
        f"{len({c.notice for c in first})} of the parts were kept back until the reader was made (two of them are further parts of notices of which it knew others). At the first run over them it found {found} of {told} facts",
        f"({_share(found, told)}), and {wrong} of the {found + wrong} that it gave were wrong. Then it was mended by what they showed, and the tables here count them as",
        "they are read now. For a notice that is new, the first run is the better guess:",
        "",
        *_table("Family", [(FAMILIES[f], [c for c in first if c.family == f]) for f in FAMILIES]),
        "",
    ]
    for family, title in FAMILIES.items():
        of = [c for c in counts if c.family == family]
        if of:
            by_field = [(name, [c for c in of if c.field == field]) for field, name in FIELDS.items()]
            rows += [f"## {title}", "", *_table("Field", [(n, c) for n, c in by_field if c]), ""]
    return "\n".join([*rows, *_sources(), ""])


def _table(head: str, rows: list[tuple[str, list[Count]]]) -> list[str]:
    lines = [f"| {head} | parts | stated | found | missed | wrongly found |", "|---|--:|--:|--:|--:|--:|"]
    for name, counts in rows:
        told, found, wrong = _sums(counts)
        if told or wrong:
            many = len({c.notice for c in counts if c.told or c.wrong})
            lines.append(f"| {name} | {many} | {told} | {found} | {told - found} | {wrong} |")
    return lines


def _sources() -> list[str]:
    lines = [
        "## The notices",
        "",
        "Each text is a part of the file named: its head and some of its sections, with some paragraphs left out. The facts, and the digest",
        "of each text, are in `tests/data/notices/facts.yaml`; the texts belong to others and are not in the tree. `tests/notices/accuracy.py`",
        "counts, given a folder with them.",
        "",
        "| Public repository | File | Language | Family |",
        "|---|---|---|---|",
    ]
    return lines + [
        f"| {one['repository']} | {one['path']} | {one['language']} | {one['family']} |" for one in facts()
    ]


def _sums(counts: list[Count]) -> tuple[int, int, int]:
    return sum(c.told for c in counts), sum(c.found for c in counts), sum(c.wrong for c in counts)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "none"


def main(arguments: list[str]) -> None:
    """Count, and write where asked to."""
    counts = list(counted(Path(arguments[0])))
    told, found, wrong = _sums(counts)
    print(f"{told} stated, {found} found, {told - found} missed, {wrong} wrongly found")
    if "--first" in arguments:
        kept_back = {one["name"] for one in facts() if one.get("unseen")}
        write_results([count for count in counts if count.notice in kept_back], FIRST)
    if "--write" in arguments:
        write_results(counts)
        PAGE.write_text(page(read_results()), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
