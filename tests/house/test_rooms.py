"""The rooms stay small, and use only what the package declares."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

TREE = Path(__file__).parents[2]
LONGEST_FILE = 350
LONGEST_FUNCTION = 60


@cache
def sources() -> dict[str, ast.Module]:
    """Each file of ropa/ by its path in the tree; migrations apart, which list the tables of one day and never change."""
    files = sorted(file for file in (TREE / "ropa").rglob("*.py") if "migrations" not in file.parts)
    assert files
    return {str(file.relative_to(TREE)): ast.parse(file.read_text("utf-8")) for file in files}


def test_no_file_has_grown_beyond_one_reason_to_change() -> None:
    """A file over the limit is two files: part it by reason, not by length."""
    long = {}
    for name in sources():
        lines = len((TREE / name).read_text("utf-8").splitlines())
        if lines > LONGEST_FILE:
            long[name] = lines
    assert long == {}


def spans(node: ast.AST) -> Iterator[tuple[str, int]]:
    """Each function in a node with its lines; those of a function inside it count as the inner one's own."""
    for child in ast.iter_child_nodes(node):
        inner = list(spans(child))
        yield from inner
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (child.end_lineno or child.lineno) - child.lineno + 1
            yield child.name, lines - sum(each for _, each in inner)


def test_a_function_fits_a_screen() -> None:
    """What does not fit is named in parts."""
    each = (
        (f"{name}: {function}", lines) for name, tree in sources().items() for function, lines in spans(tree)
    )
    assert {name: lines for name, lines in each if lines > LONGEST_FUNCTION} == {}


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def test_every_package_that_ropa_imports_is_one_of_its_dependencies() -> None:
    """A package that is here for the tests alone would be missing where ropa is installed."""
    wanted = tomllib.loads((TREE / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    declared = {one.split(">=")[0] for one in wanted}
    distributions = packages_distributions()
    missing = {}
    for name, tree in sources().items():
        for package in set(imported(tree)) - sys.stdlib_module_names - {"ropa"}:
            owners = {owner.lower().replace("_", "-") for owner in distributions.get(package, [package])}
            # pydantic_core is pydantic's own half, of the same release.
            if not owners & declared and package != "pydantic_core":
                missing[name] = package
    assert missing == {}
