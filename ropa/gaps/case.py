"""Case: all that a rule may look at besides its record: the register, the dated facts, the day.

What several rules need is worked out once per register, the first time it is asked for.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Protocol, TypeVar

from ropa.gaps.tallies import tallies
from ropa.gaps.texts import blank, no_reason, shown
from ropa.model.activity import Activity
from ropa.model.catalogue import DataCategory, SubjectCategory
from ropa.model.codes import vocabulary
from ropa.model.common import Documented, Statement
from ropa.model.organisation import Organisation
from ropa.model.parts import Client, Recipient, Transfer
from ropa.model.register import Register
from ropa.model.speech import country_name, name_of
from ropa.reference.countries import in_eea

T = TypeVar("T")
R = TypeVar("R", bound=Documented)

EU_LAW = "EU GDPR"
CRIMINAL = "criminal-data"
"""The sort of data of Art. 10 among the sorts of special data; all others but "none" are of Art. 9(1)."""


class Lasting(Protocol):
    """A part that begins and ends: a recipient, a client, a transfer leg, a sub-processor."""

    @property
    def since(self) -> date | None:
        """First day, None for not said."""

    @property
    def until(self) -> date | None:
        """Last day, None for not said."""


P = TypeVar("P", bound=Lasting)


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
        self.telling: set[str | None] = {None}
        """Texts that were looked at and are no placeholder."""
        self._inside: dict[str, bool] = {}
        self._special: dict[str, str] = {}
        self._names: dict[tuple[str, str], str] = {}
        self._laws: dict[str, str] = {}
        self._places: dict[tuple[str | None, str | None], str] = {}
        self._once: dict[tuple[object, ...], tuple[Any, ...]] = {}
        self._in_force: dict[int, tuple[object, list[Any]]] = {}
        self._at: Documented | None = None
        self._here: dict[object, Any] = {}

    def other_law(self, record: Documented) -> str:
        """The law that binds the activity's entity, or the organisation of ours, where it is not the EU GDPR; else "".

        A blank is taken as the EU GDPR: nobody gains by knowing less.
        """
        if not isinstance(record, Activity):
            return _other_law(record)
        ref = record.entity or ""
        if ref not in self._laws:
            self._laws[ref] = _other_law(self.organisation(ref))
        return self._laws[ref]

    # What a record says.

    def current(self, part: Lasting) -> bool:
        """Whether a part is in force on the day; a blank since or until is open."""
        return (part.since is None or part.since <= self.on) and (part.until is None or part.until >= self.on)

    def legs(self, activity: Activity) -> Sequence[tuple[int, Transfer]]:
        """The current legs of its transfers, numbered from 1."""
        parts = activity.transfers
        known = self._in_force.get(id(parts))
        return known[1] if known else self._current(parts)

    def legs_abroad(self, activity: Activity) -> Sequence[tuple[int, Transfer]]:
        """Those of its current legs that leave the EEA."""
        return self.here(_legs_abroad, activity)

    def recipients(self, activity: Activity) -> Sequence[tuple[int, Recipient]]:
        """Its current recipients, numbered from 1."""
        parts = activity.recipients
        known = self._in_force.get(id(parts))
        return known[1] if known else self._current(parts)

    def clients_of(self, activity: Activity) -> Sequence[tuple[int, Client]]:
        """Its current clients, numbered from 1."""
        return self._current(activity.clients)

    def _current(self, parts: tuple[P, ...]) -> Sequence[tuple[int, P]]:
        """Those in force on the day, numbered from 1: worked out once, for rule after rule goes through them.

        They are found again by the identity of the tuple that holds them, which is kept, so that no other takes it.
        """
        on = self.on
        current = [
            (n, part)
            for n, part in enumerate(parts, 1)
            # As in `current`, without a call.
            if ((since := part.since) is None or since <= on)
            and ((until := part.until) is None or until >= on)
        ]
        self._in_force[id(parts)] = parts, current
        return current

    def stated(self, record: Documented, *paths: str) -> Statement | None:
        """The reasoned statement "does not apply" about one of these (empty) fields, or None. A bare "n/a" is none."""
        for one in record.statements:
            if one.about in paths and one.says == "does not apply" and not no_reason(one.reason):
                return one
        return None

    def explained(self, record: Documented, rule_id: str) -> Statement | None:
        """The reasoned statement that names the rule, or None: "checked, is right", or that the rule does not apply."""
        for one in record.statements:
            if one.about and one.about.upper() == rule_id and one.says and not no_reason(one.reason):
                return one
        return None

    def confirmed(self, record: Documented, path: str) -> Statement | None:
        """The reasoned statement "checked, is right" about what stands in a field, or None."""
        for one in record.statements:
            if one.about == path and one.says == "checked, is right" and not no_reason(one.reason):
                return one
        return None

    def once(self, work_out: Callable[..., Iterable[T]], *of: Hashable) -> tuple[T, ...]:
        """What `work_out(case, *of)` gives, worked out once per register for these arguments."""
        key = (work_out, *of)
        try:
            return self._once[key]
        except KeyError:
            found = self._once[key] = tuple(work_out(self, *of))
            return found

    def tally(self, adding: Callable[[T, Activity, "Case"], None]) -> T:
        """What a tally of all activities found (`ropa.gaps.tallies`). Raises what it stopped with."""
        found: T | Exception = self._tallies[adding]
        if isinstance(found, Exception):
            raise found
        return found

    @cached_property
    def _tallies(self) -> Mapping[Any, Any]:
        return tallies(self)

    def here(self, work_out: Callable[["Case", R], T], record: R) -> T:
        """What `work_out(case, record)` gives, worked out once while rule after rule asks the same record."""
        if self._at is not record:
            self._at, self._here = record, {}
        known = self._here
        try:
            found: T = known[work_out]
        except KeyError:
            found = known[work_out] = work_out(self, record)
        return found

    # What it names.

    def organisation(self, ref: str | None) -> Organisation | None:
        """The organisation of that ref."""
        return None if ref is None else self.register.organisations.get(ref)

    def name(self, kind: str, ref: str | None) -> str:
        """The name of the record of that kind and ref; "not said" for none, the ref where there is no such record."""
        if not ref:
            return "not said"
        key = kind, ref
        found = self._names.get(key)
        if found is None:
            found = self._names[key] = name_of(self.register, kind, ref)
        return found

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
        if leg.international_organisation and not blank(leg.international_organisation):
            return True
        return leg.destination is not None and self.outside(leg.destination)

    def destination(self, leg: Transfer) -> str:
        """The destination of a leg in words; "" for none."""
        if not blank(leg.international_organisation):
            return leg.international_organisation or ""
        return country_name(leg.destination) if leg.destination else ""

    def where(self, leg: Transfer) -> str:
        """The destination of a leg as a message quotes it."""
        key = leg.destination, leg.international_organisation
        if key not in self._places:
            self._places[key] = shown(self.destination(leg))
        return self._places[key]

    @cached_property
    def sorts(self) -> Mapping[str | None, str]:
        """Data category → the sort of special data that it is, for those that are: for who looks at very many lines."""
        each = {ref: self._sort(ref) for ref in self.register.all(DataCategory)}
        return {ref: sort for ref, sort in each.items() if sort}

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

    @cached_property
    def sort_said(self) -> frozenset[str | None]:
        """The categories of data that say, or one above them, if they are special: "none" is an answer too. And no category."""
        said = (ref for ref in self.register.all(DataCategory) if self._sort_said(ref) is not None)
        return frozenset((None, *said))

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
        flagged = self.once(_flagged, flag)[0] if activity.data else ()
        for line in activity.data:
            if (
                (ref := line.subjects)
                and ref in flagged
                and (not purpose or not line.purposes or purpose in line.purposes)
            ):
                yield ref

    @staticmethod
    def label(words: str, code: str | None) -> str:
        """A code of one of the closed lists in words, such as "49(1)(a) consent"."""
        return vocabulary(words).label(code) if code else ""


def _other_law(record: Documented | None) -> str:
    if isinstance(record, Organisation) and record.ours and record.jurisdiction != EU_LAW:
        return record.jurisdiction or ""
    return ""


def _legs_abroad(case: Case, activity: Activity) -> list[tuple[int, Transfer]]:
    return [(n, leg) for n, leg in case.legs(activity) if case.abroad(leg)]


def _flagged(case: Case, flag: str) -> Iterator[set[str | None]]:
    """The categories of people of which the nearest one, from each upwards, that says yes or no to the flag says yes."""
    yield {ref for ref in case.register.all(SubjectCategory) if _says(case, ref, flag)}


def _says(case: Case, ref: str, flag: str) -> bool:
    seen: set[str] = set()
    category = case.register.get(SubjectCategory, ref)
    while category is not None and category.ref not in seen:
        said = getattr(category, flag)
        if said is not None:
            return bool(said)
        seen.add(category.ref)
        category = case.register.get(SubjectCategory, category.parent)
    return False
