"""rules-accuracy.md: what the rules said of published registers, and what a reader with the law in hand says of that."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from docs.making.markdown import grid, opening
from docs.making.terminal import ROOT

FOLDER = ROOT / "tests" / "data" / "outside"
JUDGED = FOLDER / "judged.csv"
VERDICTS = ("right", "false", "unfair")
TOLD = ("always", "reworded", "since", "new", "no more", "never")
"""always: by the first run and now. reworded: the same, the words mended. since: missed by the first run, and told since. new: told
by a rule that asks something else and came later. no more: only by the first run. never: by neither, although it is right.
"""
NOW = frozenset(("always", "reworded", "since", "new"))
FIRST = frozenset(("always", "reworded", "no more"))
_COUNTED = ("findings", "right", "false", "unfair", "missed")
_HEADER = ("publisher", "title", "published at", "date", "as of")


class Judgement(NamedTuple):
    """What a reader says of one finding, or of a gap that no finding tells (then rule may be "").

    file: the register. verdict: right in law and fact, false in one of them, or unfair in its words. told: see TOLD.
    """

    file: str
    rule: str
    ref: str
    field: str
    verdict: str
    told: str
    why: str


def judgements() -> list[Judgement]:
    """All of them, in the order of the file."""
    with JUDGED.open(encoding="utf-8", newline="") as lines:
        return [Judgement(**row) for row in csv.DictReader(lines)]


def source(file: Path) -> dict[str, str]:
    """Who published a register, and where, out of the comment at its head."""
    said = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            break
        word, _, rest = line.removeprefix("# ").partition(": ")
        if word in _HEADER:
            said[word] = rest
    return said


def counts(of: Sequence[Judgement], told: frozenset[str]) -> list[str]:
    """Findings, right, false, unfair and missed of a run: of the first, or of now."""
    heard = [one for one in of if one.told in told]
    now = told == NOW
    unfair = [one for one in heard if one.verdict == "unfair" and not (now and one.told == "reworded")]
    false = [one for one in heard if one.verdict == "false"]
    missed = [one for one in of if one.told == "never" or (one.told == "since" and not now)]
    return [
        str(n)
        for n in (len(heard), len(heard) - len(unfair) - len(false), len(false), len(unfair), len(missed))
    ]


def accuracy_as_markdown() -> str:
    """The page."""
    all_ = judgements()
    files = sorted(FOLDER.glob("*.yaml"))
    lines = [
        *opening(
            "How right the rules are",
            "The rules, run over registers that public bodies published, and judged by eye.",
        ),
        "Each register was read by hand: its facts in words of our own, nothing that its pages do not say. Each finding was held",
        "against the law, and each record was read for what the rules did not tell. Then the rules were mended, and counted again.",
        "A published register holds less than the one kept inside, so a finding says what the pages lack, and not what the body lacks.",
        "",
        "| register | published by | where |",
        "|---|---|---|",
        *(
            f"| [{one.stem}](../tests/data/outside/{one.name}) | {said['publisher']} | {said['title']}, {said['published at']} ({said['date']}) |"
            for one in files
            for said in (source(one),)
        ),
        "",
        "## Count",
        "",
        "*right*: law and facts support it. *false*: one of them does not. *unfair*: a gap, and words that mislead. *missed*: a gap",
        "that a reader sees, and no rule told. Each judgement with its reason is a line of [judged.csv](../tests/data/outside/judged.csv).",
        "",
        *_by("register", [(one.stem, [j for j in all_ if j.file == one.name]) for one in files], all_),
        "### By rule",
        "",
        *_by("rule", _rules(all_), None),
        *_listed(
            "What was wrong, and was mended",
            [one for one in all_ if one.told in ("reworded", "since", "no more")],
        ),
        *_listed(
            "What is still wrong",
            [one for one in all_ if one.told in NOW - {"reworded"} and one.verdict != "right"],
        ),
        *_listed(
            "What a reader sees, and the rules do not tell", [one for one in all_ if one.told == "never"]
        ),
    ]
    return "\n".join(lines)


def _rules(all_: Sequence[Judgement]) -> list[tuple[str, list[Judgement]]]:
    names = sorted({one.rule for one in all_})
    return [(name or "none asks it", [one for one in all_ if one.rule == name]) for name in names if name] + [
        ("none asks it", [one for one in all_ if not one.rule])
    ]


def _by(
    what: str, groups: Sequence[tuple[str, Sequence[Judgement]]], total: Sequence[Judgement] | None
) -> Iterator[str]:
    rows = [[name, *_cells(of)] for name, of in groups if of]
    if total is not None:
        rows.append(["all", *_cells(total)])
    yield from grid([what, *_COUNTED], rows)


def _cells(of: Sequence[Judgement]) -> list[str]:
    """Each count before and after mending, "3 → 0"; once where it stayed."""
    both = zip(counts(of, FIRST), counts(of, NOW), strict=True)
    return [before if before == after else f"{before} → {after}" for before, after in both]


def _listed(heading: str, of: Sequence[Judgement]) -> Iterator[str]:
    """The judgements of one sort, those with one reason in one row; nothing for none."""
    rows: dict[tuple[str, str, str], list[str]] = {}
    for one in of:
        was = "missed" if one.told in ("since", "never") else one.verdict
        rows.setdefault((one.rule, was, one.why), []).append(f"{one.file.removesuffix('.yaml')} {one.ref}")
    if rows:
        yield from (f"## {heading}", "")
        yield from grid(
            ["rule", "was", "where", "why"],
            [[rule or "–", was, ", ".join(where), why] for (rule, was, why), where in rows.items()],
        )
