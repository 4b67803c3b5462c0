"""How the Article 30 workbook shows statements."""

from datetime import date

from ropa.model.activity import Activity
from ropa.model.common import Statement
from ropa.model.register import Register
from ropa.sheets.layouts import lay_out
from tests.sheets.reading import records, sheets

ON = date(2026, 11, 24)


def test_statements_speak_in_titles() -> None:
    """What a statement is about is the title of a field or a rule, not a path or a number."""
    said = [
        Statement(about=about, says="does not apply", reason="none of it here")
        for about in ("data.2.retention", "ROPA-L101")
    ]
    activity = Activity(ref="PA-0001", name="A", statements=tuple(said))
    rows = records(sheets(lay_out(Register.of([activity]), "article30", on=ON))["Further information"])
    text = next(r["What is recorded"] for r in rows if r["About"] == "Statements")
    assert "Data 2 Retention: Does not apply" in text
    assert "ROPA-L101" not in text


def test_each_kind_of_statement_is_readable() -> None:
    """A statement without a reason or author is shown as what it is."""
    activity = Activity(
        ref="PA-0001", name="A", statements=(Statement(about="recipients", says="does not apply"),)
    )
    found = sheets(lay_out(Register.of([activity]), "article30", on=ON))
    assert (
        records(found["Recipients"])[0]["Recipient — Art. 30(1)(d)"]
        == "Does not apply: no reason is recorded"
    )
