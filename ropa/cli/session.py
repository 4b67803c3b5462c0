"""Where the register is, who is at work, and the one way from changes to a commit: preview, ask, write, tell."""

import getpass
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ropa.cli.console import ask, print_json, talk
from ropa.cli.options import as_of_state, today
from ropa.errors import Faults, Refused

if TYPE_CHECKING:
    from ropa.compare import Change
    from ropa.model.register import Register
    from ropa.store.open import Store

DEFAULT = Path("data") / "register.db"


def where(db: str) -> str:
    """The register to use: --db or ROPA_DB, else the data/register.db that is found first on the way up from here."""
    if db:
        return db
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / DEFAULT).exists() or (
            folder / DEFAULT
        ).is_symlink():  # a broken link is told, not passed by
            return str(folder / DEFAULT)
    raise Refused(
        "there is no register in this folder or above it.", do="Make one: ropa init. Or name one: --db PATH."
    )


def opened(db: str) -> "Store":
    """The open register."""
    from ropa.store.open import open_store

    return open_store(where(db), moved=_say_moved)


def _say_moved(copy: Path | None) -> None:
    """The register was of an earlier ropa, and is not any more."""
    before = f"as it was before: {shown(copy)}" if copy else "no copy was made: its server keeps it"
    talk(f"The register was brought up to this version of ropa; {before}")


def shown(path: Path) -> str:
    """A path as a person reads it: from here, where it lies in this folder."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def loaded(db: str, as_of: str = "", facts_as_of: str = "") -> "Register":
    """The register now, or as --as-of says, and the facts to go by; what of a past state is unknown is said."""
    from ropa.cli.factsinuse import use_facts
    from ropa.store.load import load

    store, state = opened(db), as_of_state(as_of)
    register = load(store, state)
    say_unknown(register)
    use_facts(store, register, state, facts_as_of)
    return register


def say_unknown(register: "Register") -> None:
    """Say what of a past state was taken out of the history since."""
    if register.unknown:
        from ropa.model.redacted import in_words

        talk(in_words(register.unknown))


def who(actor: str) -> str:
    """Who makes the change: --actor or ROPA_ACTOR, else git's user.name, else the login name."""
    name = actor or _git_user() or _login()
    return typed(name, "--actor")


def typed(text: str, at: str) -> str:
    """A text that goes into the history. Raises Refused where it holds what a field would not take either."""
    from ropa.model.values import control_in, keep_text

    if control := control_in(text):
        raise Refused(f"there is {control}.", at=at, do="Take it out.")
    try:
        return keep_text(text)
    except Refused as trouble:
        raise Refused(f"the text {trouble.what}", at=at, do=trouble.do) from None


