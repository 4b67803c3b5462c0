"""At a terminal: questions are asked, tables fit, text from data is never markup, colour obeys NO_COLOR."""

import re
import shutil
from pathlib import Path

import pytest

from tests.cli.running import Inside
from tests.cli.terminal import Terminal

COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def folder(tmp_path: Path, made_example: Path) -> Path:
    """A folder with the example register."""
    (tmp_path / "data").mkdir()
    shutil.copy(made_example, tmp_path / "data" / "register.db")
    return tmp_path


def register_of(folder: Path) -> bytes:
    return (folder / "data" / "register.db").read_bytes()


def plain(screen: str) -> list[str]:
    """The lines of a screen without the colours."""
    return COLOURS.sub("", screen).splitlines()


@pytest.mark.parametrize(
    ("keys", "code", "written"), [("y\n", 0, True), ("n\n", 2, False), ("\n", 2, False), ("\x03\n", 2, False)]
)
def test_the_question_is_answered_before_anything_is_written(
    folder: Path, keys: str, code: int, written: bool
) -> None:
    """Only "y" writes; "n", an empty answer and Ctrl-C do not, and say so."""
    before = register_of(folder)
    terminal = Terminal(folder, "activity", "review", "PA-0001", "PA-0002")
    terminal.wait_for("[y/N]")
    assert register_of(folder) == before
    assert "PA-0002" in terminal.screen
    terminal.type(keys)
    assert terminal.end() == code
    assert ("Written as r2" in terminal.screen) is written
    assert ("othing was written" in terminal.screen) is not written
    assert (register_of(folder) != before) is written
    assert "Traceback" not in terminal.screen


@pytest.mark.parametrize(
    ("words", "width"),
    [
        *(
            (words, 80)
            for words in ("activity list", "vendor list", "rules", "transfer list", "find pay", "log")
        ),
        ("activity list", 140),
    ],
)
def test_a_table_fits_and_keeps_its_first_column(folder: Path, words: str, width: int) -> None:
    """No line is wider than the screen, and the word to type back (ref, id, revision) stands whole in every row."""
    terminal = Terminal(folder, *words.split(), width=width)
    assert terminal.end() == 0
    lines = plain(terminal.screen)
    assert max(map(len, lines)) <= width
    here = Inside(folder)
    told = here(*words.split(), "--json").json
    first = [
        row.get("ref") or row.get("id") or row.get("activity") or f"r{row.get('revision')}" for row in told
    ]
    for word in first:
        assert any(re.search(rf"(^|\s){re.escape(word)}(\s|$)", line) for line in lines), f"{word} is cut"


def test_sentences_wrap_between_words(folder: Path) -> None:
    """A report on 80 columns breaks no word: put together again, its lines hold the words of the pipe."""
    terminal = Terminal(folder, "gaps")
    assert terminal.end() == 1
    said = {word for line in Inside(folder)("gaps").out.splitlines() for word in line.split()}
    short = {word for word in said if len(word) < 40}
    shown = {word for line in plain(terminal.screen) for word in line.split()}
    assert short <= shown, f"broken: {sorted(short - shown)[:10]}"


def test_markup_and_escapes_of_the_data_show_as_text(folder: Path) -> None:
    """A name may hold what would dress or steer a terminal, where a file brought it; list, show, find and gaps print its letters."""
    here = Inside(folder)
    evil = "[bold]x[/bold] \x1b[31mred\x1b]0;title\x07 [link=http://a]b[/link] :smile:"
    here.bring(activities=[{"ref": "PA-0030", "name": evil, "owner": evil, "description": evil}])
    for words in (
        ("activity", "show", "PA-0030"),
        ("gaps", "--activity", "PA-0030"),
        ("activity", "list", "--columns", "name", "--text", "smile"),
    ):
        terminal = Terminal(folder, *words, width=200)
        terminal.end()
        assert "[bold]x[/bold]" in terminal.screen, words
        assert ":smile:" in terminal.screen
        assert "\x1b[31m" not in terminal.screen
        assert "\x1b]0" not in terminal.screen
        assert "\x07" not in terminal.screen


def test_colour_is_for_terminals_that_want_it(folder: Path) -> None:
    """Bold on a terminal; with NO_COLOR no colour is sent."""
    coloured = Terminal(folder, "status")
    coloured.end()
    assert COLOURS.search(coloured.screen)
    bare = Terminal(folder, "status", NO_COLOR="1")
    bare.end()
    assert not re.search(r"\x1b\[(?:[0-9;]*;)?(?:3[0-7]|4[0-7]|9[0-7])m", bare.screen)


def test_help_fits_a_small_terminal(tmp_path: Path) -> None:
    """Every page of help is at most as wide as the screen."""
    terminal = Terminal(tmp_path, "--help")
    assert terminal.end() == 0
    assert max(map(len, plain(terminal.screen))) <= 80
    assert "ropa init" in terminal.screen
