"""The text that a person edited, as plain data of a record, and the line on which each value stands."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from pydantic import BaseModel

from ropa.errors import Refused
from ropa.model.walk import FieldSaid, field, main

Path = tuple[str | int, ...]
"""Where a value stands: ("purposes", 0, "legal_basis")."""

_NO_YAML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WORDS = (
    ("mapping values are not allowed", "a colon with a space behind it stands within a value.", "Put the value in double quotes."),
    ("sequence entries are not allowed", "a list cannot begin behind the colon.", 'Begin it on the next line: "  - one".'),
    ("cannot start any token", "a value begins with a sign that means something in YAML, or a line with a tab.",
     "Put the value in double quotes; indent with spaces."),
    ("unexpected end of stream", "quotation marks are opened and not closed.", "Close them."),
    ("could not find expected ':'", "a line is no field with its value.", "Write field: value, with a space behind the colon."),
    ("did not find expected ',' or '", "a bracket is opened and not closed.", "Close it."),
    ("did not find expected '-' indicator", "a line of a list does not begin like those before it.",
     "Indent it as they are, with a hyphen."),
    ("did not find expected key", "a line is not indented as those before it, or a value goes on behind its quotation marks.",
     "Indent it as they are."),
    ("another document", "a line of three hyphens begins a second text.", "Take it out."),
)  # fmt: skip
"""What the reader of YAML says, what that most often means, and how to mend it."""

_SINCE = ("a simple key", "a quoted scalar", "a flow")
"""What is begun on one line, and missed on a later one."""


class Misread(Refused):
    """A text that is no YAML of a record. line: the one concerned, from 1."""

    def __init__(self, what: str, line: int, do: str = "") -> None:
        super().__init__(what, at=f"line {line}", do=do)
        self.line = line


@dataclass(frozen=True)
class Typed:
    """What was typed: plain data, all scalars as texts, blanks left out; and path → line, from 1."""

    said: dict[str, Any]
    lines: Mapping[Path, int]

    def line(self, path: Path) -> int:
        """The line of the value, or of what it would stand in; 1 where nothing of it is there."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_record_text(text: str, cls: type[BaseModel]) -> Typed:
    """The plain data of a record of that class. Raises Misread for what is no such text; what it says is not judged.

    A list may stand as one value, or several with commas between them; a part as its main field alone.
    """
    lines: dict[Path, int] = {}
    node = _composed(text)
    if node is None:
        return Typed({}, lines)
    if not isinstance(node, yaml.MappingNode):
        raise Misread("this is not a list of fields with their values.", _line(node), "Write field: value.")
    try:
        return Typed(_Reader(lines).fields(node, cls, ()), lines)
    except RecursionError:
        raise Misread("this is nested too deep for a record.", _line(node)) from None


def _composed(text: str) -> Any:
    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    if found := _NO_YAML.search(text):
        raise Misread(
            f"a sign that no eye sees stands here (U+{ord(found[0]):04X}).",
            text.count("\n", 0, found.start()) + 1,
            f'Take it out, or write it as "\\u{ord(found[0]):04x}" in double quotes.',
        )
    try:
        return yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        raise _misread(error, text) from None
    except (yaml.YAMLError, RecursionError):
        raise Misread("this cannot be read as YAML.", 1) from None


def _misread(error: yaml.MarkedYAMLError, text: str) -> Misread:
    """What the reader of YAML found, in a person's words and at the line where a person would look."""
    said = f"{error.context or ''} {error.problem or ''}"
    begun = error.context_mark if any(words in said for words in _SINCE) else None
    mark = begun or error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    own = (text.split("\n")[line - 1 :] or [""])[0]
    if "mapping values" in said and mark and ": " not in own[: mark.column]:
        return Misread("this line is indented further than those before it.", line, "Indent it as they are.")
    for words, what, do in _WORDS:
        if words in said:
            return Misread(what, line, do)
    return Misread(f"this is not YAML: {error.problem or error.context}.", line)


class _Reader:
    """Walks the nodes of YAML beside the schema."""

    def __init__(self, lines: dict[Path, int]) -> None:
        self._lines, self._seen = lines, set[int]()

    def fields(self, node: Any, cls: type[BaseModel], path: Path) -> dict[str, Any]:
        """What a mapping says of the fields of a class; blanks are left out, an unknown field is kept as it is."""
        self._once(node)
        said: dict[str, Any] = {}
        names: set[str] = set()
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else None
            if name is None:
                raise Misread("this is not the name of a field.", _line(key), "Write field: value.")
            if name in names:
                raise Misread(f"{name} stands twice.", _line(key), "Leave one of them.")
            names.add(name)
            self._lines[(*path, name)] = _line(key)
            known = field(cls, name)
            found = self._field(value, known, (*path, name)) if known else self._any(value)
            if known is None or found not in (None, [], {}):
                said[name] = found
        return said

    def _field(self, node: Any, known: FieldSaid, path: Path) -> Any:
        if not known.many:
            return self._one(node, known, path)
        if isinstance(node, yaml.SequenceNode):
            self._once(node)
        members = node.value if isinstance(node, yaml.SequenceNode) else list(_split(node, known))
        found: list[Any] = []
        for member in members:
            here = (*path, len(found))
            self._lines[here] = _line(member)
            one = self._one(member, known, here)
            # A part whose fields were all emptied is taken out; one that never said anything stays as it is.
            if one is not None and (one != {} or not member.value):
                found.append(one)
        return found

    def _one(self, node: Any, known: FieldSaid, path: Path) -> Any:
        """One value or part; None for a blank."""
        if isinstance(node, yaml.ScalarNode):
            if not node.value or node.value.isspace():
                return None
            return {main(known.part): node.value} if known.part else node.value
        if known.part and isinstance(node, yaml.MappingNode):
            return self.fields(node, known.part, path)
        return self._any(node)

    def _any(self, node: Any) -> Any:
        """What stands where nothing of its shape belongs: the model says so."""
        if isinstance(node, yaml.ScalarNode):
            return node.value
        self._once(node)
        if isinstance(node, yaml.MappingNode):
            return {str(key.value): self._any(value) for key, value in node.value}
        return [self._any(one) for one in node.value]

    def _once(self, node: Any) -> None:
        """Refuse a list or mapping that is met again: an alias, with which a short text could stand for an endless one."""
        if id(node) in self._seen:
            raise Misread("a YAML alias (*name) is not needed here.", _line(node), "Write the value out.")
        self._seen.add(id(node))


def _split(node: Any, known: FieldSaid) -> Iterator[Any]:
    """The members of a list that stands as one value: words between commas; a text or a part is one."""
    if not isinstance(node, yaml.ScalarNode) or known.part or known.shape == "text":
        yield node
        return
    for word in node.value.split(","):
        yield yaml.ScalarNode(node.tag, word.strip(), node.start_mark, node.end_mark)


def _line(node: Any) -> int:
    return int(node.start_mark.line) + 1
