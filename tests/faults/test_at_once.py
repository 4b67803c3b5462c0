"""Several who write at once, and one who reads meanwhile: nothing lost, nothing doubled, nothing half seen."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from unittest import mock

import pytest

from ropa.compare import Change
from ropa.errors import Refused
from ropa.model.explain import read_record
from ropa.model.register import KINDS
from ropa.store.commit import commit
from ropa.store.history import log
from ropa.store.load import load
from ropa.store.open import Store, create_store
from ropa.store.verify import verify
from tests.cli.running import TREE, clean, command
from tests.faults.asking import Workshop
from tests.faults.state import REGISTER, copied
from tests.faults.tally import tally
from tests.faults.writer import EVERY, SHARED, write

PROCESSES, COMMITS = 8, 100


def _shared(folder: Path) -> Store:
    """A register with the measure that all writers share."""
    store = create_store(str(folder / REGISTER))
    shared = read_record(KINDS["measure"], {"ref": SHARED, "name": SHARED, "notes": "0"})
    commit(store, [Change(None, shared)], based_on=0, actor="first")
    return store


def test_eight_processes_write(tmp_path: Path) -> None:
    """Each commit of each of them is there once, in the order of its writer; the number that they share is the sum; the chain is whole."""
    store = _shared(tmp_path)
    words = [sys.executable, "-m", "tests.faults.writer", store.place]
    writers = [
        subprocess.Popen([*words, f"w{n}", str(COMMITS)], cwd=TREE, stderr=subprocess.PIPE, text=True)
        for n in range(PROCESSES)
    ]
    assert [writer.communicate()[1] for writer in writers] == [""] * PROCESSES
    lost = _differing(Counter((one.actor, one.why) for one in log(store)[:-1]))
    register = load(store)
    measures = register.records["measure"]
    if measures[SHARED].notes != str(PROCESSES * COMMITS // EVERY):
        lost.append(f"of the shared record a change was overwritten: it stands at {measures[SHARED].notes}")
    if register.revision != 1 + PROCESSES * COMMITS or len(measures) != register.revision:
        lost.append(f"r{register.revision} with {len(measures)} measures")
    for n in range(PROCESSES):
        told = [int(one.why) for one in reversed(log(store)) if one.actor == f"w{n}"]
        if told != sorted(told):
            lost.append(f"the commits of w{n} stand in another order than it made them")
    lost += [str(problem) for problem in verify(store).problems]
    tally("at-once", tried=PROCESSES * COMMITS, lost=lost)


def _differing(found: Counter[tuple[str, str]]) -> list[str]:
    wanted = Counter((f"w{n}", str(m)) for n in range(PROCESSES) for m in range(COMMITS))
    return [
        f"{name}'s commit {n} is there {found[name, n]} times"
        for name, n in found | wanted
        if found[name, n] != 1
    ]


def test_the_loser_is_told(tmp_path: Path) -> None:
    """Who prepared a change of a record that somebody else changed meanwhile writes nothing, and is told by whom."""
    store = _shared(tmp_path)
    early = load(store)
    with mock.patch("tests.faults.writer.load", return_value=early):
        assert write(store, "w0", 0)
        assert not write(store, "w1", 0)
    assert load(store).revision == 2
    shared = early.records["measure"][SHARED]
    late = [Change(shared, shared.model_copy(update={"notes": "7"}))]
    with pytest.raises(Refused, match="by w0 in r2"):
        commit(store, late, based_on=1, actor="w1")


def test_real_commands_at_once(example_folder: Path) -> None:
    """Of commands begun together each changes the register once, or says that it did not, and why."""
    lost, many, rounds = [], 4, 4
    with copied(example_folder) as folder:
        store = Store(str(folder / REGISTER))
        for n in range(rounds):
            begun = [
                subprocess.Popen(
                    command("activity", "set", "PA-0001", f"owner=Head {n}.{m}"),
                    cwd=folder, env=clean(folder), stderr=subprocess.PIPE, text=True,
                )
                for m in range(many)
            ]  # fmt: skip
            before = load(store).revision
            said = {m: (one.communicate()[1], one.returncode) for m, one in enumerate(begun)}
            written = [m for m, (_, code) in said.items() if code == 0]
            lost += [
                f"{n}.{m} failed and did not say why: {err}"
                for m, (err, code) in said.items()
                if code and not _told(err)
            ]
            commands = "\n".join(one.command for one in log(store))
            lost += [
                f"{n}.{m} said that it wrote and did not" for m in written if f"Head {n}.{m}" not in commands
            ]
            lost += [
                f"{n}.{m} wrote and did not say so"
                for m in said
                if m not in written and f"Head {n}.{m}" in commands
            ]
            assert load(store).revision >= before
        lost += [str(problem) for problem in verify(store).problems]
    tally("at-once-commands", tried=many * rounds, lost=lost)


def _told(err: str) -> bool:
    return err.count("\n") == 1 and ("changed by somebody else" in err or "another program is writing" in err)


def test_a_reader_during_an_import(workshop: Workshop, example_folder: Path) -> None:
    """Who reads at any moment of an import sees the register before it or after it, or is told to wait."""
    with copied(example_folder) as folder:
        measures = [{"ref": f"m-{n}", "name": f"Measure {n}"} for n in range(500)]
        (folder / "more.json").write_text(json.dumps({"ropa": 1, "measures": measures}), encoding="utf-8")
        words = ("import", "more.json", "--yes")
        store = Store(str(folder / REGISTER))
        before = (1, len(load(store).records["measure"]))
        after = (2, before[1] + 500)
        seen: list[object] = []

        def look(_: Path, __: str) -> None:
            try:
                found = load(store)
            except Refused as told:
                seen.append("told" if "another program is writing" in told.what else str(told))
            else:
                seen.append((found.revision, len(found.records["measure"])))

        workshop.warm(folder, *words)
        with mock.patch("ropa.store.file.WAIT", 0):
            workshop.stopping(folder, *words, look=look)
        seen.append((load(store).revision, len(load(store).records["measure"])))
    assert seen[0] == before
    assert seen[-1] == after
    lost = [f"a reader saw {one}" for one in seen if one not in (before, after, "told")]
    tally("reader", tried=len(seen), lost=lost)
