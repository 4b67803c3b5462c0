"""Why no record fits: filters whose word stands in no record, with the words that do."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ropa.model.filterwords import FIELD_OF, positive, says_something
from ropa.model.register import R, Register
from ropa.model.select import said_in, select
from ropa.model.walk import field
from ropa.words import listing, nearest

_FEW = 15
"""So many words are all named; of more the nearest ones."""


def why_none(
    register: Register, cls: type[R], records: Sequence[R], wanted: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    """A sentence for each filter by a word of the field that no record of a kind fits, whatever the other filters say.

    records: among which to look for words, all of that kind or, of organisations, those of one side.
    """
    for name, known in FIELD_OF.items():
        words = [word for word in positive(wanted.get(name, ())) if word not in ("", "-")]
        if not words or not known or not says_something(cls, name) or select(register, cls, {name: words}):
            continue
        used = list(dict.fromkeys(str(value) for record in records for value in said_in(record, known)))
        title = _title(cls, known)
        asked = listing([f"'{word}'" for word in words], "or")
        no = f"No {title} is {asked}"
        if not used:
            yield f"{no}: none is on record."
        elif len(used) <= _FEW:
            yield f"{no}; there {'is' if len(used) == 1 else 'are'} {listing(sorted(used, key=str.casefold))}."
        else:
            near = nearest(words[0], used) or sorted(used, key=str.casefold)[:_FEW]
            yield f"{no}; there are {len(used)}, such as {listing(near)}."


def _title(cls: Any, name: str) -> str:
    said = field(cls, name)
    return said.title.lower().removesuffix("s") if said else name.replace("_", " ")
