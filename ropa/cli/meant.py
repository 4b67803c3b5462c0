"""The record that a command is to change: a part of its name is not enough, unless a person says that it is meant."""

from ropa.cli.console import ask, at_a_terminal
from ropa.errors import Refused
from ropa.model.calling import called, called_one
from ropa.model.find import find_one, is_called
from ropa.model.register import R, Register


def meant(register: Register, cls: type[R], words: str, *, ours: bool | None = None) -> R:
    """The record of that kind that the words name in full, or that a person at the terminal says is meant.

    Raises what `find_one` raises; and Refused, with the ref to say, where the words are a part of a name only.
    """
    record = find_one(register, cls, words, ours=ours)
    if is_called(record, words) or (at_a_terminal() and ask(f"'{words}': do you mean {called(record)}?")):
        return record
    raise Refused(
        f"there is no {called_one(cls, ours=ours)} '{words}'; nothing was written.",
        do=f"Did you mean {called(record)}? Then say {record.ref}.",
    )
