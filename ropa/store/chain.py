"""The format of the proof: the digest of a change and the hash of a revision.

A change is digested with SHA-256: its 16-byte salt, then the record's canonical JSON in UTF-8 (the four letters null
where the record was removed). A revision is hashed with SHA-256, too: the canonical JSON (RFC 8785) in UTF-8 of an object with
actor, at, changes (a list of objects with digest, kind, ref), command, number, previous (the hash before, "" for the
first) and why. The past can so forget a value: its text and salt go, its digest stays, and the chain still holds.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

from ropa.model.canonical import canonical_json

SALT_BYTES = 16


def digest(salt: bytes, record: str | None) -> str:
    """SHA-256 in hex over salt and text; a removed record counts as null."""
    return hashlib.sha256(salt + (record if record is not None else "null").encode()).hexdigest()


def revision_hash(header: dict[str, Any], changes: Sequence[tuple[str, str, str]]) -> str:
    """SHA-256 in hex over a revision: header with number, at, actor, why, command, previous; changes as (kind, ref, digest)."""
    said = {**header, "changes": [{"digest": d, "kind": kind, "ref": ref} for kind, ref, d in changes]}
    return hashlib.sha256(canonical_json(said).encode()).hexdigest()
