"""The forms of the authorities: what stands where, what is counted, what leaves and what does not."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook
from pydantic import BaseModel

from ropa.model.activity import Activity
from ropa.model.common import Documented
from ropa.model.register import KINDS, Register
from ropa.model.walk import fields, mentions
from ropa.sheets.celltext import cell_text
from ropa.sheets.forms import LAYOUTS
from ropa.sheets.forms.answers import ANSWERS
from ropa.sheets.forms.declare import ALWAYS, APPLIES, WANTED, Form, form_named
from ropa.sheets.forms.speech import Speech
from ropa.sheets.forms.tongue import Tongue
from ropa.sheets.layout import Asked
from ropa.sheets.layouts import lay_out
from ropa.sheets.rows import CONTINUED, CONTINUES
from tests.sheets.forms.golden import FOLDER, text_of
from tests.sheets.reading import xml
from tests.sheets.test_article30 import small
from tests.strategies import registers

ON = date(2026, 11, 24)
NAMES = [layout.name for layout in LAYOUTS]
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
forms = pytest.mark.parametrize("name", NAMES)


@forms
def test_a_form_is_as_it_was_kept(name: str) -> None:
    """Headings, order and answers of a small register are the agreed ones; a change shows in the golden file."""
    assert text_of(name) == (FOLDER / f"{name}.json").read_text(encoding="utf-8")


@forms
def test_a_form_asks_for_answers_that_there_are(name: str) -> None:
    """A misspelt answer in the data of a form is found here, and not by the one who exports it."""
    form = form_named(name)
    assert form.head.name == name
    assert form.head.after[form.head.language]
    for sheet, block, heading in form.headings():
        assert heading.answer in ANSWERS, heading
        assert heading.asks in (ALWAYS, APPLIES, WANTED)
        assert heading.width or sheet.widths or block.upright or block is not _widest(form, sheet.name)


def _widest(form: Form, name: str) -> object:
    sheet = next(one for one in form.sheets if one.name == name)
    return max(sheet.blocks, key=lambda block: 0 if block.upright else len(block.headings))


@forms
def test_the_cover_says_how_sure_the_headings_are(name: str) -> None:
    """Nobody takes a form that follows a description for one that was held against the authority's file, nor for an official one."""
    head = form_named(name).head
    say = Tongue(head.language).say
    cover = load_workbook(BytesIO(lay_out(small(), name, on=ON))).worksheets[0]
    said = {str(row[0].value): str(row[1].value) for row in cover.iter_rows(max_col=2) if row[0].value}
    sure = say("held against", file=head.held[head.language]) if head.held else say("after a description")
    assert said[say("how sure")].startswith(sure)
    assert head.authority in said[say("not official")]


@forms
def test_blanks_are_marked_and_counted(name: str) -> None:
    """The cover counts as many blanks as there are yellow cells that say so in the form."""
    form = form_named(name)
    say = Tongue(form.head.language).say
    book = load_workbook(BytesIO(lay_out(small(), name, on=ON, further=False)))
    yellow = [
        str(cell.value)
        for sheet in book.worksheets[1:]
        if sheet.title != say("sheet roleless")
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb == "FFFFF2CC"
    ]
    inside, blank = say("kept inside"), say("not recorded")
    many = sum(text == blank for text in yellow)
    partly = sum(text not in (blank, inside) for text in yellow)
    cover = {str(row[0].value): str(row[1].value) for row in book.worksheets[0].iter_rows(max_col=2)}
    told = cover[say("left blank")]
    assert many
    assert told in {say("blank cells", blank=many, partly=partly, cells=n) for n in range(2000)}


