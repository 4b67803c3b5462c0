"""A table of facts that an organisation keeps itself, read strictly: whatever a lookup could stumble over is refused by its line."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from ropa.errors import Refused
from ropa.reference.countries import countries, country
from ropa.reference.facts import SURE, read_rows, shipped, shipped_tables
from ropa.reference.shelf import OwnTable, Row
from ropa.words import listing, nearest

OWN = ("adequacy", "region_membership", "mechanisms", "retention_examples", "wp248_criteria")
"""The tables that an organisation may keep itself."""
_AS_SHIPPED = ("mechanisms", "wp248_criteria")
"""Tables by whose keys records are written: which there are is the program's affair, what is known of them is not."""
_CLOSED: Mapping[str, tuple[str, ...]] = {
    "adequacy": ("regime", "scope_kind", "status"),
    "region_membership": ("group",),
    "mechanisms": ("regime", "kind", "exporter_role", "importer_role", "needs_tia", "status"),
    "retention_examples": ("kind",),
    "wp248_criteria": ("slug",),
}
"""Columns whose words a lookup or a rule compares: those of the shipped table."""
_PLACES = {"adequacy": "destination", "region_membership": "code", "retention_examples": "country"}
"""Columns that hold a country, territory, region or body by its code; a blank one where the shipped table has blanks."""
_DAYS = ("since", "until", "adopted", "valid_until", "usable_until")
_ORDER = (
    ("in_force_since", "valid_until"),
    ("in_force_since", "ended_on"),
    ("in_force_since", "repealed_on"),
    ("in_force_since", "usable_until"),
    ("since", "until"),
)
"""Days of which the second cannot be before the first."""
_FIRST, _LAST = date(1950, 1, 1), date(2100, 12, 31)
_MOST = 10_000_000
"""Bytes of a file: a thousand times the largest table that is shipped."""
_PERIOD = re.compile(r"P(?=\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?|PT\d+H")
_MEND = "Mend the file."


def read_own(content: bytes, file: str, table: str, today: date) -> tuple[str, OwnTable]:
    """The name of the table that a file holds, and its rows. table: its name, where the file's own name does not tell.

    Raises Refused, naming line and column, for the first of the faults that would make an answer wrong, and says how many more.
    """
    text = _decoded(content, file)
    header = text.partition("\n")[0].rstrip("\r")
    semicolons = header.count(";") > header.count(",")
    columns = [name.strip('" ') for name in header.split(";" if semicolons else ",")]
    name = _named(table, file, columns)
    needs = tuple(shipped(name)[0])
    more = [column for column in columns if column not in needs]
    if more and set(needs) - set(columns):
        lacking = next(column for column in needs if column not in columns)
        raise Refused(
            f"the column '{lacking}' is missing.",
            at=file,
            do=f"{_MEND} It begins with: ropa facts show {name} --csv",
        )
    if more:
        raise Refused(f"{name} has no column '{more[0]}'.", at=file, do="Take it out of the file.")
    read = read_rows(file, text, needs, mend=_MEND, delimiter=";" if semicolons else ",")
    rows = tuple({column: _plain(row[column]) for column in needs} for row in read)
    checked = checked_rows(name, rows, file)
    for number, row in enumerate(rows, 2):
        if row["checked_on"] > today.isoformat():
            raise Refused(
                f"checked_on {row['checked_on']} is still to come.", at=f"{file} row {number}", do=_MEND
            )
    return name, OwnTable(rows, checked)


def checked_rows(name: str, rows: Sequence[Row], file: str) -> date:
    """Whether rows can stand for a table. Returns the day of the earliest checking among them.

    One row that was mended does not make the others fresh. Raises Refused for the first fault.
    """
    faults = list(_faults(name, rows))
    if faults:
        row, what, do = faults[0]
        more = f" {len(faults) - 1} more like it." if len(faults) > 1 else ""
        raise Refused(what, at=f"{file} row {row}" if row else file, do=(do or _MEND) + more)
    days = [date.fromisoformat(row["checked_on"]) for row in rows if row["checked_on"]]
    return min(days, default=date.min)


