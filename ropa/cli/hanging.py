"""Records that would name one that is not there."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ropa.compare import Change
    from ropa.errors import Refused
    from ropa.model.common import Documented
    from ropa.model.register import Register
    from ropa.model.walk import Mention


def hanging(after: "Register", changes: "Sequence[Change]") -> "Iterator[tuple[Documented, Mention]]":
    """Each mention, in a record that changes, of one that is not there. after: the register with the changes."""
    from ropa.model.walk import mentions

    for record in [change.after for change in changes if change.after is not None]:
        for mention in mentions(record):
            if mention.ref not in after.records.get(mention.kind, {}):
                yield record, mention


def names_gone(record: "Documented", mention: "Mention", do: str = "") -> "Refused":
    """The line that tells it."""
    from ropa.errors import Refused
    from ropa.model.register import KINDS

    noun = KINDS[mention.kind].noun
    return Refused(
        f"  {record.ref} {record.name}: {mention.path} names the {noun} '{mention.ref}', which is gone.",
        do=do,
    )
