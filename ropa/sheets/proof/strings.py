"""The texts of a workbook: those that its sheets share, and the codes in which some signs are written."""

import re
from typing import IO

from ropa.sheets.proof.xml import Attributes, stream

_CODE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def plain(text: str) -> str:
    """A text as a reader sees it: _x0041_ in a file is an A, and every line end a line feed."""
    if "_x" in text:
        text = _CODE.sub(lambda found: chr(int(found[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def shared_strings(file: IO[bytes]) -> list[str]:
    """The texts that cells name by number; the formats within a text, and its reading aids, are left out."""
    found: list[str] = []
    pieces: list[str] = []
    inside = [0, 0]
    """In how many texts, and in how many reading aids, the parser is."""

    def start(tag: str, _: Attributes) -> None:
        if tag == "si":
            pieces.clear()
        inside[0] += tag == "t"
        inside[1] += tag == "rPh"

    def text(more: str) -> None:
        if inside == [1, 0]:
            pieces.append(more)

    def end(tag: str) -> None:
        if tag == "si":
            found.append(plain("".join(pieces)))
        inside[0] -= tag == "t"
        inside[1] -= tag == "rPh"

    stream(file, start=start, text=text, end=end)
    return found
