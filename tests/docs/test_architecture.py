import re

from docs.making.terminal import ROOT

_PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
_PATH = re.compile(
    r"`((?:ropa|tests|docs|data|exports)/[\w./*-]*|[\w.-]+\.(?:toml|md|txt)|Makefile|LICENSE|\.\w[\w/.-]*)`"
)


def test_what_the_architecture_names_is_there() -> None:
    """Every file and folder that the page names is in the tree."""
    named = {path for path in _PATH.findall(_PAGE) if "*" not in path and "NNNN" not in path}
    assert named
    assert not [path for path in named if not (ROOT / path).exists()]


def test_every_room_is_in_the_architecture() -> None:
    """Every room and file directly in ropa/ has its line."""
    rooms = {one for one in (ROOT / "ropa").iterdir() if one.is_dir() and (one / "__init__.py").exists()}
    alone = {one for one in (ROOT / "ropa").glob("*.py") if not one.name.startswith("__")}
    named = set(_PATH.findall(_PAGE))
    assert not {f"ropa/{one.name}/" for one in rooms} - named
    assert not {f"ropa/{one.name}" for one in alone} - named
