"""What may follow, asked of the real program as a shell asks it."""

import re
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

from tests.cli.running import Inside, clean, command

TREE = Path(__file__).resolve().parents[3]


def asked(folder: Path, typed: str, shell: str = "fish", **env: str) -> list[str]:
    """The lines that a shell gets for what is typed, in a process of its own; anything else than them is a failure."""
    if shell == "bash":
        env |= {"_ROPA_LINE": typed, "_ROPA_POINT": str(len(typed.encode()))}
    else:
        env |= {"_ROPA_WORDS": typed.replace(" ", "\n") + "."}
    done = subprocess.run(
        command()[:3],
        env=clean(folder, _ROPA_COMPLETE=shell, **env),
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done
    return done.stdout.splitlines()


def words(lines: list[str]) -> list[str]:
    return [line.split("\t")[0] for line in lines]


@pytest.mark.parametrize(
    ("typed", "there", "absent"),
    [
        ("ropa ", "activity", "list"),
        ("ropa act", "activity", "vendor"),
        ("ropa activity ", "review", "activity"),
        ("ropa activity list --st", "--status", "--json"),
        ("ropa activity list --json --", "--csv", "--json"),
        ("ropa activity show ", "PA-0001", "mockmail"),
        ("ropa vendor show ", "mockmail", "PA-0001"),
        ("ropa --db data/register.db vendor show moc", "mockmail", "musterhafen"),
        ("ropa vendor show --db=data/register.db moc", "mockmail", "musterhafen"),
        ("ropa activity show --db data/register.db PA-0002 PA-", "PA-0001", "mockmail"),
        ("ropa activity remove PA-0002 ", "PA-0001", "mockmail"),
        ("ropa vendor rename ", "mockmail", "PA-0001"),
        ("ropa vendor copy moc", "mockmail", "musterfeld"),
        ("ropa undo ", "r1", "PA-0001"),
        ("ropa diff ", "r1", "PA-0001"),
        ("ropa diff r1 ", "now", "PA-0001"),
        ("ropa activity set ", "PA-0001", "owner="),
        ("ropa activity set PA-0001 ", "owner=", "colour="),
        ("ropa activity set PA-0001 purposes.*.", "purposes.*.legal_basis=", "owner="),
        ("ropa activity set --basis consent purposes.", "purposes.*.", "PA-0001"),
        ("ropa activity set --basis consent ", "owner=", "colour="),
        ("ropa activity set PA-0001 rec", "recipients+=", "owner="),
        ("ropa activity set PA-0001 status=", "status=active", "status=red"),
        ("ropa activity set PA-0001 purposes.", "purposes.1.", "purposes.99."),
        ("ropa activity set PA-0001 purposes.1.", "purposes.1.legal_basis=", "owner="),
        (
            "ropa activity set PA-0001 purposes.1.legal_basis=6(1)",
            "purposes.1.legal_basis=6(1)(b)",
            "purposes.1.legal_basis=9(2)(a)",
        ),
        ("ropa activity set PA-0001 recipients+=mo", "recipients+=mockmail", "recipients+=musterhafen"),
        ("ropa activity set PA-0001 data+=email", "data+=email-address", "data+=name"),
        ("ropa activity set PA-0001 children=", "children=yes", "children=perhaps"),
        ("ropa vendor set mockmail country=F", "country=FR", "country=DE"),
        ("ropa activity list --vendor mo", "mockmail", "musterhafen"),
        ("ropa activity list --vendor=mo", "--vendor=mockmail", "mockmail"),
        ("ropa activity list --status !en", "!ended", "ended"),
        ("ropa activity list --basis 6", "6(1)(a)", "9(2)(a)"),
        ("ropa activity list --basis con", "6(1)(a)", "6(1)(f)"),
        ("ropa activity list --where own", "owner=", "name="),
        ("ropa activity list --where purposes.", "purposes.legal_basis=", "purposes.1."),
        ("ropa activity list --where purposes.legal_basis!=cons", "purposes.legal_basis!=6(1)(a)", "6(1)(a)"),
        ("ropa vendor list --owner Head", "Head of HR", "DPO office"),
        ("ropa vendor list --country Swit", "CH", "SE"),
        ("ropa vendor set mockmail country=Norw", "country=NO", "country=KP"),
        ("ropa transfer show Norw", "NO", "KP"),
        ("ropa activity list --columns ref,na", "ref,name", "name"),
        ("ropa rules show L1", "L101", "ROPA-L101"),
        ("ropa rules show ROPA-L1", "ROPA-L101", "L101"),
        ("ropa waive A104 PA-", "PA-0001", "A104"),
        ("ropa export --layout ", "article30", "PA-0001"),
        ("ropa gaps --severity ", "missing", "PA-0001"),
        ("ropa notice show ", "staff", "mockmail"),
        ("ropa log ", "PA-0001", "--json"),
        ("ropa help leg", "legal-basis", "retention"),
        ("ropa help act", "activity", "legal-basis"),
        ("ropa help recip", "recipients", "retention"),
        ("ropa help A10", "A104", "legal-basis"),
        ("ropa import da", "data/", "PA-0001"),
        ("ropa completion ", "fish", "PA-0001"),
    ],
)
def test_what_may_follow(example: Inside, typed: str, there: str, absent: str) -> None:
    """Commands, verbs, options, refs, fields, values, rule ids, layouts: what fits the place, and nothing else."""
    found = words(asked(example.folder, typed))

    assert absent not in found
    assert there in found


def test_a_ref_comes_with_its_name(example: Inside) -> None:
    """Where the shell shows help, the name stands beside the ref; a name that is typed finds its ref."""
    assert "PA-0001\tPayroll" in asked(example.folder, "ropa activity show PA-0001")
    assert asked(example.folder, "ropa activity show payrol") == ["PA-0001\tPayroll"]


def test_every_word_of_every_command_may_be_asked_for(example: Inside) -> None:
    """No command, verb or option stops with an error: each answers after a space."""
    from ropa.cli.app import COMMANDS

    for name in COMMANDS:
        asked(example.folder, f"ropa {name} ")
        assert "--help" in words(asked(example.folder, f"ropa {name} --"))


def spoiled(path: Path, how: str) -> None:
    if how == "missing":
        path.unlink()
    elif how == "folder":
        path.unlink()
        path.mkdir()
    elif how == "text":
        path.write_text("no database\n" * 500)
    elif how == "torn":
        path.write_bytes(path.read_bytes()[:20_000])
    elif how == "foreign":
        path.unlink()
        with sqlite3.connect(path) as file:
            file.execute("create table songs (title text)")
    else:
        with sqlite3.connect(path) as file:
            file.execute("update alembic_version set version_num = '9999'")


@pytest.mark.parametrize("how", ["missing", "folder", "text", "torn", "foreign", "newer"])
def test_without_a_register_to_read_there_is_silence(example: Inside, how: str) -> None:
    """No register, or one that cannot be read: no word, no error, exit 0; and no file is made."""
    spoiled(example.register, how)
    before = sorted(example.register.parent.iterdir())
    assert asked(example.folder, "ropa activity show PA") == []
    assert asked(example.folder, "ropa activity show PA", ROPA_DB="data/register.db") == []
    assert sorted(example.register.parent.iterdir()) == before


def test_a_locked_register_is_silent(example: Inside) -> None:
    """While somebody holds the file for a write there are no names, and no waiting for them."""
    with sqlite3.connect(example.register, isolation_level=None) as other:
        other.execute("begin exclusive")
        assert asked(example.folder, "ropa activity show PA") == []
        other.execute("rollback")
    other.close()
    assert asked(example.folder, "ropa activity show PA")


@pytest.mark.parametrize(
    "env",
    [
        {"_ROPA_COMPLETE": "bash"},
        {"_ROPA_COMPLETE": "bash", "_ROPA_LINE": "ropa", "_ROPA_POINT": "many"},
        {"_ROPA_COMPLETE": "nonsense"},
        {"_ROPA_COMPLETE": "zsh"},
        {"_ROPA_COMPLETE": "bash", "_ROPA_LINE": "ropa 'x \\", "_ROPA_POINT": "9"},
        {"_ROPA_COMPLETE": "fish", "_ROPA_WORDS": "ropa\nactivity\nset\nPA-0001\nx.y.1.z=."},
    ],
)
def test_nonsense_is_answered_with_silence(example: Inside, env: dict[str, str]) -> None:
    """Whatever a shell hands over: no error, exit 0."""
    done = subprocess.run(
        command()[:3],
        env=clean(example.folder, **env),
        cwd=example.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "")


def test_a_hostile_name_is_shown_and_not_obeyed(example: Inside) -> None:
    """Escapes, line ends, quotation marks of a name arrive as letters on its one line."""
    name = "a'b \x1b[31m $(touch hacked) `x` \u202e"
    example.bring(activities=[{"ref": "PA-0099", "name": name, "owner": "it's \x1b]0;x\x07"}])
    for shell in ("bash", "zsh", "fish", "powershell"):
        lines = asked(example.folder, "ropa activity show PA-", shell)
        assert len(lines) == 30
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202e]", "".join(lines))
    assert not (example.folder / "hacked").exists()


