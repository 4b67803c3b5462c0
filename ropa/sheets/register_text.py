"""A register out of its text: JSON or YAML as `export --layout json|yaml` writes it, or as a person types it."""

import json
from typing import Any

from ropa.errors import Refused
from ropa.model.plainregister import register_from_plain
from ropa.model.register import Register
from ropa.model.yamlread import once_loader

LIMIT = 200_000_000
"""Bytes: a register of 50,000 activities with all parts has a quarter of that."""


def read_register_text(content: bytes, name: str) -> Register:
    """The register that a text describes. All scalars are read as text and typed by the model: NO is Norway.

    name: the file, as messages name it. Raises Refused, or Faults with every fault of the file.
    """
    return register_from_plain(read_plain(content, name), at=name)


def read_plain(content: bytes, name: str) -> Any:
    """The plain data that a text in JSON or YAML describes."""
    if len(content) > LIMIT:
        raise Refused(f"is larger than {LIMIT // 1_000_000} MB.", at=name, do="Split it by kinds of record.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(f"is not UTF-8 text (byte {error.start}).", at=name, do="Save it as UTF-8.") from None
    return _json(text, name) if text.lstrip().startswith(("{", "[")) else _yaml(text, name)


def _json(text: str, name: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=lambda pairs: _once(pairs, name))
    except json.JSONDecodeError as error:
        raise Refused(f"is not JSON: {error.msg}.", at=f"{name}, line {error.lineno}") from None
    except RecursionError:
        raise Refused("is nested too deep for a register.", at=name) from None


def _once(pairs: list[tuple[str, Any]], name: str) -> dict[str, Any]:
    """A mapping, of which JSON alone would keep the last of two answers and say nothing."""
    said = dict(pairs)
    if len(said) < len(pairs):
        keys = [key for key, _ in pairs]
        double = next(key for n, key in enumerate(keys) if key in keys[:n])
        whose = f" in {said['ref']}" if isinstance(said.get("ref"), str) else ""
        raise Refused(f"'{double}' is said twice{whose}.", at=name, do="Take one of them out.")
    return said


def _yaml(text: str, name: str) -> Any:
    import yaml

    loader = once_loader()
    try:
        for event in yaml.parse(text, Loader=loader):
            if isinstance(event, yaml.AliasEvent):
                line = event.start_mark.line + 1 if event.start_mark else "?"
                raise Refused(
                    "uses a YAML alias (*name), which a register does not need.",
                    at=f"{name}, line {line}",
                    do="Write the value out.",
                )
        return yaml.load(text, Loader=loader)  # noqa: S506  it makes texts, lists and mappings only
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        at = f"{name}, line {mark.line + 1}" if mark else name
        if isinstance(error, yaml.constructor.ConstructorError):
            raise Refused(f"{error.problem}.", at=at, do="Take one of them out.") from None
        raise Refused(
            f"is not YAML: {getattr(error, 'problem', None) or 'it cannot be read'}.", at=at
        ) from None
    except RecursionError:
        raise Refused("is nested too deep for a register.", at=name) from None
