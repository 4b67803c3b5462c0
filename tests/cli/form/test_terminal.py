"""The form at a real terminal: keys, screens, drafts that outlive everything."""

import json
import re
import signal
import time
from pathlib import Path

import pytest

from tests.cli.form.calls import NEWSLETTER
from tests.cli.form.screen import Screen
from tests.cli.running import Ropa
from tests.cli.terminal import PATIENCE


def _vendor(folder: Path, *words: str, **how: int) -> Screen:
    return Screen(folder, "vendor", "add", *words, **how)  # type: ignore[arg-type]


@pytest.mark.parametrize(("width", "height"), [(80, 24), (140, 40)])
def test_the_newsletter_call(example: Ropa, width: int, height: int) -> None:
    """A vendor, its contract, its place in the activity and the transfer are recorded with less than 150 keys."""
    screen = _vendor(example.folder, "Newsmail", width=width, height=height)
    for asked, keys in NEWSLETTER:
        screen.say(asked, keys)
    screen.wait_for("What now?")
    assert "Still open" in screen.screen
    screen.press("w\r")
    assert screen.end() == 0, screen.screen
    assert screen.keys < 150
    vendor = example("vendor", "show", "newsmail", "--json").json
    assert vendor["country"] == "US"
    assert [a["kind"] for a in vendor["agreements"]] == ["art28"]
    letter = example("activity", "show", "newsletter", "--json").json
    assert "newsmail" in [one.get("organisation") for one in letter["recipients"]]
    (leg,) = [one for one in letter["transfers"] if one.get("recipient") == "newsmail"]
    assert (leg["destination"], leg["mechanism"], leg["scc_modules"]) == ("US", "46-2-c", [2])
    revisions = example("log", "--json").json
    assert len({one["revision"] for one in revisions}) == 2, "all of it is one revision"


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP, signal.SIGTERM])
def test_what_was_answered_outlives_the_program(example: Ropa, number: int) -> None:
    """Killed in the middle: nothing is written, and the next `add` goes on where the answers end."""
    screen = _vendor(example.folder, "Newsmail")
    screen.say("In which country", "France")
    screen.say("Which service", "Newsletters")
    screen.wait_for("In which countries")
    screen.kill(number)
    screen.end()
    assert example("vendor", "list", "--text", "Newsmail", "--json").json == []
    again = _vendor(example.folder)
    again.wait_for("Go on with it?")
    assert "'Newsmail', 3 answers" in again.shown
    again.press("1\r")
    again.wait_for("In which countries")
    again.press("\x03")
    assert again.end() == 2


def test_a_half_typed_line_is_kept_by_ctrl_c(example: Ropa) -> None:
    """What stands in the line when a person leaves stands there again when they come back."""
    screen = Screen(example.folder, "activity", "add", "Visitor badges")
    screen.say("do we act for a client", "1")
    screen.say("Which organisation of ours", "1")
    screen.wait_for("Which department")
    screen.press("Front de")
    screen.wait_for("Which department")
    screen.press("\x03")
    assert screen.end() == 2
    assert "What you typed is kept" in screen.screen
    again = Screen(example.folder, "activity", "add")
    again.say("Go on with it?", "1")
    again.wait_for("Which department")
    assert "So far:" in again.shown
    assert "Visitor badges" in again.shown[again.shown.index("So far:") :], "what was answered is shown"
    again.press("sk\r")
    again.wait_for("Who answers for it")
    again.press("\x03")
    again.end()
    third = Screen(example.folder, "activity", "add", "Another thing")
    third.wait_for("Go on with it?")
    assert "'Visitor badges'" in third.shown, "another name does not throw the draft away"
    third.press("\x03")
    third.end()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP, signal.SIGTERM])
def test_a_half_typed_line_outlives_the_program(example: Ropa, number: int) -> None:
    """The window is closed in the middle of a word, or, a moment after the last key, the program is killed: the line is there again."""
    screen = Screen(example.folder, "activity", "add", "Visitor badges")
    screen.say("do we act for a client", "1")
    screen.say("Which organisation of ours", "1")
    screen.wait_for("Which department")
    for sign in "Front desk":
        screen.press(sign)
    screen.see("> Front desk")
    if number == signal.SIGKILL:
        until = time.monotonic() + PATIENCE
        while not _kept(example.folder, "Front desk"):
            assert time.monotonic() < until, "never kept"
    screen.kill(number)
    screen.end()
    again = Screen(example.folder, "activity", "add")
    again.say("Go on with it?", "1")
    again.wait_for("Which department")
    again.see("> Front desk")
    again.press("\x03")
    again.end()