def _decoded(content: bytes, file: str) -> str:
    if content[:4] == b"PK\x03\x04":
        raise Refused("is a workbook.", at=file, do="Save the sheet as CSV (UTF-8), and give that.")
    if len(content) > _MOST:
        raise Refused("is larger than 10 MB.", at=file, do="Give the table alone.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("is not text in UTF-8.", at=file, do="Save it as CSV (UTF-8).") from None


def _named(table: str, file: str, columns: Sequence[str]) -> str:
    """The table that is meant: said, or told by the file's name, or by its columns."""
    said = table.strip().lower().replace("-", "_")
    stem = re.sub(r"\.[a-z]+$", "", re.split(r"[/\\]", file)[-1].lower()).replace("-", "_")
    name = said or (stem if stem in shipped_tables() else _like(columns))
    if name in OWN:
        return name
    if name in shipped_tables():
        why = "records are read by it, so only a new version of ropa can change it"
        raise Refused(
            f"{name} comes with the program: {why}.", at=file, do=f"Your own may be {listing(OWN, 'or')}."
        )
    if said:
        near = nearest(said, list(OWN))
        do = f"Did you mean {listing(near, 'or')}?" if near else f"Your own may be {listing(OWN, 'or')}."
        raise Refused(f"there is no table of facts '{said}'.", at="--table", do=do)
    raise Refused(
        "does not say which table it is.",
        at=file,
        do=f"Say it: --table {OWN[0]}. Your own may be {listing(OWN, 'or')}.",
    )


def _like(columns: Sequence[str]) -> str:
    """The table that has most of these columns; "" where none has more than half of its own among them."""
    share = {name: len(set(columns) & set(shipped(name)[0])) / len(shipped(name)[0]) for name in OWN}
    best = max(share, key=lambda name: share[name])
    return best if share[best] > 0.5 else ""


def _plain(cell: str) -> str:
    """A cell without blanks around it, and without the apostrophe by which a list for spreadsheets made it no formula."""
    cell = cell.strip()
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell


Fault = tuple[int, str, str]
"""Number of the row in the file (0: the whole of it), what is wrong, what to do."""


def _faults(name: str, rows: Sequence[Row]) -> Iterator[Fault]:
    if not rows:
        yield 0, "holds no row.", ""
    seen: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(rows, 2):
        key = tuple(row[column] for column in shipped_tables()[name].key)
        if not key[0]:
            yield (
                number,
                f"the column '{shipped_tables()[name].key[0]}' is blank, by which the row is known.",
                "",
            )
        elif key in seen:
            yield number, f"'{' '.join(key)}' is there twice, as in row {seen[key]}.", ""
        seen.setdefault(key, number)
        for check in (_source, _days, _place, _words):
            for what, do in check(name, row):
                yield number, what, do
    if name in _AS_SHIPPED and rows:
        yield from _keys(name, {key[0] for key in seen})


Check = Callable[[str, Row], Iterator[tuple[str, str]]]


def _source(_: str, row: Row) -> Iterator[tuple[str, str]]:
    if not row["source"]:
        yield "the source is blank.", "Say the law, the case or the public place."
    if row["sure"] not in SURE:
        yield f"'{row['sure']}' in column 'sure' is not one of {listing(SURE, 'or')}.", ""
    if row["checked"] != "memory" and not row["checked"].startswith("verified"):
        yield (
            f"'{row['checked'][:40]}' in column 'checked' is neither memory nor verified: where it was read.",
            "",
        )
    if row["checked"].startswith("verified") != bool(row["checked_on"]):
        yield (
            "checked_on holds a day just where the fact was verified.",
            "Give the day, or write memory in checked.",
        )


def _days(_: str, row: Row) -> Iterator[tuple[str, str]]:
    days: dict[str, date] = {}
    for column, cell in row.items():
        if not cell or not column.endswith((*_DAYS, "_on", "_since", "_review")):
            continue
        try:
            days[column] = date.fromisoformat(cell)
        except ValueError:
            yield f"'{cell}' in column '{column}' is not a date.", "Write it like 2026-11-23."
            continue
        if not _FIRST <= days[column] <= _LAST:
            yield f"{cell} in column '{column}' is out of range ({_FIRST.year} to {_LAST.year}).", ""
    for first, second in _ORDER:
        if first in days and second in days and days[second] < days[first]:
            yield f"{second} ({days[second]}) is before {first} ({days[first]}).", ""


def _place(name: str, row: Row) -> Iterator[tuple[str, str]]:
    column = _PLACES.get(name, "")
    code = row.get(column, "")
    if not column or code in countries() or (not code and name == "adequacy" and row["scope_kind"] == "rule"):
        return
    try:
        do = f"Write its code: {country(code).code}." if code else f"Give its code in column '{column}'."
    except Refused as trouble:
        do = trouble.do
    yield f"'{code}' in column '{column}' is not the code of a country that ropa knows.", do


def _words(name: str, row: Row) -> Iterator[tuple[str, str]]:
    for column in _CLOSED[name]:
        known = {one[column] for one in shipped(name)}
        if row[column] not in known:
            yield f"'{row[column]}' in column '{column}' is not one of {listing(sorted(known), 'or')}.", ""
    if "period" in row and not _PERIOD.fullmatch(row["period"]):
        yield (
            f"'{row['period']}' in column 'period' is not a period.",
            "Write it like P10Y, P6M, P4W, P30D or PT72H.",
        )


def _keys(name: str, keys: set[str]) -> Iterator[Fault]:
    wanted = {row[shipped_tables()[name].key[0]] for row in shipped(name)}
    why = "records are written in these, and only a new version of ropa can change which there are"
    for lacking in sorted(wanted - keys):
        yield 0, f"the row '{lacking}' is missing: {why}.", "Put it back."
    for more in sorted(keys - wanted):
        yield 0, f"'{more}' is none of {name}: {why}.", "Take it out."
