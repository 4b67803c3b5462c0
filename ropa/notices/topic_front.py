"""Who answers for a notice in prose: read where name and address stand in rows below a heading or a line that announces them."""

import re

from ropa.notices.dates import leading_date
from ropa.notices.legal_forms import FORM
from ropa.notices.owner import Owner, is_name, read_owner
from ropa.notices.parts import is_heading
from ropa.notices.reading import Dated, Told
from ropa.notices.topic_words import pattern
from ropa.notices.units import Unit
from ropa.notices.values import MAILBOX

_NO_ADDRESS = re.compile(
    r"(?:e-?mail|courriel|tel|t[ée]l[ée]phone|telefo|phone|fax|mobil|impressum|imprint|vertret|gesch[äa]ftsf|represent|web|https?:|siret|kvk|\+\d)",
    re.IGNORECASE,
)
_ROWS = 14
_ROWS_OF_ADDRESS = 6
_LONGEST_ROW = 120
_LEAD = re.compile(
    r"(?::|\bAnbieter|\bBetreiber|\bist|\bis|\best|\bsind|Datenschutzrechts?|DSGVO|GDPR|,)\s*$"
)
_TITLE = re.compile(r"datenschutz|privacy|data protection|confidentialit|gegevens", re.IGNORECASE)
_MARK = re.compile(r"[\s:(*–-]{0,6}(?:on |vom |am |le |du |is |ist )?")


def is_topic(unit: Unit) -> bool:
    """Whether a paragraph is a heading."""
    return bool(unit.level) or (is_heading(unit) and not unit.bullet)


class TopicFront:
    """Reads the facts about the notice as a whole. taken: the lines that led to one."""

    def __init__(self, units: list[Unit], language: str) -> None:
        self._units = units
        self._language = language
        self.taken: set[int] = set()
        self.controller: Told | None = None
        self.address: Told | None = None
        self.contact: Told | None = None
        self.dpo: Told | None = None
        self.title = self._title()
        self.updated = self._updated()
        self._read_controller()
        self._read_dpo()

    def _title(self) -> Told | None:
        first = next((unit for unit in self._units if is_topic(unit)), None)
        return first.told() if first and _TITLE.search(first.text) else None

    def _updated(self) -> Dated | None:
        for unit in self._units:
            for found in pattern(self._language, "updated").finditer(unit.text[:200]):
                before = unit.text[: found.start()].strip(" (*_–-")
                mark = _MARK.match(unit.text, found.end())
                start = mark.end() if mark else found.end()
                # "17.Juli 2025": the space after the stop is often forgotten.
                words = re.sub(r"(?<=\d\.)(?=[A-Za-zÄ])", " ", unit.text[start : start + 40])
                if not before and (day := leading_date(words, self._language)):
                    return Dated(day, unit.text[: start + 40].strip(), unit.lines())
        return None

    def _read_controller(self) -> None:
        for index, unit in enumerate(self._units):
            if not (is_topic(unit) or _LEAD.search(unit.text)) or len(unit.text) > 2 * _LONGEST_ROW:
                continue
            said = pattern(self._language, "controller").search(unit.text)
            if not said or pattern(self._language, "dpo").search(unit.text):
                continue
            rows = self._rows(index + 1)
            owner = self._owner(rows)
            if owner and owner.name:
                self.controller, self.address = owner.name, owner.address
                self.contact = self._contact(index + 1)
                self.taken.update(unit.numbers)
                return

    def _rows(self, index: int) -> list[Unit]:
        """The rows below, without sentences that lead in to them, down to a mailbox, a heading or a sentence."""
        rows: list[Unit] = []
        for unit in self._units[index : index + _ROWS]:
            lead = not rows and (
                bool(_LEAD.search(unit.text)) or bool(pattern(self._language, "controller").search(unit.text))
            )
            if lead and not FORM.search(unit.text):
                continue
            if unit.level or len(unit.text) > _LONGEST_ROW or (unit.text.endswith((".", ":")) and rows):
                break
            if "@" in unit.text or _NO_ADDRESS.match(unit.text):
                break
            rows.append(unit)
        return rows[:_ROWS_OF_ADDRESS]

    def _owner(self, rows: list[Unit]) -> Owner | None:
        """Name and address, where the rows are certainly those of one: a legal form, or a house number below the name."""
        if not rows:
            return None
        told = [unit.told() for unit in rows]
        numbered = any(re.search(r"\d", row.text) for row in told[1:]) or re.search(r",.*\d", told[0].text)
        if not (FORM.search(told[0].text) or numbered):
            return None
        return read_owner(told)

    def _contact(self, index: int) -> Told | None:
        for unit in self._units[index : index + _ROWS]:
            if unit.level or pattern(self._language, "dpo").search(unit.text):
                break
            if found := MAILBOX.search(unit.text):
                return unit.told(*found.span())
        return None

    def _read_dpo(self) -> None:
        for index, unit in enumerate(self._units):
            said = pattern(self._language, "dpo").search(unit.text)
            if not said or len(unit.text) > _LONGEST_ROW:
                continue
            if found := MAILBOX.search(unit.text, said.end()):
                self.dpo = unit.told(*found.span())
                return
            below = self._units[index + 1] if index + 1 < len(self._units) else None
            if (is_topic(unit) or unit.text.endswith(":")) and below and is_name(below.text):
                following = self._units[index + 2 : index + 2 + _ROWS_OF_ADDRESS]
                if FORM.search(below.text) or any(MAILBOX.search(row.text) for row in following):
                    self.dpo = below.told()
                    self.taken.update(unit.numbers)
                    return
