"""The history played back: every digest and hash recomputed (docs/verify.md), and what the records said at its end."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import orjson

from ropa.model.canonical import canonical_bytes, canonical_json
from ropa.steps import steps
from ropa.store.chain import FORMAT, SAID, SALT_BYTES, change_text, digest, revision_hash, said_text
from ropa.store.unread import Ask, Row

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_REVISIONS = (
    "select number, format, at, previous, hash, actor, actor_salt, actor_digest, command, command_salt, command_digest, "
    "why, why_salt, why_digest from revision order by number"
)
_CHANGES = (
    "select revision, position, kind, ref, salt, record, digest from change order by revision, position"
)
_REDACTIONS = (
    "select revision, position, past, place, fields, salt, digest from redaction order by revision, position"
)

_SALT = (bytes, memoryview, type(None))
_REVISION = (int, str, str, str, str, *(str, _SALT, str) * len(SAID))
_CHANGE = (int, int, str, str, _SALT, (str, type(None)), str)
_REDACTION = (int, int, int, str, str, _SALT, str)
"""What the columns of these tables hold: SQLite itself takes anything anywhere."""
_FOREIGN = "holds what no command writes"


@dataclass(frozen=True)
class Problem:
    """Where something is not as it must be, and what."""

    where: str
    what: str


@dataclass
class Replay:
    """What was found: the last revision and its hash, the last text of each record, and how many texts were redacted."""

    number: int = 0
    hash: str = ""
    at: str = ""
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    redacted: int = 0

    def run(self, ask: Ask) -> Iterator[Problem]:
        """Recompute everything, in order, within a transaction that sees one state."""
        redactions = _Redactions(ask(_REDACTIONS))
        self.redacted = len(redactions.newest)
        changes = _ByRevision(ask(_CHANGES))
        for revision in steps(ask(_REVISIONS), "Proving revisions"):
            yield from self._revision(revision, changes, redactions)
        if (number := changes.left()) is not None:
            yield Problem(f"r{number}", "changes without their revision")
        yield from redactions.wrong()

    def _revision(self, row: Row, changes: "_ByRevision", redactions: "_Redactions") -> Iterator[Problem]:
        number, format_, at, previous, hash_, *said = row
        where = f"r{number}"
        if not _fit(row, _REVISION):
            yield Problem(where, _FOREIGN)
            return
        if number != self.number + 1:
            yield Problem(where, f"r{self.number + 1} is missing")
        if previous != self.hash:
            yield Problem(where, "does not follow the revision before it")
        if format_ != FORMAT:
            yield Problem(where, f"is of the format '{format_}', which this ropa does not know")
        if at < self.at or not _TIME.fullmatch(at):
            yield Problem(where, "its time does not follow the one before it")
        digests = {}
        for n, name in enumerate(SAID):
            text, salt, digests[name] = said[3 * n : 3 * n + 3]
            yield from redactions.check((number, name), name, said_text(name, text), salt, digests[name])
        own: list[str] = []
        yield from self._changes(number, changes, redactions, own)
        header = {"number": number, "at": at, "previous": previous}
        if revision_hash(header, digests, own, redactions.of(number)) != hash_:
            yield Problem(where, "its hash does not fit its content")
        self.number, self.hash, self.at = number, hash_, at

    def _changes(
        self, number: int, changes: "_ByRevision", redactions: "_Redactions", digests: list[str]
    ) -> Iterator[Problem]:
        """The changes of a revision, played back; fills their digests in."""
        for expected, row in enumerate(changes.of(number), 1):
            _, position, kind, ref, salt, record, digest_ = row
            digests.append(str(digest_))
            if not _fit(row, _CHANGE):
                yield Problem(f"r{number}, change {expected}", _FOREIGN)
                continue
            if position != expected:
                yield Problem(f"r{number}, {ref}", f"its change {expected} is missing")
            text = change_text(kind, ref, record)
            yield from redactions.check((number, str(position)), ref, text, salt, digest_)
            if record is None:
                self.texts.pop((kind, ref), None)
                continue
            self.texts[kind, ref] = record
            if not _canonical(record):
                yield Problem(f"r{number}, {ref}", "its text is not canonical JSON")


class _ByRevision:
    """The changes, handed out revision by revision as they come out of the database."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._groups = groupby(rows, key=lambda row: row[0])
        self._next: tuple[Any, Iterator[Row]] | None = next(self._groups, None)

    def of(self, number: int) -> Iterator[Row]:
        """The changes of a revision; none where the next ones belong to another."""
        if self._next is not None and self._next[0] == number:
            yield from self._next[1]
            self._next = next(self._groups, None)

    def left(self) -> Any:
        """The revision whose changes nobody asked for; None where there is none."""
        return None if self._next is None else self._next[0]


