"""reference/commands.md: every command with its help, arguments, options and example, walked out of the real program."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import typer

from docs.making.markdown import grid, opening
from ropa.cli.app import COMMANDS, app

_EXAMPLE = re.compile(r"Example: (.+?)(?=\s*Example: |\s*$)", re.DOTALL)
_EVERYWHERE = 3
"""An option that means the same in so many commands is explained once, at the top."""


@dataclass(frozen=True)
class Said:
    """What an argument or option says of itself. name: as it is typed."""

    name: str
    help: str
    option: bool


@dataclass(frozen=True)
class Command:
    """A command. words: those after `ropa`. panel: its group in the help. usage: what may follow the words."""

    words: tuple[str, ...]
    panel: str
    help: str
    example: str
    usage: str
    takes: tuple[Said, ...]

    @property
    def alike(self) -> tuple[object, ...]:
        """What two nouns' verbs have in common when they are one mechanism."""
        return self.words[1:], self.help, self.usage, self.takes


def commands() -> list[Command]:
    """Every command, those that load only when used as well, in the order of the help."""
    root: Any = typer.main.get_command(app)
    context = typer.Context(root)
    found: list[Command] = []
    for name, (_, panel, _) in COMMANDS.items():
        found += _within((name,), root.resolve_command(context, [name])[1], panel)
    return found


def _within(words: tuple[str, ...], real: Any, panel: str) -> Iterator[Command]:
    verbs = getattr(real, "commands", {})
    if not verbs or real.invoke_without_command:
        yield _command(words, real, panel)
    for verb, command in verbs.items():
        yield from _within((*words, verb), command, panel)


def _command(words: tuple[str, ...], real: Any, panel: str) -> Command:
    help_, example = (real.help or "").strip(), (real.epilog or "").strip()
    if inside := _EXAMPLE.search(help_):
        help_, example = help_[: inside.start()], help_[inside.start() :]
    takes = [_said(parameter) for parameter in real.params if not parameter.hidden]
    return Command(
        words=words,
        panel=panel,
        help=" ".join(help_.split()),
        example="\n".join(" ".join(one.split()) for one in _EXAMPLE.findall(example)) or example,
        usage=" ".join(_usage(p) for p in real.params if p.param_type_name == "argument"),
        takes=tuple(one for one in takes if one.name != "--help"),
    )


def _usage(argument: Any) -> str:
    name = str(argument.metavar or argument.name.upper())
    return name if argument.required else f"[{name}]"


def _said(parameter: Any) -> Said:
    option = parameter.param_type_name == "option"
    if not option:
        return Said(_usage(parameter), parameter.help or "", option=False)
    names = ", ".join([*parameter.opts, *parameter.secondary_opts])
    value = (
        "" if parameter.is_flag else f" {(parameter.metavar or parameter.name.removeprefix('as_')).upper()}"
    )
    said = (parameter.help or "").rstrip(".")
    more = ". May be said several times." if parameter.multiple else "."
    default = (
        f" Else: {parameter.default}." if isinstance(parameter.default, str) and parameter.default else ""
    )
    variable = f" Or the variable {parameter.envvar}." if parameter.envvar else ""
    return Said(names + value, f"{said}{more}{default}{variable}", option=True)


def commands_as_markdown() -> str:
    """The page."""
    every = commands()
    shared = _shared(every)
    return "\n".join([*_head(every, shared), *_sections(every, shared)])


def _shared(every: Sequence[Command]) -> list[Said]:
    counts = Counter(one for shape in _alike(every) for one in shape[0].takes if one.option)
    return [one for one, n in counts.items() if n >= _EVERYWHERE]


def _alike(every: Sequence[Command]) -> list[list[Command]]:
    """The commands, those that several nouns share put together."""
    groups: dict[object, list[Command]] = {}
    for command in every:
        groups.setdefault(command.alike if len(command.words) > 1 else command.words, []).append(command)
    return list(groups.values())


def _head(every: Sequence[Command], shared: Sequence[Said]) -> Iterator[str]:
    yield from opening("Commands", f"All {len(every)} commands of `ropa`.")
    yield "`ropa NOUN VERB` is about records, `ropa VERB` about the whole register. A command ends with status 0 when all went well,"
    yield "with 1 when it found something (an open gap, a difference, a conflict, a history that does not fit together), and with 2 when"
    yield "it could not do what was asked: then one line tells why, and how to go on."
    yield ""
    yield "## Options that mean the same everywhere"
    yield ""
    yield from grid(["option", "meaning"], [[f"`{one.name}`", one.help] for one in shared])


def _sections(every: Sequence[Command], shared: Sequence[Said]) -> Iterator[str]:
    panel = ""
    for alike in _alike(every):
        if alike[0].panel != panel:
            panel = alike[0].panel
            yield f"## {panel}"
            yield ""
        yield from _section(alike, shared)


def _section(alike: Sequence[Command], shared: Sequence[Said]) -> Iterator[str]:
    first, many = alike[0], len(alike) > 1
    words = ("NOUN", *first.words[1:]) if many else first.words
    yield f"### ropa {' '.join(words)}{' ' + first.usage if first.usage else ''}"
    yield ""
    if many:
        yield f"NOUN: {', '.join(f'`{one.words[0]}`' for one in alike)}."
        yield ""
    yield first.help
    yield ""
    own = [one for one in first.takes if one not in shared]
    yield from grid(["takes", "meaning"], [[f"`{one.name}`", one.help] for one in own])
    also = ", ".join(f"`{one.name.split()[0].rstrip(',')}`" for one in first.takes if one in shared)
    if also:
        yield f"Also: {also}."
        yield ""
    examples = list(
        {
            one.example.replace(one.words[0], ""): one.example for one in reversed(alike) if one.example
        }.values()
    )
    if examples:
        yield from ("```sh", *reversed(examples), "```", "")
