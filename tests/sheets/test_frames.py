"""The register as data frames."""

import subprocess
import sys

from hypothesis import HealthCheck, given, settings

from ropa.model.register import KINDS, Register
from ropa.model.walk import fields
from ropa.sheets.frames import frames
from tests.sheets.test_article30 import small
from tests.strategies import registers


def test_there_is_a_frame_for_every_kind_and_every_kind_of_part() -> None:
    """Even where nothing is in it, with all its columns, so that a join never fails."""
    found = frames(Register.of([]))
    for kind, cls in KINDS.items():
        own = [known.name for known in fields(cls) if not known.part and known.name != "ref"]
        assert list(found[kind].columns) == own
        for known in fields(cls):
            if known.part:
                assert list(found[f"{kind}.{known.name}"].columns) == [f.name for f in fields(known.part)]
    assert len(found) == len(KINDS) + sum(1 for cls in KINDS.values() for known in fields(cls) if known.part)


def test_pandas_is_loaded_by_who_asks_for_frames_only() -> None:
    """`import ropa` takes no time: neither pandas nor the model is loaded with it."""
    script = "import sys, ropa; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert not {"pandas", "pydantic", "ropa.sheets"} & set(done.stdout.split())


def test_shapes_and_types_are_as_the_docstring_says() -> None:
    """Empty or not, a column has one dtype: a program that reads it need not look first."""
    for found in (frames(small()), frames(Register.of([]))):
        assert str(found["activity"]["started_on"].dtype) == "datetime64[s]"
        assert str(found["organisation"]["employees"].dtype) == "Int64"
        assert str(found["organisation"]["ours"].dtype) == "boolean"
        assert str(found["activity"]["name"].dtype) == "str"
        assert str(found["activity"]["systems"].dtype) == "object"
        assert found["activity"].index.names == ["ref"]
        assert found["activity.data"].index.names == ["ref", "number"]
    data = frames(small())["activity.data"]
    assert data.loc[("PA-0001", 2), "category"] == "sick"
    assert data["retention"].isna().tolist() == [False, True]


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(registers())
def test_frames_hold_what_the_records_say(register: Register) -> None:
    """As many rows as records or parts, and in each cell the value; what is not said is missing, never "no"."""
    found = frames(register)
    for kind, cls in KINDS.items():
        frame = found[kind]
        assert list(frame.index) == list(register.records[kind])
        for known in fields(cls):
            if known.part:
                members = [getattr(r, known.name) for r in register.records[kind].values()]
                rows = sum(len(m) if known.many else m is not None for m in members)
                assert len(found[f"{kind}.{known.name}"]) == rows
            elif known.name != "ref":
                for ref, record in register.records[kind].items():
                    _agree(frame.loc[ref, known.name], getattr(record, known.name), known.shape)


def _agree(cell: object, value: object, shape: str) -> None:
    import pandas as pd

    if value is None:
        assert pd.isna(cell)
    elif shape == "day":
        assert cell.date() == value  # type: ignore[attr-defined]
    else:
        assert cell == value