def _kept(folder: Path, text: str) -> bool:
    """Whether the text stands in a draft; one that is only being written, in a file beside it, does not count."""
    drafts = (path for path in folder.rglob("kept/**/*") if re.search(r"\.[0-9a-f]{6}\.[a-z]+$", path.name))
    return any(text in path.read_text(encoding="utf-8") for path in drafts if not path.name.startswith("."))


def test_one_step_back_shows_what_was_typed(example: Ropa) -> None:
    """The sign "<" returns to the question before, with its answer in the line; the change of mind is what is recorded."""
    screen = Screen(example.folder, "measure", "add", "Locked room")
    screen.say("What does it serve", "32(1)(b)")
    screen.say("Is it done by machines", "<")
    screen.wait_for("What does it serve")
    assert screen.shown.splitlines()[-2].startswith("> 32(1)(b)") or "> 32(1)(b)" in screen.shown
    screen.press("\x15" + "32(1)(c)\r")
    screen.say("Is it done by machines", "physical")
    screen.say("What could one go and look at", "A lock")
    screen.say("Anything else", "")
    screen.wait_for("What now?")
    screen.press("w\r")
    assert screen.end() == 0, screen.screen
    assert example("measure", "show", "locked-room", "--json").json["art32"] == "32(1)(c)"


def test_a_mistake_leaves_what_was_typed(example: Ropa) -> None:
    """A day that is none is said in a line, and the text can be mended in place."""
    screen = Screen(example.folder, "retention", "add", "Test rule")
    screen.say("How long?", "ten moons")
    screen.wait_for("'ten moons' is not a period")
    assert screen.shown.count("> ten moons") == 2, screen.shown
    screen.press("\x15")
    screen.press("\x03")
    assert screen.end() == 2


def test_a_pasted_megabyte_stays_outside(example: Ropa) -> None:
    """A text that no answer can hold is refused in a line, and the form goes on."""
    screen = Screen(example.folder, "measure", "add", "Locked room")
    screen.wait_for("What does it serve")
    screen.type("\x1b[200~" + "x" * 1_000_000 + "\x1b[201~")
    screen.wait_for("Nothing was pasted")
    screen.press("\x03")
    assert screen.end() == 2


def test_nothing_is_told_by_colour_alone(example: Ropa) -> None:
    """With NO_COLOR the screen says the same words."""
    texts = []
    for env in ({}, {"NO_COLOR": "1"}):
        screen = Screen(example.folder, "measure", "add", "Locked room", **env)
        screen.wait_for("What does it serve")
        texts.append(screen.shown)
        screen.press("\x03")
        screen.end()
        again = Screen(example.folder, "measure", "add")
        again.say("Go on with it?", "3")
        again.wait_for("What do you call the measure?")
        again.press("\x03")
        again.end()
    assert texts[0] == texts[1]


def test_plain_lines_from_a_pipe(example: Ropa) -> None:
    """With --plain the same form reads lines: no cursor is moved, and what is skipped stays blank."""
    lines = ["yes", "2", "", "", "", "w"]
    ran = example(
        "subject", "add", "Lodgers", "--plain", "--json", input="".join(f"{line}\n" for line in lines)
    )
    assert ran.code == 0, ran
    assert json.loads(ran.out)["changes"][0]["ref"] == "lodgers"
    assert example("subject", "show", "lodgers", "--json").json == {
        "ref": "lodgers", "name": "Lodgers", "vulnerable": True, "children": False,
    }  # fmt: skip


def test_a_pipe_that_ends_keeps_a_draft(example: Ropa) -> None:
    """Where the answers end before the form, nothing is written and the draft is named."""
    ran = example("subject", "add", "Lodgers", "--plain", input="yes\n")
    assert ran.code == 2
    assert "What you typed is kept; go on with: ropa subject add" in ran.err
    assert example("subject", "list", "--text", "Lodgers", "--json").json == []


