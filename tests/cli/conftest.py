"""Prepared registers. Each is made once by the real command; a test gets its own copy in a fresh folder."""

import shutil
from pathlib import Path

import pytest

from tests.cli.running import TREE, Inside, Ropa

NOTICE = TREE / "data" / "notices" / "postdicom-2026-04-15.txt"


@pytest.fixture
def ropa(tmp_path: Path) -> Ropa:
    """The real `ropa` in a fresh folder, where no register is."""
    return Ropa(tmp_path)


@pytest.fixture
def quick(tmp_path: Path) -> Inside:
    """`ropa` within this process, in a fresh folder where no register is."""
    return Inside(tmp_path)


@pytest.fixture(scope="session")
def made_example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The register of the shipped example organisation, r1."""
    ropa = Ropa(tmp_path_factory.mktemp("example"))
    assert ropa("init", "--example").code == 0
    return ropa.register


@pytest.fixture(scope="session")
def made_from_notice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty register into which the shipped notice was imported."""
    ropa = Ropa(tmp_path_factory.mktemp("notice"))
    assert ropa("init").code == 0
    ran = ropa("import", NOTICE, "--yes")
    assert ran.code == 0, ran
    return ropa.register


@pytest.fixture(scope="session")
def made_empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register without a record."""
    ropa = Inside(tmp_path_factory.mktemp("empty"))
    assert ropa("init").code == 0
    return ropa.register


@pytest.fixture
def empty(quick: Inside, made_empty: Path) -> Inside:
    """`ropa` within this process, in a folder with a register that holds nothing yet."""
    quick.register.parent.mkdir()
    shutil.copy(made_empty, quick.register)
    return quick


@pytest.fixture
def example(quick: Inside, made_example: Path) -> Inside:
    """`ropa` within this process, in a folder with the example register."""
    quick.register.parent.mkdir()
    shutil.copy(made_example, quick.register)
    return quick


@pytest.fixture
def noticed(quick: Inside, made_from_notice: Path) -> Inside:
    """`ropa` within this process, in a folder with the register made from the shipped notice."""
    quick.register.parent.mkdir()
    shutil.copy(made_from_notice, quick.register)
    return quick
