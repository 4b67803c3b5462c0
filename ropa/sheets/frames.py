"""A register as data frames, for counting, joining and drawing in a notebook."""

from typing import TYPE_CHECKING, Any

from ropa.model.base import Part
from ropa.model.register import KINDS, Register
from ropa.model.walk import FieldSaid, fields

if TYPE_CHECKING:
    from pandas import DataFrame, Series

_DTYPES = {"day": "datetime64[s]", "number": "Int64", "yes/no": "boolean"}


def frames(register: Register) -> "dict[str, DataFrame]":
    """One frame per kind of record and one per kind of part, by name, internal fields included.

    "activity" has a row a record, indexed by `ref`; "activity.data" a row a part, indexed by (`ref`, `number`), the number
    counted from 1 (a part that a record has once, such as "organisation.dpo", has number 1). Columns are the fields of the
    schema in its order, but for the parts, which are in frames of their own. A frame without rows has its columns all the
    same, so a join never fails.

    dtypes: days are datetime64[s], numbers Int64, yes/no boolean, all else str; lists of values (`notices`, `systems`) are
    object columns of tuples. What is not said is missing (NaT, NA or NaN), an empty list (), never "no".

    A register of n activities with m lines of data each gives "activity" of shape (n, about 25) and "activity.data" of
    shape (n × m, 7).
    """
    found: dict[str, DataFrame] = {}
    for kind, cls in KINDS.items():
        records = [((record.ref,), record) for record in register.all(cls).values()]
        found[kind] = _frame(records, [f for f in fields(cls) if f.name != "ref"], ["ref"])
        for known in fields(cls):
            if known.part:
                found[f"{kind}.{known.name}"] = _parts(records, known, known.part)
    return found


def _parts(records: list[tuple[tuple[str], Any]], known: FieldSaid, part: type[Part]) -> "DataFrame":
    rows: list[tuple[tuple[str, int], Any]] = []
    for (ref,), record in records:
        value = getattr(record, known.name)
        members = value if known.many else () if value is None else (value,)
        rows += [((ref, number), member) for number, member in enumerate(members, 1)]
    return _frame(rows, list(fields(part)), ["ref", "number"])


def _frame(
    rows: list[tuple[tuple[Any, ...], Any]], columns: list[FieldSaid], index: list[str]
) -> "DataFrame":
    import pandas

    keys = {name: [key[n] for key, _ in rows] for n, name in enumerate(index)}
    labels = pandas.Index(keys["ref"], name="ref", dtype="str")
    if len(index) > 1:
        labels = pandas.MultiIndex.from_arrays(
            [labels, pandas.Index(keys["number"], dtype="int64")], names=index
        )
    series = {
        known.name: _column(known, [getattr(one, known.name) for _, one in rows])
        for known in columns
        if not known.part
    }
    return pandas.DataFrame({name: values.array for name, values in series.items()}, index=labels)


def _column(known: FieldSaid, said: list[Any]) -> "Series[Any]":
    import pandas

    if known.many:
        return pandas.Series(said, dtype="object")
    return pandas.Series(said, dtype=_DTYPES.get(known.shape, "str"))
