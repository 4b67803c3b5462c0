"""`ropa NOUN edit`: the record as text, the user's editor, and again until the text makes a record or the user gives up.

What is typed lies in a kept file from the first moment, and is taken away only when it stands in the register.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any

import typer

from ropa.cli.console import ask, print_json, talk
from ropa.cli.editing import editor
from ropa.cli.editing.marks import Mistake, has_marks, marked, says_something, unmarked
from ropa.cli.editing.meanwhile import EditAgain, Undecided, place, together, told
from ropa.cli.editing.reading import Mistaken, Saved
from ropa.cli.kept import Kept, keep, kept
from ropa.cli.naming import Naming
from ropa.cli.noun import Noun
from ropa.cli.session import contradictions, opened, write
from ropa.compare import Change, applied
from ropa.errors import Conflict, Faults, Refused
from ropa.model.common import Documented
from ropa.model.find import find_one
from ropa.model.register import Register
from ropa.sheets.record_text.write import record_text
from ropa.store.load import load
from ropa.store.open import Store

_TRIES = 3
"""So often a text is opened where nobody sits at a terminal: a script that does not mend it would never end."""
_TO_MEND = "Not recorded yet. Mend this, save and close. To give up, close without a change."
_TO_SETTLE = (
    "Both of you changed what is marked here, and yours stands in the text. Say what is right, take out the lines that begin "
    "with #!, save and close."
)


def edit_record(noun: Noun, ref: str, *, db: str, **manners: Any) -> None:
    """Open a record in the editor; what is saved is checked, merged with what others changed, and written."""
    store = opened(db)
    register = load(store)
    record = find_one(register, noun.cls, ref, ours=noun.ours)
    command = editor.chosen(f"ropa {noun.word} set {record.ref} FIELD=VALUE")
    editing = _resumed(store, noun, register, record, manners) or _begun(
        store, noun, register, record, manners
    )
    with editing.not_lost():
        editing.until_written(command)


def _begun(
    store: Store, noun: Noun, register: Register, record: Documented, manners: dict[str, Any]
) -> "_Editing":
    text = record_text(record, register, _opening(noun, record, register))
    draft = keep(text, _name(record), place=store.place, suffix=_suffix(register))
    return _Editing(store, noun, record, draft, text, manners)


def _resumed(
    store: Store, noun: Noun, register: Register, record: Documented, manners: dict[str, Any]
) -> "_Editing | None":
    """The text of this record that was left unrecorded, where there is one and the user wants to go on with it."""
    left = kept(_name(record), place=store.place)
    for other in left[1:]:
        other.let_go()
    if not left:
        return None
    last = left[0]
    when = datetime.fromtimestamp(last.path.stat().st_mtime, UTC)
    what = f"{record.ref}: a text of {when:%Y-%m-%d %H:%M} UTC was not recorded."
    found = re.search(r"\.r(\d+)\.yaml$", last.path.name)
    past = _past(store, register, int(found[1]) if found else 0)
    base = past.get(type(record), record.ref)
    if base is not None and sys.stdin.isatty() and ask(f"{what} Go on with it?"):
        return _Editing(store, noun, base, last, record_text(base, past, _opening(noun, base, past)), manners)
    last.let_go()
    talk(f"{what} It stays in {last.path}; take that file away when you need it no more.")
    return None


def _past(store: Store, register: Register, revision: int) -> Register:
    """The register as it was when a text was made; an empty one where it was replaced by an older one since."""
    if revision == register.revision:
        return register
    return load(store, revision) if 0 < revision < register.revision else Register()


def _name(record: Documented) -> str:
    return f"edit {record.kind} {record.ref}"


def _suffix(register: Register) -> str:
    """The revision from which a text was made stands in its file's name, where an edit cannot take it away."""
    return f".r{register.revision}.yaml"


def _opening(noun: Noun, record: Documented, register: Register) -> list[str]:
    return [
        f"{record.ref} {record.name} ({noun.one}, as it stands at r{register.revision})",
        "",
        "Write behind the colon; leave blank what is not known. What follows a # is",
        'not read. A list has one entry a line, each behind "- ". A long text begins',
        "with |- behind the colon, and stands on the lines below it, two spaces in.",
        "What can be named and chosen stands at the end.",
        "",
        "When you save and close, the changes are checked, shown and recorded. To",
        "change nothing, close without a change.",
    ]


def _given_up(mistakes: Sequence[Mistake]) -> Refused:
    """The first of the mistakes that the text was left with, and how many more there are."""
    if not mistakes:  # they were found by an earlier program, and stand in the text
        return Refused("the text was left as it was, with what has to be mended. Nothing was written.")
    first, *more = mistakes
    rest = f" And {len(more)} more." if more else ""
    return Refused(f"{first.what}{rest} Nothing was written.", at=f"line {first.line}")


