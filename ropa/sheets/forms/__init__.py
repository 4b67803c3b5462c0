"""The forms that authorities know: one writer, and a file of data for each form (decision 0031)."""

from functools import partial
from typing import BinaryIO

from ropa.sheets.forms.declare import Head, heads
from ropa.sheets.layout import Asked, Layout


def write(head: Head, asked: Asked, file: BinaryIO) -> None:
    """The form as a workbook. Nothing internal is in it."""
    from ropa.sheets.forms.workbook import write_form

    write_form(head.name, asked, file)


LAYOUTS = tuple(
    Layout(
        name=head.name,
        title=head.title,
        what=head.what,
        suffix=".xlsx",
        whole=False,
        write=partial(write, head),
        sure=head.sure,
        role=head.role,
    )
    for head in heads()
)
