"""From the rows of a table to draft activities. A cell becomes values as a whole, or stands in the notes of its record as a whole."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ropa.errors import Refused
from ropa.gaps.texts import blank
from ropa.model.codes import vocabulary
from ropa.model.dates import parse_day
from ropa.model.values import keep_text, parse_country
from ropa.sheets.foreign.headings import NAME
from ropa.sheets.foreign.shelf import LONGEST, Shelf
from ropa.sheets.foreign.splitting import pieces, says_nothing
from ropa.sheets.foreign.tables import Column, Entry, Table
from ropa.words import fold

_A_NAME = 4
"""Letters from which on a word in small letters may be the name of a country."""
_LINE = 250
"""Characters of a department or an owner."""
Row = Sequence[tuple[Column, str]]


@dataclass
class Draft:
    """An activity as its rows say it. said: plain data. notes: (heading, text) of cells that fit no field. fields: how many cells became values."""

    at: str
    said: dict[str, Any]
    notes: list[tuple[str, str]] = field(default_factory=list)
    fields: int = 0
    rows: list[Row] = field(default_factory=list)


def drafts_of(table: Table, shelf: Shelf) -> list[Draft]:
    """The activities of a table, each of one row or of several that follow one another under one name, or under none."""
    found: list[Draft] = []
    named = any(column.target == NAME for column in table.columns)
    for entry in table.entries:
        name = next((text for column, text in entry.cells if column.target == NAME), "")
        goes_on = found and named and (not name or fold(name) == fold(found[-1].said["name"]))
        if not goes_on:
            found.append(Draft(entry.at, {"name": _name(entry, name), "status": "draft"}))
        found[-1].rows.append(entry.cells)
    for draft in found:
        for row in draft.rows:
            _take(draft, row, shelf)
    return found


def _name(entry: Entry, name: str) -> str:
    """What the activity is called: its name, else its purpose, else where it stands."""
    purpose = next((text for column, text in entry.cells if column.target == "purposes.text"), "")
    words = " ".join((name or purpose or f"Row at {entry.at}").split())
    return words if len(words) <= _LINE else f"{words[: _LINE - 1]}…"


def _take(draft: Draft, row: Row, shelf: Shelf) -> None:
    """Put the cells of a row into the draft; what cannot be taken whole goes into its notes."""
    lines = _lines(row, shelf)
    draft.said.setdefault("data", []).extend(lines)
    for column, text in sorted(row, key=lambda one: _ORDER.get(one[0].target, len(_ORDER))):
        try:
            keep_text(text)
            taken = column.target in _TAKING and _TAKING[column.target](draft.said, text, shelf, lines)
        except Refused:
            taken = False
        if taken:
            draft.fields += 1
        else:
            draft.notes.append((column.heading, text))


def _lines(row: Row, shelf: Shelf) -> list[dict[str, Any]]:
    """Lines of data of a row. Several kinds of people beside several of data do not say which data are whose: each stands alone."""
    people = _names(row, "data.subjects", shelf.subjects)
    data = _names(row, "data.category", shelf.category)
    if not people or not data:
        return [{"subjects": one} for one in people] + [{"category": one} for one in data]
    if len(people) == 1:
        return [{"subjects": people[0], "category": one} for one in data]
    if len(data) == 1:
        return [{"subjects": one, "category": data[0]} for one in people]
    return [{"category": one} for one in data] + [{"subjects": one} for one in people]


def _names(row: Row, target: str, ref_of: Callable[[str], str]) -> list[str]:
    texts = [text for column, text in row if column.target == target and _are_names(text)]
    return list(dict.fromkeys(ref_of(one) for text in texts for one in pieces(text, commas=True)))


def _are_names(text: str) -> bool:
    """Whether a cell lists names: none of them a placeholder, a sentence, or a word for nothing."""
    each = pieces(text, commas=True)
    return bool(each) and all(
        len(one) <= LONGEST and not blank(one) and not says_nothing(one) for one in each
    )


Said = dict[str, Any]
Lines = Sequence[dict[str, Any]]


def _whole(name: str, most: int = 0) -> Callable[[Said, str, Shelf, Lines], bool]:
    def take(said: Said, text: str, shelf: Shelf, lines: Lines) -> bool:  # noqa: ARG001  one shape for all
        if said.get(name) not in (None, text) or (most and len(text) > most) or blank(text):
            return False
        said[name] = text
        return True

    return take


def _named(said: Said, text: str, shelf: Shelf, lines: Lines) -> bool:  # noqa: ARG001
    """The name: taken where the activity bears it whole."""
    return fold(text) == fold(said["name"])


def _coded(name: str, words: str) -> Callable[[Said, str, Shelf, Lines], bool]:
    def take(said: Said, text: str, shelf: Shelf, lines: Lines) -> bool:  # noqa: ARG001
        value = vocabulary(words).parse(text)
        if said.get(name) not in (None, value):
            return False
        said[name] = value
        return True

    return take


def _entity(said: Said, text: str, shelf: Shelf, lines: Lines) -> bool:  # noqa: ARG001
    ref = shelf.organisation(text, ours=True)
    if not ref or said.get("entity") not in (None, ref):
        return False
    said["entity"] = ref
    return True


def _purposes(said: Said, text: str, shelf: Shelf, lines: Lines) -> bool:  # noqa: ARG001
    new = pieces(text, commas=False)
    if any(blank(one) for one in new):
        return False
    there = {fold(one["text"]) for one in said.get("purposes", ())}
    said.setdefault("purposes", []).extend({"text": one} for one in new if fold(one) not in there)
    return bool(new)


def _basis(said: Said, text: str, shelf: Shelf, lines: Lines) -> bool:  # noqa: ARG001
    """A legal basis, of the only purpose; which of several it is for the cell does not say."""
    purposes = said.get("purposes", [])
    if len(purposes) != 1 or purposes[0].get("legal_basis"):
        return False
    purposes[0]["legal_basis"] = vocabulary("legal_bases").parse(text)
    return True


def _listed(said: Said, text: str, shelf: Shelf, lines: Lines) -> bool:  # noqa: ARG001
    """People and data became lines before."""
    return _are_names(text)


def _for_lines(name: str, value_of: Callable[[Shelf, str], str]) -> Callable[[Said, str, Shelf, Lines], bool]:
    """One value for all lines of the row."""

    def take(said: Said, text: str, shelf: Shelf, lines: Lines) -> bool:  # noqa: ARG001
        if not lines or blank(text) or len(pieces(text, commas=False)) != 1 or len(text) > LONGEST:
            return False
        if any(line.get(name) for line in lines):
            return False
        value = value_of(shelf, text)
        for line in lines:
            line[name] = value
        return True

    return take


def _recipients(role: str) -> Callable[[Said, str, Shelf, Lines], bool]:
    def take(said: Said, text: str, shelf: Shelf, lines: Lines) -> bool:  # noqa: ARG001
        if not _are_names(text):
            return False
        for one in pieces(text, commas=True):
            ref = shelf.organisation(one, ours=False)
            part = {"organisation": ref} if ref else {"category": one}
            if role:
                part["role"] = role
            if part not in said.setdefault("recipients", []):
                said["recipients"].append(part)
        return True

    return take


def _destinations(said: Said, text: str, shelf: Shelf, lines: Lines) -> bool:  # noqa: ARG001
    names = pieces(text, commas=True)
    if any(len(one) < _A_NAME and (not one.isupper() or says_nothing(one)) for one in names):
        return False  # "no", "in" and "is" are words before they are countries
    codes = [parse_country(one) for one in names]
    there = said.setdefault("transfers", [])
    there += [{"destination": code} for code in codes if {"destination": code} not in there]
    return bool(codes)


def _mechanism(said: Said, text: str, shelf: Shelf, lines: Lines) -> bool:  # noqa: ARG001
    legs = said.get("transfers", [])
    if len(legs) != 1 or legs[0].get("mechanism"):
        return False
    legs[0]["mechanism"] = vocabulary("mechanisms").parse(text)
    return True


def _refs(name: str, ref_of: Callable[[Shelf, str], str]) -> Callable[[Said, str, Shelf, Lines], bool]:
    def take(said: Said, text: str, shelf: Shelf, lines: Lines) -> bool:  # noqa: ARG001
        if not _are_names(text):
            return False
        refs = [ref_of(shelf, one) for one in pieces(text, commas=True)]
        said[name] = list(dict.fromkeys([*said.get(name, ()), *refs]))
        return True

    return take


def _day(name: str) -> Callable[[Said, str, Shelf, Lines], bool]:
    def take(said: Said, text: str, shelf: Shelf, lines: Lines) -> bool:  # noqa: ARG001
        """A day that can be but one; of 03/04/2026 nobody knows which it is."""
        day = parse_day(text).isoformat()
        if said.get(name) not in (None, day):
            return False
        said[name] = day
        return True

    return take


def _tags(said: Said, text: str, shelf: Shelf, lines: Lines) -> bool:  # noqa: ARG001
    said.setdefault("tags", []).extend(pieces(text, commas=True))
    return True


_TAKING: Mapping[str, Callable[[Said, str, Shelf, Lines], bool]] = {
    NAME: _named,
    "role": _coded("role", "role"),
    "entity": _entity,
    "department": _whole("department", _LINE),
    "owner": _whole("owner", _LINE),
    "description": _whole("description"),
    "purposes.text": _purposes,
    "purposes.legal_basis": _basis,
    "data.subjects": _listed,
    "data.category": _listed,
    "data.source": _for_lines("source", lambda _, text: text),
    "data.retention": _for_lines("retention", Shelf.retention),
    "recipients.category": _recipients(""),
    "processors": _recipients("processor"),
    "transfers.destination": _destinations,
    "transfers.mechanism": _mechanism,
    "measures": _refs("measures", Shelf.measure),
    "systems": _refs("systems", Shelf.system),
    "started_on": _day("started_on"),
    "reviewed_on": _day("reviewed_on"),
    "tags": _tags,
}
"""Field → how a cell of its column is taken into the plain data of an activity; False, or Refused, where it cannot be taken whole."""
_ORDER = {target: n for n, target in enumerate(_TAKING)}


def notes_of(cells: Iterable[tuple[str, str]]) -> str:
    """Cells that fit no field, each under its heading."""
    return "\n".join(f"{heading}: {text}" for heading, text in cells)
