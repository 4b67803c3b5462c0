"""The names in a register, for completion: read from the file with Python's own sqlite3, in a few milliseconds.

Everything here is silent: where there is no register, or one that cannot be read now (locked, torn, of another version, not a
file), there are no names. Loading the register would take a hundred times as long, and may refuse.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ropa.store.version import VERSION

_WAIT = 0.1
"""Seconds to wait for somebody who is writing: the person at the keyboard waits as well."""
_MANY = 5_000
"""Names at most: nobody reads on."""
_LAST = 20
"""Revisions that are offered: whoever takes back an older one has looked it up."""
_SHORT = 80
"""Characters at most of a value that is offered to be used again."""


@dataclass(frozen=True)
class Names:
    """What a file of a register holds, as far as completion asks. place: a path; a database URL has no names."""

    place: str

    def of(self, kind: str, *, ours: bool | None = None) -> list[tuple[str, str]]:
        """Ref and name of each record of a kind. ours: of organisations, those of ours (True) or outside (False)."""
        which = "" if ours is None else f" where {'' if ours else 'not '}coalesce(ours, 0)"
        return [(str(ref), str(name)) for ref, name in self._rows(f'select ref, name from "{kind}"{which}')]

    def used(self, kind: str, column: str) -> list[str]:
        """The different short texts that stand in a column."""
        wanted = f'select distinct "{column}" from "{kind}" where length("{column}") <= {_SHORT}'
        return sorted(str(value) for (value,) in self._rows(wanted))

    def many(self, kind: str, ref: str, part: str) -> int:
        """How many parts of a list a record has."""
        found = self._rows(f'select count(*) from "{kind}_{part}" where owner = ?', ref)
        return next((int(n) for (n,) in found), 0)

    def counts(self, kinds: tuple[str, ...]) -> dict[str, int]:
        """How many records of each kind there are; empty where there is no register that can be read."""
        found = {}
        for kind in kinds:
            for (n,) in self._rows(f'select count(*) from "{kind}"'):
                found[kind] = int(n)
        return found

    def last(self) -> tuple[int, str, str, str] | None:
        """Number, time (UTC), actor and reason or command of the last revision; None where there is none."""
        wanted = "select number, at, actor, coalesce(nullif(why, ''), command) from revision order by number desc limit 1"
        return next(
            ((int(n), str(at), str(actor), str(why)) for n, at, actor, why in self._rows(wanted)), None
        )

    def revisions(self) -> list[tuple[str, str]]:
        """The last revisions, the newest first, each with its reason or command."""
        wanted = f"select number, coalesce(nullif(why, ''), command) from revision order by number desc limit {_LAST}"
        return [(f"r{number}", str(why)) for number, why in self._rows(wanted)]

    def _rows(self, wanted: str, *values: str) -> Iterator[tuple[Any, ...]]:
        """The rows, all or none. `wanted` is put together from the names of kinds and fields, never from what is typed."""
        # Whoever asks is in the middle of a word or of `ropa` alone: silence is the answer, and `ropa status` says why.
        try:
            uri = f"file:{quote(str(Path(self.place).absolute()))}?mode=ro"
            with closing(sqlite3.connect(uri, uri=True, timeout=_WAIT)) as file:
                file.execute("PRAGMA trusted_schema = OFF")
                version = file.execute("select version_num from alembic_version").fetchone()
                if version == (VERSION,):
                    return iter(file.execute(wanted, values).fetchmany(_MANY))
        except (sqlite3.Error, OSError, ValueError, OverflowError):
            return iter(())
        return iter(())
