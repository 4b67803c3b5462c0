"""Rows of the tables as the database gave them, and the records that the model reads out of them."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any

from pydantic import ValidationError

from ropa.errors import Refused
from ropa.model.canonical import canonical_json
from ropa.model.common import Documented
from ropa.model.explain import troubles
from ropa.model.later import Later, Look, Unread
from ropa.model.walk import FieldSaid, Mention, fields
from ropa.store.shape import ColumnShape, KindShape, shape

Row = Sequence[Any]
Ask = Callable[[str], Iterable[Row]]
"""Asks the database in SQL that every database knows, within one transaction."""


def kind_of(ask: Ask, kind: str, place: str) -> Later[Any]:
    """The records of a kind, not read yet. place: as messages name the register.

    One is a list of its main row and, for each table of parts, its rows there or None. A row whose owner is missing is
    left to `verify`, which reports it.
    """
    own = shape(kind)
    none = [None] * len(own.parts)
    held: dict[str, Unread] = {row[0]: [row, *none] for row in ask(_statement(kind, own.columns, "ref"))}
    for n, part in enumerate(own.parts, 1):
        for row in ask(_statement(part.name, part.columns, "owner, position", "position", "owner")):
            owner = held.get(row[-1])
            if owner is not None:
                if owner[n] is None:
                    owner[n] = [row]
                else:
                    owner[n].append(row)
    return Later(held, Rows(own, place))


def _statement(table: str, columns: Sequence[ColumnShape] | None, order: str, *last: str) -> str:
    """Names of tables and columns come from the model alone, never from what is typed.

    Each column is named with its table: SQLite takes the name of one that is not there for a text, if it stands alone.
    """
    names = [column.name for column in columns] if columns else ["ref"]
    wanted = ", ".join(f'"{table}"."{name}"' for name in [*names, *last])
    return f'select {wanted} from "{table}" order by {order}'


class Rows:
    """Reads records of one kind out of their rows."""

    def __init__(self, own: KindShape, place: str) -> None:
        self._cls = own.cls
        self._place = place
        self._whole = _plan(own.cls.kind, None)

    def read(self, unread: Unread, names: Collection[str] | None = None) -> Documented:
        """The record, or only these fields of it."""
        said = _said(self._whole if names is None else _plan(self._cls.kind, frozenset(names)), unread)
        try:
            return self._cls.model_validate(said)
        except ValidationError as error:
            raise damaged(self._cls, unread[0][0], error, self._place) from error

    def written(self, unread: Unread, text: str) -> bool:
        """Whether the rows are what a commit of this text writes: to the letter, where the model reads several spellings."""
        ordered = all(row[-2] == n for rows in unread[1:] if rows for n, row in enumerate(rows, 1))
        return ordered and canonical_json(_said(self._whole, unread), default=_foreign) == text

    def looking(self, look: Look) -> Callable[[Unread], int]:
        """A function from a record to the bits that its values have; each value is looked at once, however often it stands."""
        own = shape(self._cls.kind)
        memory: dict[tuple[Any, ...], _Looked] = {}  # a day in one column reads like the same day in another

        def looked(field: FieldSaid, typed: Callable[[Any], Any] | None) -> _Looked:
            alike = (field.shape, field.vocabulary, field.names, field.many, typed)
            return memory.setdefault(alike, _Looked(field, typed, look))

        main = [looked(column.field, _mending(column)) for column in own.columns]
        parts = [
            (
                n,
                [looked(column.field, _mending(column)) for column in part.columns]
                if part.columns
                else [looked(part.field, _only)],
            )
            for n, part in enumerate(own.parts, 1)
        ]

        def bits(unread: Unread) -> int:
            found = 0
            for value, memo in zip(unread[0], main, strict=False):
                if value is not None:
                    found |= memo[value]
            for n, columns in parts:
                for row in unread[n] or ():
                    for value, memo in zip(row, columns, strict=False):
                        if value is not None:
                            found |= memo[value]
            return found

        return bits

    def mentions(self, unread: Unread) -> Iterator[Mention]:
        """What the record names, in the order of `ropa.model.walk.mentions`."""
        for table, path, named in _naming(self._cls.kind):
            if not table:
                for rest, kind, at in named:
                    if unread[0][at] is not None:
                        yield Mention(path + rest, kind, unread[0][at])
            elif unread[table] is not None:
                for number, row in enumerate(unread[table], 1):
                    for rest, kind, at in named:
                        if row[at] is not None:
                            yield Mention(f"{path}.{number}{rest}", kind, row[at])


class _Looked(dict[Any, int]):
    """Value of a column → its bits."""

    def __init__(self, field: FieldSaid, typed: Callable[[Any], Any] | None, look: Look) -> None:
        super().__init__()
        self._field = field
        self._typed = typed
        self._look = look

    def __missing__(self, value: Any) -> int:
        found = self[value] = self._look(self._field, self._typed(value) if self._typed else value)
        return found


def _only(ref: Any) -> Any:
    return (ref,)


Reading = Callable[[Row], dict[str, Any]]
Plan = tuple[Reading, list[tuple[int, str, Callable[[Row], Any]]]]


@cache
def _plan(kind: str, names: frozenset[str] | None) -> Plan:
    """How a record is put together: its main row, and for each table of parts its number, the field, and one row."""
    own = shape(kind)
    wanted = None if names is None else names | {said.name for said in fields(own.cls) if not said.blank}
    parts = [
        (n, part.field.name, _reading(part.columns) if part.columns else _first)
        for n, part in enumerate(own.parts, 1)
        if wanted is None or part.field.name in wanted
    ]
    return _reading(own.columns, wanted), parts


def _said(plan: Plan, unread: Unread) -> dict[str, Any]:
    """Plain data out of the rows of a record."""
    main, parts = plan
    said = main(unread[0])
    for n, name, part in parts:
        rows = unread[n]
        if rows is not None:
            said[name] = [part(row) for row in rows]
    return said


def _foreign(value: Any) -> str:
    """A day as it is stored; anything else that is no plain data was not put there by a commit."""
    return value.isoformat() if isinstance(value, date) else repr(value)


def _first(row: Row) -> Any:
    return row[0]


def _reading(columns: Sequence[ColumnShape], wanted: frozenset[str] | None = None) -> Reading:
    """A function from one row to plain data without the blanks."""
    here = [c if wanted is None or (c.outer or c.name) in wanted else None for c in columns]
    keys = ["" if c is None or c.outer else c.name for c in here]
    mended = [(c.name, mend) for c in here if c and not c.outer and (mend := _mending(c))]
    inner = [(n, c.outer, c.field.name, _mending(c)) for n, c in enumerate(here) if c and c.outer]

    def read(row: Row) -> dict[str, Any]:
        said = {key: value for key, value in zip(keys, row, strict=False) if value is not None and key}
        for key, mend in mended:
            if key in said:
                said[key] = mend(said[key])
        return said

    def read_with_inner(row: Row) -> dict[str, Any]:
        said = read(row)
        for n, outer, key, how in inner:
            if row[n] is not None:
                said.setdefault(outer, {})[key] = how(row[n]) if how else row[n]
        return said

    return read_with_inner if inner else read


def _mending(column: ColumnShape) -> Callable[[Any], Any] | None:
    """What SQLite keeps as a text and other databases as what it is. What is no such text is left for the model to refuse."""
    if column.field.many:
        return _list
    if column.field.shape == "yes/no":
        return _yes_or_no
    return _day if column.field.shape == "day" else None


def _yes_or_no(value: Any) -> Any:
    return bool(value) if value in (0, 1) else value


def _list(value: Any) -> Any:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return value


@lru_cache(maxsize=16_384, typed=True)
def _day(value: Any) -> Any:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value


@cache
def _naming(kind: str) -> list[tuple[int, str, list[tuple[str, str, int]]]]:
    """Where a record names others: the number of the table (0: the main row), the path, and per column the rest of it."""
    own = shape(kind)
    at = {column.name: n for n, column in enumerate(own.columns)}
    table = {part.field.name: (n, part) for n, part in enumerate(own.parts, 1)}
    refs: list[tuple[int, str, list[tuple[str, str, int]]]] = []
    parts: list[tuple[int, str, list[tuple[str, str, int]]]] = []
    for said in fields(own.cls):
        if said.names:
            n = table[said.name][0] if said.many else 0
            refs.append((n, said.name, [("", said.names, 0 if said.many else at[said.name])]))
        elif said.part and said.many:
            n, part = table[said.name]
            parts.append((n, said.name, _named(part.columns or ())))
        elif said.part:
            own_columns = [c for c in own.columns if c.outer == said.name]
            found = [(f".{c.field.name}", c.field.names, at[c.name]) for c in own_columns if c.field.names]
            parts.append((0, said.name, found))
    return [step for step in refs + parts if step[2]]


def _named(columns: Sequence[ColumnShape]) -> list[tuple[str, str, int]]:
    """The columns of a part that name records; its own fields before those of a part of it."""
    found = [(c.outer, c.field.name, c.field.names, n) for n, c in enumerate(columns) if c.field.names]
    found.sort(key=lambda one: bool(one[0]))
    return [(f".{outer}.{name}" if outer else f".{name}", names, n) for outer, name, names, n in found]


def damaged(cls: type[Documented], ref: str, error: ValidationError, place: str) -> Refused:
    """What is told of a record that the model does not read."""
    first = troubles(error, cls)[0]
    return Refused(
        f"the register is damaged: the {cls.noun} {ref} does not read: {first}",
        at=place,
        do="See what is wrong: ropa verify",
    )