@forms
@settings(max_examples=6, suppress_health_check=SLOW, deadline=None)
@given(registers())
def test_every_field_that_may_leave_is_in_the_workbook(name: str, register: Register) -> None:
    """Each field of each activity of the form, and of every record that can be reached from one, is found by another reader."""
    form = form_named(name)
    text = _all_text(lay_out(register, name, on=ON))
    say = Speech(Asked(register, ON), Tongue(form.head.language), form.head.law, form.head.role)
    for record in _reached(register, form.head.role):
        for path, words in _said(say, record):
            # Not an assert: pytest would compare the words with the whole workbook, letter by letter.
            if _flat(words) not in text:
                pytest.fail(f"{record.ref} {path}: {words!r} is nowhere in the workbook")


def _all_text(content: bytes) -> str:
    """All cells column by column as calamine reads them, continued ones put together again."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(BytesIO(content))
    columns: list[str] = []
    for sheet in book.sheet_names:
        rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        columns += ["\n".join(str(cell) for cell in column) for column in zip(*rows, strict=True)]
    return _flat("\n".join(columns))


def _flat(text: str) -> str:
    """Without what a cell adds or a reader alters: continuations, white space, escapes, capitals of a first letter."""
    shown = cell_text(text).replace(CONTINUES, "").replace(CONTINUED, "").replace("_x005F_", "_")
    return "".join(shown.split()).casefold()


def _reached(register: Register, role: str) -> list[Documented]:
    waiting: list[Documented] = [one for one in register.activities.values() if one.role in (role, None)]
    found = {(one.kind, one.ref): one for one in waiting}
    while waiting:
        for mention in mentions(waiting.pop()):
            record = register.get(KINDS[mention.kind], mention.ref)
            if record and (record.kind, record.ref) not in found and not isinstance(record, Activity):
                found[record.kind, record.ref] = record
                waiting.append(record)
    return list(found.values())


def _said(say: Speech, record: BaseModel) -> Iterator[tuple[str, str]]:
    for known in fields(type(record)):
        value = getattr(record, known.name)
        if known.internal or value is None or value == ():
            continue
        for one in value if known.many else (value,):
            if known.part:
                yield from ((f"{known.name}.{path}", words) for path, words in _said(say, one))
            else:
                yield known.name, say.spoken((one,) if known.many else one, known)


@forms
@settings(max_examples=4, suppress_health_check=SLOW, deadline=None)
@given(registers())
def test_nothing_internal_leaves(name: str, register: Register) -> None:
    """Every internal field of every record, filled: not a letter of it is anywhere in the file."""
    planted = Register.of(_planted(record) for record in register)
    assert "FORBIDDEN" not in xml(lay_out(planted, name, on=ON))


def _planted(record: Documented) -> Documented:
    texts = {"tags": ("FORBIDDEN",), "notes": "FORBIDDEN"}
    internal = {known.name for known in fields(type(record)) if known.internal}
    assert internal - {"breaches"} == set(texts), "another field is internal: plant something in it"
    if isinstance(record, Activity):
        return record.model_copy(update={**texts, "breaches": ({"reference": "FORBIDDEN"},)})
    return record.model_copy(update=texts)


@forms
@settings(max_examples=3, suppress_health_check=SLOW, deadline=None)
@given(registers())
def test_the_same_register_gives_the_same_bytes(name: str, register: Register) -> None:
    """A form can be held against the register again: nothing in it depends on when or where it was made."""
    assert lay_out(register, name, on=ON) == lay_out(register, name, on=ON)


@forms
def test_text_of_a_record_is_never_a_formula(name: str) -> None:
    """What begins like a formula stands in its cell as text, with the mark that keeps it one when it is edited."""
    plain = [
        one.model_copy(update={"name": '=HYPERLINK("http://x.example","y")'})
        if isinstance(one, Activity)
        else one
        for one in small()
    ]
    book = load_workbook(BytesIO(lay_out(Register.of(plain), name, on=ON)))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    found = [cell for cell in cells if str(cell.value).startswith("=HYPERLINK")]
    assert found
    assert all(cell.data_type in ("s", "inlineStr") and cell.quotePrefix for cell in found)
