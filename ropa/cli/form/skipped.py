"""Fields that were skipped and are still blank at the end: to be seen, also where no rule asks for them."""

from collections.abc import Iterator
from typing import NamedTuple

from pydantic import BaseModel

from ropa.cli.form.state import Form
from ropa.model.base import Part
from ropa.model.common import Documented
from ropa.model.speech import spoken
from ropa.model.walk import FieldSaid, field, fields, head, main


class Skipped(NamedTuple):
    """A blank field. own: of the form's own record. path: within the record. words: its title, and what it is of."""

    record: Documented
    own: bool
    path: str
    words: str


def skipped(form: Form) -> Iterator[Skipped]:
    """Each of them: in the form's record, and in the parts that it adds to records elsewhere."""
    own = form.record()
    for change in form.changes():
        record = change.record
        mine = (record.kind, record.ref) == (own.kind, own.ref)
        if not mine and not form.altered(record.ref):
            continue
        if mine:
            for said in fields(type(record)):
                if not said.part and _was_skipped(form, record, said):
                    yield Skipped(record, mine, said.name, said.title)
        where = "" if mine else f", {record.ref}"
        for at, part in _new_parts(record, change.before):
            for path, words in _in_part(form, part):
                yield Skipped(record, mine, f"{at}.{path}", f"{words}{where}")


def _was_skipped(form: Form, holder: BaseModel, said: FieldSaid) -> bool:
    return (type(holder), said.name) in form.skipped and getattr(holder, said.name) in (None, ())


def _new_parts(record: Documented, before: Documented | None) -> Iterator[tuple[str, Part]]:
    """The parts that were not there before, each with its path."""
    for said in fields(type(record)):
        value = getattr(record, said.name)
        if said.part and said.many:
            old = getattr(before, said.name, ())
            yield from ((f"{said.name}.{n}", part) for n, part in enumerate(value, 1) if part not in old)
        elif said.part and value is not None and before is None:
            yield said.name, value


def _in_part(form: Form, part: Part) -> Iterator[tuple[str, str]]:
    """The blank fields of a part, with the words for each."""
    cls = type(part)
    heads = dict.fromkeys((main(cls), *head(cls)))
    known = [known for name in heads if (known := field(cls, name))]
    whose = " × ".join(filter(None, (spoken(getattr(part, f.name), f, form.register) for f in known)))
    for said in fields(cls):
        if said.name not in heads and _was_skipped(form, part, said):
            yield said.name, f"{said.title} ({whose})"
