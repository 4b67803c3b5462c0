"""Cells, rows and sheets as the workbook writes them: hostile text, long text, many rows."""

from datetime import datetime
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from ropa.sheets.celltext import CELL_LIMIT, cell_text, depth, pieces
from ropa.sheets.rows import CONTINUED, CONTINUES
from ropa.sheets.table import Column, Table
from ropa.sheets.xlsx import book as book_module
from ropa.sheets.xlsx.book import Book
from tests.sheets.reading import joined, sheets, xml

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1:A9)", "\t=1", '=HYPERLINK("http://x.example")', "=cmd|' /C calc'!A0"]


def written(rows: list[list[str]], *, width: int = 20, keys: int = 1) -> bytes:
    """A workbook with one sheet of these rows."""
    file = BytesIO()
    columns = [Column(f"Column {n}", width) for n in range(len(rows[0]))]
    with Book(file, title="T & 2", subject="S", at=datetime(2026, 1, 1), facts={}, foot="F") as book:  # noqa: DTZ001
        book.add_table(Table("Sheet", "Title", columns, rows, keys))
    return file.getvalue()


@pytest.mark.parametrize("text", HOSTILE)
def test_what_looks_like_a_formula_stays_a_text(text: str) -> None:
    """It reads back unchanged, is stored as text with a quote prefix, and no formula is in the file."""
    content = written([["key", text]])
    cell = load_workbook(BytesIO(content))["Sheet"]["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
    assert "<f>" not in xml(content)
    assert "<hyperlink " not in xml(content)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b\x1bc", "a␀b␛c"),
        ("\x7f\x85", "␡<U+0085>"),
        ("half \ud83d here", "half <U+D83D> here"),
        ("\ufffe\uffff", "<U+FFFE><U+FFFF>"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("<r><t>rich</t></r>", "<r><t>rich</t></r> "),
        ("_x0041_ and _x000D_", "_x0041_ and _x000D_"),
        ("</t></is></c><c>&amp;", "</t></is></c><c>&amp;"),
        ("  kept  ", "  kept  "),
        ("👩‍👩‍👧 名前 اسم", "👩‍👩‍👧 名前 اسم"),
    ],
)
def test_no_text_breaks_the_file(text: str, shown: str) -> None:
    """What XML cannot hold, or the eye cannot see, is shown by a sign; all else is as it was."""
    assert sheets(written([["key", text]]))["Sheet"][1][1] == shown


def test_what_looks_like_a_code_for_a_letter_is_no_letter() -> None:
    """To Excel _x0041_ in a file is an A; so that it shows what the record says, its first sign is written as a code."""
    assert '<t xml:space="preserve">_x005F_x0041_ &amp;_x005F_x000D_</t>' in xml(
        written([["k", "_x0041_ &_x000D_"]])
    )


@given(st.text(st.characters(codec=None), max_size=60))
def test_any_text_reads_back_as_it_is_shown(text: str) -> None:
    """Whatever is in a record, the file opens, and the cell holds what `cell_text` says."""
    assert sheets(written([["key", text]], width=80))["Sheet"][1][1] == cell_text(text)


@given(st.text(st.sampled_from("ab \nß名👩‍\u0301"), max_size=400), st.integers(1, 30), st.integers(1, 6))
def test_pieces_are_the_text_again(text: str, width: int, lines: int) -> None:
    """Cutting loses no sign, and each piece fits its cell."""
    cut = list(pieces(text, width, lines))
    assert "".join(cut) == text
    assert all(cut)
    assert all(depth(piece, width) <= lines for piece in cut)


def test_a_composed_character_is_not_cut() -> None:
    """A family of emoji, or a letter with its accents, is one sign to who reads it."""
    family = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
    assert all(not piece.startswith("\u200d") for piece in pieces(family * 50, 10, 1))
    assert all(not piece.startswith("\u0301") for piece in pieces("e\u0301" * 50, 10, 1))


@pytest.mark.parametrize("text", ["word " * 20_000, "x" * 40_000, "名" * 40_000, "👩" * 20_000])
def test_a_text_longer_than_a_cell_goes_on_in_further_rows(text: str) -> None:
    """Each row says which record it belongs to and that it goes on; together they hold the whole text."""
    rows = sheets(written([["PA-0001", "Payroll", text], ["PA-0002", "Next", "short"]], keys=2))["Sheet"]
    assert all(len(cell.encode("utf-16-le")) // 2 <= 32_767 for row in rows for cell in row)
    assert rows[1][2].endswith(CONTINUES)
    assert {tuple(row[:2]) for row in rows[2:-1]} == {("PA-0001", f"Payroll{CONTINUED}")}
    assert rows[-1] == ["PA-0002", "Next", "short"]
    assert text in joined(rows)


def test_a_text_of_many_units_on_few_lines_is_cut_as_well() -> None:
    """In a very wide column the limit of a cell comes before the height of a row."""
    text = "x" * (CELL_LIMIT + 10)
    rows = sheets(written([["key", text]], width=250 * 20))["Sheet"]
    assert "".join(row[1].removesuffix(CONTINUES) for row in rows[1:]) == text
    assert len(rows) == 3


def test_more_rows_than_a_sheet_holds_go_on_in_a_second_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Excel has 1,048,576 rows; a further one is never dropped."""
    monkeypatch.setattr(book_module, "ROWS", 4)
    found = sheets(written([[f"k{n}", "v"] for n in range(7)]))
    assert list(found) == ["Sheet", "Sheet (2)", "Sheet (3)"]
    assert [row[0] for rows in found.values() for row in rows[1:]] == [f"k{n}" for n in range(7)]
    assert {rows[0][0] for rows in found.values()} == {"Column 0"}


def test_a_row_is_as_high_as_its_text() -> None:
    """Programs differ in who works the height out, so each row has one; none is higher than Excel shows."""
    sheet = load_workbook(BytesIO(written([["a", "b"], ["a", "word " * 40], ["a", "word " * 4000]])))["Sheet"]
    heights = [sheet.row_dimensions[n].height for n in range(2, sheet.max_row + 1)]
    assert heights[0] < heights[1] < heights[2] <= 409


def test_a_book_that_fails_leaves_no_draft_behind(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows hold people's data: nothing of them stays in the folder for temporary files."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def rows():
        yield ["a", "b"]
        raise RuntimeError("power cut")

    with (
        pytest.raises(RuntimeError),
        Book(BytesIO(), title="T", subject="S", at=datetime(2026, 1, 1), facts={}, foot="F") as book,  # noqa: DTZ001
    ):
        book.add_table(Table("Sheet", "Title", [Column("A", 9), Column("B", 9)], rows(), 1))
    assert list(tmp_path.iterdir()) == []
