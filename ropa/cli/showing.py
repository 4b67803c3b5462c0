"""`ropa NOUN show`: a record on one screen, with everything it names and everything that names it."""

import re
import sys
from collections.abc import Sequence

from ropa.cli import console, tables
from ropa.cli.filters import BY_WORD
from ropa.cli.noun import Noun
from ropa.cli.session import loaded
from ropa.model.canonical import plain
from ropa.model.common import Documented
from ropa.model.find import find_one
from ropa.model.organisation import Organisation
from ropa.model.redacted import said_in
from ropa.model.register import Register
from ropa.model.speech import part_in_words, spoken
from ropa.model.surroundings import ACTIVITIES, surroundings
from ropa.model.walk import FieldSaid, fields

_MANY = 20
"""Lines of a section that a screen shows."""


def show_records(
    noun: Noun, refs: Sequence[str], *, as_json: bool, as_yaml: bool, as_of: str, db: str
) -> None:
    """Print the records; JSON of one is an object, of several an array."""
    register = loaded(db, as_of)
    records = [find_one(register, noun.cls, ref, ours=noun.ours) for ref in refs]
    if as_json:
        said = [plain(record) for record in records]
        return console.print_json(said[0] if len(said) == 1 else said)
    if as_yaml:
        from ropa.sheets.yaml_text import yaml_of

        return print(yaml_of(plain(records[0]) if len(records) == 1 else [plain(r) for r in records]), end="")
    for n, record in enumerate(records):
        if n:
            console.say()
        _show(noun, record, register)
    return None


def _show(noun: Noun, record: Documented, register: Register) -> None:
    console.say(f"{record.ref}  {record.name}", style="bold")
    blanks, lines = [], []
    stated = {one.about for one in record.statements}
    for said in fields(type(record)):
        value = said_in(record, said)
        if said.name in ("ref", "name"):
            continue
        if value is None or value == ():
            if said.name not in stated and _asked_of(record, said):
                blanks.append(said.title)
        else:
            lines += _field_lines(said, value, register)
    if blanks:
        lines.append(("Not recorded", ", ".join(blanks)))
    tables.pairs(lines + _surrounding_lines(noun, record, register))


def _asked_of(record: Documented, said: FieldSaid) -> bool:
    """Whether a letter of Article 30 asks this of such a record; of an activity, the paragraph of its role."""
    if isinstance(record, Organisation) and not record.ours:
        return said.name in ("country", "services")
    role = getattr(record, "role", None)
    paragraph = {"controller": "1", "processor": "2"}.get(role or "", "[12]")
    return re.search(rf"30\({paragraph}\)\([a-g]\)", said.answers) is not None


def _field_lines(said: FieldSaid, value: object, register: Register) -> list[tuple[str, str]]:
    if said.name == "text":
        return [(said.title, f"{str(value).count(chr(10)) + 1} lines (see them with --yaml)")]
    if said.part and said.many:
        parts = [part_in_words(part, register) for part in value]  # type: ignore[attr-defined]
        return [(said.title if n == 1 else "", f"{n}. {words}") for n, words in enumerate(parts, 1)]
    return [(said.title, spoken(value, said, register))]


def _surrounding_lines(noun: Noun, record: Documented, register: Register) -> list[tuple[str, str]]:
    """What touches the record. A terminal shows the first of very many, and says how to see all; a pipe cuts nothing."""
    lines = []
    for title, said in surroundings(register, record):
        shown = said[:_MANY] if sys.stdout.isatty() else said
        lines += [(title if n == 0 else "", line) for n, line in enumerate(shown)]
        if more := len(said) - len(shown):
            listed = title == ACTIVITIES and noun.word in BY_WORD
            how = (
                f"ropa activity list --{noun.word} {record.ref}"
                if listed
                else f"ropa {noun.word} show {record.ref} | more"
            )
            lines.append(("", f"and {more} more: {how}"))
    return lines
