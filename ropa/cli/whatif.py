"""`ropa whatif`: the gaps that would open and close, on a register in memory."""

import re
from typing import TYPE_CHECKING, Annotated

import typer

from ropa.cli.options import AsJson, Db, day_said, today

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ropa.gaps.outcome import Outcome
    from ropa.gaps.supposing import Supposed
    from ropa.model.register import Register

_WAYS = {
    "adequacy": ("ended", "adequacy:US=ended@2027-01-01"),
    "vendor": ("removed", "vendor:mockmail=removed"),
    "agreement": ("lapsed", "agreement:mockmail=lapsed@2027-01-01"),
}
"""What can be supposed of what, with an example."""
_SAID = re.compile(r"(?P<of>\w+)(?::(?P<which>[^=]*))?=(?P<what>[^@]*)(?:@(?P<day>.*))?$", re.DOTALL)
_SHOWN = 12

Supposing = Annotated[
    list[str],
    typer.Argument(
        metavar="WHAT…",
        help="adequacy:COUNTRY=ended[@DAY], vendor:REF=removed, agreement:REF[/N]=lapsed[@DAY], date=DAY; several together.",
    ),
]


def whatif(what: Supposing, as_json: AsJson = False, db: Db = "") -> None:
    """Which gaps would open and close, if. Nothing is written. Exit 1 where some would open.

    Without date=DAY both states are judged on the same day: today, or the last day that is named.

    Example: ropa whatif adequacy:US=ended@2027-01-01

    Example: ropa whatif vendor:mockmail=removed

    Example: ropa whatif agreement:mockmail=lapsed date=2027-12-01
    """
    from ropa.cli import console
    from ropa.cli.session import loaded
    from ropa.gaps import check
    from ropa.gaps.report import finding_as_plain
    from ropa.gaps.supposing import Supposed, opened

    register = loaded(db).whole()
    days = [_day(words) for words in what]
    moved = _moved(what, days)
    supposed = Supposed(register, moved or max([today(), *filter(None, days)]))
    for words, day in zip(what, days, strict=True):
        if not _is_date(words):
            _suppose(supposed, words, day or today())
    if moved:
        supposed.said.append(f"it is {moved}")
    before = check(register, today() if moved else supposed.day)
    after = supposed.report()
    new, gone = opened(before, after), opened(after, before)
    if as_json:
        console.print_json(
            {
                "supposed": supposed.said,
                "as_of": {"before": before.as_of.isoformat(), "after": after.as_of.isoformat()},
                "opened": [finding_as_plain(one) for one in new],
                "closed": [finding_as_plain(one) for one in gone],
                "score": {"before": before.score.text, "after": after.score.text},
            }
        )
    else:
        _print(supposed, register, new, gone)
        if before.score.text != after.score.text:
            console.say(f"Answered of what the law asks: {before.score.text} → {after.score.text}.")
        console.talk("Nothing was written.")
    if new:
        raise typer.Exit(1)


def _moved(what: "Sequence[str]", days: "Sequence[date | None]") -> "date | None":
    """The day of date=. Raises Refused where two different ones are said: neither is dropped in silence."""
    from ropa.errors import Refused
    from ropa.words import listing

    said = list(dict.fromkeys(day for words, day in zip(what, days, strict=True) if day and _is_date(words)))
    if len(said) > 1:
        raise Refused(
            f"it cannot be {listing([day.isoformat() for day in said])} at once.",
            at="date",
            do="Say one day; for the other ask again.",
        )
    return said[0] if said else None


def _is_date(words: str) -> bool:
    return words.partition("=")[0].strip().casefold() == "date"


def _day(words: str) -> "date | None":
    """The day that is said: behind date=, or behind @."""
    if _is_date(words):
        return day_said(words.partition("=")[2], "date")
    return (
        day_said(found["day"], words) if (found := _SAID.match(words)) and found["day"] is not None else None
    )


def _suppose(supposed: "Supposed", words: str, day: "date") -> None:
    from ropa.errors import Refused
    from ropa.model.find import find_one
    from ropa.model.organisation import Organisation

    found = _SAID.match(words)
    of = found["of"].casefold() if found else ""
    if found is None or of not in _WAYS or not found["which"]:
        raise Refused(f"'{words}' is nothing that can be supposed.", do=_meant(of or words))
    verb, example = _WAYS[of]
    if found["what"].strip().casefold() != verb:
        raise Refused(
            f"of {'an' if of[0] == 'a' else 'a'} {of} only '{verb}' can be supposed, not '{found['what']}'.",
            do=f"Write it like {example}",
        )
    if of == "adequacy":
        supposed.ended(found["which"].strip(), day)
        return
    which, _, number = found["which"].partition("/")
    vendor = find_one(supposed.register, Organisation, which.strip(), ours=False)
    if of == "vendor":
        supposed.removed(vendor)
        return
    if number and not number.isdecimal():
        raise Refused(f"'{number}' is no number of an agreement.", do=f"See: ropa vendor show {vendor.ref}")
    supposed.lapsed(vendor, day, int(number) if number else None)


def _meant(words: str) -> str:
    from ropa.words import listing, nearest

    examples = listing([example for _, example in _WAYS.values()] + ["date=2027-12-01"], "or")
    near = nearest(words, list(_WAYS), limit=1)
    return f"Did you mean {_WAYS[near[0]][1]}?" if near else f"Write it like {examples}"


def _print(
    supposed: "Supposed", register: "Register", new: "Sequence[Outcome]", gone: "Sequence[Outcome]"
) -> None:
    from ropa.cli import console
    from ropa.words import listing

    console.say(f"If {listing(supposed.said)}; judged as of {supposed.day}:", style="bold")
    for heading, each, of in (
        ("OPENS", new, supposed.register),
        ("CLOSES, or goes with its record", gone, register),
    ):
        console.say()
        if each:
            console.say(f"{heading}: {_many(each)}", style="bold")
            _print_groups(each, of)
        else:
            console.say(f"No gap {'opens' if each is new else 'closes'}.")
    console.say()


def _many(each: "Sequence[Outcome]") -> str:
    return "1 gap" if len(each) == 1 else f"{len(each)} gaps"


def _print_groups(each: "Sequence[Outcome]", register: "Register") -> None:
    from ropa.cli import console, tables
    from ropa.gaps.grouping import groups_of
    from ropa.gaps.groupwords import where

    groups = groups_of(each, register)
    for group in groups[:_SHOWN]:
        console.say(f"  {group.title}: {where(group)}")
        lines = [("", group.say), ("law", f"{group.law}  [{group.rule}]")]
        tables.pairs([line for line in lines if line[1]], indent=6)
    if len(groups) > _SHOWN:
        console.say(f"  and {len(groups) - _SHOWN} more questions: --json lists all")
