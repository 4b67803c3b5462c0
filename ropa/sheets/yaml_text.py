"""The whole register as YAML that reads back the same, whichever version of YAML the reader speaks."""

from functools import cache
from typing import TYPE_CHECKING, Any, BinaryIO

from pydantic import BaseModel

from ropa.model.plainregister import KEYS, register_as_plain
from ropa.model.register import KINDS
from ropa.model.walk import fields
from ropa.sheets.layout import Asked, Layout

if TYPE_CHECKING:
    from yaml import ScalarNode


def write(asked: Asked, file: BinaryIO) -> None:
    """Every record with every field, internal notes included, in UTF-8; reads back as the same register."""
    file.write(yaml_of(register_as_plain(asked.register)).encode())


def yaml_of(value: Any) -> str:
    """Plain data as YAML. Every text is in double quotes: bare, NO is a no to some readers, 1e3 a number, 2026-11-24 a day."""
    import yaml

    base: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

    class Quoted(base):  # type: ignore[misc]
        """Writes texts in quotes. A class of its own, because PyYAML keeps representers per class."""

    Quoted.add_representer(str, _quoted)
    text: str = yaml.dump(value, Dumper=Quoted, allow_unicode=True, sort_keys=False, width=2**31 - 1)
    return text


def _quoted(dumper: Any, text: str) -> "ScalarNode":
    # The schema's own words stand bare, which is easier to read and type; of these PyYAML itself quotes "on".
    style = None if text in _names() else '"'
    node: ScalarNode = dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)
    return node


@cache
def _names() -> frozenset[str]:
    """The keys of a register's text: kinds in plural and field names, parts included."""
    found = {"ropa", *KEYS}
    classes: list[type[BaseModel]] = list(KINDS.values())
    while classes:
        said = fields(classes.pop())
        found.update(known.name for known in said)
        classes += [known.part for known in said if known.part]
    return frozenset(found)


LAYOUT = Layout(
    name="yaml",
    title="Register as YAML",
    what="the whole register as text, internal notes included; comes home as it was",
    suffix=".yaml",
    whole=True,
    write=write,
)
