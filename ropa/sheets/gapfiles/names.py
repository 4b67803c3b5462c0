"""Names of sheets, out of any text."""

import re

from ropa.sheets.celltext import cell_text

_LONGEST = 31
_BARRED = re.compile(r"[\[\]:*?/\\]|[\x00-\x1f]")


class SheetNames:
    """Gives each sheet a name that Excel takes and no other sheet has."""

    def __init__(self) -> None:
        self._taken = {"history"}  # Excel keeps that one for itself

    def free(self, text: str) -> str:
        """The text, shortened and without the signs that no name can hold; with a number where another has it."""
        clean = " ".join(_BARRED.sub(" ", cell_text(text)).split()).strip("' ") or "Sheet"
        number, name = 1, _cut(clean, _LONGEST)
        while name.lower() in self._taken:
            number += 1
            mark = f" ({number})"
            name = _cut(clean, _LONGEST - len(mark)) + mark
        self._taken.add(name.lower())
        return name


def _cut(text: str, units: int) -> str:
    """As much of the text as takes so many units of UTF-16, in which Excel counts."""
    while len(text.encode("utf-16-le")) > 2 * units:
        text = text[:-1]
    return text.strip("' ")
