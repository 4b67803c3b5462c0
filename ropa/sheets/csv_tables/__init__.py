"""The whole register as CSV, a table for each kind of record, part and list, in one zip; it comes home as it was."""

from typing import BinaryIO

from ropa.sheets.layout import Asked, Layout


def write(asked: Asked, file: BinaryIO) -> None:
    """Every record with every field, internal notes included."""
    from ropa.sheets.csv_tables.write import write_tables

    write_tables(asked, file)


LAYOUT = Layout(
    name="csv",
    title="Register as CSV tables",
    what="the whole register as tables in a zip, internal notes included, for other programs; comes home as it was",
    suffix=".zip",
    whole=True,
    write=write,
)
