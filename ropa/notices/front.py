"""What a notice says of itself: title, site, date, controller, contact, officer. It is the same in every family."""

import re
from collections.abc import Iterator

from ropa.notices import labels
from ropa.notices.account import dated_end
from ropa.notices.dates import leading_date
from ropa.notices.labels import ENTRY_KINDS, Kind
from ropa.notices.owner import Owner, read_owner, rows_of_owner
from ropa.notices.parts import is_heading, parts
from ropa.notices.reading import Dated, Lines, Told
from ropa.notices.source import has_words
from ropa.notices.units import Unit
from ropa.notices.values import MAILBOX

_SITE = re.compile(r"(?<![@\w.-])(?:https?://)?((?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,12})(?![\w@-]|\.\w)")
_TITLE_EDGE = " –—-|·(:,"
_ADDRESS_LINES = 8
_HEAD_UNITS = 12
_LONGEST_ROW = 200


class Front:
    """Reads the facts about the notice as a whole, and keeps account of the lines that they took.

    taken: the lines of a fact, or that led to one. whole: the lines whose sentences are not looked at one by one.
    """

    by_heading = False
    """Whether a heading "Controller" goes before a label: where notices define the word with a colon behind it."""

    def __init__(self, all_units: list[Unit], language: str) -> None:
        self.units = all_units
        self.language = language
        self.taken: set[int] = set()
        self.whole: set[int] = set()
        self.title = self.read_title()

    def take(self, *spans: Lines) -> None:
        """The lines of these spans are read."""
        for first, last in spans:
            self.taken.update(range(first, last + 1))

    def read_title(self) -> Told | None:
        """The heading that the notice begins with."""
        if not self.units:
            return None
        unit = self.units[0]
        if any(hit.kind in ENTRY_KINDS for hit in unit.hits) or not (unit.hits or is_heading(unit)):
            return None
        if next(parts(unit)).kind == "service":
            return None
        stop = unit.hits[0].start if unit.hits else len(unit.text)
        words = unit.text[:stop].rstrip(_TITLE_EDGE)
        if not words or labels.is_a("purpose", words) or labels.is_a("section", words):
            return None
        told = unit.told(0, len(words))
        self.take(told.lines)
        return told

    def owner(self) -> Owner:
        """The controller and its address: after the label, or under the heading, down to the contact address."""
        found = (
            None
            if self.by_heading and self.heading_at("controller") is not None
            else self.labelled("controller")
        )
        index = self.units.index(found[0]) if found else self.heading_at("controller")
        if index is None:
            return Owner()
        below = self.units[index + 1 : index + 1 + _ADDRESS_LINES]
        if not found and (not below or below[0].hits or len(below[0].text) > _LONGEST_ROW):
            return Owner()
        below = self.owner_rows(below, needed=not found)
        owner = read_owner([*([found[1]] if found else []), *(unit.told() for unit in below)])
        # A sentence that is no name may still say who the controller is: it goes on to be read as running text.
        own = [unit for unit in below if owner.name or is_heading(unit)]
        self.take(self.units[index].lines(), *(unit.lines() for unit in own))
        self.whole.update(number for unit in below for number in unit.numbers)
        return owner

    def owner_rows(self, below: list[Unit], *, needed: bool) -> list[Unit]:
        """The rows about the owner among those below its label or heading."""
        return rows_of_owner(below, needed=needed)

    def labelled(self, kind: Kind) -> tuple[Unit, Told] | None:
        """The first unit with a label of this kind that has a value; and that value."""
        for unit in self.units:
            for index, hit in enumerate(unit.hits):
                if hit.kind == kind and has_words(unit.text[slice(*unit.value(index))]):
                    told = unit.told(*unit.value(index))
                    self.take(unit.lines(hit.start, unit.value(index)[1]))
                    return unit, Told(told.text.removesuffix("."), told.lines)
        return None

    def heading_at(self, kind: Kind) -> int | None:
        """The number of the first unit that is a heading of this kind."""
        found = [n for n, unit in enumerate(self.units) if labels.is_a(kind, unit.text)]
        # In a table of contents, what stands below is the next title.
        real = [n for n in found if not (self.units[n].bullet and self._is_bullet(n + 1))]
        return next((n for n in real if self.units[n].level), next(iter(real), None))

    def _is_bullet(self, index: int) -> bool:
        return index < len(self.units) and self.units[index].bullet

    def under(self, kind: Kind) -> Told | None:
        """What stands below a heading of this kind."""
        index = self.heading_at(kind)
        if index is None or index + 1 >= len(self.units) or self.units[index + 1].hits:
            return None
        self.take(self.units[index].lines(), self.units[index + 1].lines())
        return self.units[index + 1].told()

    def fact(self, kind: Kind) -> Told | None:
        """The value of the first label of this kind that has one."""
        found = self.labelled(kind)
        return found[1] if found else None

    def contact(self) -> Told | None:
        """The mailbox that stands after its label or below its heading."""
        told = self.fact("contact") or self.under("contact")
        found = MAILBOX.search(told.text) if told else None
        return Told(found[0].rstrip("."), told.lines) if told and found else None

    def updated(self) -> Dated | None:
        """The date after its label, where it has one meaning only."""
        for unit in self.units:
            for start in self._updated_starts(unit):
                if day := leading_date(unit.text[start : start + 80], self.language):
                    end = dated_end(unit.text, start)
                    return Dated(day, unit.text[:end].strip(), unit.lines(0, start + 1))
        return None

    def _updated_starts(self, unit: Unit) -> Iterator[int]:
        """Where a date may stand: after the label, with a colon or without."""
        yield from (hit.end for hit in unit.hits if hit.kind == "updated")
        words = list(re.finditer(r"\S+", unit.text[:100]))[:4]
        yield from (word.end() for word in words if labels.is_a("updated", unit.text[: word.end()]))

    def site(self) -> Told | None:
        """The domain in the title, or the first address of a website before the first entry."""
        for number, unit in enumerate(self.units[:_HEAD_UNITS]):
            if any(hit.kind in ENTRY_KINDS for hit in unit.hits):
                break
            for found in _SITE.finditer(unit.text[:500]):
                if number == 0 or found[0].lower().startswith(("www.", "http")):
                    return unit.told(*found.span(1))
        return None
