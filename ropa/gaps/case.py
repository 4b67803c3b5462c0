"""Case: all that a rule may look at besides its record: the register, the dated facts, the day.

What several rules need is worked out once per register, the first time it is asked for.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Protocol, TypeVar

from ropa.gaps.texts import blank, no_reason, shown
from ropa.model.activity import Activity
from ropa.model.catalogue import DataCategory, RetentionRule, SubjectCategory
from ropa.model.codes import vocabulary
from ropa.model.common import Documented, Statement
from ropa.model.notice import Notice, Waiver
from ropa.model.organisation import Organisation
from ropa.model.parts import Client, Recipient, Transfer
from ropa.model.register import KINDS, Register
from ropa.model.speech import country_name, name_of
from ropa.reference.countries import in_eea

T = TypeVar("T")

EU_LAW = "EU GDPR"
CRIMINAL = "criminal-data"
"""The sort of data of Art. 10 among the sorts of special data; all others but "none" are of Art. 9(1)."""
_LIVE = ("active", "suspended")


class Lasting(Protocol):
    """A part that begins and ends: a recipient, a client, a transfer leg, a sub-processor."""

    @property
    def since(self) -> date | None:
        """First day, None for not said."""

    @property
    def until(self) -> date | None:
        """Last day, None for not said."""


class Reachable(Protocol):
    """Somebody with contact details."""

    @property
    def address(self) -> str | None:
        """Postal address."""

    @property
    def email(self) -> str | None:
        """Mailbox."""

    @property
    def phone(self) -> str | None:
        """Telephone."""


class Case:
    """One register on one day. A rule asks it; nothing in it is changed by asking."""

    def __init__(self, register: Register, on: date) -> None:
        self.register = register
        self.on = on
        self._inside: dict[str, bool] = {}
        self._special: dict[str, str] = {}
        self._is_said: dict[str, bool] = {}
        self._names: dict[tuple[str, str], str] = {}
        self._once: dict[tuple[object, ...], tuple[Any, ...]] = {}

    # Which records are asked.

    def targets(self, target: str) -> Mapping[str, Iterable[tuple[Documented, bool]]]:
        """Kind of record → the records of a target (`TARGETS` in rule.py), each with whether it is scored."""
        activities = self._asked
        match target:
            case "activity":
                return {"activity": activities}
            case "controller":
                return {"activity": [(a, live) for a, live in activities if a.role != "processor"]}
            case "processor":
                return {"activity": [(a, live) for a, live in activities if a.role == "processor"]}
            case "entity":
                return {"organisation": self._named(Organisation, self.entities)}
            case "client":
                return {"organisation": self._named(Organisation, self.clients)}
            case "retention":
                return {"retention_rule": self._named(RetentionRule, self.retention_in_use)}
        return {
            kind: activities if kind == "activity" else [(r, False) for r in self.register.all(cls).values()]
            for kind, cls in KINDS.items()
            if cls not in (Notice, Waiver)
        }

    @cached_property
    def _asked(self) -> list[tuple[Activity, bool]]:
        """Activities that are not ended, each with whether it is live."""
        return [(a, a.status in _LIVE) for a in self.register.activities.values() if a.status != "ended"]

    def _named(self, cls: type[Documented], refs: Mapping[str, bool]) -> list[tuple[Documented, bool]]:
        known = self.register.all(cls)
        return [(known[ref], live) for ref, live in refs.items() if ref in known]

    @cached_property
    def entities(self) -> Mapping[str, bool]:
        """Refs of the organisations that activities name as entity → whether a live activity does."""
        return self._uses((a.entity, live) for a, live in self._asked)

    @cached_property
    def clients(self) -> Mapping[str, bool]:
        """Refs of the current clients of processor activities under EU law → whether a live activity names them."""
        return self._uses(
            (client.organisation, live)
            for a, live in self._asked
            if a.role == "processor" and not self.other_law(a)
            for client in a.clients
            if self.current(client)
        )

    @cached_property
    def retention_in_use(self) -> Mapping[str, bool]:
        """Refs of the retention rules of controller activities under EU law → whether a live activity names them."""
        return self._uses(
            (line.retention, live)
            for a, live in self._asked
            if a.role != "processor" and not self.other_law(a)
            for line in a.data
        )

    @staticmethod
    def _uses(mentions: Iterable[tuple[str | None, bool]]) -> Mapping[str, bool]:
        found: dict[str, bool] = {}
        for ref, live in mentions:
            if ref is not None:
                found[ref] = found.get(ref, False) or live
        return found

    def other_law(self, record: Documented) -> str:
        """The law that binds the activity's entity, or the organisation of ours, where it is not the EU GDPR; else "".

        A blank is taken as the EU GDPR: nobody gains by knowing less.
        """
        entity = self.organisation(record.entity) if isinstance(record, Activity) else record
        if isinstance(entity, Organisation) and entity.ours and entity.jurisdiction not in (None, EU_LAW):
            return entity.jurisdiction or ""
        return ""

    # What a record says.

    def current(self, part: Lasting) -> bool:
        """Whether a part is in force on the day; a blank since or until is open."""
        return (part.since is None or part.since <= self.on) and (part.until is None or part.until >= self.on)

    def legs(self, activity: Activity) -> Iterator[tuple[int, Transfer]]:
        """The current legs of its transfers, numbered from 1."""
        return ((n, leg) for n, leg in enumerate(activity.transfers, 1) if self.current(leg))

    def recipients(self, activity: Activity) -> Iterator[tuple[int, Recipient]]:
        """Its current recipients, numbered from 1."""
        return ((n, one) for n, one in enumerate(activity.recipients, 1) if self.current(one))

    def clients_of(self, activity: Activity) -> Iterator[tuple[int, Client]]:
        """Its current clients, numbered from 1."""
        return ((n, one) for n, one in enumerate(activity.clients, 1) if self.current(one))

    def stated(self, record: Documented, *paths: str) -> Statement | None:
        """The reasoned statement "does not apply" about one of these (empty) fields, or None. A bare "n/a" is none."""
        for one in record.statements:
            if one.about in paths and one.says == "does not apply" and not no_reason(one.reason):
                return one
        return None

    def explained(self, record: Documented, rule_id: str) -> Statement | None:
        """The reasoned statement that names the rule, or None: "checked, is right", or that the rule does not apply."""
        for one in record.statements:
            if one.says and (one.about or "").upper() == rule_id and not no_reason(one.reason):
                return one
        return None

    def confirmed(self, record: Documented, path: str) -> Statement | None:
        """The reasoned statement "checked, is right" about what stands in a field, or None."""
        for one in record.statements:
            if one.about == path and one.says == "checked, is right" and not no_reason(one.reason):
                return one
        return None

    def once(self, work_out: Callable[..., Iterable[T]], *of: str | None) -> tuple[T, ...]:
        """What `work_out(case, *of)` gives, worked out once per register for these arguments."""
        key = (work_out, *of)
        if key not in self._once:
            self._once[key] = tuple(work_out(self, *of))
        return self._once[key]

    # What it names.

    def organisation(self, ref: str | None) -> Organisation | None:
        """The organisation of that ref."""
        return None if ref is None else self.register.organisations.get(ref)

    def name(self, kind: str, ref: str | None) -> str:
        """The name of the record of that kind and ref; "not said" for none, the ref where there is no such record."""
        if not ref:
            return "not said"
        if (kind, ref) not in self._names:
            self._names[kind, ref] = name_of(self.register, kind, ref)
        return self._names[kind, ref]

    @staticmethod
    def reachable(who: Reachable) -> bool:
        """Whether there is one way at least to reach somebody: address, mailbox or telephone."""
        return not (blank(who.email) and blank(who.address) and blank(who.phone))

    # What the facts say.

    def outside(self, code: str) -> bool:
        """Whether a country, or a body with a code, is outside the EEA on the day."""
        if code not in self._inside:
            self._inside[code] = in_eea(code, self.on)
        return not self._inside[code]

    def abroad(self, leg: Transfer) -> bool:
        """Whether a leg goes outside the EEA or to an international organisation; False where no destination is given."""
        if not blank(leg.international_organisation):
            return True
        return leg.destination is not None and self.outside(leg.destination)

    def destination(self, leg: Transfer) -> str:
        """The destination of a leg in words; "" for none."""
        if not blank(leg.international_organisation):
            return leg.international_organisation or ""
        return country_name(leg.destination) if leg.destination else ""

    def where(self, leg: Transfer) -> str:
        """The destination of a leg as a message quotes it."""
        return shown(self.destination(leg))

    def special(self, ref: str | None) -> str:
        """The sort of special data that a category is, itself or by its parent; "" for none or not said."""
        if ref is None:
            return ""
        if ref not in self._special:
            self._special[ref] = self._sort(ref)
        return self._special[ref]

    def _sort(self, ref: str) -> str:
        said = self._sort_said(ref)
        return "" if said in (None, "none") else said or ""

    def sort_is_said(self, ref: str) -> bool:
        """Whether a category of data, or one above it, says if it is special: "none" is an answer too."""
        if ref not in self._is_said:
            self._is_said[ref] = self._sort_said(ref) is not None
        return self._is_said[ref]

    def _sort_said(self, ref: str) -> str | None:
        """The sort of the nearest category, from this one upwards, that says one; None where none does."""
        seen: set[str] = set()
        category = self.register.get(DataCategory, ref)
        while category is not None and category.ref not in seen:
            if category.special:
                return category.special
            seen.add(category.ref)
            category = self.register.get(DataCategory, category.parent)
        return None

    def whose(self, activity: Activity, flag: str, purpose: int = 0) -> Iterator[str]:
        """Refs of the people in its data of whom a flag (staff, vulnerable) is said, themselves or by their parent.

        purpose: only in lines that the purpose of that number uses; 0: in all lines.
        """
        for line in activity.data:
            used = not purpose or not line.purposes or purpose in line.purposes
            if used and line.subjects and self.once(_flagged, line.subjects, flag):
                yield line.subjects

    @staticmethod
    def label(words: str, code: str | None) -> str:
        """A code of one of the closed lists in words, such as "49(1)(a) consent"."""
        return vocabulary(words).label(code) if code else ""


def _flagged(case: Case, ref: str | None, flag: str | None) -> tuple[str, ...]:
    """The flag, where the nearest category of people that says yes or no to it says yes; else nothing."""
    seen: set[str] = set()
    category = case.register.get(SubjectCategory, ref)
    while category is not None and category.ref not in seen:
        said = getattr(category, flag or "")
        if said is not None:
            return (flag or "",) if said else ()
        seen.add(category.ref)
        category = case.register.get(SubjectCategory, category.parent)
    return ()
