"""A file that one function writes, and that appears whole or not at all."""

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from ropa.whole import appearing


def write_whole(
    path: Path, write: Callable[[BinaryIO], None], *, force: bool = False, private: bool = False
) -> None:
    """Let `write` fill a file that then appears at `path` in one step. force, private, what is refused: see `appearing`."""
    with appearing(path, force=force, private=private) as draft, draft.open("wb") as file:
        write(file)