class _Redactions:
    """What was taken out of the past, by the text and by the revision that took it."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.newest: dict[tuple[int, str], tuple[int, bytes | None, str]] = {}
        self._by_revision: dict[int, list[tuple[int, str, list[str], str]]] = {}
        self._wrong: list[Problem] = []
        self._seen: set[tuple[int, str]] = set()
        for row in rows:
            revision, position, past, place, fields, salt, digest_ = row
            if not _fit(row, _REDACTION):
                self._wrong.append(Problem(f"a redaction of r{revision}", _FOREIGN))
                continue
            own = self._by_revision.setdefault(revision, [])
            own.append((past, place, _fields(fields), digest_))
            if position != len(own) or past >= revision:
                self._wrong.append(Problem(f"r{revision}", "its redactions are not in order"))
            older = self.newest.get((past, place))
            if older and older[1] is not None:
                self._wrong.append(
                    Problem(f"r{older[0]}", f"still has the salt of what r{revision} redacted")
                )
            self.newest[past, place] = (revision, salt, digest_)

    def of(self, number: int) -> list[tuple[int, str, list[str], str]]:
        """What a revision redacted; each is asked for once."""
        return self._by_revision.pop(number, [])

    def check(
        self, place: tuple[int, str], of: str, text: str, salt: bytes | None, digest_: str
    ) -> Iterable[Problem]:
        """A text against its digest, or, where something was taken out of it, what remains against the newest redaction.

        place: its revision, and where in it. of: what a person calls it.
        """
        where = f"r{place[0]}, {of}"
        if place in self.newest:
            return self._remains(place, where, text, salt)
        return () if _fits(salt, text, digest_) else (Problem(where, "its text does not fit its digest"),)

    def _remains(
        self, place: tuple[int, str], where: str, text: str, salt: bytes | None
    ) -> Iterator[Problem]:
        self._seen.add(place)
        by, own_salt, remains = self.newest[place]
        if salt is not None:
            yield Problem(where, f"still has the salt of what r{by} redacted")
        if not _fits(own_salt, text, remains):
            yield Problem(where, f"what remains of it does not fit r{by}, which redacted it")

    def wrong(self) -> Iterator[Problem]:
        """What is wrong with the redactions themselves."""
        yield from self._wrong
        for revision in self._by_revision:
            yield Problem(f"r{revision}", "redactions without their revision")
        for past, place in self.newest.keys() - self._seen:
            yield Problem(f"r{self.newest[past, place][0]}", f"redacted r{past}, {place}, which is not there")


def _fit(row: Row, types: Sequence[type | tuple[type, ...]]) -> bool:
    return all(isinstance(value, one) for value, one in zip(row, types, strict=True))


def _fits(salt: bytes | None, text: str, digest_: str) -> bool:
    return salt is not None and len(salt) == SALT_BYTES and digest(salt, text) == digest_


def _canonical(text: str) -> bool:
    try:
        return canonical_bytes(orjson.loads(said := text.encode())) == said
    except ValueError:
        return False


def _fields(text: str) -> list[str]:
    """The fields that a redaction names; a text that is no list of them cannot fit the hash."""
    try:
        found = json.loads(text)
    except ValueError:
        return [text]
    return found if isinstance(found, list) and canonical_json(found) == text else [text]