def _git_user() -> str:
    try:
        asked = subprocess.run(
            ["git", "config", "user.name"],  # noqa: S607  whichever git the user has
            capture_output=True,
            text=True,
            check=False,
            timeout=5,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return asked.stdout.strip()


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"user {os.getuid()}" if hasattr(os, "getuid") else "unknown"


def command_line() -> str:
    """The command as it was typed, for the history."""
    import shlex

    return shlex.join(["ropa", *sys.argv[1:]])


def write(
    store: "Store",
    register: "Register",
    changes: Sequence["Change"],
    *,
    actor: str,
    why: str,
    dry_run: bool,
    yes: bool,
    as_json: bool = False,
    along: int = 0,
    preview: Sequence["Change"] | None = None,
    remarks: Callable[[], None] = lambda: None,
    as_it_was: bool = False,
    always_ask: bool = False,
    copy_first: bool = False,
) -> None:
    """Preview where more than one record changes, ask, commit, and tell what changed.

    along: how many of the changes only come along (records out of the shipped catalogue) and need no question.
    preview: the changes that a person is shown, where those are not all. remarks: says what else to know before a yes;
    it comes after the preview, which may be long. as_it_was: whether the records were not written here and now (an import,
    an undo): only then may they contradict themselves. always_ask: whether a person at a terminal is asked about a single
    record too; so it is where a retention rule changes that more than one activity uses. copy_first: whether the register
    is copied before so many changes that nobody looks at each.
    Raises Refused without a terminal and without --yes, and where what is written contradicts itself.
    """
    from ropa.cli.shared import changes_a_promise
    from ropa.cli.telling import say_overtaken
    from ropa.compare import applied, as_plain, joined
    from ropa.store.commit import commit

    why = typed(why, "--why")
    changes = [change for change in changes if change.before != change.after]
    if not changes:
        return _say_no_change(remarks, as_json=as_json)
    after = applied(register, changes)
    whole = joined(changes)
    own = [] if as_it_was else whole
    refuse_contradictions(own, after)
    seen = whole if preview is None else joined(preview)
    beside = partial(_say_beside, own, register, remarks)
    if dry_run:
        return _dry_run(whole, seen, after, beside, as_json=as_json)
    careful = sys.stdin.isatty() and (always_ask or changes_a_promise(own, register))
    asks = not yes and (len(whole) - along > 1 or careful)
    if asks:
        _confirm(seen, after, beside)
    _copy_before(store, register, len(whole) if copy_first else 0)
    made = commit(
        store, changes, based_on=register.revision, actor=who(actor), why=why, command=command_line()
    )
    number = made and made.number
    if as_json:
        print_json({"changes": [as_plain(change) for change in whole], "revision": number})
    if not asks:
        _say_written(seen, after, beside, as_json=as_json)
    talk(f"Written as r{number}.")
    say_overtaken(own)
    return None


def _say_no_change(remarks: Callable[[], None], *, as_json: bool) -> None:
    remarks()
    if as_json:
        print_json({"changes": []})
    else:
        talk("No change.")


def _say_beside(changes: Sequence["Change"], register: "Register", remarks: Callable[[], None]) -> None:
    from ropa.cli.alike import say_alike
    from ropa.cli.shared import say_users

    say_users(changes, register)
    say_alike(changes, register)
    if any(getattr(change.after, "transfers", ()) for change in changes):
        from ropa.cli.abroad import say_no_transfer  # the dated facts take their time

        say_no_transfer(changes, register, today())
    if any(getattr(change.after, "status", "") == "ended" for change in changes):
        from ropa.cli.ending import say_what_follows  # only where something ended

        say_what_follows(changes, register)
    remarks()


def _say_written(
    seen: Sequence["Change"], after: "Register", beside: Callable[[], None], *, as_json: bool
) -> None:
    """What a person who was not asked before has not seen yet."""
    from ropa.cli.telling import tell

    if not as_json:
        tell(seen, after)
    beside()


def _copy_before(store: "Store", register: "Register", many: int) -> None:
    from ropa.store.backup import IMPORT, MANY, keep_copy

    if many > MANY and register.revision:
        copy = keep_copy(store, IMPORT)
        if copy:
            talk(f"The register as it was before: {shown(copy)}")


def _dry_run(
    whole: Sequence["Change"],
    seen: Sequence["Change"],
    after: "Register",
    remarks: Callable[[], None],
    *,
    as_json: bool,
) -> None:
    from ropa.cli.telling import tell
    from ropa.compare import as_plain

    if as_json:
        print_json({"changes": [as_plain(change) for change in whole], "conflicts": [], "unread": []})
    else:
        tell(seen, after)
    remarks()
    talk("Nothing was written (--dry-run).")


def contradictions(changes: Sequence["Change"], after: "Register") -> list[Refused]:
    """What cannot be right in the records as they are after the changes, and was not there before. `write` refuses it."""
    from ropa.model.contradictions import new_contradictions

    latest = max(today(), datetime.now().astimezone().date())  # east of Greenwich the next day has begun
    return [
        fault
        for change in changes
        if change.after is not None
        for fault in new_contradictions(change.before, change.after, after, latest)
    ]


def refuse_contradictions(changes: Sequence["Change"], after: "Register") -> None:
    """Raise Refused, or Faults for several, where a change brings in what contradicts itself. after: the register with them."""
    faults = contradictions(changes, after)
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(faults)


def _confirm(seen: Sequence["Change"], after: "Register", remarks: Callable[[], None]) -> None:
    """Show what would change, and ask. Raises Refused without a terminal; ends the program where the answer is no.

    The question counts what was shown, as the person who reads it would.
    """
    from ropa.cli.telling import tell

    tell(seen, after, to_person=True)
    remarks()
    many = len(seen)
    if not sys.stdin.isatty():
        records = f"{many} records" if many > 1 else "records"
        raise Refused(f"{records} would change; nothing was written.", do="Say --yes to write them.")
    if not ask(f"Write these {many} changes?" if many > 1 else "Write this change?"):
        talk("Nothing was written.")
        raise typer.Exit(2)
