"""reference/layouts.md: the forms that `ropa export` writes; the sheets of a workbook are read out of a workbook."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO

from docs.making.markdown import cell, grid, opening
from ropa.model.register import Register
from ropa.sheets.forms.declare import Form, Heading, form_named
from ropa.sheets.forms.tally import INSIDE, NO_FIELD
from ropa.sheets.layout import Layout
from ropa.sheets.layouts import lay_out, layouts


def layouts_as_markdown() -> str:
    """The page."""
    return "\n".join([*_head(), *(line for one in layouts().values() for line in _section(one))])


def _head() -> Iterator[str]:
    yield from opening("Layouts", "The forms in which a register leaves `ropa`: `ropa export --layout NAME`.")
    rows = [
        [
            f"`{one.name}`",
            one.title,
            one.what,
            one.suffix,
            one.sure,
            "yes" if one.whole else "no, nothing internal leaves",
        ]
        for one in layouts().values()
    ]
    yield from grid(["layout", "title", "what it is", "file", "headings", "internal fields"], rows)


def _section(layout: Layout) -> Iterator[str]:
    if layout.suffix != ".xlsx":
        return
    if layout.sure:
        yield from _form(form_named(layout.name))
        return
    yield f"## {layout.name}"
    yield ""
    yield "Its sheets and their columns, here of an empty register. Open points are left out with `--no-gaps`."
    yield ""
    for name, columns in _sheets(layout):
        yield f"- **{cell(name)}**" + (f": {'; '.join(cell(one) for one in columns)}" if columns else "")
    yield ""


def _form(form: Form) -> Iterator[str]:
    """A form as its file declares it: where its headings come from, and which answer stands under each."""
    yield f"## {form.head.name}"
    yield ""
    yield f"{form.head.title}. {form.head.authority}. {form.head.article}. Its headings: {form.head.sure} (looked at on {form.head.seen})."
    yield form.head.after["en"]
    yield ""
    for sheet in form.sheets:
        each = ", one for each activity" if sheet.each else ""
        yield f"- **{cell(sheet.name)}**{each}"
        for block in sheet.blocks:
            named = f"*{cell(block.title)}*: " if block.title else ""
            yield f"  - {named}{'; '.join(_asked(one) for one in block.headings if one.text)}"
    yield ""


def _asked(heading: Heading) -> str:
    """A heading with its answer; marked where the register has no field for it, or keeps it in the house."""
    marks = {INSIDE: "kept in the house", **dict.fromkeys(NO_FIELD, "no field")}
    mark = marks.get(heading.answer)
    return f"{cell(heading.text)} ({mark})" if mark else cell(heading.text)


def _sheets(layout: Layout) -> Iterator[tuple[str, list[str]]]:
    """Each sheet's name and its headings: the row above the frozen line; a sheet that is read as a page has none."""
    import openpyxl

    content = lay_out(Register(), layout, on=date(2000, 1, 1), findings=())
    for sheet in openpyxl.load_workbook(BytesIO(content)).worksheets:
        frozen = str(sheet.freeze_panes or "")
        row = int("".join(c for c in frozen if c.isdigit()) or 1) - 1
        yield sheet.title, [str(one.value) for one in sheet[row] if one.value] if row else []
