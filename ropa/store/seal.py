"""A seal: the hash of the last revision in a small text, to be kept where the keeper of the register cannot change it.

The text is ASCII in short lines, so that a mail, a printer or a person who types it off does it no harm. Reading it back forgives what
happens on the way: quoting, wrapping, case, spaces, an O for a zero; a check tells a wrong letter.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from ropa.errors import Refused

LIMIT = 1_000_000
"""Bytes: a long mail with a seal in it has a hundredth of that."""
_FORMAT = 1
_HEAD = re.compile(r"ropa\s+seal\s+(\d+)", re.IGNORECASE)
_NAME = 50
_HEX = "0123456789abcdef"
_MISREAD = str.maketrans({"o": "0", "l": "1", "i": "1", "|": "1"})
"""What a person or a scanner takes for a digit; none of them is one of a hash, so nothing is guessed."""
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "ł": "l", "Ł": "L", "–": "-", "—": "-", "’": "'"}
)
_QUOTED = re.compile(r"^[ \t>|]+", re.MULTILINE)
_TIME = r"(\d{4}-\d\d-\d\d)\s+(\d\d:\d\d:\d\d)\s+UTC"


@dataclass(frozen=True)
class Seal:
    """What a seal says. made: when the revision was made; sealed: when the seal was; both UTC, "2026-03-31 14:02:11"."""

    revision: int
    hash: str
    made: str
    sealed: str
    name: str
    program: str


def write_seal(seal: Seal) -> str:
    """The text of a seal."""
    groups = [seal.hash[n : n + 8] for n in range(0, len(seal.hash), 8)]
    return f"""ROPA SEAL {_FORMAT}: a register of processing activities

Register of: {_ascii(seal.name)}
Revision:    {seal.revision}
Made:        {seal.made} UTC
Sealed:      {seal.sealed} UTC
Program:     {_ascii(seal.program)}
Hash:        {" ".join(groups[:4])}
             {" ".join(groups[4:])}
Check:       {_check(seal.revision, seal.hash)}

The hash covers this revision and everything before it. Whoever rewrites
any of it gets another hash. So keep this text where the keepers of the
register cannot change it: in a letter, in minutes, with a notary, under
a time-stamp.

To check it later, where the register is kept: ropa verify --seal FILE
"""


def read_seal(content: bytes) -> Seal:
    """The seal in a text, which may be a mail around it. Raises Refused for none, for two, or for one that was copied wrongly."""
    if len(content) > LIMIT:
        raise Refused("is too large to be a seal.")
    text = _QUOTED.sub("", _decoded(content))
    heads = _HEAD.findall(text)
    if not heads:
        raise Refused("holds no seal.", do="A seal begins with ROPA SEAL 1; ropa seal writes one.")
    if set(heads) != {str(_FORMAT)}:
        raise Refused("is a seal that a newer ropa wrote.", do="Check it with that version.")
    if len(heads) > 1:
        raise Refused(f"holds {len(heads)} seals.", do="Keep one of them in the file.")
    return _read(text)


def _read(text: str) -> Seal:
    revision = int(_said(text, "Revision", r"(\d{1,12})\b", "a number")[0])
    hash_ = _hash(text)
    said = (
        _said(text, "Check", r"([0-9A-Za-z|]{4})\b", "four letters or digits")[0].lower().translate(_MISREAD)
    )
    if said != _check(revision, hash_):
        raise Refused(
            "the hash or the revision of the seal was copied wrongly: they do not fit its check.",
            do="Compare them letter by letter with the original.",
        )
    made, sealed = (" ".join(_said(text, label, _TIME, "a time in UTC")) for label in ("Made", "Sealed"))
    name, program = (_said(text, label, r"(.*)", "a text")[0].strip() for label in ("Register of", "Program"))
    return Seal(revision, hash_, made, sealed, name, program)


def _hash(text: str) -> str:
    found = _said(text, "Hash", r"((?s:.*?))(?=^Check\s*:)", "64 letters and digits")[0]
    digits = "".join(found.split()).replace("-", "").lower().translate(_MISREAD)
    strange = next((sign for sign in digits if sign not in _HEX), "")
    if strange:
        raise Refused(f"the hash of the seal has a '{strange}', and only 0-9 and a-f can stand there.")
    if len(digits) != 64:
        raise Refused(f"the hash of the seal has {len(digits)} letters and digits; it must have 64.")
    return digits


def _said(text: str, label: str, pattern: str, what: str) -> tuple[str, ...]:
    """What stands behind a label at the beginning of a line."""
    name = label.replace(" ", r"\s+")
    found = re.findall(rf"^{name}[ \t]*:", text, re.IGNORECASE | re.MULTILINE)
    if len(found) > 1:
        raise Refused(f"the seal says '{label}' {len(found)} times.", do="Keep one seal in the file.")
    said = re.search(rf"^{name}[ \t]*:\s*{pattern}", text, re.IGNORECASE | re.MULTILINE)
    if said is None:
        raise Refused(
            f"the seal lacks the line '{label}:' with {what}.", do="Take the whole text of the seal."
        )
    return said.groups()


def _check(revision: int, hash_: str) -> str:
    """Four digits by which a wrong letter shows; no proof of anything else."""
    return hashlib.sha256(f"{revision} {hash_}".encode()).hexdigest()[:4]


def _decoded(content: bytes) -> str:
    marked = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}.get(content[:2], "utf-8-sig")
    text = content.decode(marked, errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\u00a0", " ")


def _ascii(text: str) -> str:
    """A text in ASCII on one short line: it is a hint for a reader, and nothing is held against it."""
    plain = unicodedata.normalize("NFKD", " ".join(text.split()).translate(_LETTERS))
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    shown = re.sub(r"[^ -~]", "?", kept)
    return shown if len(shown) <= _NAME else f"{shown[: _NAME - 3]}..."
