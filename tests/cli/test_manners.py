"""Wrong use and bad input: one line on stderr, nothing on stdout, exit 2, nothing written, never a traceback."""

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

from tests.cli.running import Inside, Ropa, clean, command, modules_loaded

ESSAY = b"Bread has been baked for thousands of years, and nobody keeps a register of it.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nonsense"], "nonsense"),
        (["statsu"], "status"),
        (["gaps", "--nonsense"], "--nonsense"),
        (["gaps", "--severty", "risk"], "--severity"),
        (["import"], "FILE"),
        (["activity", "add"], "NAME"),
        (["activity", "add", "owner=Head of HR"], "name"),
        (["activity", "add", " "], "name"),
        (["activity", "show"], "REF"),
        (["activity", "show", ""], "''"),
        (["activity", "show", "PA-9999"], "PA-9999"),
        (["activity", "set", "PA-0001"], "FIELD=VALUE"),
        (["activity", "set", "PA-0001", "owner"], "FIELD=VALUE"),
        (["activity", "set", "PA-0001", "colour=red"], "colour"),
        (["activity", "set", "PA-0001", "ownr=red"], "owner"),
        (["activity", "set", "PA-0001", "status=red"], "suspended"),
        (["activity", "set", "PA-0001", "ref=PA-0099"], "ref"),
        (["activity", "set", "PA-0001", "reviewed_on=31.31.2026"], "31.31.2026"),
        (["activity", "set", "PA-0001", "children=perhaps"], "perhaps"),
        (["activity", "set", "PA-0001", "purposes.1.legal_basis=6.1.z"], "6(1)(a)"),
        (["activity", "set", "PA-0001", "purposes.99.text=x"], "99"),
        (["activity", "set", "PA-0001", "tags-=zzz"], "zzz"),
        (["activity", "set", "PA-0001", "recipients+=nobody"], "ropa vendor add"),
        (["activity", "set", "PA-0001", "recipients+={organisation: "], "recipients"),
        (["activity", "state", "PA-0001", "dpia"], "--reason"),
        (["activity", "state", "PA-0001", "nonsense", "--reason", "x"], "nonsense"),
        (["activity", "unstate", "PA-0001", "owner"], "owner"),
        (["activity", "review", "PA-9999"], "PA-9999"),
        (["activity", "end", "PA-0001", "--on", "2030-13-01"], "2030-13-01"),
        (["waive", "A104", "PA-0001"], "--reason"),
        (["waive", "X999", "PA-0001", "--reason", "x"], "X999"),
        (["waive", "A104", "PA-9999", "--reason", "x"], "PA-9999"),
        (["waive", "A104", "PA-0001", "--reason", "x", "--until", "2020-01-01"], "2020-01-01"),
        (["unwaive", "A104", "PA-0001"], "A104"),
        (["rules", "show", "nothing-like-it"], "ropa rules"),
        (["transfer", "show", "Atlantis"], "Atlantis"),
        (["transfer", "list", "--owner"], "requires an argument"),
        (["transfer", "list", "--country", "Atlantis"], "Atlantis"),
        (["activity", "list", "--vendor", "nobody"], "nobody"),
        (["activity", "list", "--columns", "ref,ownr"], "owner"),
        (["export", "--layout", "nope"], "article30"),
        (["verify", "extra"], "extra"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, list) else "",
)
def test_a_wrong_use_is_one_line(example: Inside, words: list[str], said: str) -> None:
    """It names what was wrong, or what would be right; the register stays as it was."""
    before = example.register.read_bytes()
    assert said in example.refused(*words)
    assert example.register.read_bytes() == before


FILES = {
    "binary.pdf": b"%PDF-1.7\n" + bytes(range(256)) * 80,
    "workbook.xlsx": b"PK\x03\x04" + bytes(500),
    "empty.txt": b"",
    "blank.txt": b" \n\t\n",
    "essay.txt": ESSAY * 300,
    "long.txt": ESSAY * 620_000,  # 50 MB
    "finnish.html": "<h1>Tietosuoja</h1><p>Henkilötiedot: nimi</p><p>Käsittelypaikka: Suomi</p>".encode(),
    "broken.json": b'{"activities": [',
    "strange.json": b'{"recipes": [{"name": "Bread"}]}',
    "broken.yaml": b"activities: [a, b\nc: {d",
    "wrong.yaml": b"activities:\n- {ref: PA-0001, name: Pay, colour: red}\n",
}


@pytest.mark.parametrize("name", ["missing.txt", "folder", *FILES])
def test_a_file_that_holds_no_notice(empty: Inside, name: str) -> None:
    """One line that names the file and what was looked for; nothing written; `gaps FILE` refuses it as well."""
    (empty.folder / "folder").mkdir()
    if name in FILES:
        (empty.folder / name).write_bytes(FILES[name])
    before = empty.register.read_bytes()
    assert name in empty.refused("import", name, "--yes")
    if name != "long.txt":
        assert name in empty.refused("gaps", name)
    assert empty.register.read_bytes() == before


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _text(path: Path) -> None:
    path.write_text("Dear authority, this is no database.\n" * 50)


