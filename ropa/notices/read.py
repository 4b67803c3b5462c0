"""`read_notice`: from a file to the facts of a privacy notice."""

from pathlib import Path

from ropa.errors import Refused
from ropa.notices import generated, sectioned, tabled, topics
from ropa.notices.language import language_of
from ropa.notices.prose import services_in
from ropa.notices.reading import NoticeReading
from ropa.notices.source import SAVE_AS, Source, load
from ropa.notices.topic_words import LANGUAGES

_FEW = 10
_BY_HAND = "Import its version in another language, or begin with `ropa activity add`."

# A further family of notices is a module with LOOKED_FOR and read(), and a line here.
# The first that reads a text has it: sections state more than entries, and some of their labels are those of entries too.
_FAMILIES = (
    (sectioned.read, sectioned.LOOKED_FOR),
    (tabled.read, tabled.LOOKED_FOR),
    (generated.read, generated.LOOKED_FOR),
    (topics.read, topics.LOOKED_FOR),
)


def read_notice(path_or_bytes: str | Path | bytes, name: str) -> NoticeReading:
    """Read a notice from a file (plain text, Markdown, HTML, PDF, Word document) or from its bytes.

    name: what the source is called in messages and, by its ending, a hint of its kind. Nothing is fetched.
    Raises Refused where there is no such file, no text, more than 20 MB of it, or no notice of a known family.
    """
    source = load(path_or_bytes, name)
    for read, _ in _FAMILIES:
        reading = read(source)
        if reading is not None:
            return reading
    raise _nothing(source, name)


def _nothing(source: Source, name: str) -> Refused:
    """Why no family reads the text; where its language is one without labels, what could be read all the same."""
    code, language = language_of(source.text)
    if language and code not in LANGUAGES:
        named = list(dict.fromkeys(services_in(source.text)))
        could = (
            f"all that can be told are services by name: {', '.join(named[:_FEW])}"
            if named
            else "and it names no service that is known"
        )
        what = f"This text is in {language}, for which there are no labels; {could}. Nothing was read."
        return Refused(what, at=name, do=_BY_HAND)
    looked = "; ".join(looked_for for _, looked_for in _FAMILIES)
    return Refused(f"No privacy notice was found: looked for {looked}.", at=name, do=SAVE_AS)
