"""The gap analysis as Markdown: for a page of a wiki, a ticket, a mail."""

import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from ropa.gaps.grouping import Group
from ropa.gaps.groupwords import closing, headed, where
from ropa.gaps.overview import Desk, Overview
from ropa.sheets.celltext import cell_text
from ropa.sheets.gapfiles import words

_SIGNS = re.compile(r"[\\`*_{}\[\]<>#|~$&!^@]|(?<=[a-z]):(?=//)|(?<=www)\.", re.IGNORECASE)
"""Signs that Markdown, HTML within it, or an extension of it (tables, formulas, addresses as links) would act upon."""
_FIRST = re.compile(r"^(\d{1,9}(?=[.)])|(?=[-+=]))(.)")
"""What makes a list or a heading of a line that begins with it."""
_TICKS = re.compile("`+")
_BARS = 30


def write_markdown(told: Overview, file: BinaryIO) -> None:
    """The state, what matters first, who must answer what, and every open point."""
    file.write(("\n".join(_lines(told)) + "\n").encode("utf-8", "backslashreplace"))


def _lines(told: Overview) -> Iterator[str]:
    yield f"# {md(words.title(told))}"
    yield ""
    yield md(words.stand(told))
    yield ""
    yield f"**{' '.join(map(md, words.verdict(told)))}**"
    for notice in told.memo.notices:
        yield from ("", f"> Note: {md(notice)}")
    if told.first:
        yield from ("", "## What matters first", "")
        for number, group in enumerate(told.first, 1):
            yield from _first(number, group)
    yield from _state(told)
    yield from _trend(told)
    yield from _desks(told.desks)
    yield from _points(told)
    yield from _accepted(told)
    yield from _how(told)


def _first(number: int, group: Group) -> Iterator[str]:
    ran_out = " (ran out)" if group.expired else ""
    yield f"{number}. **{md(group.title)}**{ran_out}: {md(where(group))}  "
    yield f"   {md(group.say)}  " if group.say else "   "
    yield f"   Ask {md(', '.join(group.ask))}: {md(group.question)}"


def _state(told: Overview) -> Iterator[str]:
    if not told.themes:
        return
    yield from ("", "## The state, theme by theme", "")
    yield from _table(
        ["Theme", "answered", *words.SAID.values()],
        [[one.name, one.score.text, *map(str, one.open.values())] for one in told.themes],
    )
    if told.memo.worst:
        worst = ", ".join(f"{ref} {score}" for ref, score in told.memo.worst)
        yield from ("", f"Least complete: {md(worst)}.")


def _trend(told: Overview) -> Iterator[str]:
    if not told.trend:
        return
    yield from ("", "## The trend", "", words.TREND, "")
    most = max(one.total for one in told.trend) or 1
    rows = [
        [
            words.month(one, told),
            *(str(n) for n in one.open.values()),
            str(one.total),
            one.score.text,
            "█" * round(_BARS * one.total / most),
        ]
        for one in told.trend
    ]
    yield from _table(["End of", *words.SAID.values(), "all", "answered", ""], rows)


def _desks(desks: Sequence[Desk]) -> Iterator[str]:
    if not desks:
        return
    yield from ("", "## Who must answer what", "")
    yield from _table(
        ["Who", *words.SAID.values()], [[one.name, *map(str, one.open.values())] for one in desks]
    )
    for desk in desks:
        yield from ("", f"### {md(desk.name)}", "")
        for group in desk.groups:
            yield f"- [ ] {md(group.question)} ({md(where(group))})"


def _points(told: Overview) -> Iterator[str]:
    for heading, groups in headed(told.memo.groups):
        yield from ("", f"## {md(heading)}")
        for group in groups:
            yield from ("", f"### {md(group.title)}", "", f"{md(where(group))}  ")
            if group.say:
                yield f"{md(group.say)}  "
            yield f"Law: {md(group.law)} ({group.rule})  "
            yield f"Ask {md(', '.join(group.ask))}: {md(group.question)}"
            if not told.given:
                yield from _commands(group)


def _commands(group: Group) -> Iterator[str]:
    for lead, command in (("Do", group.do), ("Or", group.otherwise)):
        if command:
            yield from ("", f"{lead}: {code(command)}")
    if group.do and (rest := closing(group)):
        yield f"({rest})"


def _accepted(told: Overview) -> Iterator[str]:
    if told.memo.waived:
        yield from ("", "## Accepted on purpose", "")
        for group in told.memo.waived:
            yield f"- {md(group.title)}: {md(where(group))} ({md(group.until)})"


def _how(told: Overview) -> Iterator[str]:
    yield from ("", "## How to read it", "")
    for term, said in words.READING:
        yield f"- **{term}**: {md(said)}"
    yield from ("", f"Facts, and when each was last checked: {md(words.facts(told))}.")
    if told.report.hash:
        yield from ("", f"Made of revision r{told.report.revision}, hash `{told.report.hash}`.")


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(map(md, head))} |"
    yield "|---" * len(head) + "|"
    for row in rows:
        yield f"| {' | '.join(map(md, row))} |"


def md(text: str) -> str:
    """A text as one line of Markdown in which nothing is markup, and no address becomes a link."""
    line = " ".join(cell_text(text).split())
    return _FIRST.sub(r"\1\\\2", _SIGNS.sub(r"\\\g<0>", line))


def code(command: str) -> str:
    """A command between as many ticks as it takes."""
    line = " ".join(cell_text(command).split())
    ticks = "`" * (1 + max((len(found) for found in _TICKS.findall(line)), default=0))
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{ticks}{pad}{line}{pad}{ticks}"
