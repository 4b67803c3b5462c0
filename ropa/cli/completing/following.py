"""The words typed so far → the words that may follow, found in the real tree of commands.

An argument or option is known by its name, which means the same in every command; a new command that calls a ref `ref` and a
filter `--vendor` is completed without a line here.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ropa.cli.completing.values import of_fields, of_where, refs, values_of
from ropa.cli.completing.words import fields_of, known
from ropa.cli.manners import FILTERING
from ropa.cli.nouns import NOUNS
from ropa.store.names import Names
from ropa.words import fold

Words = Iterator[tuple[str, str]]


class Place:
    """Where the cursor is: the command, the arguments before it, and the register to ask. filtered: whether filters choose."""

    def __init__(
        self, path: tuple[str, ...], before: tuple[str, ...], now: str, names: Names, *, filtered: bool
    ) -> None:
        self.noun = NOUNS.get(path[0]) if path else None
        self.path, self.before, self.now, self.names, self.filtered = path, before, now, names, filtered


def following(
    words: tuple[str, ...], now: str, root: Any, names: Callable[[str], Names]
) -> list[tuple[str, str]]:
    """The words that may follow, each with its help. root: the tree of commands. names: the register at a --db, or the usual one."""
    command, path, rest = _descended(root, words)
    before, waiting = _arguments(command, rest)
    filtered = any(
        word.removeprefix("--").partition("=")[0] in FILTERING for word in rest if word[:2] == "--"
    )
    place = Place(path, before, now, names(_db(words)), filtered=filtered)
    if waiting:
        return _fitting(_of_option(waiting, place), now)
    if now.startswith("--") and "=" in now:
        name, _, value = now.partition("=")
        option = _options(command).get(name)
        place.now = value
        found = _fitting(_of_option(option, place), value) if option else []
        return [(f"{name}={word}", line) for word, line in found]
    if now.startswith("-"):
        return _fitting(_option_names(command, rest), now)
    verbs = dict(_verbs(command)) if not before else {}
    own = _argument(command, len(before))
    return _fitting(iter(verbs.items()), now) or (_fitting(_of_argument(own, place), now) if own else [])


def _descended(root: Any, words: tuple[str, ...]) -> tuple[Any, tuple[str, ...], tuple[str, ...]]:
    """The command that the words lead to, its name, and the words that are left for it."""
    import typer

    command, path, rest = root, [], list(words)
    while getattr(command, "commands", None):
        at = _first_argument(command, rest)
        if at is None or rest[at] not in command.commands:
            break
        path.append(rest[at])
        command = command.resolve_command(typer.Context(command), [rest[at]])[1]
        rest = rest[at + 1 :]
    return command, tuple(path), tuple(rest)


def _first_argument(command: Any, words: list[str]) -> int | None:
    options, skip = _options(command), False
    for n, word in enumerate(words):
        if skip:
            skip = False
        elif word.startswith("-"):
            skip = word in options and not options[word].is_flag
        else:
            return n
    return None


def _arguments(command: Any, words: tuple[str, ...]) -> tuple[tuple[str, ...], Any]:
    """The arguments among the words, and the option that waits for its value at the end of them."""
    options, found, waiting = _options(command), [], None
    for word in words:
        if waiting:
            waiting = None
        elif word.startswith("-") and word != "-":
            waiting = options[word] if word in options and not options[word].is_flag else None
        else:
            found.append(word)
    return tuple(found), waiting


def _options(command: Any) -> Mapping[str, Any]:
    return {
        name: one
        for one in command.params
        if one.param_type_name == "option" and not one.hidden
        for name in (*one.opts, *one.secondary_opts)
    }


def _option_names(command: Any, said: tuple[str, ...]) -> Words:
    for one in {id(one): one for one in _options(command).values()}.values():
        names = [*one.opts, *one.secondary_opts]
        if one.multiple or not set(names) & set(said):
            yield from ((name, one.help or "") for name in names if name.startswith("--"))
    yield "--help", "Show this message and exit."


def _verbs(command: Any) -> Words:
    for name, one in getattr(command, "commands", {}).items():
        if not one.hidden:
            yield name, one.get_short_help_str(limit=70)


def _argument(command: Any, n: int) -> Any:
    """The argument that the nth word is for; the last one takes all that follow where it takes many."""
    every = [one for one in command.params if one.param_type_name == "argument" and not one.hidden]
    if n < len(every):
        return every[n]
    return every[-1] if every and every[-1].nargs == -1 else None


def _db(words: tuple[str, ...]) -> str:
    for n, word in enumerate(words):
        if word == "--db" and n + 1 < len(words):
            return words[n + 1]
        if word.startswith("--db="):
            return word.removeprefix("--db=")
    return os.environ.get("ROPA_DB", "")


def _of_argument(argument: Any, place: Place) -> Words:
    name, noun = argument.name, place.noun
    if noun and "=" in (argument.metavar or ""):
        if (
            "REF" in argument.metavar
            and not any("=" in word for word in place.before)
            and "=" not in place.now
        ):
            yield from refs(noun.kind, place.names, ours=noun.ours)
        if "REF" not in argument.metavar or place.before or place.filtered:
            ref = place.before[0] if place.before else ""
            yield from of_fields(noun.kind, place.now, place.names, ref)
    elif name in ("ref", "refs"):
        kinds = [noun.kind] if noun else list(known()["kinds"])
        for kind in kinds:
            yield from refs(kind, place.names, ours=noun.ours if noun else None)
    elif noun and name == "about":
        yield from (
            (field, said.get("help", "")) for field, said in fields_of(known()["kinds"][noun.kind]).items()
        )
        yield from _rules(place)
    else:
        yield from _by_name(name, place)


def _of_option(option: Any, place: Place) -> Words:
    name = option.opts[0].removeprefix("--")
    turned = "!" if place.now.startswith("!") else ""
    kind = place.noun.kind if place.noun else "activity"
    fields = fields_of(known()["kinds"][kind])
    if name == "where":
        return of_where(kind, place.now, place.names)
    if name in NOUNS:
        found: Words = refs(NOUNS[name].kind, place.names, ours=NOUNS[name].ours)
    elif name in ("columns", "sort", "group-by"):
        before, comma, _ = place.now.rpartition(",")
        turned = before + comma or ("-" if place.now.startswith("-") else "")
        found = ((field, said.get("help", "")) for field, said in {**_REF, **fields, **_WORKED_OUT}.items())
    elif name in fields or name in (of_activities := fields_of(known()["kinds"]["activity"])):
        said = fields.get(name) or of_activities[name]
        listed = list(values_of(said, place.names))
        found = iter(listed or _used(kind if name in fields else "activity", name, place))
    else:
        found = _by_name(name, place)
    return ((f"{turned}{word}", line) for word, line in found)


_REF: Mapping[str, Mapping[str, str]] = {"ref": {}}
_WORKED_OUT: Mapping[str, Mapping[str, str]] = {
    "gaps": {"help": "How many gaps are open."},
    "activities": {"help": "How many activities it touches."},
    "due": {"help": "When an activity is to be reviewed again."},
}
"""Columns that no record says; which noun has which, ropa/cli/listing.py knows."""


def _used(kind: str, field: str, place: Place) -> Words:
    return ((word, "") for word in place.names.used(kind, field))


def _by_name(name: str, place: Place) -> Words:
    """What an argument or option of that name takes, whichever the command."""
    lists = {"severity": "severities", "fail-on": "severities", "layout": "layouts", "country": "countries"}
    if name in lists:
        yield from known()[lists[name]].items()
    elif name == "basis":
        yield from known()["lists"]["legal_bases"].items()
    elif name == "rule":
        yield from _rules(place)
    elif name == "revision":
        yield from place.names.revisions()
    elif name in ("earlier", "later"):
        yield from (("now", ""), ("yesterday", ""), *place.names.revisions(), *_paths(place.now))
    elif name == "noun":
        yield from ((word, "") for word in NOUNS)
    elif name in ("topic", "words") and place.path == ("help",):
        yield from _topics(place)
    elif name == "shell":
        from ropa.cli.completing.command import SHELLS

        yield from ((shell, "") for shell in SHELLS)
    elif name in ("file", "files", "db", "out", "from", "workbook", "seal", "stamp", "tsa-ca", "query"):
        yield from _paths(place.now)


def _topics(place: Place) -> Words:
    """What `ropa help` explains: topics, commands; where neither begins so, fields and rules."""
    from ropa.cli.app import COMMANDS
    from ropa.cli.topics import topics

    shown = {**topics(), **{word: line for word, (_, _, line) in COMMANDS.items()}}
    yield from shown.items()
    if not any(word.startswith(place.now.casefold()) for word in shown):
        for fields in known()["classes"].values():
            yield from ((name, said.get("help", "")) for name, said in fields.items())
        yield from _rules(place)


def _rules(place: Place) -> Words:
    """By the short id, A104, unless the long one, ROPA-A104, is being typed."""
    long = place.now.upper().startswith("R")
    yield from (
        (one if long else one.removeprefix("ROPA-"), title) for one, title in known()["rules"].items()
    )


def _paths(now: str) -> Words:
    folder, slash, begun = now.rpartition("/")
    here = Path(f"{folder}{slash}" or ".").expanduser()
    for one in sorted(here.iterdir()) if here.is_dir() else ():
        if begun.startswith(".") or not one.name.startswith("."):
            yield f"{folder}{slash}{one.name}{'/' if one.is_dir() else ''}", ""


def _fitting(found: Words, now: str) -> list[tuple[str, str]]:
    """Those that begin with what is typed; where none does, those whose help does, or a word in it: the name of a ref.

    Of FIELD=VALUE the help tells the value: country=Nor is country=NO, Norway.
    """
    every, low = list(found), now.casefold()
    fits = [one for one in every if one[0].casefold().startswith(low)]
    value = re.split(r"[=,!]", low)[-1]
    if fits or not value:
        return fits
    before = low[: len(low) - len(value)]
    told = [(f" {fold(said)}", word, said) for word, said in every if word.casefold().startswith(before)]
    begun = [(word, said) for text, word, said in told if text.startswith(f" {fold(value)}")]
    return begun or [
        (word, said) for text, word, said in told if f" {fold(value)}" in text and len(value) > 2
    ]
