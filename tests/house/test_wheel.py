"""The built wheel works on its own, far from the source tree."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

import ropa

TREE = Path(__file__).parents[2]
BIN = "Scripts" if os.name == "nt" else "bin"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from the tree as it stands, with the pinned backend and without a download."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(TREE), cwd=out)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def place(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment that holds the wheel, and an empty folder to stand in.

    The packages that ropa depends on are borrowed from the environment of the tests. Python does not follow
    the .pth files of a borrowed folder, so the editable install of this tree, which is one, stays invisible.
    """
    home = tmp_path_factory.mktemp("clean")
    venv.create(home / "env", with_pip=False)
    python = str(home / "env" / BIN / "python")
    pip = (sys.executable, "-m", "pip", "--python", python)
    run(*pip, "install", "--quiet", "--no-deps", str(wheel), cwd=home)
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home).strip()
    Path(site, "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    (home / "empty").mkdir()
    return home


def run(*command: str, cwd: Path) -> str:
    env = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    done = subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def installed(place: Path, *words: str) -> str:
    return run(str(place / "env" / BIN / "ropa"), *words, cwd=place / "empty")


def test_the_wheel_carries_the_example_and_nobodys_register(wheel: Path) -> None:
    """All of data/ travels as ropa/_data, save a register that somebody keeps there, and the demo's script."""
    names = zipfile.ZipFile(wheel).namelist()
    packed = {name.removeprefix("ropa/_data/") for name in names if name.startswith("ropa/_data/")}
    shipped = {
        file.relative_to(TREE / "data").as_posix()
        for file in (TREE / "data").rglob("*")
        if file.is_file() and ".db" not in file.name and file.name != "demo.sh"
    }
    assert shipped
    assert packed == shipped


def test_the_wheel_carries_every_file_of_the_package(wheel: Path) -> None:
    """Tables, labels and migrations are read at run time: a missing one is found by a user otherwise."""
    packed = set(zipfile.ZipFile(wheel).namelist())
    files = {
        file.relative_to(TREE).as_posix()
        for file in (TREE / "ropa").rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert files <= packed


def test_the_installed_command_is_not_the_source_tree(place: Path) -> None:
    """Else the tests below would prove nothing."""
    python = str(place / "env" / BIN / "python")
    found = run(python, "-c", "import ropa; print(ropa.__file__)", cwd=place / "empty")
    assert Path(found.strip()).is_relative_to(place)


def test_the_installed_command_knows_its_version(place: Path) -> None:
    """The version is stated in one place and arrives."""
    assert ropa.__version__ in installed(place, "--version")


def test_the_example_opens_where_only_the_wheel_is(place: Path) -> None:
    """A new user looks at the example organisation first."""
    installed(place, "init", "--example")
    assert (place / "empty" / "data" / "register.db").is_file()
    assert "PA-0001" in installed(place, "activity", "list")
