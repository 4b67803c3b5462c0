"""Where the register is, who is at work, and the one way from changes to a commit: preview, ask, write, tell."""

import getpass
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ropa.cli.console import ask, print_json, talk
from ropa.cli.options import as_of_state
from ropa.errors import Refused

if TYPE_CHECKING:
    from ropa.compare import Change
    from ropa.model.register import Register
    from ropa.store.open import Store

DEFAULT = Path("data") / "register.db"


def where(db: str) -> str:
    """The register to use: --db or ROPA_DB, else data/register.db in this folder or the nearest one above it."""
    if db:
        return db
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / DEFAULT).exists():
            return str(folder / DEFAULT)
    raise Refused(
        "there is no register in this folder or above it.", do="Make one: ropa init. Or name one: --db PATH."
    )


def opened(db: str) -> "Store":
    """The open register."""
    from ropa.store.open import open_store

    return open_store(where(db))


def loaded(db: str, as_of: str = "") -> "Register":
    """The register now, or as --as-of says."""
    from ropa.store.load import load

    return load(opened(db), as_of_state(as_of))


def who(actor: str) -> str:
    """Who makes the change: --actor or ROPA_ACTOR, else git's user.name, else the login name."""
    if actor:
        return actor
    try:
        asked = subprocess.run(
            ["git", "config", "user.name"],  # noqa: S607  whichever git the user has
            capture_output=True,
            text=True,
            check=False,
            timeout=5,
        )
        name = asked.stdout.strip()
    except (OSError, subprocess.TimeoutExpired):
        name = ""
    return name or _login()


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
) -> None:
    """Preview where more than one record changes, ask, commit, and tell what changed.

    along: how many of the changes only come along (records out of the shipped catalogue) and need no question.
    preview: the changes that a person is shown, where those are not all. remarks: says what else to know before a yes;
    it comes after the preview, which may be long.
    Raises Refused without a terminal and without --yes.
    """
    from ropa.compare import applied, as_plain
    from ropa.store.commit import commit

    changes = [change for change in changes if change.before != change.after]
    if not changes:
        remarks()
        return print_json({"changes": []}) if as_json else talk("No change.")
    after = applied(register, changes)
    seen = changes if preview is None else preview
    many = len(changes) - along > 1
    if dry_run:
        if as_json:
            print_json({"changes": [as_plain(change) for change in changes], "conflicts": [], "unread": []})
        else:
            tell(seen, after)
        remarks()
        return talk("Nothing was written (--dry-run).")
    if many and not yes:
        _confirm(seen, after, remarks)
    made = commit(
        store, changes, based_on=register.revision, actor=who(actor), why=why, command=command_line()
    )
    number = made.number if made else None
    if as_json:
        print_json({"changes": [as_plain(change) for change in changes], "revision": number})
    elif yes or not many:
        tell(seen, after)
        remarks()
    return talk(f"Written as r{number}.")


def _confirm(seen: Sequence["Change"], after: "Register", remarks: Callable[[], None]) -> None:
    """Show what would change, and ask. Raises Refused without a terminal; ends the program where the answer is no.

    The question counts what was shown, as the person who reads it would.
    """
    tell(seen, after, to_person=True)
    remarks()
    many = len(seen)
    if not sys.stdin.isatty():
        records = f"{many} records" if many > 1 else "records"
        raise Refused(f"{records} would change; nothing was written.", do="Say --yes to write them.")
    if not ask(f"Write these {many} changes?" if many > 1 else "Write this?"):
        talk("Nothing was written.")
        raise typer.Exit(2)


def tell(changes: Sequence["Change"], after: "Register", *, limit: int = 60, to_person: bool = False) -> None:
    """What changes, in words: a line a record, its fields under it. What comes out of the catalogue is one line a kind.

    to_person: on stderr, before a question; else it is the result.
    """
    from ropa.cli import console
    from ropa.compare import in_words
    from ropa.model.catalogued import is_catalogued

    say = console.talk if to_person else console.say
    marks = {"added": "+", "changed": "~", "removed": "-"}
    along = [c.record for c in changes if c.op == "added" and is_catalogued(c.record)]
    for cls in dict.fromkeys(type(record) for record in along):
        names = [record.name for record in along if isinstance(record, cls)]
        noun = cls.noun if len(names) == 1 else cls.plural
        say(f"+ {len(names)} {noun} from the shipped catalogue: {', '.join(names)}")
    told = [c for c in changes if c.record not in along]
    for change in told[:limit]:
        say(f"{marks[change.op]} {change.record.ref}  {change.record.name}", style="bold")
        for line in in_words(change, after):
            if line != f"name: {change.record.name}":
                say(f"    {line}")
    if len(told) > limit:
        say(f"… and {len(told) - limit} more records.")
