"""`ropa doctor`: the program, the register's file and where it lies, each with what to do about it."""

import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ropa.cli.options import AsJson, Db, today

if TYPE_CHECKING:
    from ropa.store.health import Finding

_WORDS = {"ok": "ok", "look": "LOOK", "wrong": "WRONG"}
_PASSWORD = re.compile(r"(://[^:/@]*:).*@")
"""Of a database's address: what nobody is to read over a shoulder, or in a mail to the help desk."""
_LEAD = 7
"""Places of the word that says how a thing stands."""


def doctor(as_json: AsJson = False, db: Db = "") -> None:
    """Look at the program, the register's file, its place, its copies, and what a crash left; each with what to do about it.

    Works without a register and with a damaged one. Exit 1 where something is wrong. It changes nothing; only what a killed
    command had begun is taken back, as at each opening.

    Example: ropa doctor
    """
    from dataclasses import asdict

    from ropa.cli.console import print_json, talk
    from ropa.store.health import LOOK, WRONG

    found = list(_findings(db))
    wrong = sum(one.state == WRONG for one in found)
    look = sum(one.state == LOOK for one in found)
    if as_json:
        print_json({"ok": not wrong, "findings": [asdict(one) for one in found], "facts": _ages()})
    else:
        _show(found)
        talk(f"{wrong or 'Nothing is'} wrong, {look or 'nothing'} to look at.")
    if wrong:
        raise typer.Exit(1)


def _show(found: "list[Finding]") -> None:
    from ropa.cli.tables import hanging

    wide = max(len(one.about) for one in found) + 2
    for one in found:
        lead = f"{_WORDS[one.state]:<{_LEAD}}{one.about:<{wide}}"
        hanging(lead, one.what)
        if one.do:
            _advise(one.do)


def _advise(do: str) -> None:
    """What to do: a sentence is wrapped, a command that is copied is broken nowhere."""
    from ropa.cli.console import say
    from ropa.cli.tables import hanging

    lead = " " * _LEAD + "→ "
    if do[0].isupper():
        hanging(lead, do)
    else:
        say(lead + do, whole=True)


def _findings(db: str) -> "Iterator[Finding]":
    yield _program()
    yield from _of_register(db)
    _go_by_own(db)
    yield from _facts()


def _of_register(db: str) -> "Iterator[Finding]":
    from ropa.errors import Refused
    from ropa.store.health import LOOK, OK, WRONG, Finding, health, unfinished
    from ropa.store.open import Store

    try:
        place, why = _where(db)
    except Refused as trouble:
        yield Finding("Register", LOOK, trouble.what, trouble.do)
        yield unfinished(_folders(None))
        return
    store, shown = Store(place), _PASSWORD.sub(r"\1***@", place)
    try:
        file = Path(store.file) if store.file else None
        if file and not file.is_file():
            absent = "what this link leads to is not there" if file.is_symlink() else "there is no file here"
            what = "this is a folder" if file.is_dir() else absent
            yield Finding("Register", WRONG, f"{shown}: {what}; {why}.", "Name another with --db.")
            return
        yield Finding("Register", OK, f"{shown}: {why}")
        yield from health(store)
        if file:
            from ropa.store.surroundings import surroundings

            yield from surroundings(store.file)
    except OSError as trouble:
        what = f"it cannot be looked at: {trouble.strerror or trouble}."
        yield Finding("Register", WRONG, what, "Mend the rights of the file and its folder.")
        return
    yield unfinished(_folders(file))
    yield _typed(place)


def _where(db: str) -> tuple[str, str]:
    """The register, and why that one."""
    from ropa.cli.session import DEFAULT, where

    if db:
        said = any(word == "--db" or word.startswith("--db=") for word in sys.argv)
        return db, f"named by {'--db' if said else 'the variable ROPA_DB'}"
    place = where(db)
    folder = Path(place).parents[len(DEFAULT.parts) - 1]
    return place, "found in this folder" if folder == Path.cwd() else f"found in {folder}, above this folder"


