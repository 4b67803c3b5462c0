"""What a workbook proves by itself: its digest, whatever program saved it again, and what shows that something was altered."""

import hashlib
import json
import shutil
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from ropa.errors import Refused
from ropa.model.activity import Activity
from ropa.model.organisation import Organisation
from ropa.model.register import Register
from ropa.sheets.layouts import lay_out
from ropa.sheets.proof.difference import differences
from ropa.sheets.proof.origin import digest_of, origin_of
from ropa.sheets.proof.read import Sheet, Workbook, read_workbook, workbook_in
from ropa.sheets.proof.sheet import Cell

ON = date(2026, 11, 25)
ODD = [
    "=1+1", "_x0041_ and _x000D_", "  kept  ", "one\n\ntwo\n", "tab\there", "+49 30", "0012", "1e3", "TRUE", "2026-03-31", "'quoted",
    "<b>&amp;", "👩‍👩‍👧 名前 اسم", "\x07bell", "soft\u00adhyphen\u200b",
]  # fmt: skip


def workbook(**named: str) -> bytes:
    """The workbook of a register with texts that programs like to take for something else."""
    register = Register.of(
        [
            Organisation(ref="ours", name="Exempla & <Söhne>", ours=True, country="DE", address="Straße 1\n10115 Berlin"),
            *(Activity(ref=f"PA-{n:04d}", name=text, role="controller", entity="ours") for n, text in enumerate(ODD, 1)),
        ]
    )  # fmt: skip
    return lay_out(register, "article30", on=ON, **named)  # type: ignore[arg-type]


