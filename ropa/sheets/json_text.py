"""The whole register as JSON."""

import json
from typing import BinaryIO

from ropa.model.plainregister import register_as_plain
from ropa.sheets.layout import Asked, Layout


def write(asked: Asked, file: BinaryIO) -> None:
    """Every record with every field, internal notes included, in UTF-8; reads back as the same register."""
    text = json.dumps(register_as_plain(asked.register), ensure_ascii=False, indent=2, allow_nan=False)
    file.write(text.encode("utf-8") + b"\n")


LAYOUT = Layout(
    name="json",
    title="Register as JSON",
    what="the whole register as text, internal notes included; comes home as it was",
    suffix=".json",
    whole=True,
    write=write,
)
