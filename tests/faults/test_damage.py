"""A file cut short, and single bits that fall over: found, or without any consequence; and saved as far as it can be."""

import os
import random
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ropa.cli.shipped import example_register
from ropa.compare import Change
from ropa.errors import Refused
from ropa.model.canonical import canonical
from ropa.model.register import KINDS, Register
from ropa.model.walk import mentions
from ropa.store.commit import commit
from ropa.store.health import WRONG, health
from ropa.store.history import log
from ropa.store.load import load
from ropa.store.open import Store, create_store, open_store
from ropa.store.past import past_register
from ropa.store.rescue import rescue
from ropa.store.tables import metadata
from ropa.store.verify import verify
from tests.cli.running import Inside, Ropa
from tests.faults.tally import FOLDER, tally

FULL = FOLDER in os.environ
"""Whether the numbers for docs/reliability.md are wanted (`make reliability`), or a part of them in a minute."""
FLIPS, CUTS = (2_000, 200) if FULL else (300, 40)
RESCUED = 1 if FULL else 4
"""Of so many damaged registers one is rescued, and read by all that reads."""
COMMANDS_TRIED = 40 if FULL else 3
COMMANDS = (
    ("activity", "list"), ("log",), ("log", "PA-0001"), ("diff", "r1", "now"), ("gaps",), ("sql", "select * from activity"),
    ("export", "--layout", "json", "--out", "out.json", "--force"), ("activity", "list", "--as-of", "r3"),
    ("activity", "set", "PA-0001", "owner=Desk"), ("undo", "r3"), ("backup", "copy.db", "--force"), ("doctor",), ("verify",),
)  # fmt: skip
"""What a person may do with a register of which nobody knows yet that it is damaged."""


@dataclass(frozen=True)
class Sound:
    """A sound register: its bytes, every row of its tables, what is answered from it, every record of it, its last hash."""

    content: bytes
    rows: dict[str, list[str]]
    said: tuple[object, ...]
    records: dict[tuple[str, str], str]
    hash: str


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Sound:
    """An activity of the example with all that it names, and a history in which records went and a text was redacted."""
    ropa = Inside(tmp_path_factory.mktemp("sound"))
    store = create_store(str(ropa.register))
    commit(
        store, [Change(None, one) for one in _small()], based_on=0, actor="Head of HR", why="the first day"
    )
    for words in (
        ("activity", "set", "PA-0001", "description=What nobody is to read", "--why", "r2"),
        ("activity", "set", "PA-0001", "description=Paying people", "--why", "r3"),
        ("measure", "add", "Locks", "--why", "r4"),
        ("measure", "remove", "locks", "--why", "r5"),
        ("redact", "PA-0001", "description", "--as-of", "r2", "--yes", "--why", "r6"),
        ("activity", "set", "PA-0001", "owner=Head of People", "--why", "r7"),
    ):
        ran = ropa(*words)
        assert ran.code == 0, ran
    register = load(store)
    assert register.revision == 7
    file = ropa.register
    return Sound(file.read_bytes(), _rows(file), _answers(file), _texts(register), register.hash)


def _small() -> Iterable[object]:
    example, found = example_register(), {}
    wanted = [example.activities["PA-0001"]]
    while wanted:
        one = wanted.pop()
        if (one.kind, one.ref) not in found:
            found[one.kind, one.ref] = one
            wanted += [example.records[name.kind][name.ref] for name in mentions(one)]
    return found.values()


def _texts(register: Register) -> dict[tuple[str, str], str]:
    return {(one.kind, one.ref): canonical(one) for one in register}


def _rows(file: Path) -> dict[str, list[str]]:
    """All that any reading could say: every row of every table."""
    with closing(sqlite3.connect(file)) as raw:
        raw.text_factory = bytes
        return {
            name: sorted(
                map(
                    repr,
                    raw.execute(
                        f"select {', '.join(f'[{column.name}]' for column in table.c)} from [{name}]"
                    ),
                )
            )
            for name, table in metadata().tables.items()
        }


