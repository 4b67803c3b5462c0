"""The process that reads a PDF: bytes on standard input, JSON on standard output. It writes no file and opens none.

{"pages": ["text of the first page", …]} or {"trouble": "encrypted" | "pages" | "text" | "damaged" | "memory"}.
"""

import json
import logging
import sys
from io import BytesIO
from typing import Any

_MEMORY = 1_500_000_000
"""Bytes of memory that the process may use, where the system can be told so (not on Windows)."""
_MOST_TEXT = 4 * 1024 * 1024
"""Characters in all; a notice has at most half of that."""


def answer(content: bytes, most_pages: int) -> dict[str, Any]:
    """What the file holds, or what is the trouble with it."""
    from pypdf import PdfReader

    try:
        reader = PdfReader(BytesIO(content))
        # A file that only forbids printing or copying opens with an empty password, as in any viewer.
        if reader.is_encrypted and not reader.decrypt(""):
            return {"trouble": "encrypted"}
        if len(reader.pages) > most_pages:
            return {"trouble": "pages"}
        pages: list[str] = []
        for page in reader.pages:
            pages.append(page.extract_text())
            if sum(map(len, pages)) > _MOST_TEXT:
                return {"trouble": "text"}
    except MemoryError:
        return {"trouble": "memory"}
    except Exception:  # noqa: BLE001 (a hostile file makes the library fail in any way: each means "cannot be read")
        return {"trouble": "damaged"}
    return {"pages": pages}


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def main() -> None:
    """Read one file."""
    _limit_memory()
    logging.disable()  # the library warns about files that are a little wrong: nobody here reads that
    found = answer(sys.stdin.buffer.read(), int(sys.argv[1]))
    sys.stdout.buffer.write(json.dumps(found).encode("ascii"))


if __name__ == "__main__":
    main()
