"""The workshop, in which the program is stopped at its system calls, and a folder to begin in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import Inside
from tests.faults.asking import Workshop
from tests.faults.tracing import WHY_NOT


@pytest.fixture(scope="session")
def workshop() -> Iterator[Workshop]:
    """A running workshop; a skip that says why where there can be none."""
    if WHY_NOT:
        pytest.skip(WHY_NOT)
    with Workshop() as running:
        if why := running.why_not():
            pytest.skip(why)
        yield running


@pytest.fixture(scope="session")
def example_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the register of the shipped example organisation, r1."""
    folder = tmp_path_factory.mktemp("example")
    (folder / "tmp").mkdir()
    assert Inside(folder)("init", "--example").code == 0
    return folder
