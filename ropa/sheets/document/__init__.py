"""The record as a Word document, for a board or an authority that wants to read it from front to back."""

from typing import BinaryIO

from ropa.sheets.layout import Asked, Layout


def write(asked: Asked, file: BinaryIO) -> None:
    """The document. Nothing internal is in it; names stand where the register has refs."""
    from ropa.sheets.document.content import content_of
    from ropa.sheets.document.word import write_document

    write_document(content_of(asked), file)


LAYOUT = Layout(
    name="docx",
    title="Records of processing activities, Article 30 GDPR",
    what="Word document for a board or an authority: a table of the activities and a section for each",
    suffix=".docx",
    whole=False,
    write=write,
    points=True,
)
