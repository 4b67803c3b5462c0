"""Options that mean the same everywhere, each stated once."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

_WHOLE = 300
"""Signs of a verb's line in the help of its group: all of them."""
Db = Annotated[
    str,
    typer.Option("--db", metavar="PLACE", envvar="ROPA_DB", help="The register: a path or a database URL."),
]
Actor = Annotated[
    str,
    typer.Option(
        "--actor",
        metavar="NAME",
        envvar="ROPA_ACTOR",
        help="Who makes the change; else git's user.name, or your login.",
    ),
]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason, kept with the change.")]
AsOf = Annotated[
    str,
    typer.Option(
        "--as-of", metavar="DATE", help="A past state: 2026-03-31, 2026-03-31T12:00Z, yesterday, or r12."
    ),
]
FactsAsOf = Annotated[
    str,
    typer.Option(
        "--facts-as-of",
        metavar="DATE",
        help="Law and decisions as they were known on that day; else as known today.",
    ),
]
_DIGITS = 12
"""Signs of the number of a revision, with its r: no register has more."""
_A_TIME = re.compile(r"\d{4}-\d\d-\d\d[t ]\d")
AsJson = Annotated[bool, typer.Option("--json", help="JSON for programs, and nothing else.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="CSV for programs, texts in full.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would change; write nothing.")]
Yes = Annotated[
    bool,
    typer.Option("--yes", "-y", help="Write without asking; needed in scripts that change several records."),
]


class Verbs(TyperGroup):
    """A group of commands that, typed alone, says what can be done: each verb with its line, and an example of each."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The words after the group's name; without any, its help."""
        if not args and not self.invoke_without_command and not ctx.resilient_parsing:
            typer.echo(ctx.get_help())
            ctx.exit()
        return super().parse_args(ctx, args)

    def format_commands(self, _: Any, formatter: Any) -> None:
        """Each verb with the whole of its line."""
        every = [(name, one) for name, one in self.commands.items() if not one.hidden]
        with formatter.section("Commands"):
            formatter.write_dl([(name, one.get_short_help_str(_WHOLE)) for name, one in every])
        examples = [(one.epilog or "").partition("\n")[0].removeprefix("Example: ") for _, one in every]
        with formatter.section("Examples"):
            formatter.write_dl([(example, "") for example in examples if example])


def commands(**options: Any) -> typer.Typer:
    """A group of commands. Help is plain text: rich would triple the time it takes, and a screen reader likes it less."""
    return typer.Typer(cls=Verbs, add_completion=False, rich_markup_mode=None, **options)


def today() -> date:
    """Today in UTC."""
    return datetime.now(UTC).date()


def day_said(text: str, at: str, seen_from: date | None = None) -> date:
    """The day that a person says: 2026-11-02, 2 November 2026, yesterday, in 3 months. Raises Refused for what is none.

    at: the option that says it. seen_from: what "today" is; else today.
    """
    from ropa.errors import Refused
    from ropa.model.dates import day_in_words, parse_day

    try:
        return day_in_words(text, seen_from or today()) or parse_day(text)
    except Refused as trouble:
        raise Refused(trouble.what, at=at, do=trouble.do) from None


def as_of_state(text: str, at: str = "--as-of") -> date | int | None:
    """What --as-of names: a day (its end, UTC), a time (as a datetime), the number of a revision, or None for now.

    at: where it is said, as messages name it.
    """
    from ropa.errors import Refused

    words = text.strip().lower()
    if words in ("", "now"):
        return None
    if words[0] == "r" and words[1:].isascii() and words[1:].isdecimal():
        return _number(words)
    if _A_TIME.match(words):
        moment = _moment(text.strip(), at)
        if moment > datetime.now(UTC):
            raise Refused(f"{text.strip()} is still to come.", at=at, do="Name a time that has been.")
        return moment
    try:
        day = day_said(words, at)
    except Refused as trouble:
        trouble.do = f"{trouble.do} A revision is written r12."
        raise
    if day > today():
        raise Refused(f"{day} is still to come.", at=at, do="Name a day that has been.")
    return day


def _number(words: str) -> int:
    from ropa.errors import Refused

    if len(words) > _DIGITS:
        raise Refused(f"there is no revision {words[:_DIGITS]}….", do="See them: ropa log")
    return int(words[1:])


def _moment(text: str, at: str) -> datetime:
    """A time in UTC or with its own offset: 2026-03-31T12:00Z. Raises Refused for one that says neither."""
    from ropa.errors import Refused

    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Refused(f"'{text}' is no time.", at=at, do="Write it like 2026-03-31T12:00Z (UTC).") from None
    if moment.tzinfo is None:
        raise Refused(f"'{text}' does not say in which zone.", at=at, do=f"In UTC it is {text}Z.")
    return moment


def day_of(as_of: date | int | None, at: str) -> date:
    """The day on which a state is judged: the day asked for; for a revision the day it was made; else today (UTC)."""
    if isinstance(as_of, datetime):
        return as_of.astimezone(UTC).date()
    if isinstance(as_of, date):
        return as_of
    if as_of is not None and at:
        return date.fromisoformat(at[:10])
    return today()
