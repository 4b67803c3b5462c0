"""The example of every help, and the commands of every topic, run against the shipped example organisation."""

import re
import shlex
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from ropa.cli.app import COMMANDS, app
from ropa.cli.topics import topic, topics
from tests.cli.conftest import NOTICE
from tests.cli.running import TREE, Inside


def commands() -> Iterator[tuple[str, Any]]:
    """Every command that there is, with its words, out of the real tree."""
    root: Any = typer.main.get_command(app)
    waiting = [((name,), root.resolve_command(typer.Context(root), [name])[1]) for name in COMMANDS]
    while waiting:
        words, real = waiting.pop(0)
        verbs = getattr(real, "commands", {})
        if not verbs or real.invoke_without_command:
            yield " ".join(words), real
        waiting += [((*words, verb), one) for verb, one in verbs.items()]


def example_of(command: Any) -> str:
    said = f"{command.help or ''}\n\n{command.epilog or ''}"
    found = re.search(r"Example: (ropa .+)", said)
    return found[1].strip() if found else ""


EVERY = dict(commands())


@pytest.mark.parametrize("words", EVERY)
def test_every_help_has_an_example(words: str) -> None:
    """The help of each command shows one use of that very command."""
    example = example_of(EVERY[words])
    assert example.startswith(f"ropa {words}"), f"ropa {words} --help shows: {example or 'no example'}"


FACTS = TREE / "ropa" / "reference" / "data" / "adequacy.csv"
"""A table of facts as somebody would hand it in."""
PREPARED = {
    "unwaive": "waive A108 PA-0004 --reason 'agreed in spring'",
    **{
        f"{noun} unstate": f"{noun} state {ref} {about} --reason 'why it does not apply'"
        for noun, ref, about in (
            ("activity", "PA-0001", "transfers"), ("vendor", "mockmail", "representative"),
            ("entity", "musterfeld", "representative"),
            ("data", "email-address", "description"), ("subject", "applicants", "description"),
            ("retention", "applicants-6m", "criterion"), ("system", "log-server", "vendor"),
            ("measure", "separation", "dpv_iri"), ("notice", "staff", "minimum_age"),
        )
    },
    **{
        f"{noun} remove": f"{noun} add doubled"
        for noun in ("vendor", "entity", "data", "subject", "retention", "system", "measure", "notice")
    },
    "facts unuse": "facts use adequacy.csv",
    "facts diff": "facts use adequacy.csv",
    "rescue": "backup register-copy.db",
    "redact": "activity set PA-0001 description='Another one'",
    "restore": "backup register-copy.db",
    "undo": "activity set PA-0001 owner='HR desk'",
    "verify": "export --out article-30.xlsx",
    "diff article-30.xlsx": "export --out article-30.xlsx",
    "verify --seal": "seal --out seal.txt",
    "import their-register.xlsx": "export --layout ico-controller --out their-register.xlsx",
}  # fmt: skip
"""What has to be so before an example does something."""
ELSEWHERE = {"init": "a register is there already"}
INTERACTIVE = ("edit", "fix")
"""Verbs that open an editor, or ask one question after the other; they are tried in a terminal of their own tests."""


@pytest.mark.parametrize(
    "words", [w for w in EVERY if w not in ELSEWHERE and w.split()[-1] not in INTERACTIVE]
)
def test_every_example_does_what_it_says(example: Inside, words: str) -> None:
    """Typed as it stands, in a folder with the example register, it is no wrong use. Exit 1 only says that gaps were found."""
    shutil.copy(NOTICE, example.folder / "privacy-notice.html")
    shutil.copy(FACTS, example.folder / "adequacy.csv")
    if words in PREPARED:
        assert example(*shlex.split(PREPARED[words])).code == 0
    line = example_of(EVERY[words])
    ran = example(*shlex.split(line)[1:])
    if ran.code == 2 and "--yes" in ran.err:  # it asks first, and nobody is there to answer
        ran = example(*shlex.split(line)[1:], "--yes")
    assert ran.code in (0, 1), (line, ran)
    assert "Traceback" not in ran.err


FURTHER = [
    (words, line)
    for words, command in EVERY.items()
    for line in re.findall(r"Example: (ropa .+)", f"{command.help or ''}\n{command.epilog or ''}")[1:]
    if words.split()[-1] not in INTERACTIVE
]
"""The other uses that a help shows, each on a line of its own."""


@pytest.mark.parametrize(("words", "line"), FURTHER)
def test_further_examples_do_what_they_say(example: Inside, words: str, line: str) -> None:
    """A second use in a help is as right as the first."""
    assert line.startswith(f"ropa {words}")
    assert "Example:" not in line
    shutil.copy(NOTICE, example.folder / "privacy-notice.html")
    shutil.copy(FACTS, example.folder / "adequacy.csv")
    (example.folder / f"new-{line.split()[1]}.yaml").write_text("name: Taken over\n", encoding="utf-8")
    if "-=" in line:
        assert example(*shlex.split(line.replace("-=", "+="))[1:]).code == 0
    for beginning, before in PREPARED.items():
        if f"{line} ".startswith(f"ropa {beginning} "):
            assert example(*shlex.split(before)).code == 0
    assert example(*shlex.split(line)[1:]).code in (0, 1), line


def test_init_does_what_its_example_says(quick: Inside) -> None:
    """In an empty folder."""
    assert quick(*shlex.split(example_of(EVERY["init"]))[1:]).code == 0


@pytest.mark.parametrize("name", topics())
def test_a_topic_teaches_on_one_screen(example: Inside, name: str) -> None:
    """About twenty lines of 80 columns, with law, a good and a bad example, and commands that work as they stand."""
    ran = example("help", name)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert 15 <= len(lines) <= 23
    assert max(map(len, lines)) <= 80
    assert "\nGood  " in ran.out
    assert "\nBad   " in ran.out
    assert "Art. " in ran.out
    typed = re.findall(r"^  (ropa .+)$", topic(name), re.MULTILINE)
    assert len(typed) >= 3
    for line in typed:
        done = example(*shlex.split(line)[1:])
        assert done.code == 0, (line, done)


def test_help_alone_lists_the_topics(quick: Inside) -> None:
    """All of them, each with a line; and a command's help by its name."""
    ran = quick("help")
    assert ran.code == 0
    assert all(f"  {name}" in ran.out for name in topics())
    assert quick("help", "activity", "set").out == quick("activity", "set", "--help").out
    assert "legal-basis" in quick.refused("help", "legal-bassis")
    assert quick("help", "Legal basis").out == topic("legal-basis")