def _program() -> "Finding":
    import platform

    from ropa import __version__
    from ropa.store.health import OK, SQLITE, Finding

    versions = f"ropa {__version__}, Python {platform.python_version()}, SQLite {SQLITE}"
    return Finding("Program", OK, f"{versions}, {platform.system()}")


def _go_by_own(db: str) -> None:
    """Look at the tables of facts that the register holds, where it can be read: it is not brought up for that."""
    from ropa.cli.factsinuse import use_facts_of
    from ropa.cli.session import where
    from ropa.errors import Refused
    from ropa.model.ownfacts import OwnFacts
    from ropa.model.register import Register
    from ropa.store.load import load
    from ropa.store.open import Store

    use_facts_of(Register())
    with suppress(Refused, OSError):  # what is wrong with the register was told
        store = Store(where(db))
        if not store.file or Path(store.file).is_file():
            use_facts_of(load(store, None, (OwnFacts.kind,)))


def _facts() -> "Iterator[Finding]":
    """The tables of facts that are older than their shelf life or the organisation's own, one by one; the others in one line."""
    from ropa.reference import facts
    from ropa.reference.owntable import OWN
    from ropa.store.health import LOOK, OK, Finding

    on, fresh = today(), []
    for name, table in facts.tables().items():
        said = f"{table.title}{', your own table' if table.own else ''}: gone through on {table.checked_on}"
        if facts.stale(name, on):
            newer = "Install a newer ropa" if not table.own else ""
            give = "give a newer table of your own: ropa facts use FILE" if name in OWN else ""
            yield Finding(
                "Facts",
                LOOK,
                f"{said}, older than {table.shelf_life} on {on}.",
                f"{_capitalised(' or '.join(filter(None, (newer, give))))}; until then hold what it says against the source that it names.",
            )
        elif table.own:
            yield _own(name, said)
        else:
            fresh.append(table.checked_on)
    if fresh:
        yield Finding("Facts", OK, f"{len(fresh)} tables within their shelf life, the oldest of {min(fresh)}")


def _own(name: str, said: str) -> "Finding":
    """A table of the organisation's own that is fresh; one that the shipped one has overtaken is to be looked at."""
    from ropa.reference import facts
    from ropa.store.health import LOOK, OK, Finding

    shipped = facts.shipped_tables()[name].checked_on
    if shipped > facts.table_of(name).checked_on:
        do = f"See what differs (ropa facts diff {name}), then go by the shipped one: ropa facts unuse {name}"
        return Finding("Facts", LOOK, f"{said}; the shipped table is newer, of {shipped}.", do)
    return Finding("Facts", OK, said)


def _capitalised(words: str) -> str:
    """The words as a sentence begins."""
    return words[:1].upper() + words[1:]


def _ages() -> dict[str, dict[str, str | bool | None]]:
    """Of each table of facts when it was gone through, how long that holds, and whether it still does."""
    from ropa.reference import facts

    return {
        name: {
            "checked_on": table.checked_on.isoformat(),
            "shelf_life": table.shelf_life,
            "stale": facts.stale(name, today()),
        }
        for name, table in facts.tables().items()
    }


def _folders(file: Path | None) -> Iterator[Path]:
    """Where commands write: here, among the exports, beside the register, among the system's temporary files."""
    from tempfile import gettempdir

    from ropa.cli.session import DEFAULT
    from ropa.store.backup import FOLDER

    here = Path.cwd()
    yield from (here, here / "exports")
    with suppress(FileNotFoundError):  # no folder takes a file: the disk is full
        yield Path(gettempdir())
    if file:
        folder = file.resolve().parent
        yield from (folder, folder / FOLDER)
        if folder.name == DEFAULT.parent.name:
            yield folder.parent / "exports"


def _typed(place: str) -> "Finding":
    """What was typed into a form or an editor and not recorded."""
    from ropa.cli.kept import every
    from ropa.store.health import LOOK, OK, Finding

    texts = every(place=place)
    if not texts:
        return Finding("Typed", OK, "nothing that was typed waits to be recorded")
    return Finding(
        "Typed",
        LOOK,
        f"not recorded yet: {', '.join(str(path) for path in texts)}.",
        "The same command (add, edit) takes it up again; delete what you need no more.",
    )
