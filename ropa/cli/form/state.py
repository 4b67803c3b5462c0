"""What a form has gathered: the record so far, the records that come along, and the register with them in it."""

from collections.abc import Generator, Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel

from ropa.cli.form.question import Question
from ropa.compare import Change, applied
from ropa.model.canonical import plain
from ropa.model.catalogued import from_catalogue
from ropa.model.common import Documented
from ropa.model.explain import read_record
from ropa.model.find import free_ref
from ropa.model.register import KINDS, Register
from ropa.reference.shelf import Row

Flow = Generator[Question, Any, None]
"""Yields questions, is sent their values, and fills a `Form`."""


class Form:
    """One form as far as it has been answered.

    register: with all that was answered so far. origin: without. day: today, in UTC. actor: who answers. said: the record so far, as plain data. asked: its fields that were asked.
    skipped: fields that answer an Article and were skipped, each with its class. shown: examples of retention rules that were shown last.
    """

    def __init__(
        self, register: Register, kind: str, day: date, *, ours: bool | None = None, actor: str = ""
    ) -> None:
        self.origin = self.register = register
        self.day = day
        self.actor = actor
        self.kind = kind
        self.said: dict[str, Any] = {} if ours is None else {"ours": ours}
        self.asked: set[str] = set()
        self.skipped: set[tuple[type[BaseModel], str]] = set()
        self.shown: Sequence[Row] = ()
        self._along: list[Documented] = []
        self._changed: dict[str, Documented] = {}
        self._before: dict[str, Documented] = {}
        self._ref = ""

    @property
    def cls(self) -> Any:
        """The class of the form's own record."""
        return KINDS[self.kind]

    def take(self, kind: str, word: str) -> str:
        """The ref of a record that was chosen; one out of the shipped catalogue comes along with its parents."""
        if word not in self.register.records.get(kind, {}):
            for record in from_catalogue(kind, word, self.register):
                self.bring(record)
        return word

    def bring(self, record: Documented) -> None:
        """A record that comes along with this one."""
        self._along.append(record)
        self.register = applied(self.register, [Change(None, record)])

    def alter(self, record: Documented) -> None:
        """A record of the register that this one changes: an activity that uses a new vendor."""
        self._before.setdefault(record.ref, self.register.records[record.kind][record.ref])
        self._changed[record.ref] = record
        self.register = applied(self.register, [Change(self._before[record.ref], record)])

    def altered(self, ref: str) -> bool:
        """Whether a record of the register is changed by this form."""
        return ref in self._changed

    def settle(self, record: Documented) -> None:
        """Let other records name the form's own one: from now on it is in the form's register, under this ref."""
        self._ref = record.ref
        self.register = applied(self.register, [Change(None, record)])

    def made(self, kind: str, said: dict[str, Any]) -> Documented:
        """The record that plain data describe, with a ref of its own. Raises Refused."""
        cls = KINDS[kind]
        ref = said.get("ref") or free_ref(self.register, cls, said.get("name", ""))
        return read_record(cls, {"ref": ref, **_without_blanks(said)})

    def record(self) -> Documented:
        """The record as it stands. Raises Refused where it does not read."""
        return self.made(self.kind, {**({"ref": self._ref} if self._ref else {}), **self.said})

    def changes(self) -> list[Change]:
        """What would be written: what comes along, the record, what it changes elsewhere."""
        return [
            *(Change(None, record) for record in self._along),
            Change(None, self.record()),
            *(Change(self._before[ref], record) for ref, record in self._changed.items()),
        ]


def said_of(record: Documented) -> dict[str, Any]:
    """A record as plain data that can be changed."""
    return plain(record)


def _without_blanks(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_blanks(v) for k, v in value.items() if v not in (None, "", [], (), {})}
    if isinstance(value, list | tuple):
        return [_without_blanks(v) for v in value]
    return value
