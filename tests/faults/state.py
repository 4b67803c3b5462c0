"""What is in a folder after a fault: which register, and which files beside it."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from ropa.errors import Refused
from ropa.store.load import load
from ropa.store.open import Store, open_store, version_of
from ropa.store.verify import verify
from tests.cli.running import Inside

REGISTER = "data/register.db"
_RANDOM = re.compile(
    r"(?<=\.)[0-9a-f]{6,8}(?=\.)|\d{4}-\d\d-\d\d-\d{6}|(?<=tmp/)[a-z0-9_]{8}$|(?<=tmp/).+(?=/)|(?<=/)tmp.+$"
)
_PROBE = "tmp/…"
"""Python looks whether a folder for drafts can be written: an empty file, or one of four bytes."""


def records_in(file: Path) -> object:
    """How many revisions a register has, and its records. It has to open and to prove itself."""
    store = open_store(str(file))
    verdict = verify(store)
    assert verdict.ok, verdict.problems
    register = load(store)
    return register.revision, register.records


def recorded(folder: Path) -> object:
    """The same of the register in a folder."""
    return records_in(folder / REGISTER)


def files(folder: Path) -> set[str]:
    """Every file in a folder, as a path within it, with a sign in the place of what is different each time."""
    return {_plain(path, folder) for path in _within(folder)}


def _within(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if not path.is_dir())


def _plain(path: Path, folder: Path) -> str:
    return _RANDOM.sub("…", str(path.relative_to(folder)))


def content(folder: Path) -> str:
    """A digest of every file in a folder."""
    whole = sha256()
    for path in _within(folder):
        whole.update(str(path.relative_to(folder)).encode() + b"\0" + sha256(path.read_bytes()).digest())
    return whole.hexdigest()


@contextmanager
def copied(folder: Path) -> Iterator[Path]:
    """A copy of a folder, gone afterwards. Two names of one file stay two names of one."""
    with TemporaryDirectory() as aside:
        made: dict[int, str] = {}

        def copy(old: str, new: str) -> str:
            node = Path(old).stat().st_ino
            if node in made:
                os.link(made[node], new)
            else:
                made[node] = new
                shutil.copy2(old, new)
            return new

        case = Path(aside) / "case"
        shutil.copytree(folder, case, copy_function=copy)
        yield case


@dataclass(frozen=True)
class Left:
    """What a point left: whether the change is there, and the files that neither the state before nor the one after has."""

    done: bool
    strays: frozenset[str]


@dataclass
class Outcomes:
    """Looks at what points leave behind, each of which must be all of a change or nothing of it.

    what: what of a folder's register tells whether the change is there; it also takes back what was half-written, and proves.

    again: gives the command once more in such a folder, and says what is wrong then; "" for nothing. tried: looks, done: how
    many of them found the change.
    """

    before: object
    after: object
    expected: set[str]
    again: Callable[[Path], str]
    what: Callable[[Path], object]
    tried: int = 0
    done: int = 0
    lost: list[str] = field(default_factory=list)
    _known: dict[str, bool] = field(default_factory=dict)
    _seen: dict[str, Left] = field(default_factory=dict)
    _tried: set[tuple[str, Left]] = field(default_factory=set)
    _named: set[frozenset[str]] = field(default_factory=set)

    def look(self, folder: Path, call: str) -> Left | None:
        """Take in what a point left in this folder, which stays as it is. None where it is a loss."""
        self.tried += 1
        now = content(folder)
        try:
            if now not in self._seen:
                with copied(folder) as copy:
                    self._seen[now] = self._looked(copy)
        except (AssertionError, Refused) as trouble:
            self.lost.append(f"before {call}: {trouble}")
            return None
        self.done += self._seen[now].done
        return self._seen[now]

    def _looked(self, folder: Path) -> Left:
        names = frozenset(files(folder))
        if names not in self._named:
            unnamed = _not_named(folder, self.expected)
            assert not unnamed, f"doctor does not name {unnamed}"
            self._named.add(names)
        version_of(Store(str(folder / REGISTER)))  # takes back what was half-written
        text = sha256((folder / REGISTER).read_bytes()).hexdigest()
        if text not in self._known:
            found = self.what(folder)
            assert found in (self.before, self.after), "the register holds a part of the change"
            self._known[text] = found == self.after
        left = Left(self._known[text], frozenset(files(folder) - self.expected))
        if (text, left) not in self._tried:
            self._tried.add((text, left))
            wrong = self.again(folder)
            assert not wrong, wrong
        return left


def _not_named(folder: Path, expected: set[str]) -> list[str]:
    """The files that should not be there, and that `ropa doctor` does not name."""
    # Of a copy: a first look takes back what was half-written.
    with copied(folder) as copy, mock.patch("tempfile.tempdir", str(copy / "tmp")):
        told = Inside(copy)("doctor", "--json").json["findings"]
    said = " ".join(one["what"] for one in told)
    strays = [p for p in _within(folder) if _plain(p, folder) not in expected | {_PROBE}]
    return [str(p.relative_to(folder)) for p in strays if p.name not in said and p.parent.name not in said]
