"""Of any register the layout article30 shows all that may leave, nothing that may not, and always the same bytes."""

from collections.abc import Iterator
from datetime import date

from hypothesis import HealthCheck, given, settings
from pydantic import BaseModel

from ropa.gaps import check
from ropa.model.register import KINDS, Register
from ropa.model.speech import spoken
from ropa.model.walk import fields
from ropa.sheets.celltext import cell_text
from ropa.sheets.layouts import lay_out
from tests.sheets.reading import joined, sheets, xml
from tests.strategies import registers

ON = date(2026, 11, 24)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(registers())
def test_every_value_that_an_activity_says_is_in_the_workbook(register: Register) -> None:
    """No layout loses content: what has no column stands under further information, and what is said is said in words."""
    text = "\n".join(joined(rows) for rows in sheets(lay_out(register, "article30", on=ON)).values())
    folded = text.casefold()
    for activity in register.activities.values():
        for path, words in _said(activity, register):
            shown = cell_text(words).removesuffix(" ")
            assert shown in text or shown.casefold() in folded, f"{activity.ref} {path}: {words!r}"


def _said(record: BaseModel, register: Register) -> Iterator[tuple[str, str]]:
    for known in fields(type(record)):
        value = getattr(record, known.name)
        if known.internal or value is None or value == ():
            continue
        for one in value if known.many else (value,):
            if known.part:
                yield from ((f"{known.name}.{path}", words) for path, words in _said(one, register))
            else:
                yield known.name, spoken((one,) if known.many else one, known, register)


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(registers())
def test_nothing_internal_leaves(register: Register) -> None:
    """Every internal field of every record, filled: not a letter of it is anywhere in the file."""
    planted = Register.of(_planted(record) for record in register)
    findings = check(planted, ON).findings
    assert "FORBIDDEN" not in xml(lay_out(planted, "article30", on=ON, findings=findings))


def _planted(record: BaseModel) -> BaseModel:
    marks = {
        known.name: ("FORBIDDEN",) if known.many else "FORBIDDEN"
        for known in fields(type(record))
        if known.internal
    }
    assert marks, "no field is internal any more: this test tests nothing"
    return record.model_copy(update=marks)


@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(registers())
def test_the_same_register_gives_the_same_bytes(register: Register) -> None:
    """A workbook can be compared with one made again: nothing in it depends on when or where it was made."""
    again = Register.of(KINDS[r.kind].model_validate(r.model_dump()) for r in register)
    assert lay_out(register, "article30", on=ON) == lay_out(again, "article30", on=ON)