def test_a_full_disk_does_not_end_the_form(example: Ropa, tmp_path: Path) -> None:
    """Where the draft cannot be kept, one line says so, and the record is written all the same."""
    (tmp_path / "no-folder").write_text("a file where a folder should be")
    ran = example(
        "subject",
        "add",
        "Lodgers",
        "--plain",
        input="\n\n\n\n\nw\n",
        XDG_STATE_HOME=str(tmp_path / "no-folder"),
    )
    assert ran.code == 0, ran
    assert "You can go on" in ran.err
    assert example("subject", "show", "lodgers", "--json").json["name"] == "Lodgers"


def test_leaving_on_a_full_disk_says_that_nothing_is_kept(example: Ropa, tmp_path: Path) -> None:
    """Where no draft could be kept, the last word does not say that one was."""
    (tmp_path / "no-folder").write_text("a file where a folder should be")
    state = str(tmp_path / "no-folder")
    ran = example("subject", "add", "Lodgers", "--plain", input="\n\n", XDG_STATE_HOME=state)
    assert ran.code == 2, ran
    assert "what you typed is not kept" in ran.err
    assert "What you typed is kept" not in ran.err


def test_two_forms_at_once_do_not_meet(example: Ropa) -> None:
    """While one is being filled in, another of the same noun begins anew, and both are written."""
    first = Screen(example.folder, "subject", "add", "Lodgers")
    first.say("Do they depend on us", "yes")
    first.wait_for("Are they children?")
    second = Screen(example.folder, "subject", "add", "Neighbours")
    for screen in (second, first):
        if screen is second:
            screen.say("Do they depend on us", "no")
        screen.say("Are they children?", "no")
        screen.say("Do they work for us?", "")
        screen.say("Who exactly", "")
        screen.say("Anything else", "")
        screen.wait_for("What now?")
        screen.press("w\r")
        assert screen.end() == 0, screen.screen
    assert example("subject", "show", "lodgers", "--json").json["vulnerable"] is True
    assert example("subject", "show", "neighbours", "--json").json["vulnerable"] is False


def test_ctrl_c_at_the_offer_of_a_draft_keeps_it(example: Ropa) -> None:
    """Leaving at "Go on with it?" changes nothing; the draft is offered the next time."""
    example("subject", "add", "Lodgers", "--plain", input="yes\n")
    for _ in range(2):
        screen = Screen(example.folder, "subject", "add")
        screen.wait_for("Go on with it?")
        screen.press("\x03")
        assert screen.end() == 2
        assert "the draft is still kept" in screen.screen


def test_a_dry_run_shows_and_keeps_the_answers(example: Ropa) -> None:
    """With --dry-run nothing is written, the record is shown, and the answers wait for the next time."""
    ran = example("subject", "add", "Lodgers", "--plain", "--dry-run", input="yes\n\n\n\n\nw\n")
    assert ran.code == 0, ran
    assert "vulnerable: yes" in ran.out
    assert "Nothing was written (--dry-run)" in ran.err
    assert "go on with: ropa subject add" in ran.err
    assert example("subject", "list", "--text", "Lodgers", "--json").json == []
    again = example("subject", "add", "--plain", "--why", "They moved in", input="1\nw\n")
    assert again.code == 0, again
    assert example("log", "--json").json[0]["why"] == "They moved in"


def test_what_one_question_offers_is_not_offered_at_the_next(example: Ropa) -> None:
    """A question without choices opens no list of those of the question before."""
    screen = _vendor(example.folder, "Newsmail")
    screen.say("In which country", "us")
    screen.wait_for("Which service of it")
    screen.press("Un")
    screen.wait_for("Which service of it")
    assert "United" not in screen.shown.split("Which service of it")[1]
    screen.press("\x03")
    screen.end()


def test_what_enter_would_take_stands_first(example: Ropa) -> None:
    """The letters uk bring up the United Kingdom before Ukraine, which begins like it."""
    screen = _vendor(example.folder, "Newsmail")
    screen.wait_for("In which country")
    screen.press("uk")
    screen.see("Ukraine")
    assert screen.shown.index("United Kingdom") < screen.shown.index("Ukraine")
    screen.press("\x03")
    screen.end()


