"""The record as a Word document: what stands in it, that it can be read, and that nothing in a record acts in it."""

import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from pydantic import BaseModel

from ropa.gaps import check
from ropa.model.activity import Activity
from ropa.model.register import Register
from ropa.model.speech import spoken
from ropa.model.walk import fields
from ropa.sheets.celltext import cell_text
from ropa.sheets.layouts import lay_out
from tests.sheets.test_article30 import small
from tests.sheets.test_article30_whole import _planted
from tests.strategies import registers

ON = date(2026, 11, 24)
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


def read(content: bytes) -> Any:
    return Document(BytesIO(content))


def fields_below(document: Any, heading: str) -> dict[str, str]:
    """The labels and texts of the first table after a heading."""
    body = list(document.element.body)
    at = next(n for n, one in enumerate(body) if one.tag == qn("w:p") and _text(one) == heading)
    table = next(one for one in body[at:] if one.tag == qn("w:tbl"))
    cells = [[_text(cell) for cell in row.findall(qn("w:tc"))] for row in table.findall(qn("w:tr"))]
    return {row[0]: row[1] for row in cells}


def _text(element: Any) -> str:
    signs = {qn("w:br"): "\n", qn("w:tab"): "\t"}
    return "".join(
        one.text or "" if one.tag == qn("w:t") else signs.get(one.tag, "") for one in element.iter()
    )


def test_each_activity_has_a_section_and_a_line_that_leads_to_it() -> None:
    """The table of activities stands for a table of contents: each number is a link to the heading of its section."""
    document = read(lay_out(small(), "docx", on=ON))
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert [text for text in headings if text.startswith("PA-")] == [
        "PA-0001 Payroll", "PA-0002 Hosting", "PA-0003 Of the notice", "PA-0004 Sales",
    ]  # fmt: skip
    body = document.element.body
    links = [one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))]
    marks = [one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))]
    assert links == marks == ["PA_0001", "PA_0002", "PA_0003", "PA_0004"]


def test_a_section_answers_the_points_of_article_30() -> None:
    """A controller's under 30(1), a processor's under 30(2) with each controller it serves; blanks are on yellow."""
    document = read(lay_out(small(), "docx", on=ON))
    payroll = fields_below(document, "PA-0001 Payroll")
    assert payroll["(b) Purposes — Art. 30(1)(b)"] == "1. Pay salaries\n2. Declare wage tax"
    assert payroll["(e) Transfers to third countries — Art. 30(1)(e)"] == "Does not apply: all in the EEA"
    hosting = fields_below(document, "PA-0002 Hosting")
    assert hosting["(a) Controller we act for — Art. 30(2)(a)"] == "List C-1", "the last of two stands last"
    assert hosting["Role"] == "As processor, Art. 30(2)"
    text = _text(document.element.body)
    assert "Town of Harbour" in text
    yellow = [cell for cell in document.element.body.iter(qn("w:tc")) if _fill(cell) == "FFF2CC"]
    assert "not recorded" in {_text(cell) for cell in yellow}
    unmarked = [cell for cell in document.element.body.iter(qn("w:tc")) if _fill(cell) != "FFF2CC"]
    assert "not recorded" not in {_text(cell) for cell in unmarked}


def _fill(cell: Any) -> str:
    shade = cell.find(f"{qn('w:tcPr')}/{qn('w:shd')}")
    return "" if shade is None else shade.get(qn("w:fill"))


def test_open_points_are_in_it_where_they_are_wanted() -> None:
    """A board wants to see them; without the findings the section is not there."""
    findings = check(small(), ON).findings
    with_them, without = (
        [one.text for one in read(lay_out(small(), "docx", on=ON, findings=f)).paragraphs]
        for f in (findings, None)
    )
    assert "Open points on 2026-11-24" in with_them
    assert "Open points on 2026-11-24" not in without


@settings(max_examples=15, suppress_health_check=SLOW, deadline=None)
@given(registers())
def test_every_value_that_an_activity_says_is_in_the_document(register: Register) -> None:
    """Nothing that may leave is withheld: what no point of the Article asks stands under further information."""
    text = _flat(_text(read(lay_out(register, "docx", on=ON)).element.body))
    for activity in register.activities.values():
        for path, words in _said(activity, register):
            if _flat(words) not in text:
                pytest.fail(f"{activity.ref} {path}: {words!r} is nowhere in the document")


def _flat(text: str) -> str:
    return "".join(cell_text(text).split()).casefold()


def _said(record: BaseModel, register: Register) -> Iterator[tuple[str, str]]:
    for known in fields(type(record)):
        value = getattr(record, known.name)
        if known.internal or value is None or value == ():
            continue
        for one in value if known.many else (value,):
            if known.part:
                yield from _said(one, register)
            else:
                yield known.name, spoken((one,) if known.many else one, known, register)


@settings(max_examples=10, suppress_health_check=SLOW, deadline=None)
@given(registers())
def test_nothing_internal_leaves(register: Register) -> None:
    """Every internal field of every record, filled: not a letter of it is anywhere in the file."""
    planted = Register.of(_planted(record) for record in register)
    content = lay_out(planted, "docx", on=ON, findings=check(planted, ON).findings)
    with ZipFile(BytesIO(content)) as parts:
        assert all(b"FORBIDDEN" not in parts.read(name) for name in parts.namelist())


@settings(max_examples=5, suppress_health_check=SLOW, deadline=None)
@given(registers())
def test_the_same_register_gives_the_same_bytes(register: Register) -> None:
    """Two documents can be compared: nothing in one depends on when it was made."""
    assert lay_out(register, "docx", on=ON) == lay_out(register, "docx", on=ON)


def test_text_of_a_record_is_never_markup_nor_a_field() -> None:
    """Tags, fields of Word and control characters stand there as they were typed, or are shown as signs."""
    nasty = '<w:p/> { INCLUDETEXT "http://x.example" } \x1b[31m & \ufffe'
    plain = [
        one.model_copy(update={"name": nasty}) if isinstance(one, Activity) and one.ref == "PA-0001" else one
        for one in small()
    ]
    document = read(lay_out(Register.of(plain), "docx", on=ON))
    shown = '<w:p/> { INCLUDETEXT "http://x.example" } ␛[31m & <U+FFFE>'
    assert f"PA-0001 {shown}" in [one.text for one in document.paragraphs]
    foots = [one.footer._element for one in document.sections]
    roots = [document.element.body, *foots]
    assert [one.get(qn("w:instr")) for root in roots for one in root.iter(qn("w:fldSimple"))] == ["PAGE"]
    assert not [one for root in roots for one in root.iter(qn("w:instrText"))]


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice is installed here")
def test_another_program_reads_it(tmp_path: Path) -> None:
    """LibreOffice opens the document and finds the same words."""
    path = tmp_path / "record.docx"
    path.write_bytes(lay_out(small(), "docx", on=ON))
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    words = ["soffice", home, "--headless", "--convert-to", "txt:Text", "--outdir", str(tmp_path), str(path)]
    subprocess.run(words, check=True, capture_output=True, timeout=120)
    text = (tmp_path / "record.txt").read_text("utf-8-sig")
    for said in (
        "Records of processing activities",
        "PA-0002 Hosting",
        "Town of Harbour",
        "Does not apply: all in the EEA",
    ):
        assert said in text
