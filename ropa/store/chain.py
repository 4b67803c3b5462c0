"""The format of the proof, fixed for good: what is digested, and what a revision's hash covers (docs/verify.md).

Every text that may hold personal data is digested with SHA-256 behind 16 random bytes of its own, its salt: what a change
left, as the JSON array [kind, ref, record], and who, why and command of a revision, as [name, text]. The hash of a revision
covers only digests, its number, its time, and the hash before. So any of these texts can be forgotten: text and salt go, the
digest stays, and the chain still holds (decision 0003).
"""

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from ropa.model.canonical import canonical_bytes, canonical_json

FORMAT = "ropa-chain-1"
"""Stands in every revision and under its hash. Another format would begin with another revision, never change an old one."""
SALT_BYTES = 16
SAID = ("actor", "command", "why")
"""The texts of a revision itself."""
Redacted = tuple[int, str, Sequence[str], str]
"""Revision and place of a text that was redacted, the fields taken out, and the digest of what remains of it."""


def digest(salt: bytes, text: str) -> str:
    """SHA-256 in hex over salt and text."""
    return hashlib.sha256(salt + text.encode()).hexdigest()


def change_text(kind: str, ref: str, record: str | None) -> str:
    """The array [kind, ref, record] around the stored text of the record, which is not encoded again; null where it went."""
    return f"[{_name(kind)},{canonical_json(ref)},{'null' if record is None else record}]"


def said_text(name: str, text: str) -> str:
    """The array [name, text] for who ("actor"), why or command of a revision."""
    return f"[{_name(name)},{canonical_json(text)}]"


@cache
def _name(name: str) -> str:
    """A kind, or one of SAID, of which there are few, as JSON."""
    return canonical_json(name)


def revision_hash(
    header: Mapping[str, int | str],
    said: Mapping[str, str],
    changes: Sequence[str],
    redactions: Sequence[Redacted],
) -> str:
    """SHA-256 in hex over a revision. header: number, at, previous; said: digests of actor, command, why; changes: digests."""
    covered: dict[str, Any] = {
        **header,
        **said,
        "format": FORMAT,
        "changes": list(changes),
        "redactions": [[past, place, list(fields), digest_] for past, place, fields, digest_ in redactions],
    }
    return hashlib.sha256(canonical_bytes(covered)).hexdigest()
