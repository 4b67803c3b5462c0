"""`ropa redact`: shown first, asked for, taken out for good; every command that reads the past copes with the mark."""

import subprocess

import pytest

from tests.cli.running import Inside, Ropa, clean, command
from tests.cli.terminal import Terminal
from tests.store.checker import check

NAME = "Wilhelmine Musterfrau"


@pytest.fixture
def named(example: Inside) -> Inside:
    """r2 says the name and a day; r3 says neither."""
    words = ("activity", "set", "PA-0001")
    assert example(*words, f"owner={NAME}", "reviewed_on=2026-01-07", "--why", f"{NAME} told").code == 0
    assert example(*words, "owner=Head of HR", "reviewed_on=", "--why", "new owner").code == 0
    return example


def proven(ropa: Ropa) -> None:
    verdict = ropa("verify", "--json").json
    assert verdict["ok"], verdict
    assert check(ropa.register) == (verdict["hash"], [])


def gone(ropa: Ropa) -> bool:
    return all(NAME.encode() not in p.read_bytes() for p in ropa.register.parent.rglob("*") if p.is_file())


def test_it_is_shown_and_agreed_to(named: Inside) -> None:
    """A dry run and a pipe without --yes change no byte; both show what would go and where it stands besides."""
    before = named.register.read_bytes()
    for how, code in (("--dry-run", 0), ("--why=asked", 2)):
        ran = named("redact", "PA-0001", "owner", "--as-of", "r2", how)
        assert ran.code == code, ran
        for said in (
            NAME,
            "PA-0001 owner: r2",
            "command line: r2",
            "reason: r2",
            "--everywhere",
            "Nothing was written" if code == 0 else "--yes",
        ):
            assert said in ran.out + ran.err, said
    assert named.register.read_bytes() == before


def test_everything_of_it_goes(named: Inside) -> None:
    """Nothing is left of the name; who took it out, when and why is in the log, and a seal made before still holds."""
    assert named("seal", "--out", "seal.txt").code == 0
    ran = named("redact", "PA-0001", "owner", "--as-of", "r2", "--everywhere", "--yes", "--why", "Art. 17")
    assert ran.code == 0, ran
    assert gone(named)
    proven(named)
    assert named("verify", "--seal", "seal.txt").code == 0
    newest, _, second, _ = named("log", "--json").json
    assert (newest["revision"], newest["why"], newest["actor"]) == (4, "Art. 17", "Head of Privacy")
    assert second["why"] == "(redacted in r4) told"
    assert "owner=(redacted in r4)" in second["command"]


def test_several_values_are_told_apart_by_when_they_stood(named: Inside) -> None:
    """The owner was two others before: none goes unless it is said which; the other one stays."""
    assert named("activity", "set", "PA-0001", "owner=Head of Pay").code == 0
    ran = named("redact", "PA-0001", "owner", "--why", "x", "--yes")
    assert ran.code == 2
    assert f"  --as-of r2: {NAME}" in ran.err
    assert "  --as-of r1: Head of HR" in ran.err
    assert named("redact", "PA-0001", "owner", "--why", "x", "--yes", "--as-of", "r2").code == 0
    owners = [
        named("activity", "show", "PA-0001", "--json", "--as-of", f"r{n}").json["owner"] for n in (1, 2, 3, 4)
    ]
    assert owners == ["Head of HR", "(redacted in r5)", "Head of HR", "Head of Pay"]


def test_what_is_in_force_is_changed_first(named: Inside) -> None:
    """The refusal is one line, with the command."""
    for words in (("PA-0001", "department"), ("PA-0002", "owner")):
        line = named.refused("redact", *words, "--why", "x", "--yes")
        assert f"Change it first: ropa activity set {words[0]} {words[1]}=" in line


