"""`--as-of` on every command that reads: what is said of a past state is what was said then, word for word and cell by cell."""

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from openpyxl import load_workbook

from tests.cli.conftest import NOTICE
from tests.cli.running import Inside, Ran
from tests.cli.test_examples import EVERY

NOUNS = ("activity", "vendor", "entity", "data", "subject", "retention", "system", "measure", "notice")
_SHOWN = {
    "activity": "PA-0001 PA-0014",
    "vendor": "invented-relay",
    "entity": "musterfeld",
    "data": "email-address",
    "subject": "applicants",
    "retention": "applicants-6m",
    "system": "newsletter-tool",
    "measure": "separation",
    "notice": "website",
}
READS = (
    *(f"{noun} list" for noun in NOUNS),
    *(f"{noun} show {ref}" for noun, ref in _SHOWN.items()),
    "activity show PA-0014 --yaml",
    "vendor show invented-relay --json",
    "activity list --json --columns ref,name,due,gaps",
    "activity list --due 'in 2 years' --csv",
    "activity list --vendor invented-relay --group-by owner",
    "vendor list --csv --columns ref,name,activities",
    "transfer list",
    "transfer list --json",
    "transfer show US",
    "find head sales",
    "find mockmail --json",
    "gaps",
    "gaps --json --all",
    "gaps --activity PA-0004 --csv",
    "status",
    "status --json",
    "due --within 400",
    "due --within 400 --json",
    "facts list",
    "facts show adequacy --json",
    "facts show adequacy --where destination=KE",
    "facts diff",
    "log",
    "log --json",
    "log PA-0014 owner",
    "log newsletter --kind activity --csv",
    "sql 'select owner, position, destination from activity_transfers order by 1, 2'",
    "sql 'select max(revision), count(*), min(digest) from change' --json",
    "export --out out.xlsx",
    "export --layout json --out out.json",
    "export --layout yaml --out out.yaml",
)
"""Each way in which a command that reads is asked, but for --as-of."""

STEPS = (
    (0, "activity set PA-0001 PA-0014 owner='Head of Sales' --yes --why 'new owners'"),
    (0, "waive A108 PA-0004 --reason 'agreed in spring' --until 2027-01-31"),
    (3, "vendor rename mockmail mail-house --yes"),
    (3, f"import {shlex.quote(str(NOTICE))} --yes"),
    (9, "activity remove PA-0027 --why 'never took place' --yes"),
    (9, "activity set PA-0014 'transfers+={destination: US, mechanism: \"45\"}' 'purposes.1.law=§ 7 UWG'"),
    (40, "activity end PA-0002"),
    (40, "activity rename PA-0014 'Letters to customers'"),
    (41, "retention set applicants-6m period='9 months' --yes"),
    (41, "unwaive A108 PA-0004"),
    (90, "restore PA-0027 --as-of r4 --why 'it takes place' --yes"),
    (90, "entity set musterfeld employees=12"),
)
"""Day since the first one, and what is done then."""
_FIRST = datetime(2026, 10, 20, 9, tzinfo=UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let it be that time."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> "Clock":
            return cls.fromtimestamp(moment.timestamp(), tz)

    with (
        mock.patch("ropa.store.append.datetime", Clock),
        mock.patch("ropa.cli.options.datetime", Clock),
        mock.patch("ropa.cli.session.datetime", Clock),
    ):
        yield


class Said(NamedTuple):
    """What a command answered: exit status, stdout, stderr, and what stands in the file that it wrote."""

    code: int
    out: str
    err: str
    file: Any


def answer(ropa: Inside, words: str) -> Said:
    """Ask, and read what is written."""
    for old in ropa.folder.glob("out.*"):
        old.unlink()
    ran: Ran = ropa(*shlex.split(words))
    assert ran.code in (0, 1, 2), ran
    made = next(ropa.folder.glob("out.*"), None)
    return Said(ran.code, ran.out, ran.err, made and _content(made))


def _content(made: Path) -> Any:
    if made.suffix != ".xlsx":
        return made.read_text("utf-8")
    return [
        (sheet.title, cell.coordinate, cell.value, cell.comment and cell.comment.text)
        for sheet in load_workbook(made)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]


def walked(folder: Path) -> tuple[Inside, dict[int, tuple[str, dict[str, Said]]]]:
    """A register that went through its revisions day by day; number → day, and what every command said right after it."""
    ropa, said = Inside(folder), {}
    for number, (days, words) in enumerate(((0, "init --example"), *STEPS), 1):
        moment = _FIRST + timedelta(days=days, hours=number)
        with at(moment):
            ran = ropa(*shlex.split(words))
            assert ran.code == 0, (words, ran)
            said[number] = f"{moment:%Y-%m-%d}", {read: answer(ropa, read) for read in READS}
    assert [one["revision"] for one in ropa("log", "--json").json] == sorted(said, reverse=True)
    return ropa, said


def test_every_command_of_the_past_is_asked() -> None:
    """The walk leaves out no command that takes --as-of; but those that write."""
    takes = {words for words, one in EVERY.items() if any("--as-of" in p.opts for p in one.params)}
    assert takes - {"restore", "redact"} == {
        words for words in EVERY if any(r.startswith(words) for r in READS)
    }


def test_the_past_is_what_was_said_then(tmp_path: Path) -> None:
    """Months later, by the number of each revision or by the day that it was the last one of: the same answers, to the sign."""
    ropa, said = walked(tmp_path)
    last = {day: number for number, (day, _) in said.items()}
    differ = []
    with at(_FIRST + timedelta(days=200)):
        for number, (day, asked) in said.items():
            when = day if last[day] == number else f"r{number}"
            differ += [
                f"{read} --as-of {when}"
                for read, then in asked.items()
                if answer(ropa, f"{read} --as-of {when}") != then
            ]
    assert differ == []
