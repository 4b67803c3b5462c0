"""What is installed is exactly what was tested, from wherever the reader's own pip gets it."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

TREE = Path(__file__).parents[2]
RUN, BUILD, DEV = "requirements.txt", "requirements-build.txt", "requirements-dev.txt"
PROJECT = tomllib.loads((TREE / "pyproject.toml").read_text("utf-8"))


def entries(name: str) -> Iterator[str]:
    """Each requirement of a file as one line, its hashes joined on and comments left out."""
    text = (TREE / name).read_text("utf-8").replace("\\\n", " ")
    yield from (line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#"))


def pins(name: str) -> dict[str, str]:
    return dict(entry.split()[0].split("==", 1) for entry in entries(name))


def named(requirement: str) -> str:
    """The name in "pandas>=2.2", in the spelling of the requirements files."""
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower().replace("_", "-")


@pytest.mark.parametrize("name", [RUN, BUILD, DEV])
def test_each_requirement_is_one_version_with_its_hashes(name: str) -> None:
    """A file that is not the one that was tested is not installed."""
    for entry in entries(name):
        assert re.match(r"[a-z0-9._-]+==\S+ ", entry), entry
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry), f"{entry}: no hash; run make lock"


@pytest.mark.parametrize("name", [RUN, BUILD, DEV])
def test_no_requirements_file_says_where_to_download(name: str) -> None:
    """An organisation behind its own mirror uses the files as they are."""
    text = (TREE / name).read_text("utf-8")
    addresses = re.findall(
        r"\S*://\S*|--(?:extra-|no-)?index\S*|--find-links\S*|--trusted\S*|(?<!\S)-[fie]\b", text
    )
    assert addresses == []
    assert re.findall(r"(?:^|[\s=])(?:~?/|[A-Z]:\\)\S+", text) == [], "a path of somebody's machine"


def test_the_run_requirements_hold_every_dependency() -> None:
    """A dependency added to pyproject.toml is pinned as well."""
    assert {named(one) for one in PROJECT["project"]["dependencies"]} <= pins(RUN).keys()


def test_the_dev_requirements_hold_every_tool_of_the_dev_group() -> None:
    """A tool added to pyproject.toml is pinned as well."""
    tools = {named(one) for one in PROJECT["dependency-groups"]["dev"] if isinstance(one, str)}
    assert tools <= pins(DEV).keys()


@pytest.mark.parametrize("name", [RUN, BUILD])
def test_what_is_tested_is_what_runs(name: str) -> None:
    """The tests run on the very versions that a user installs."""
    assert pins(name).items() <= pins(DEV).items()


def test_a_build_uses_the_pinned_backend() -> None:
    """What pip takes from pyproject.toml is the version that make takes from the pinned file."""
    assert PROJECT["build-system"]["requires"] == [f"hatchling=={pins(BUILD)['hatchling']}"]
