"""XML of a stranger, read as a stream: no document type, no entities, and names without their namespaces."""

from collections.abc import Callable, Mapping
from typing import IO
from xml.parsers import expat

from ropa.errors import Refused

_CHUNK = 1 << 20
Attributes = Mapping[str, str]


def stream(
    file: IO[bytes],
    *,
    start: Callable[[str, Attributes], None],
    text: Callable[[str], None] = lambda _: None,
    end: Callable[[str], None] = lambda _: None,
) -> None:
    """Tell what is read, in order. Raises Refused for what is no XML, or brings a document type with it."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, said: start(local(name), said)
    parser.CharacterDataHandler = text
    parser.EndElementHandler = lambda name: end(local(name))
    parser.StartDoctypeDeclHandler = _no_doctype
    try:
        while chunk := file.read(_CHUNK):
            parser.Parse(chunk)
        parser.Parse(b"", True)  # noqa: FBT003  expat takes no names
    except expat.ExpatError as error:
        raise Refused(f"is damaged: {error}.") from None


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition("}")[2]


def _no_doctype(*_: object) -> None:
    raise Refused("brings a document type with it, as no spreadsheet program writes.")
