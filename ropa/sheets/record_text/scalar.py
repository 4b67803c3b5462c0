"""One text as YAML that a base loader reads back the same, in the form that a person reads and types most easily."""

import json
import re
from unicodedata import category

_INDICATORS = "-?:,[]{}#&*!|>'\"%@`"
_JOINERS = "\u200c\u200d"
"""They hold emoji and letters of some scripts together; unlike other invisible signs they are part of the word."""
_BREAKS = "\n\t"


def scalar(text: str, column: int) -> str:
    """The text as it stands behind a key or a hyphen: bare, in double quotes, or as a block whose lines begin in `column`."""
    if "\n" in text:
        return _block(text, column) if _can_be_block(text) else _quoted(text)
    return text if _can_be_bare(text) else _quoted(text)


def is_block(yaml: str) -> bool:
    """Whether that is a block, behind whose first line no comment fits."""
    return "\n" in yaml


def _can_be_bare(text: str) -> bool:
    return (
        text != ""
        and text[0] not in _INDICATORS
        and text == text.strip()
        and text[-1] != ":"
        and ": " not in text
        and " #" not in text
        and all(map(_seen, set(text)))
    )


def _can_be_block(text: str) -> bool:
    # Of several line ends at its end a block would keep as many as an editor leaves.
    return not text.endswith("\n\n") and all(c in _BREAKS or _seen(c) for c in set(text))


def _block(text: str, column: int) -> str:
    lines = text.split("\n")
    ended = lines[-1] == ""
    # A block tells its indent by its first line; where that begins with white space it has to be said.
    head = "|" + ("2" if not lines[0].strip() or lines[0][0].isspace() else "") + ("" if ended else "-")
    pad = " " * column
    return "\n".join([head, *(pad + line if line else "" for line in (lines[:-1] if ended else lines))])


def _quoted(text: str) -> str:
    """In double quotes. What an eye would not see, or what would turn the direction of reading, is spelt out."""
    return re.sub(r"[^\x20-\x7e]", lambda found: _spelt(found[0]), json.dumps(text, ensure_ascii=False))


def _spelt(sign: str) -> str:
    if _seen(sign):
        return sign
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"


def _seen(sign: str) -> bool:
    """Whether a person sees the sign, or the space that it makes."""
    return sign.isprintable() or sign in _JOINERS or category(sign) == "Zs"
