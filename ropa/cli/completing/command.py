"""`ropa completion`: the script that makes a shell complete ropa's words, shown or put in place."""

import os
from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

SHELLS = ("bash", "zsh", "fish", "powershell")


def completion(
    shell: Annotated[str, typer.Argument(help="bash, zsh, fish or powershell; else the one you use.")] = "",
    install: Annotated[bool, typer.Option("--install", help="Put it in place for you.")] = False,
) -> None:
    """Let the Tab key complete commands, refs, fields and values. Shows the shell's script, or puts it in place.

    The scripts for bash, zsh and fish are tried in these shells. The one for PowerShell was not run yet.

    Example: ropa completion bash --install
    """
    from ropa.cli.console import talk
    from ropa.errors import Refused
    from ropa.words import listing

    chosen = shell.lower().removesuffix(".exe") or _own()
    chosen = "powershell" if chosen == "pwsh" else chosen
    if chosen not in SHELLS:
        what = f"'{chosen}' is no shell that ropa knows." if chosen else "which shell you use is not known."
        raise Refused(what, do=f"Name one: {listing(SHELLS, 'or')}.")
    script = (Path(__file__).with_name("scripts") / chosen).read_text(encoding="utf-8")
    if not install:
        return print(script, end="")
    if chosen == "powershell":
        raise Refused(
            "PowerShell alone knows where its profile is.",
            do="Type there: ropa completion powershell >> $PROFILE",
        )
    try:
        place = _installed(chosen, script)
    except OSError as error:
        raise Refused(f"it cannot be written: {error.strerror}.", at=str(error.filename)) from error
    return talk(f"Written to {place}. Open a new terminal, type: ropa activity show, a space, and press Tab.")


def _own() -> str:
    return "powershell" if os.name == "nt" else Path(os.environ.get("SHELL", "")).name


def _installed(shell: str, script: str) -> Path:
    """Write the script where the shell finds it, and one line into its start file where it needs one."""
    home = Path.home()
    if shell == "fish":
        place = (
            Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "fish" / "completions" / "ropa.fish"
        )
    else:
        place = (
            Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
            / "ropa"
            / f"completion.{shell}"
        )
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(script, encoding="utf-8")
    if shell != "fish":
        start = home / ".bashrc" if shell == "bash" else Path(os.environ.get("ZDOTDIR") or home) / ".zshrc"
        _add_line(start, f"source {quote(str(place))}")
    return place


def _add_line(start: Path, line: str) -> None:
    """The line at the end of a start file that lacks it; what stands there stays."""
    said = start.read_bytes() if start.exists() else b""
    if line.encode() not in said.splitlines():
        with start.open("ab") as file:
            file.write((b"" if not said or said.endswith(b"\n") else b"\n") + line.encode() + b"\n")