def test_a_reason_goes_out_of_its_command_line_too(named: Inside) -> None:
    """The command line of a revision says its reason again; nobody who takes out the one means to keep the other."""
    example = named
    assert example("redact", "r2", "why", "--why", "Art. 17", "--yes").code == 0
    second = example("log", "--json", "--limit", "9").json[-2]
    assert second["why"] == "(redacted in r4)"
    assert "told" not in second["command"]
    assert f"owner={NAME}" in second["command"], "what the reason does not say stays"
    proven(example)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("PA-9999", "owner"), "no record 'PA-9999'"),
        (("PA-0001", "ownr"), "owner"),
        (("PA-0001", "decision_logic"), "holds no decision_logic"),
        (("PA-0001", "status"), "without it"),
        (("r99", "why"), "no revision r99"),
        (("r0", "why"), "no revision r0"),
        (("r1", "hash"), "actor, why or command"),
        (("r1", "why", "--as-of", "r1"), "no past"),
        (("PA-0001", "owner", "--as-of", "r99"), "no revision r99"),
    ],
)
def test_a_mistake_is_one_line(named: Inside, words: tuple[str, ...], said: str) -> None:
    """And loses nothing."""
    before = named.register.read_bytes()
    assert said in named.refused("redact", *words, "--why", "x", "--yes")
    assert named.register.read_bytes() == before


def test_twice_is_once(named: Inside) -> None:
    """The second time nothing is written, and it is no fault."""
    words = ("redact", "PA-0001", "reviewed_on", "--as-of", "r2", "--why", "x", "--yes")
    assert named(*words).code == 0
    again = named(*words)
    assert again.code == 0
    assert "nothing of it is left in the history, (redacted in r4)" in again.err
    assert named("log", "--json").json[0]["revision"] == 4


def test_a_terminal_asks_for_the_reason_and_the_yes(named: Inside) -> None:
    """Who says no has changed nothing."""
    before = named.register.read_bytes()
    terminal = Terminal(named.folder, "redact", "PA-0001", "reviewed_on", "--as-of", "r2")
    terminal.wait_for("needs a reason. Why?")
    terminal.type("asked\n")
    terminal.wait_for("Take it out for good?")
    terminal.type("n\n")
    assert terminal.end() == 2
    assert named.register.read_bytes() == before


def test_a_register_that_may_not_be_written_stays(named: Inside) -> None:
    """One line says so, before anything is promised; nothing is left beside the file."""
    with named.register.open(
        "r+b"
    ) as file:  # the write version of the format: what it does not know SQLite only reads
        file.seek(18)
        file.write(b"\x03")
    before = named.register.read_bytes()
    ran = named("redact", "PA-0001", "reviewed_on", "--as-of", "r2", "--why", "x", "--yes")
    assert ran.code == 2
    assert ran.err.splitlines()[-1].endswith(
        "the register may not be written here. Mend the rights of the file and its folder."
    )
    assert named.register.read_bytes() == before
    assert [path.name for path in named.register.parent.iterdir()] == ["register.db"]


def test_two_at_once(named: Inside, ropa: Ropa) -> None:
    """Of two who redact and one who writes none is half done: each either wrote its revision or says why not, and the proof holds."""
    words = [
        ("redact", "PA-0001", "owner", "--as-of", "r2", "--everywhere"),
        ("redact", "PA-0001", "owner", "--as-of", "r2", "--everywhere"),
        ("activity", "set", "PA-0002", "owner=Somebody"),
    ]
    started = [
        subprocess.Popen(
            command(*each, "--why", "x", "--yes"),
            cwd=named.folder,
            env=clean(named.folder),
            text=True,
            stderr=subprocess.PIPE,
        )
        for each in words
    ]
    ended = [(process.communicate()[1], process.returncode) for process in started]
    assert all("Traceback" not in said and code in (0, 2) for said, code in ended), ended
    wrote = sum("Written as r" in said for said, _ in ended)
    proven(named)
    assert named("log", "--json").json[0]["revision"] == 3 + wrote
    for said, code in ended:
        assert (code == 0) == ("Written as r" in said or "nothing of it is left" in said), said
    assert wrote >= 1
    if any("Written as r" in said for said, _ in ended[:2]):
        assert gone(named)


