"""A clock that is set back, a leap day, computers in other time zones: the order of the log and each past state stay right."""

import os
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from unittest import mock

from ropa.compare import Change
from ropa.model.explain import read_record
from ropa.model.register import KINDS
from ropa.store.commit import commit
from ropa.store.history import log
from ropa.store.load import load
from ropa.store.open import Store, create_store
from ropa.store.verify import verify
from tests.cli.running import Inside, Ropa
from tests.faults.state import REGISTER, copied
from tests.faults.tally import tally

EAST, WEST = "AAA-14", "BBB+11"
"""Where the day begins first and last, in the notation that needs no table of zones: between them lie two dates."""


def _written(folder: Path, times: Sequence[datetime]) -> Store:
    """A register with a revision at each of these times, as the clock showed them."""
    store = create_store(str(folder / REGISTER))
    for n, at in enumerate(times):
        new = read_record(KINDS["measure"], {"ref": f"m-{n + 1}", "name": f"at {at}"})
        with mock.patch("ropa.store.append.datetime") as clock:
            clock.now.return_value = at
            commit(store, [Change(None, new)], based_on=n, actor="w", why=str(n + 1))
    return store


def _wrong(store: Store, wanted: dict[date, int]) -> list[str]:
    """What is wrong with the states as of these days and times, which end with these revisions, and with the order."""
    wrong = [
        f"as of {day}: r{load(store, day).revision}, not r{number}"
        for day, number in wanted.items()
        if load(store, day).revision != number or len(load(store, day).records["measure"]) != number
    ]
    entries = log(store)[::-1]
    if [one.why for one in entries] != [str(one.revision) for one in entries]:
        wrong.append("the log has another order than the changes")
    if [one.at for one in entries] != sorted(one.at for one in entries):
        wrong.append("a revision bears an earlier time than the one before it")
    return wrong + [str(problem) for problem in verify(store).problems]


def test_a_clock_that_is_set_back(tmp_path: Path) -> None:
    """Revisions made while the clock repeats an hour bear the time at which it was set back, and stand in their order."""
    hour = [
        datetime(2024, 10, 27, h, m, tzinfo=UTC)
        for h, m in ((12, 0), (11, 0), (11, 30), (12, 30), (11, 45), (13, 0))
    ]
    store = _written(tmp_path, hour)
    wanted = {
        datetime(2024, 10, 27, 11, 0, tzinfo=UTC): 0,
        datetime(2024, 10, 27, 11, 59, 59, tzinfo=UTC): 0,
        datetime(2024, 10, 27, 12, 0, tzinfo=UTC): 3,
        datetime(2024, 10, 27, 12, 29, tzinfo=UTC): 3,
        datetime(2024, 10, 27, 12, 30, tzinfo=UTC): 5,
        datetime(2024, 10, 27, 13, 0, tzinfo=UTC): 6,
        date(2024, 10, 26): 0,
        date(2024, 10, 27): 6,
    }
    tally("clock-back", tried=len(wanted) + 1, lost=_wrong(store, wanted))


def test_a_leap_day(tmp_path: Path) -> None:
    """29 February ends at midnight UTC, for the store and for the command; in another year there is none, and that is said."""
    times = [
        datetime(2024, 2, 28, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(2024, 2, 29, 0, 0, tzinfo=UTC),
        datetime(2024, 2, 29, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(2024, 3, 1, 0, 0, tzinfo=UTC),
    ]
    store = _written(tmp_path, times)
    wanted: dict[date, int] = {
        date(2024, 2, 27): 0,
        date(2024, 2, 28): 1,
        date(2024, 2, 29): 3,
        date(2024, 3, 1): 4,
    }
    lost = _wrong(store, wanted)
    ropa = Inside(tmp_path)
    lost += [
        f"the command lists {len(listed)} as of {day}"
        for day, number in wanted.items()
        if len(listed := ropa("measure", "list", "--json", "--as-of", str(day)).json) != number
    ]
    assert "2023-02-29" in ropa.refused("measure", "list", "--as-of", "2023-02-29")
    tally("clock-leap", tried=2 * len(wanted) + 2, lost=lost)


def _seen(folder: Path, zone: str, *words: str) -> Any:
    """What a command tells in a time zone."""
    with mock.patch.dict(os.environ, TZ=zone):
        time.tzset()
        told = Inside(folder)(*words, "--json", TZ=zone).json
    time.tzset()
    return told


def test_other_time_zones(example_folder: Path) -> None:
    """Real commands in the first and the last zone of the day: UTC is recorded, in order; each zone sees the same past and the same log."""
    with copied(example_folder) as folder:
        ropa = Ropa(folder)
        began = datetime.now(UTC).isoformat()
        for n, zone in enumerate((EAST, WEST, EAST, WEST)):
            assert ropa("activity", "set", "PA-0001", f"owner=Head {n}", TZ=zone).code == 0
        ended = datetime.now(UTC).isoformat()
        logs = [_seen(folder, zone, "log") for zone in (EAST, WEST)]
        times = [one["at"] for one in logs[0]]
        lost = [] if logs[0] == logs[1] else ["the zones tell different logs"]
        if times != sorted(times, reverse=True):
            lost.append(f"a revision bears an earlier time than the one before it: {times}")
        if not all(began[:26] <= at[:26] <= ended[:26] for at in times[:4]):
            lost.append(f"times are not UTC: {times}")
        for n, at in enumerate(reversed(times)):
            owners = {
                _seen(folder, zone, "activity", "show", "PA-0001", "--as-of", at)["owner"]
                for zone in (EAST, WEST)
            }
            if len(owners) != 1 or (n and owners != {f"Head {n - 1}"}):
                lost.append(f"as of {at} the owner is {owners}")
        lost += [str(problem) for problem in verify(Store(str(folder / REGISTER))).problems]
    tally("clock-zone", tried=2 * len(times) + 2, lost=lost)