class _Editing:
    """One record in the editor: the file, the record as it was when that text was made, and the register of then."""

    def __init__(
        self, store: Store, noun: Noun, base: Documented, draft: Kept, pristine: str, manners: dict[str, Any]
    ) -> None:
        self._store, self._noun, self._base, self._manners = store, noun, base, manners
        self._draft, self._pristine = draft, pristine
        self._before, self._mistakes = draft.text(), list[Mistake]()

    def until_written(self, command: Sequence[str]) -> None:
        """Open, read, write; and again with what is wrong, until the text is written or left as it is."""
        tries = 0
        while True:
            slow = editor.run(command, self._draft.path)
            text = self._saved()
            tries += 1
            try:
                return self._unchanged(slow) if text == self._pristine else self._write(unmarked(text))
            except Mistaken as wrong:
                self._mistakes, heading = wrong.mistakes, _TO_MEND
            except EditAgain as again:
                text, self._mistakes = self._again(again)
                heading = _TO_SETTLE
            self._before, self._mistakes = marked(unmarked(text), self._mistakes, heading)
            self._draft.keep(self._before)
            if tries == _TRIES and not sys.stdin.isatty():
                raise _given_up(self._mistakes)

    def _saved(self) -> str:
        """What the editor left. Raises Refused where it is empty, or as it was, with what is wrong still in it."""
        text = self._draft.text()
        if not says_something(text):
            self._draft.keep(self._before)
            raise Refused("the text was emptied; nothing was written.", at=self._base.ref)
        if text == self._before and has_marks(text):
            raise _given_up(self._mistakes)
        return text

    def _unchanged(self, slow: bool) -> None:
        if not slow and sys.stdin.isatty():
            talk(
                "The editor closed at once. If it shows the text still, tell it to wait: EDITOR='code --wait'."
            )
        write(self._store, Register(), [], **self._manners)

    def _write(self, text: str) -> None:
        """Make a record of the text, with what others changed since; write it. Raises Mistaken or EditAgain."""
        while True:
            register = load(self._store)
            naming = Naming(register)
            saved = Saved(text, self._base, naming)
            if saved.record == self._base:
                return write(self._store, register, [], **self._manners)
            now = self._now(register)
            after = saved.record
            if now != self._base:
                after = together(self._store, register, self._base, after, now)
            saved.refuse_unknown(after, naming.register)
            changes = [*naming.along, Change(now, after)]
            if wrong := contradictions(changes, applied(register, changes)):
                raise saved.at(wrong, type(after))
            with suppress(Conflict):  # somebody wrote between reading and writing: once more with that
                return write(self._store, register, changes, along=len(naming.along), **self._manners)

    def _now(self, register: Register) -> Documented:
        now = register.get(type(self._base), self._base.ref)
        if now is None:
            raise Conflict(
                "it was removed, or given another ref, since you began. Nothing was written.",
                at=self._base.ref,
            )
        return now

    def _again(self, again: EditAgain) -> tuple[str, list[Mistake]]:
        """The text of both together, and what the others say, as if it had been opened now."""
        register = load(self._store)
        now = self._now(register)
        opening = _opening(self._noun, now, register)
        text = record_text(again.merged, register, opening)
        lines = Saved(text, again.merged, Naming(register))
        old, self._base = self._draft, now
        self._draft = keep(text, _name(now), place=self._store.place, suffix=_suffix(register))
        self._pristine = record_text(now, register, opening)
        old.forget()
        return text, [
            Mistake(
                lines.line(one.path), f"{place(one, type(now))}; theirs: {told(one.theirs, one, register)}"
            )
            for one in again.clashes
        ]

    @contextmanager
    def not_lost(self) -> Iterator[None]:
        """Whatever ends the work, say where the text is. Written, or as it was at the beginning, it is forgotten."""
        try:
            yield
        except Undecided as trouble:
            if self._manners["as_json"]:
                print_json({"changes": [], "conflicts": trouble.as_plain(), "unread": []})
            talk(f"{trouble} {self._where()}")
            raise typer.Exit(1) from None
        except Faults as trouble:
            where = self._where()
            raise Faults([*trouble.each, *([Refused(where)] if where else [])]) from None
        except Refused as trouble:
            raise Refused(trouble.what, at=trouble.at, do=f"{trouble.do} {self._where()}".strip()) from None
        except (KeyboardInterrupt, typer.Exit, typer.Abort):
            if where := self._where():
                talk(where)
            raise
        if not self._manners["dry_run"]:
            self._draft.forget()
        elif where := self._where():
            talk(where)

    def _where(self) -> str:
        """Where the text is kept, and how to go on; nothing where there is nothing to keep."""
        with suppress(Refused):  # a file that cannot be read is kept all the more
            if not self._draft.path.exists() or unmarked(self._draft.text()) == self._pristine:
                self._draft.forget()
                return ""
        self._draft.let_go()
        return f"What you typed is kept in {self._draft.path}; go on with it: ropa {self._noun.word} edit {self._base.ref}"