def by_hand(content: bytes) -> str:
    """The digest as docs/sealing.md describes it, by another reader of workbooks, with nothing of ropa."""
    whole = hashlib.sha256()
    for number, sheet in enumerate(load_workbook(BytesIO(content))):
        own, hidden = hashlib.sha256(), False
        for row in sheet.iter_rows():
            for cell in row:
                shows_it = (
                    not number and not hidden and cell.column == 2 and row[0].value == "Digest of the cells"
                )
                hidden |= shows_it
                if cell.value and not shows_it:
                    line = [cell.coordinate, "s", cell.value.replace("_x005F_", "_")]
                    own.update(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        line = [sheet.title, own.hexdigest()]
        whole.update(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
    return whole.hexdigest()


def test_the_digest_is_what_the_page_says() -> None:
    """Fifteen lines with openpyxl come to the digest that the workbook carries, in its properties and on its cover."""
    content = workbook()
    book = load_workbook(BytesIO(content))
    cover = {row[0]: row[1] for row in book["Cover"].iter_rows(values_only=True)}
    assert by_hand(content) == cover["Digest of the cells"] == book.custom_doc_props["ropa digest"].value
    read = workbook_in(BytesIO(content))
    found = origin_of(read)
    assert found
    assert digest_of(read) == found[1] == by_hand(content)


def test_the_stamp_says_how_it_was_laid_out() -> None:
    """Without it nobody could lay it out the same way again."""
    found = origin_of(workbook_in(BytesIO(workbook(entity="ours", further=False))))  # type: ignore[arg-type]
    assert found
    stamp = found[0]
    assert (stamp.layout, stamp.on, stamp.entity) == ("article30", ON, "ours")
    assert (stamp.open_points, stamp.further_information, stamp.revision) == ("no", "no", "")


def without_properties(content: bytes) -> bytes:
    """The workbook as a web service hands it back: the document's own properties are gone."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            if name != "docProps/custom.xml":
                new.writestr(name, old.read(name))
    return out.getvalue()


def test_the_cover_says_the_same_as_the_properties() -> None:
    """Where a service drops the properties, the words on the cover are enough."""
    content = workbook(entity="ours")
    assert origin_of(workbook_in(BytesIO(without_properties(content)))) == origin_of(
        workbook_in(BytesIO(content))
    )


def resaved(content: bytes, folder: Path) -> bytes:
    """The workbook opened and saved again by LibreOffice."""
    if not (soffice := shutil.which("soffice")):
        pytest.skip("LibreOffice is not on this machine")
    (folder / "out").mkdir()
    (folder / "book.xlsx").write_bytes(content)
    subprocess.run(
        [
            soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "xlsx",
            "--outdir", str(folder / "out"), str(folder / "book.xlsx"),
        ],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return (folder / "out" / "book.xlsx").read_bytes()


def test_saving_again_in_libreoffice_changes_nothing(tmp_path: Path) -> None:
    """Another file altogether, yet cell by cell the same: odd texts, formulas that are none, line ends, blanks."""
    content = workbook()
    again = resaved(content, tmp_path)
    old, new = workbook_in(BytesIO(content)), workbook_in(BytesIO(again))
    assert again != content
    assert list(differences(new, old, "the first")) == []
    assert (digest_of(new), origin_of(new)) == (digest_of(old), origin_of(old))
    assert [sheet.hides for sheet in new.sheets] == [()] * len(new.sheets)
    assert new.foreign == ()


def test_saving_again_with_openpyxl_changes_nothing() -> None:
    """A second writer of workbooks, which shares texts among cells."""
    again = BytesIO()
    load_workbook(BytesIO(workbook())).save(again)
    read = workbook_in(again)
    found = origin_of(read)
    assert found
    assert digest_of(read) == found[1]


CELLS = [(sheet.name, at) for sheet in workbook_in(BytesIO(workbook())).sheets for at in sheet.cells]


@settings(max_examples=30)
@given(st.sampled_from(CELLS), st.sampled_from(["other", 5, None, True, "=1+1"]))
def test_whichever_cell_is_altered_it_is_named(where: tuple[str, tuple[int, int]], value: object) -> None:
    """Text, number, formula or nothing in its place: that cell differs and no other, and the digest differs too."""
    name, (row, column) = where
    content = workbook()
    book = load_workbook(BytesIO(content))
    cell = book[name].cell(row + 1, column + 1)
    cell.value = value
    altered = BytesIO()
    book.save(altered)
    given_, expected = workbook_in(altered), workbook_in(BytesIO(content))
    found = list(differences(given_, expected, "the register"))
    in_row = f"{name}!{cell.coordinate}", f"{name}, before row {row + 1}"
    assert [one.where for one in found if one.where in in_row], found
    assert len(found) == 1
    if expected.sheets[0].cells.get((row, 0)) != Cell("s", "Digest of the cells") or name != "Cover":
        assert digest_of(given_) != digest_of(expected)


def book_of(*rows: str, name: str = "Data", hides: tuple[str, ...] = ()) -> Workbook:
    cells = {
        (r, c): Cell("s", text) for r, row in enumerate(rows) for c, text in enumerate(row.split("|")) if text
    }
    return Workbook((Sheet(name, cells, hides),))


def test_rows_put_in_and_taken_out_do_not_shift_the_rest() -> None:
    """One line each, in place of every cell below."""
    expected = book_of("No.|Name", *(f"PA-{n}|name {n}" for n in range(40)))
    given_ = book_of(
        "No.|Name", *(f"PA-{n}|name {n}" for n in range(5)), "PA-99|planted", *(f"PA-{n}|name {n}" for n in range(5, 20)),
        *(f"PA-{n}|name {n}" for n in range(21, 40)),
    )  # fmt: skip
    assert [(one.where, one.what) for one in differences(given_, expected, "the register at r4")] == [
        ("Data, row 7", "is not from the register at r4: 'PA-99', 'planted'"),
        ("Data, before row 23", "a row is missing that the register at r4 gives: 'PA-20', 'name 20'"),
    ]


def test_sheets_put_in_taken_out_or_moved_are_named() -> None:
    """By their names."""
    one, two, three = (book_of("x", name=name).sheets[0] for name in ("One", "Two", "Three"))
    said = [d.where for d in differences(Workbook((two, one, three)), Workbook((one, two)), "r1")]
    assert said == ["Three", "the sheets"]
    assert [d.where for d in differences(Workbook((one,)), Workbook((one, two)), "r1")] == ["Two"]


def test_of_a_long_text_the_part_that_differs_is_shown() -> None:
    """A lawyer sees what was changed, not how the sentence begins."""
    text = "The data are kept as long as the contract lasts and then for as long as the law on trade books asks, which is "
    (one,) = differences(book_of(f"{text}six years."), book_of(f"{text}ten years."), "the register")
    assert "six years.' in the workbook" in one.what
    assert "ten years.' in the register" in one.what


def repacked(content: bytes, **parts: bytes) -> bytes:
    """The workbook with parts replaced or added; "__" stands for a slash, "_." for a dot."""
    changed = {name.replace("__", "/").replace("_dot_", "."): part for name, part in parts.items()}
    out = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w", compression=8) as new:
        for name in old.namelist():
            if name not in changed:
                new.writestr(name, old.read(name))
        for name, part in changed.items():
            new.writestr(name, part)
    return out.getvalue()


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet_of(inside: str, before: str = "") -> bytes:
    return repacked(
        workbook(),
        xl__worksheets__sheet2_dot_xml=f'{before}<worksheet xmlns="{_MAIN}">{inside}</worksheet>'.encode(),
    )


BILLION = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    "<sheetData><row><c t='inlineStr'><is><t>&b;</t></is></c></row></sheetData>",
)
HOSTILE = {
    "empty": b"",
    "text": b"Dear authority, this is no workbook.\n" * 50,
    "old or with a password": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000),
    "cut off": workbook()[:-2000],
    "half": workbook()[:9000],
    "a zip of something else": repacked(b"PK\x05\x06" + bytes(18), letter_dot_txt=b"x"),
    "OpenDocument": repacked(b"PK\x05\x06" + bytes(18), content_dot_xml=b"<x/>"),
    "entities": sheet_of(BILLION[1], BILLION[0]),
    "unclosed": sheet_of("<sheetData><row>"),
    "a cell nowhere": sheet_of("<sheetData><row><c r='A0'><v>1</v></c></row></sheetData>"),
    "a text that is not there": sheet_of("<sheetData><row><c r='A1' t='s'><v>7</v></c></row></sheetData>"),
    "row nonsense": sheet_of("<sheetData><row r='-1'></row></sheetData>"),
    "no sheet": repacked(workbook(), xl__workbook_dot_xml=f'<workbook xmlns="{_MAIN}"/>'.encode()),
    "a bomb": repacked(workbook(), xl__media__x_dot_bin=bytes(60_000_000)),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_workbook_is_refused(content: bytes, tmp_path: Path) -> None:
    """One line that names the file; nothing is unpacked without bound, no entity is replaced."""
    path = tmp_path / "from-a-stranger.xlsx"
    path.write_bytes(content)
    with pytest.raises(Refused, match=r"from-a-stranger\.xlsx: .+\.") as trouble:
        read_workbook(path)
    assert "\n" not in str(trouble.value)


@settings(max_examples=60, phases=[Phase.explicit, Phase.generate])
@given(st.integers(0, 40_000), st.integers(0, 255))
def test_a_damaged_byte_is_refused_or_harmless(place: int, byte: int) -> None:
    """Whatever byte is spoilt: one refusal, or a workbook that reads; never another error."""
    content = bytearray(workbook())
    content[place % len(content)] = byte
    try:
        digest = digest_of(workbook_in(BytesIO(bytes(content))))
    except Refused:
        return
    assert len(digest) == len(digest_of(workbook_in(BytesIO(workbook()))))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (repacked(workbook(), xl__vbaProject_dot_bin=b"x"), "macros"),
        (repacked(workbook(), xl__comments1_dot_xml=b"<x/>"), "comments"),
        (repacked(workbook(), xl__media__image1_dot_png=b"x"), "pictures"),
        (repacked(workbook(), xl__drawings__drawing1_dot_xml=b"<d><twoCellAnchor/></d>"), "drawings, which may cover cells"),
        (repacked(workbook(), xl__drawings__drawing1_dot_xml=b"<d/>"), ""),
    ],
)  # fmt: skip
def test_what_no_cell_shows_is_named(content: bytes, said: str) -> None:
    """Macros, comments, things that lie over cells; the empty drawing that LibreOffice writes is nothing."""
    assert workbook_in(BytesIO(content)).foreign == ((said,) if said else ())


def test_what_is_out_of_sight_is_named() -> None:
    """Hidden rows, columns and sheets."""
    book = load_workbook(BytesIO(workbook()))
    book["Data"].row_dimensions[1].hidden = True
    book["Data"].column_dimensions["C"].hidden = True
    book["Facts"].sheet_state = "veryHidden"
    file = BytesIO()
    book.save(file)
    hides = {sheet.name: sheet.hides for sheet in workbook_in(file).sheets if sheet.hides}
    assert hides["Facts"] == ("the sheet is hidden",)
    assert "row 1 is hidden" in hides["Data"]
    assert any(one.startswith("column") for one in hides["Data"])