def _torn(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:20_000])


def _newer(path: Path) -> None:
    with sqlite3.connect(path) as file:
        file.execute("update alembic_version set version_num = '9999'")
    file.close()


def _foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as file:
        file.execute("create table songs (title text)")
    file.close()


@pytest.mark.parametrize("spoil", [_empty, _text, _torn, _newer, _foreign], ids=lambda f: f.__name__)
@pytest.mark.parametrize(
    "words", [["status"], ["activity", "set", "PA-0001", "owner=x"], ["verify"]], ids=" ".join
)
def test_a_register_that_cannot_be_used_stays_as_it_is(
    example: Inside, spoil: object, words: list[str]
) -> None:
    """Empty, torn, of a later version, or no register at all: one line that names the file, and not a byte changes."""
    spoil(example.register)  # type: ignore[operator]
    before = example.register.read_bytes()
    assert "register.db" in example.refused(*words)
    assert example.register.read_bytes() == before
    assert [p.name for p in example.register.parent.iterdir()] == ["register.db"]


@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_read_only_register_is_read_and_not_written(example: Inside) -> None:
    """Reading works; a write is one line."""
    example.register.chmod(0o444)
    example.register.parent.chmod(0o555)
    try:
        assert example("status").code == 0
        example.refused("activity", "set", "PA-0001", "owner=x")
    finally:
        example.register.parent.chmod(0o755)


@pytest.mark.parametrize(
    "words",
    [
        ["activity", "list"],
        ["activity", "show", "PA-0001"],
        ["transfer", "list"],
        ["find", "pay"],
        ["status"],
        ["gaps"],
        ["rules"],
        ["rules", "show", "A104"],
        ["layouts"],
        ["log"],
        ["verify"],
        ["activity", "set", "PA-0001", "owner=x"],
        ["activity", "set", "PA-0001", "owner=x", "--dry-run"],
        ["activity", "review", "PA-0001", "PA-0002", "--yes"],
        ["waive", "A107", "PA-0023", "--reason", "agreed"],
    ],
    ids=" ".join,
)
def test_json_is_json_and_nothing_else(example: Inside, words: list[str]) -> None:
    """Every list, report and write: stdout is one JSON text; what is for people goes to stderr."""
    ran = example(*words, "--json")
    assert ran.code in (0, 1), ran
    assert ran.json is not None


def test_the_real_command_refuses_in_one_line(ropa: Ropa, made_example: Path) -> None:
    """What the tests above try within their own process holds for the program itself, in a pipe that takes ASCII alone."""
    ropa.register.parent.mkdir()
    shutil.copy(made_example, ropa.register)
    assert "status" in ropa.refused("statsu")
    assert "Did you mean" in ropa.refused("activity", "show", "Pyaroll", PYTHONIOENCODING="ascii")
    assert ropa("transfer", "list", PYTHONIOENCODING="ascii").code == 0
    assert ropa("--debug", "activity", "show", "PA-0001").code == 0


@pytest.mark.parametrize("words", ["rules", "find data", "status", "vendor show mockmail", "data list --csv"])
def test_a_closed_pipe_is_silent(example: Inside, words: str) -> None:
    """`ropa find data | head -1`: one line, no complaint, and no failure: who reads no further has what was wanted."""
    line = f"set -o pipefail; {' '.join(command(*words.split()))} | head -1"
    done = subprocess.run(
        ["bash", "-c", line],
        env=clean(example.folder),
        cwd=example.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.count("\n") == 1
    assert (done.returncode, done.stderr) == (0, "")


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    """A page of help starts as fast as typer does: no part of the store, the model or the workbook is loaded."""
    out, loaded = modules_loaded(tmp_path, "--help")
    assert "Article 30" in out
    heavy = "pydantic sqlmodel sqlalchemy alembic pandas numpy openpyxl xlsxwriter yaml lxml bs4 rapidfuzz"
    assert not loaded & {*heavy.split(), "ropa.model", "ropa.store", "ropa.gaps"}


@pytest.mark.parametrize(
    "words", [[], ["--help"], ["activity", "--help"], ["activity", "set", "--help"], ["import", "--help"]]
)
def test_help_gives_an_example(quick: Inside, words: list[str]) -> None:
    """Help goes to stdout, exit 0, with a command to try."""
    ran = quick(*words)
    assert (ran.code, ran.err) == (0, "")
    assert "ropa " in ran.out
    if len(words) == 3 or words[:1] == ["import"]:
        assert "Example: ropa" in ran.out
