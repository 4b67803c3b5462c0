"""What is in a folder after a fault: which register, and which files beside it."""

import re
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from ropa.model.register import Register
from ropa.store.load import load
from ropa.store.open import open_store
from ropa.store.verify import verify

LEFTOVERS = re.compile(
    r"(.*/)?\.[^/]+\.[0-9a-f]{8}\.part"  # a file that had not appeared yet
    r"|data/register\.db-journal"  # it is played back when the register is opened, or written over
    r"|tmp/(ropa-[^/]+/)?tmp[^/]+"  # the sheets of a workbook before they are packed
    r"|tmp/[a-z0-9_]{8}"  # Python looks whether the folder for such files can be written
    r"|\.local/state/ropa/kept/[0-9a-f]{8}/[^/]+"  # what somebody typed, and its lock
)
"""What a crash may leave behind. `ropa doctor` knows these names."""


_RANDOM = re.compile(r"(?<=[./])[0-9a-f]{6,8}(?=[./])|(?<=tmp/).+")


def register_in(folder: Path) -> Register:
    """The register in a folder, which has to open and to prove itself."""
    store = open_store(str(folder / "data" / "register.db"))
    verdict = verify(store)
    assert verdict.ok, verdict.problems
    return load(store)


def same(one: Register, other: Register) -> bool:
    """Whether two registers hold the same records after as many revisions."""
    return one.revision == other.revision and one.records == other.records


def files(folder: Path) -> set[str]:
    """Every file in a folder, as a path within it."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()}


@dataclass
class Outcomes:
    """Looks at what points left behind, each of which must be all of a change or nothing of it."""

    before: Register
    after: Register
    expected: set[str]
    tried: int = 0
    done: int = 0
    strays: set[str] = field(default_factory=set)
    _known: dict[str, bool] = field(default_factory=dict)
    _seen: set[tuple[str, frozenset[str]]] = field(default_factory=set)

    def look(self, folder: Path, why: object) -> bool:
        """Take this folder in. Returns whether its register, or what lies beside it, is in a state that was not seen yet."""
        file = folder / "data" / "register.db"
        open_store(str(file))  # plays back what a crash left
        content = sha256(file.read_bytes()).hexdigest()
        strays = files(folder) - self.expected
        kinds = frozenset(_RANDOM.sub("…", name) for name in strays)
        new = (content, kinds) not in self._seen
        self._seen.add((content, kinds))
        if content not in self._known:
            now = register_in(folder)
            assert same(now, self.before) or same(now, self.after), why
            self._known[content] = same(now, self.after)
        assert all(LEFTOVERS.fullmatch(name) for name in strays), (strays, why)
        self.tried += 1
        self.done += self._known[content]
        self.strays |= kinds
        return new
