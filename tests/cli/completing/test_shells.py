"""Completion in real shells, key by key: what stands on the command line after Tab."""

import shutil
import sys
from pathlib import Path

import pexpect
import pytest

from tests.cli.running import TREE, Inside, clean

TYPED = [
    ("ropa activi", "ropa|activity|"),
    ("ropa activity sho", "ropa|activity|show|"),
    ("ropa activity show PA-0001", "ropa|activity|show|PA-0001|"),
    ("ropa activity show Payrol", "ropa|activity|show|PA-0001|"),
    ("ropa vendor show mockm", "ropa|vendor|show|mockmail|"),
    ("ropa activity set PA-0001 owne", "ropa|activity|set|PA-0001|owner=|"),
    ("ropa activity set PA-0001 status=susp", "ropa|activity|set|PA-0001|status=suspended|"),
    (
        "ropa activity set PA-0001 purposes.1.legal_basis='6(1)(b",
        "ropa|activity|set|PA-0001|purposes.1.legal_basis=6(1)(b)|",
    ),
    (
        "ropa activity set PA-0001 purposes.1.legal_basis=6\\(1\\)\\(b",
        "ropa|activity|set|PA-0001|purposes.1.legal_basis=6(1)(b)|",
    ),
    ("ropa activity set PA-0001 recipients+=mockm", "ropa|activity|set|PA-0001|recipients+=mockmail|"),
    ("ropa activity list --vendor mockm", "ropa|activity|list|--vendor|mockmail|"),
    ("ropa activity list --vendor=mockm", "ropa|activity|list|--vendor=mockmail|"),
    ("ropa vendor set mockmail country=Norw", "ropa|vendor|set|mockmail|country=NO|"),
    ("ropa vendor set mockmail country=Sw", "ropa|vendor|set|mockmail|country=Sw|"),
    ("ropa activity list --basis con", "ropa|activity|list|--basis|con|"),
    ("ropa rules show L10", "ropa|rules|show|L10|"),
    ("ropa rules show L101", "ropa|rules|show|L101|"),
    ("ropa import data/reg", "ropa|import|data/register.db|"),
]
"""What is typed, and what stands on the line after Tab: one word that fits is put in; several leave what is typed."""
OTHERS = {"zsh": ("-f", "-i", "+o", "prompt_cr"), "fish": ("--no-config", "-i")}
"""How the other shells start with nothing of the user's."""


def started(folder: Path, shell: str, *words: str, **env: str) -> pexpect.spawn:
    """A shell with nothing of the user's in it, in which `ropa` is this program, completed by the script that it prints."""
    bin_ = folder / "bin"
    bin_.mkdir()
    (bin_ / "ropa").write_text(f'#!/bin/sh\nexec {sys.executable} -m ropa "$@"\n')
    (bin_ / "ropa").chmod(0o755)
    env = clean(folder, TERM="dumb", **env)
    env["PATH"] = f"{bin_}:{env['PATH']}:/usr/bin:/bin"
    child = pexpect.spawn(
        shutil.which(shell) or shell,
        [*words],
        cwd=str(folder),
        env=env,
        encoding="utf-8",
        timeout=30,
        dimensions=(40, 200),
    )
    if shell == "fish":
        # Colours, suggestions and the marks of a prompt would stand between the words.
        child.sendline("function fish_prompt; echo 'ready> '; end; set -g fish_autosuggestion_enabled 0")
        child.sendline("ropa completion fish | source; echo DONE: | tr D d")
        child.expect("dONE:")
    else:
        # zsh would write a mark for pasting behind each prompt, after which no prompt ends the line.
        child.sendline("unset zle_bracketed_paste; PS1='ready> '")
        child.expect("ready> $")
        child.sendline(f'eval "$(ropa completion {shell})"')
    child.expect("ready> $" if shell != "fish" else "ready> ")
    return child


def completed(child: pexpect.spawn, typed: str) -> str:
    """Type, press Tab, and let the shell itself say what stands on its line, words parted by |."""
    child.send(f"{typed}\t")
    child.send("\x01printf '%s|' DONE: \x05 ; echo\n")  # to the beginning of the line, to its end, and run it
    child.expect(r"DONE:\|([^\r\n]*)\r")
    return str(child.match.group(1)).strip()


@pytest.mark.parametrize(("typed", "stands"), TYPED)
def test_tab_in_bash(example: Inside, typed: str, stands: str) -> None:
    """One word that fits is put in, with the quotation marks it needs; several leave what is typed."""
    child = started(example.folder, "bash", "--norc", "--noprofile", "-i")
    try:
        assert completed(child, typed) == stands
    finally:
        child.close(force=True)


def test_the_list_in_bash_shows_names(example: Inside) -> None:
    """Tab twice: refs, each with its name in brackets."""
    child = started(example.folder, "bash", "--norc", "--noprofile", "-i")
    try:
        child.send("ropa activity show PA-000\t\t")
        child.expect(r"PA-0001  \(Payroll\)")
    finally:
        child.close(force=True)


def test_the_script_put_in_place_works_in_a_new_bash(example: Inside) -> None:
    """`ropa completion bash --install`, then a new interactive bash reads its start file and completes."""
    assert example("completion", "bash", "--install").code == 0
    child = started(example.folder, "bash", "--noprofile", "-i")
    try:
        child.sendline("complete -r ropa; source ~/.bashrc")
        child.expect("ready> $")
        assert completed(child, "ropa vendor show mockm") == "ropa|vendor|show|mockmail|"
    finally:
        child.close(force=True)


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_tab_in_zsh_and_fish(example: Inside, shell: str) -> None:
    """What bash puts in, they put in: a ref by its name, a field, a value with its brackets, an option's value, a file."""
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed here")
    child = started(example.folder, shell, *OTHERS[shell])
    try:
        for typed, stands in TYPED:
            assert completed(child, typed) == stands
    finally:
        child.close(force=True)


@pytest.mark.skipif(not shutil.which("fish"), reason="fish is not installed here")
def test_fish_is_told_what_may_follow(example: Inside) -> None:
    """Fish's own `complete -C` says what Tab would offer: each word with its help."""
    import subprocess

    line = f"source {TREE}/ropa/cli/completing/scripts/fish; function ropa; {sys.executable} -m ropa $argv; end; "
    done = subprocess.run(
        ["fish", "--no-config", "-c", line + "complete -C 'ropa activity show PA-000'"],
        env=clean(example.folder), cwd=example.folder, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines()[0] == "PA-0001\tPayroll"
    assert len(done.stdout.splitlines()) == 9
