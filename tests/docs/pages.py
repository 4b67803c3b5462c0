"""The pages as a reader meets them: their commands with what these show, their links."""

import re
from dataclasses import dataclass
from pathlib import Path

from docs.making.terminal import ROOT

PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)|<img[^>]* src=\"([^\"]+)\"")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_CODE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Typed:
    """A line that a page says to type, and what it says to expect: "…" is any text, alone on a line any lines."""

    line: str
    expected: str

    def fits(self, shown: str) -> bool:
        """Whether that is what the page promises."""
        if not self.expected:
            return not shown
        pattern = "".join(self._piece(line) for line in self.expected.split("\n"))
        return re.fullmatch(pattern, f"{shown}\n" if shown else "", re.DOTALL) is not None

    @staticmethod
    def _piece(line: str) -> str:
        if line.strip() == "…":
            return r"(?:[^\n]*\n)*"
        return "[^\n]*".join(re.escape(piece) for piece in line.split("…")) + "\n" if line else "\n"


def typed_in(page: Path) -> list[Typed]:
    """What a page says to type, in order."""
    found: list[Typed] = []
    for block in _BLOCK.findall(page.read_text(encoding="utf-8")):
        for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, _, expected = step.partition("\n")
            found.append(Typed(line, tidy(expected)))
    return found


def tidy(shown: str) -> str:
    """What a terminal shows, as a page gives it: no colours, no space at the end of a line, no blank lines around."""
    return "\n".join(line.rstrip() for line in _COLOUR.sub("", shown).split("\n")).strip("\n")


def links_in(page: Path) -> list[str]:
    """Where the links and pictures of a page point."""
    text = _CODE.sub("", page.read_text(encoding="utf-8"))
    return [one or other for one, other in _LINK.findall(text)]


def anchors_in(page: Path) -> set[str]:
    """The names by which a page's headings can be linked to."""
    text = _CODE.sub("", page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", one.lower()).strip().replace(" ", "-") for one in _HEADING.findall(text)}
