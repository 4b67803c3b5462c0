"""What records say, in words that leave the house: names for refs, nothing internal, statements in place of blanks."""

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from pydantic import BaseModel

from ropa.model.activity import Activity
from ropa.model.base import Part
from ropa.model.catalogue import DataCategory, RetentionRule, System
from ropa.model.common import Documented, Statement
from ropa.model.organisation import Organisation
from ropa.model.redacted import said_in
from ropa.model.register import Register
from ropa.model.speech import name_of, spoken
from ropa.model.walk import FieldSaid, field, fields
from ropa.sheets.table import NOT_RECORDED, Answer, Partly
from ropa.words import fold

DOES_NOT_APPLY = "does not apply"


class Words:
    """Speaks for one register on one day. What many rows need (an organisation's contact, a rule) is said once and kept."""

    def __init__(self, register: Register, on: date) -> None:
        self.register = register
        self.on = on
        # Caches per object: a register and its words go together.
        self.contact = cache(self._contact)
        self.time_limit = cache(self._time_limit)
        self.special = cache(self._special)
        self.protected = cache(self._protected)
        self.agreements = cache(self._agreements)

    def say(self, record: BaseModel | None, name: str) -> str:
        """One field in words; "" for what is not said, and for what is internal."""
        known = record and field(type(record), name)
        if record is None or not known or known.internal:
            return ""
        return self.spoken(said_in(record, known), known)

    def spoken(self, value: Any, known: FieldSaid) -> str:
        """The value of a field in words; "" for what is not said."""
        return spoken(value, known, self.register)

    def labelled(self, record: BaseModel, names: Iterable[str], *, bare_first: bool = True) -> str:
        """Several fields, a line each: the first as it is, the others with their titles. "" where nothing is said."""
        said = []
        for n, name in enumerate(names):
            known = field(type(record), name)
            words = self.say(record, name)
            if words and known:
                said.append(words if bare_first and not n else f"{known.title}: {words}")
        return "\n".join(said)

    def details(self, part: Part, *, but: Iterable[str] = ()) -> str:
        """All that a part says, except the fields in `but`: "Title: value" parted by semicolons."""
        skip = frozenset(but)
        return "; ".join(
            f"{known.title}: {words}"
            for known in open_fields(type(part))
            if known.name not in skip and (words := self.spoken(said_in(part, known), known))
        )

    def name(self, kind: str, ref: str | None) -> str:
        """The name of the record; the ref where the record is missing; "" for None."""
        return name_of(self.register, kind, ref) if ref else ""

    def answer(self, record: Documented, *about: str) -> Answer | None:
        """The statement that one of these fields does not apply, in words; None where there is none."""
        wanted = {fold(word) for word in about}
        for statement in record.statements:
            if statement.says == DOES_NOT_APPLY and statement.about and fold(statement.about) in wanted:
                return Answer(self.stated(statement))
        return None

    def part_answer(self, record: Documented, field: str, number: int, *names: str) -> Answer | None:
        """The statement about these fields of one part, or of all parts of the list: "data.2.retention", "data.retention"."""
        return self.answer(
            record, *(f"{path}.{name}" for path in (f"{field}.{number}", field) for name in names)
        )

    def or_answer(self, text: str, record: Documented, *about: str) -> str:
        """The text; where it is empty the statement about the field; where there is none "not recorded"."""
        return text or self.answer(record, *about) or NOT_RECORDED

    def stated(self, statement: Statement) -> str:
        """A statement in a sentence: "Does not apply: no transfers (Head of Legal, 2026-11-02)"."""
        by = ", ".join(filter(None, (statement.by, statement.on.isoformat() if statement.on else "")))
        says = (statement.says or "says").capitalize()
        return f"{says}: {statement.reason or 'no reason is recorded'}{f' ({by})' if by else ''}"

    def _contact(self, ref: str) -> str:
        """Name, address, country, mailbox, telephone of an organisation, a line each."""
        organisation = self.register.organisations.get(ref)
        if organisation is None:
            return ref
        lines = (
            self.say(organisation, "name"),
            self.street(organisation),
            *(self.say(organisation, n) for n in ("country", "email", "phone")),
        )
        return "\n".join(filter(None, lines))

    def street(self, record: BaseModel | None) -> str:
        """The address of an organisation or a person without the country, which is said beside it."""
        return without_country(self.say(record, "address"), self.say(record, "country"))

    def _time_limit(self, ref: str) -> str:
        """How long and from when; the criterion where there is no period. "" where the rule says neither."""
        rule = self.register.get(RetentionRule, ref)
        if rule is None:
            return ref
        starts = self.say(rule, "starts")
        parts = [self.say(rule, "period"), self.say(rule, "criterion")]
        limit = "; ".join(filter(None, parts))
        return f"{limit}, counted from {starts}" if limit and starts else limit

    def _special(self, ref: str) -> str:
        """The sort of Art. 9(1) or Art. 10; "" for ordinary data and where nothing is said."""
        category = self.register.get(DataCategory, ref)
        return self.say(category, "special") if category and category.special != "none" else ""

    def _protected(self, ref: str) -> tuple[str, tuple[str, ...]]:
        """A system's name, and the refs of the measures that come with it."""
        system = self.register.get(System, ref)
        return self.name("system", ref), system.measures if system else ()

    def _agreements(self, ref: str) -> str:
        """Each agreement with an organisation, a line each."""
        organisation = self.register.get(Organisation, ref)
        if organisation is None:
            return ""
        return lines_of(
            "; ".join(filter(None, (self.say(one, "kind"), self.details(one, but=("kind",)))))
            for one in organisation.agreements
        )


@cache
def open_fields(cls: type[BaseModel]) -> tuple[FieldSaid, ...]:
    """The fields of a record or part that may leave the house."""
    return tuple(known for known in fields(cls) if not known.internal)


def without_country(address: str, country: str) -> str:
    """The address without a country at its end that is said beside it; a marked blank stays what it is."""
    found = country and re.search(rf"\s*[,\n]\s*{re.escape(country)}[ .,\n]*$", address, flags=re.IGNORECASE)
    return address[: found.start()] if found else address


def lines_of(items: Iterable[str], missing: str = "") -> str:
    """Items a line each, each once; with `missing` said at the end, marked as a gap. "" for neither."""
    lines = [*dict.fromkeys(filter(None, items))]
    return Partly("\n".join((*lines, missing))) if missing else "\n".join(lines)


def activity_keys(activity: Activity) -> tuple[str, str]:
    """The cells that tell which activity a row is about."""
    return activity.ref, activity.name
