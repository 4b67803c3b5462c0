"""What every generated page has: its note, and cells that hold any text."""

from collections.abc import Iterator, Sequence


def opening(title: str, line: str) -> Iterator[str]:
    """The head of a generated page."""
    yield f"# {title}"
    yield ""
    yield f"{line} This page is made from the program itself (`make docs`)."
    yield ""


def grid(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table; nothing for no rows."""
    if not rows:
        return
    yield f"| {' | '.join(columns)} |"
    yield f"|{'---|' * len(columns)}"
    for row in rows:
        yield f"| {' | '.join(cell(text) for text in row)} |"
    yield ""


def cell(text: str) -> str:
    """A text that cannot break out of its cell."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
