"""The working workbook: the whole register, or a slice of it, for colleagues to edit; `ropa import` takes it home."""

from typing import BinaryIO

from ropa.sheets.layout import Asked, Layout


def write(asked: Asked, file: BinaryIO) -> None:
    """The workbook, with every record and part, internal notes included."""
    from ropa.sheets.working.workbook import write_workbook

    write_workbook(asked, file)


LAYOUT = Layout(
    name="register",
    title="Working workbook of the register",
    what="every record and part in a workbook to edit, for the whole house or a colleague; ropa import takes it home",
    suffix=".xlsx",
    whole=True,
    write=write,
)