def test_the_past_says_unknown_and_not_blank(named: Inside) -> None:
    """Every command that reads that day says so, none takes it for a gap or a day that falls due, and none stops."""
    assert named("redact", "PA-0001", "reviewed_on", "--as-of", "r2", "--why", "x", "--yes").code == 0
    mark = "(redacted in r4)"
    shown = named("activity", "show", "PA-0001", "--as-of", "r2")
    assert f"Reviewed on          {mark}" in shown.out
    assert (
        f"Unknown, not blank, for it was taken out of the history since: PA-0001 reviewed_on {mark}."
        in shown.err
    )
    listed = named(
        "activity", "list", "--as-of", "r2", "--sort", "reviewed_on", "--columns", "ref,reviewed_on", "--csv"
    )
    assert ["PA-0001", mark] in listed.rows
    assert "PA-0001" not in named("activity", "list", "--as-of", "r2", "--where", "reviewed_on=").out
    gaps = named("gaps", "--as-of", "r2", "--json").json
    assert gaps["unknown"] == [{"kind": "activity", "ref": "PA-0001", "field": "reviewed_on", "mark": mark}]
    assert not [one for one in gaps["findings"] if one["ref"] == "PA-0001" and "reviewed_on" in one["field"]]
    assert "first review" not in named("due", "--as-of", "r2").out
    assert mark in named("log", "PA-0001", "reviewed_on").out
    for layout in ("json", "yaml", "article30"):
        assert named("export", "--layout", layout, "--as-of", "r2", "--force").code == 0
    text = next((named.folder / "exports").glob("*.yaml")).read_text("utf-8")
    assert text.count(mark) == 1
    assert "Taken out of the history: PA-0001 reviewed_on (r2), command line (r2)" in named("log").out
    assert "taken out of 2 texts of the past on purpose" in named("verify").out


def test_it_does_not_come_back_into_force(named: Inside) -> None:
    """Not by an undo of what changed it, of the redaction itself, nor by an import of the past; each says why in its lines."""
    assert named("export", "--layout", "json", "--as-of", "r2", "--out", "then.json").code == 0
    assert named("redact", "PA-0001", "owner", "--as-of", "r2", "--why", "x", "--yes").code == 0
    undone = named("undo", "r3", "--why", "x", "--yes")
    assert undone.code == 2
    assert (
        "PA-0001 Payroll: owner, what stood there before was taken out of the history (redacted in r4)"
        in undone.err
    )
    assert "nobody can bring that back" in named.refused("undo", "--why", "x", "--yes")
    assert named("export", "--layout", "json", "--as-of", "r2", "--out", "since.json").code == 0
    assert "nobody can bring it back" in named("import", "since.json", "--yes").err
    assert named("log", "--json").json[0]["revision"] == 4


def test_a_ref_made_of_a_name(example: Inside) -> None:
    """Told with the way out while it is in force; after a rename it goes out of the past."""
    assert example("vendor", "add", NAME).code == 0
    slug = "wilhelmine-musterfrau"
    assert f"ropa vendor rename {slug} NEW" in example.refused("redact", slug, "ref", "--why", "x", "--yes")
    assert example("vendor", "rename", slug, "Consultant").code == 0
    told = example("redact", slug, "name", "--as-of", "r2", "--why", "x", "--dry-run")
    assert f"the vendor {slug}. Rename it" in told.out
    assert example("vendor", "rename", slug, "consultant", "--yes").code == 0
    assert example("redact", "consultant", "ref", "--why", "x", "--yes").code == 0
    assert (
        example("redact", "consultant", "name", "--as-of", "r2", "--why", "x", "--yes", "--everywhere").code
        == 0
    )
    proven(example)
    assert gone(example)
    assert slug.encode() not in example.register.read_bytes()
    assert example("log", "consultant").code == 0


def test_copies_that_hold_it_are_named(named: Inside) -> None:
    """Those made by ropa and those set aside; elsewhere nobody can look."""
    assert named("backup", "data/register-mine.db").code == 0
    (named.folder / "data" / "backups").mkdir()
    assert named("backup", "data/backups").code == 0
    ran = named("redact", "PA-0001", "owner", "--as-of", "r2", "--why", "x", "--yes", "--json")
    assert [path.rsplit("/", 1)[-1][:9] for path in ran.json["copies"]] == ["register-", "register-"]
    again = named("redact", "r2", "why", "--why", "x", "--yes")
    assert "data/register-mine.db" in again.err
    assert "may hold it still" in again.err
