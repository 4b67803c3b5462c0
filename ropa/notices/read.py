"""`read_notice`: from a file to the facts of a privacy notice."""

from pathlib import Path

from ropa.errors import Refused
from ropa.notices import generated, sectioned
from ropa.notices.reading import NoticeReading
from ropa.notices.source import SAVE_AS, load

# A further family of notices is a module with LOOKED_FOR and read(), and a line here.
# The first that reads a text has it: sections state more than entries, and some of their labels are those of entries too.
_FAMILIES = ((sectioned.read, sectioned.LOOKED_FOR), (generated.read, generated.LOOKED_FOR))


def read_notice(path_or_bytes: str | Path | bytes, name: str) -> NoticeReading:
    """Read a notice from a file (plain text, Markdown, HTML) or from its bytes.

    name: what the source is called in messages and, by its ending, a hint of its kind. Nothing is fetched.
    Raises Refused where there is no such file, no text, more than 20 MB of it, or no notice of a known family.
    """
    source = load(path_or_bytes, name)
    for read, _ in _FAMILIES:
        reading = read(source)
        if reading is not None:
            return reading
    looked = "; ".join(looked_for for _, looked_for in _FAMILIES)
    raise Refused(f"No privacy notice was found: looked for {looked}.", at=name, do=SAVE_AS)
