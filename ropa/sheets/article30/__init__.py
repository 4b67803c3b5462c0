"""The Article 30 workbook: the record as an authority gets it on request (Art. 30(4) GDPR), which stands alone."""

from typing import BinaryIO

from ropa.sheets.layout import Asked, Layout


def write(asked: Asked, file: BinaryIO) -> None:
    """The workbook. Nothing internal is in it; names stand where the register has refs."""
    from ropa.sheets.article30.workbook import write_workbook

    write_workbook(asked, file)


LAYOUT = Layout(
    name="article30",
    title="Records of processing activities, Article 30 GDPR",
    what="workbook for the supervisory authority: controller and processor records, point by point",
    suffix=".xlsx",
    whole=False,
    write=write,
    points=True,
)
