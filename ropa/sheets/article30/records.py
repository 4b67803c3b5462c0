"""The sheets with a row an activity: controller records 30(1), processor records 30(2), and those without a role."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ropa.model.activity import Activity
from ropa.sheets.article30 import points
from ropa.sheets.saying import Words, activity_keys
from ropa.sheets.table import NOT_RECORDED, Column, Table

Cell = Callable[[Words, Activity], str]


@dataclass(frozen=True)
class Point:
    """A column of an activity's row, and the fields that it shows in full."""

    column: Column
    cell: Cell
    shows: frozenset[str] = frozenset()


def _point(heading: str, width: int, cell: Cell, *shows: str) -> Point:
    return Point(Column(heading, width), cell, frozenset(shows))


KEYS = (Column("No.", 9), Column("Activity — Art. 30", 18))

STATUS = _point("Status", 11, points.status, "status", "started_on", "ended_on")
DEPARTMENT = _point("Department", 13, lambda words, one: words.say(one, "department"), "department")
TRANSFERS = _point("(e) Transfers to third countries — Art. 30(1)(e)", 24, points.transfers, "transfers")
SECURITY = _point("(g) Security measures — Art. 30(1)(g)", 32, points.security, "measures")

CONTROLLER = (
    STATUS,
    DEPARTMENT,
    _point(
        "(a) Controller, representative, DPO — Art. 30(1)(a)",
        25,
        lambda words, one: points.responsible(words, one, "controller"),
        "entity",
    ),
    _point("(b) Purposes — Art. 30(1)(b)", 24, points.purposes, "purposes"),
    _point("Legal basis — Art. 6, 9, 10", 23, points.grounds, "purposes"),
    _point("(c) Data subjects and data — Art. 30(1)(c)", 26, points.people_and_data, "data"),
    _point("(d) Recipients — Art. 30(1)(d)", 22, points.recipients, "recipients"),
    TRANSFERS,
    _point("(f) Time limits for erasure — Art. 30(1)(f)", 24, points.time_limits),
    SECURITY,
)
"""Columns after the keys. The legal basis is no point of Art. 30; authorities ask for it beside the purposes."""

PROCESSOR = (
    STATUS,
    _point(
        "(a) Processor, representative, DPO — Art. 30(2)(a)",
        30,
        lambda words, one: points.responsible(words, one, "processor"),
        "entity",
    ),
)
_CLIENT = (
    Column("(a) Controller we act for — Art. 30(2)(a)", 32),
    Column("(b) Categories of processing — Art. 30(2)(b)", 34),
    Column("For this controller", 14),
)
PROCESSOR_END = (
    _point("(c) Transfers to third countries — Art. 30(2)(c)", 32, points.transfers, "transfers"),
    _point("(d) Security measures — Art. 30(2)(d)", 36, points.security, "measures"),
)


def shown_fields(role: str | None) -> frozenset[str]:
    """The fields of an activity of that role that its row, or a sheet of its parts, shows in full."""
    columns = (*PROCESSOR, *PROCESSOR_END) if role == "processor" else CONTROLLER
    own = frozenset().union(*(point.shows for point in columns))
    parts = {"data", "recipients", "transfers"} | ({"clients"} if role == "processor" else set())
    return own | parts | {"ref", "name", "role"}


def controller_records(words: Words, activities: Sequence[Activity]) -> Table:
    """A row a controller's activity, a column a point of Art. 30(1)."""
    return _table(
        "Controller records 30(1)",
        "Controller's record of processing activities, Art. 30(1) GDPR",
        words,
        activities,
    )


def records_without_role(words: Words, activities: Sequence[Activity]) -> Table:
    """Activities that do not say whether they are a controller's or a processor's, in the controller's columns."""
    return _table(
        "Role not recorded", "Activities without a role: controller or processor", words, activities
    )


def _table(name: str, title: str, words: Words, activities: Sequence[Activity]) -> Table:
    rows = ((*activity_keys(one), *(point.cell(words, one) for point in CONTROLLER)) for one in activities)
    return Table(name, title, (*KEYS, *(point.column for point in CONTROLLER)), rows)


def processor_records(words: Words, activities: Sequence[Activity]) -> Table:
    """A row a processor's activity and controller served, a column a point of Art. 30(2)."""
    columns = (*KEYS, *(p.column for p in PROCESSOR), *_CLIENT, *(p.column for p in PROCESSOR_END))
    rows = (row for one in activities for row in _processor_rows(words, one))
    return Table(
        "Processor records 30(2)",
        "Processor's record of categories of processing, Art. 30(2) GDPR",
        columns,
        rows,
    )


def _processor_rows(words: Words, activity: Activity) -> Iterator[Sequence[str]]:
    before = (*activity_keys(activity), *(point.cell(words, activity) for point in PROCESSOR))
    security = points.security(words, activity)
    for one in activity.clients:
        done = words.say(one, "categories") or NOT_RECORDED
        since = words.labelled(one, ("since", "until"), bare_first=False)
        transfers = points.transfers(words, activity, one)
        yield (*before, points.client(words, one), done, since, transfers, security)
    if not activity.clients:
        answer = words.or_answer("", activity, "clients")
        yield (*before, answer, answer, "", points.transfers(words, activity), security)
