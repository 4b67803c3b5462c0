"""Every form of the small register, as kept in tests/golden; `python -m tests.sheets.forms.golden` writes them anew."""

import json
from datetime import date
from pathlib import Path

from ropa.sheets.forms import LAYOUTS
from ropa.sheets.layouts import lay_out
from tests.sheets.reading import sheets
from tests.sheets.test_article30 import small

ON = date(2026, 11, 24)
FOLDER = Path(__file__).parents[2] / "golden" / "sheets" / "forms"
_ALTERS = ("Laid out as", "Digest of the cells")
"""Lines of the cover that are another with each version."""


def laid_out(name: str) -> dict[str, list[list[str]]]:
    """The cells of each sheet, row by row, without empty rows and the empty end of a row."""
    found = {}
    for sheet, rows in sheets(lay_out(small(), name, on=ON)).items():
        short = [_short(row) for row in rows]
        found[sheet] = [row for row in short if row and row[0] not in _ALTERS]
    return found


def _short(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row = row[:-1]
    return row


def text_of(name: str) -> str:
    """The file: a row a line, so that a change can be read."""
    found = laid_out(name)
    parts = [
        f"{json.dumps(sheet, ensure_ascii=False)}: [\n"
        + ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in rows)
        + "\n]"
        for sheet, rows in found.items()
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for layout in LAYOUTS:
        (FOLDER / f"{layout.name}.json").write_text(text_of(layout.name), encoding="utf-8")