def test_the_sign_for_back_works_on_a_line_that_is_filled_already(example: Ropa) -> None:
    """Back twice in a row: the answer of before stands in the line, and "<" behind it goes on back; "newsl<" is no name."""
    screen = _vendor(example.folder, "Newsmail")
    screen.say("In which country", "France")
    screen.say("Which service", "Newsletters")
    screen.say("In which countries does it process", "<")
    screen.wait_for("Which service")
    screen.see("> Newsletters")
    screen.see("Enter: take it")
    screen.press("<\r")
    screen.wait_for("In which country is it established")
    screen.see("> France")
    screen.press("<\r")
    screen.wait_for("What is it called")
    screen.press("<\r")
    screen.see("This is the first question.")
    screen.wait_for("What is it called")
    screen.press("\r")
    screen.wait_for("In which country is it established")
    screen.press("\r")
    screen.wait_for("Which service")
    screen.press("\x03")
    screen.end()


def test_a_wrong_choice_does_not_stay_in_the_line(example: Ropa) -> None:
    """What is no choice is told, without the list again, and Enter then skips; leaving keeps no such text for the next question."""
    screen = Screen(example.folder, "activity", "add", "Visitor badges")
    screen.say("do we act for a client", "zzz")
    screen.wait_for("do we act for a client")
    screen.see("! 'zzz' is none of these. Type a number, 1 to 2.")
    assert screen.shown.count("1  controller") == 1, screen.shown
    screen.press("\r")
    screen.wait_for("Which organisation of ours")
    screen.press("Head of HR\r")
    screen.see("none of those that are there")
    screen.wait_for("Which organisation of ours")
    screen.press("\x03")
    screen.end()
    again = Screen(example.folder, "activity", "add")
    again.say("Go on with it?", "1")
    again.wait_for("Which organisation of ours")
    assert "Head of HR" not in again.shown.split("Which organisation of ours")[-1]
    again.press("\x03")
    again.end()


def test_the_menu_wants_enter_as_every_question_does(example: Ropa) -> None:
    """The letter and Enter mend: that Enter skips no question. What is no letter is told without the menu once more."""
    screen = Screen(example.folder, "measure", "add", "Locked room")
    for asked in ("What does it serve", "Is it done by machines", "What could one go", "Anything else"):
        screen.say(asked, "")
    screen.say("What now?", "x")
    screen.see("! 'x' is none of these.")
    screen.wait_for("What now?")
    assert screen.shown.count("w  write it") == 1, screen.shown
    screen.press("m\r")
    screen.wait_for("What does it serve")
    screen.press("\x03")
    screen.end()


def test_a_paste_without_a_frame_stops_at_the_bound(example: Ropa) -> None:
    """A terminal that frames no paste sends single letters: a megabyte of them fills the line, that is told once, and the form goes on."""
    screen = Screen(example.folder, "measure", "add", "Locked room")
    screen.say("What does it serve", "")
    screen.say("Is it done by machines", "")
    screen.wait_for("What could one go")
    screen.type("x" * 1_000_000)
    screen.see("the line is full")
    screen.press("\x15Door shut\r")
    screen.wait_for("Anything else")
    assert "Door shut" in screen.shown
    assert screen.screen.count("the line is full") == 1
    screen.press("\x03")
    screen.end()


def test_a_draft_of_another_name_takes_no_answer_from_a_pipe(example: Ropa) -> None:
    """Answers in a pipe are about the name that is given; the draft is told, and stays."""
    example("subject", "add", "Lodgers", "--plain", input="yes\n")
    ran = example("subject", "add", "Neighbours", "--plain", input="no\nyes\n\n\n\nw\n")
    assert ran.code == 0, ran
    assert "A draft is kept: subject 'Lodgers'" in ran.err
    assert example("subject", "show", "neighbours", "--json").json["vulnerable"] is False
    again = example("subject", "add", "Lodgers", "--plain", input="1\n")
    assert "'Lodgers', 2 answers" in again.err
