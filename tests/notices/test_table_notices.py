"""Notices with a table of processing: columns by their titles, a row for an entry."""

from ropa.model.activity import Activity
from ropa.model.register import Register
from ropa.notices.draft_import import import_notice
from ropa.notices.read import read_notice
from ropa.notices.reading import NoticeReading
from tests.notices.made_files import docx, paragraph

MARKDOWN = """# Privacy notice

| Data collected | Purpose | Legal basis | Retention | Processor |
|---|---|---|---|---|
| Name, email address | Account | Performance of contract (art. 6.1.b GDPR) | 30 days | **Supabase, Inc.** |
| Server logs (time, address) | Security | Legitimate interest (art. 6.1.f) | Same | none |
| A row | with a cell too few | consent |

| Right | How to use it |
|---|---|
| Access | Write to us |
"""


def reading(content: bytes = MARKDOWN.encode(), name: str = "n.md") -> NoticeReading:
    return read_notice(content, name)


def test_a_row_gives_what_stands_below_each_title() -> None:
    """Data, purpose, basis, period and company; a word that refers to the row above is no period."""
    first, second = reading().blocks
    assert [told.text for told in first.data] == ["Name", "email address"]
    assert [told.text for told in first.purposes] == ["Account"]
    assert first.retention
    assert (first.retention.text, second.retention) == ("30 days", None)
    assert [one.provider and one.provider.text for one in first.procedures] == ["Supabase, Inc."]
    assert second.procedures == ()
    assert [told.text for told in second.data] == ["Server logs (time, address)"]


def test_a_row_with_a_cell_too_few_is_unread() -> None:
    """Nobody can say which column its words stand in."""
    assert any("with a cell too few" in told.text for told in reading().unread)
    assert len(reading().blocks) == 2


def test_a_table_of_rights_is_no_table_of_processing() -> None:
    """Its titles are not those of one."""
    assert any("Write to us" in told.text for told in reading().unread)


def test_rows_become_activities_with_their_basis_and_recipient() -> None:
    """One row, one activity: purpose with its basis, data with their period, the company as recipient."""
    register = import_notice(reading(), Register(), source="n.md").register
    first, second = register.all(Activity).values()
    assert [(p.text, p.legal_basis) for p in first.purposes] == [("Account", "6(1)(b)")]
    assert [line.retention is not None for line in first.data] == [True, True]
    assert len(first.recipients) == 1
    assert [(p.text, p.legal_basis) for p in second.purposes] == [("Security", "6(1)(f)")]


def test_a_table_of_a_page_and_of_a_document_is_read_alike() -> None:
    """Cells of HTML and of Word; titles in German and French."""
    rows = (
        ("Zweck", "Rechtsgrundlage", "Speicherdauer"),
        ("Versand", "Art. 6 Abs. 1 lit. a DSGVO", "2 Jahre"),
    )
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    page = reading(f"<!doctype html><body><table>{cells}</table></body>".encode(), "n.html")
    body = "".join(
        f"<w:tr>{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in row)}</w:tr>"
        for row in (("Finalité", "Base légale", "Durée de conservation"), ("Envoi", "Consentement", "2 ans"))
    )
    word = reading(docx(f"<w:tbl>{body}</w:tbl>"), "n.docx")
    assert [told.text for told in page.blocks[0].purposes] == ["Versand"]
    assert [told.text for told in word.blocks[0].purposes] == ["Envoi"]
    assert (page.language, word.language) == ("de", "fr")