def _answers(file: Path) -> tuple[object, ...]:
    """What the commands print their answers from: the records now, the records as of a day, the log."""
    store = open_store(str(file))
    return _texts(load(store)), _texts(past_register(store, 3)), [repr(one) for one in log(store)]


def _told(file: Path) -> bool:
    """Whether the damage is told on opening, by `verify` or by `doctor`."""
    try:
        if not verify(open_store(str(file))).ok:
            return True
    except Refused:
        return True
    return any(one.state == WRONG for one in health(Store(str(file))))


def _read_by_all(file: Path) -> None:
    """Whatever reads the damaged file ends in one line at worst."""
    reads: tuple[Callable[[], object], ...] = (
        lambda: _texts(load(open_store(str(file)))),
        lambda: _texts(past_register(Store(str(file)), 3)),
        lambda: list(log(Store(str(file)))),
        lambda: list(health(Store(str(file)))),
    )
    for read in reads:
        with suppress(Refused):
            read()


def _saved(file: Path, sound: Sound) -> tuple[str, list[str]]:
    """How much `rescue` saved (all, a part, nothing), and what of it is not as it was though nothing says so."""
    new = file.with_name("new.db")
    before = file.read_bytes()
    try:
        saved = rescue(file, new, actor="Head of HR")
    except Refused:
        assert not new.exists()
        return "nothing", []
    assert file.read_bytes() == before
    there = _texts(load(Store(str(new))))
    new.unlink()
    changed = {key for key in there.keys() | sound.records.keys() if there.get(key) != sound.records.get(key)}
    if saved.whole:
        wrong = [f"{kind} {ref}, said to be whole" for kind, ref in changed]
        return "all", wrong if saved.hash == sound.hash else [
            *wrong,
            f"ends at r{saved.revision}, said to be whole",
        ]
    told = " ".join(saved.lost)
    # Of a table that is gone nothing knows which records it held: its kind is named instead.
    gone = {kind for kind in KINDS if f"rows of {KINDS[kind].plural}" in told}
    unsaid = [one for one in changed if one[1] not in told and (one in there or one[0] not in gone)]
    return "a part", [f"{kind} {ref}, not told" for kind, ref in unsaid]


@dataclass
class Outcomes:
    """What was tried; of how many damages nothing was told; what was lost: wrong answers in silence, wrongly saved records."""

    tried: int = 0
    harmless: int = 0
    lost: list[str] = field(default_factory=list)
    saved: Counter[str] = field(default_factory=Counter)
    wrongly: list[str] = field(default_factory=list)


def _damage(folder: Path, sound: Sound, harmed: Iterable[tuple[str, bytes]], every: int) -> Outcomes:
    """Put each damaged content in turn into a file, and look what is told of it, and what can be saved."""
    found = Outcomes()
    file = folder / "register.db"
    for n, (harm, content) in enumerate(harmed):
        file.write_bytes(content)
        found.tried += 1
        if not _told(file):
            found.harmless += 1
            if _rows(file) != sound.rows or _answers(file) != sound.said:
                found.lost.append(f"{harm}: a wrong answer in silence")
        elif n % every == 0:
            _read_by_all(file)
            file.write_bytes(content)
            how, wrong = _saved(file, sound)
            found.saved[how] += 1
            if wrong:
                found.wrongly.append(f"{harm}: {', '.join(wrong)}")
    return found


def _flipped(content: bytes, seed: int, many: int) -> Iterable[tuple[str, bytes]]:
    """The same content with one bit turned over, anywhere; half of them where something is written."""
    dice = random.Random(seed)
    written = [place for place, byte in enumerate(content) if byte]
    for n in range(many):
        at = dice.choice(written) if n % 2 else dice.randrange(len(content))
        bit = dice.randrange(8)
        changed = bytearray(content)
        changed[at] ^= 1 << bit
        yield f"bit {bit} of byte {at}", bytes(changed)


