"""A mistyped command, verb or option: one line, with the nearest words that would be right."""

import re
from collections.abc import Sequence
from typing import Any

from ropa.words import listing, nearest

_COMMAND = re.compile(r"No such command '(.*?)'", re.DOTALL)
_NEAR = 3
_ALL = 12
"""So many verbs are all named where none is near."""
_OF_RECORDS = ("add", "set", "edit", "remove", "rename", "copy", "state", "end", "review")
_INSTEAD = {
    "ropa transfer": "transfers stand in activities. Say it there: ropa activity set ACTIVITY "
    "transfers+='{destination: US, recipient: VENDOR}'. One that is there goes by its number: transfers.1.mechanism=SCC"
}
"""A group that only looks → where what it shows is written."""


def in_one_line(misuse: Any) -> str:
    """What was wrong, what would be right, and where to read on."""
    context = getattr(misuse, "ctx", None)
    path = context.command_path if context else "ropa"
    command = context.command if context else None
    said = str(misuse.format_message())
    if (typed := _COMMAND.match(said)) and path in _INSTEAD and typed[1] in _OF_RECORDS:
        return f"{path} has no '{typed[1]}': {_INSTEAD[path]}"
    if typed:
        verbs = [name for name, one in getattr(command, "commands", {}).items() if not one.hidden]
        said = f"{path} has no '{typed[1]}'.{_meant(typed[1], verbs) or _all_of(verbs)}"
    elif said.startswith("No such option") and (option := getattr(misuse, "option_name", "")):
        names = [name for one in getattr(command, "params", ()) for name in one.opts if name.startswith("--")]
        said = f"{path} has no option {option}.{_meant(option, [*names, '--help'])}"
    else:
        said = f"{said.rstrip('.')}."
    if context is None:  # of an option that stands last without its value the parser does not say whose it is
        return f"{said} Write it behind the option, or leave the option out."
    return f"{said} See: {path} --help"


def _meant(typed: str, words: Sequence[str]) -> str:
    near = nearest(typed, words, _NEAR)
    return f" Did you mean {listing(near, 'or')}?" if near else ""


def _all_of(words: Sequence[str]) -> str:
    return f" It has {listing(words)}." if len(words) <= _ALL else ""