def test_a_ref_is_completed_without_anything_heavy(example: Inside) -> None:
    """The time of completion is Python, typer and one select: neither models, nor SQLAlchemy, nor pandas are loaded."""
    code = (
        "import sys\nfrom ropa.cli import main\n"
        "try:\n    main([])\nexcept SystemExit:\n    print(*sorted(sys.modules), file=sys.stderr)"
    )
    for typed in (
        "activity\nshow\nPA",
        "activity\nset\nPA-0001\npurposes.1.legal_basis=",
        "activity\nlist\n--vendor\ns",
    ):
        done = subprocess.run(
            [command()[0], "-c", code],
            env=clean(example.folder, _ROPA_COMPLETE="fish", _ROPA_WORDS=f"ropa\n{typed}."),
            cwd=example.folder,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout
        loaded = {name.split(".")[0] for name in done.stderr.split()}
        heavy = "pydantic sqlmodel sqlalchemy alembic pandas numpy openpyxl xlsxwriter yaml lxml rapidfuzz rich prompt_toolkit"
        assert not loaded & set(heavy.split())


def test_the_reader_knows_the_tables_of_the_register(example: Inside) -> None:
    """The names that the short select uses are those of the real tables: it finds what loading finds, kind by kind."""
    from ropa.model.register import KINDS
    from ropa.store.load import load
    from ropa.store.names import Names
    from ropa.store.open import open_store

    store, names = open_store(str(example.register)), Names(str(example.register))
    register = load(store)
    for kind in KINDS:
        assert dict(names.of(kind)) == {r.ref: r.name for r in register.records[kind].values()}
    ours = {o.ref for o in register.organisations.values() if o.ours}
    assert {ref for ref, _ in names.of("organisation", ours=True)} == ours
    assert not ours & {ref for ref, _ in names.of("organisation", ours=False)}
    activity = register.activities["PA-0001"]
    assert names.many("activity", "PA-0001", "purposes") == len(activity.purposes)
    assert activity.owner in names.used("activity", "owner")
    assert names.last() is not None
    assert names.last()[0] == register.revision  # type: ignore[index]


def test_a_place_with_strange_signs_is_read(example: Inside) -> None:
    """The file's name may hold what means something in a URI."""
    strange = example.folder / "a?b #c%20.db"
    shutil.copy(example.register, strange)
    assert asked(example.folder, "ropa activity show PA-0001", ROPA_DB=str(strange))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_the_script_is_shown_and_put_in_place(quick: Inside, shell: str) -> None:
    """The script is printed; put in place twice it stands once, and the start file keeps what it said."""
    script = quick("completion", shell)
    assert (script.code, script.err) == (0, "")
    assert "_ROPA_COMPLETE" in script.out
    if shell == "powershell":
        assert "$PROFILE" in quick.refused("completion", shell, "--install")
        return
    start = quick.folder / f".{shell}rc"
    start.write_text("alias ll='ls -l'")
    for _ in range(2):
        assert quick("completion", shell, "--install", SHELL=f"/bin/{shell}").code == 0
    written = [p for p in quick.folder.rglob("*") if p.is_file() and p.read_text() == script.out]
    assert len(written) == 1
    lines = start.read_text().splitlines()
    assert lines[0] == "alias ll='ls -l'"
    assert len(lines) == (1 if shell == "fish" else 2)


def test_a_shell_that_is_not_known(quick: Inside) -> None:
    """One line, with those there are."""
    assert "bash, zsh, fish or powershell" in quick.refused("completion", "tcsh")
    assert "Name one" in quick.refused("completion", SHELL="")