def test_a_bit_falls_over(tmp_path: Path, sound: Sound) -> None:
    """One bit anywhere in the file: it is told, or it changed nothing that anybody could read; and what is saved is right."""
    found = _damage(tmp_path, sound, _flipped(sound.content, 1, FLIPS), RESCUED)
    tally("damage-bits", tried=found.tried, lost=found.lost)
    tally("rescue-bits", tried=found.saved.total(), lost=found.wrongly)
    assert found.saved["all"] > found.saved["nothing"], found.saved


def test_cut_short(tmp_path: Path, sound: Sound) -> None:
    """The file ends too early, at places all over it: told each time; and what is saved is right."""
    size = len(sound.content)
    cuts = [(f"cut at {size * n // CUTS}", sound.content[: size * n // CUTS]) for n in range(CUTS)]
    found = _damage(tmp_path, sound, cuts, RESCUED)
    assert not found.harmless
    tally("damage-cuts", tried=found.tried, lost=found.lost)
    tally("rescue-cuts", tried=found.saved.total(), lost=found.wrongly)
    assert found.saved["a part"] > found.saved["nothing"], found.saved


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_any_command_ends_in_one_line(tmp_path: Path, sound: Sound, words: tuple[str, ...]) -> None:
    """A register with a bit turned over, and any command: an answer, or one line about damage, never a fault of the program."""
    ropa = Inside(tmp_path)
    ropa.register.parent.mkdir()
    for _, content in _flipped(sound.content, 99, 100 if FULL else 10):
        ropa.register.write_bytes(content)
        ran = ropa(*words)
        assert ran.code in {0, 1, 2}, ran
        assert "should not have happened" not in ran.err, ran


def test_the_real_commands(tmp_path: Path, sound: Sound) -> None:
    """In processes of their own: what a list or an export prints is what it printed before, or damage is told somewhere."""
    ropa = Ropa(tmp_path)
    ropa.register.parent.mkdir()
    ropa.register.write_bytes(sound.content)
    asked = (
        ("activity", "list", "--json"),
        ("activity", "show", "PA-0001", "--json"),
        ("measure", "list", "--json"),
    )
    before = [ropa(*words).out for words in asked]
    lost = []
    for harm, content in _flipped(sound.content, 7, COMMANDS_TRIED):
        ropa.register.write_bytes(content)
        answers = [ropa(*words) for words in asked]
        wrong = [one for one, out in zip(answers, before, strict=True) if one.code == 0 and one.out != out]
        if wrong and ropa("verify").code == 0 and "wrong" not in _soundness(ropa):
            lost.append(f"{harm}: {wrong}")
    tally("damage-commands", tried=COMMANDS_TRIED, lost=lost)


def _soundness(ropa: Ropa) -> set[str]:
    """What `ropa doctor` says of the file itself; of its folder it may say more."""
    said = ropa("doctor", "--json").json["findings"]
    return {one["state"] for one in said if one["about"] in {"Tables", "Soundness"}}


@pytest.mark.parametrize("harm", ["a bit", "a cut"])
def test_from_damage_to_a_register(tmp_path: Path, sound: Sound, harm: str) -> None:
    """Verify finds the damage, the list does not fall over, rescue says what it saved, and that proves itself."""
    ropa = Ropa(tmp_path)
    ropa.register.parent.mkdir()
    content = bytearray(sound.content)
    at = content.rindex(b"Head of People")  # in the history: its last revision does not prove itself any more
    content[at] ^= 2
    ropa.register.write_bytes(content if harm == "a bit" else sound.content[: len(content) // 2])
    assert ropa("verify").code in {1, 2}
    assert "Traceback" not in ropa("activity", "list").err
    ran = ropa("rescue", "data/register.db", "new.db")
    assert ran.code == 1, ran
    assert ropa("verify", "--db", "new.db").code == 0
