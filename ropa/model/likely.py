"""Which records words may stand in, told from their values alone: a search need not read the others."""

from collections.abc import Iterator, Sequence
from typing import Any

from ropa.model.common import Documented
from ropa.model.register import Register
from ropa.model.speech import spoken
from ropa.model.walk import FieldSaid
from ropa.words import fold


def likely(register: Register, needles: Sequence[str]) -> Iterator[Documented]:
    """The records in which every one of these folded words may stand in a value, as people read it."""
    bits = [(1 << n, needle) for n, needle in enumerate(needles)]

    def standing(said: FieldSaid, value: Any) -> int:
        text, found = fold(spoken(value, said, register)), 0
        for bit, needle in bits:
            if needle in text:
                found |= bit
        return found

    return register.having(standing, (1 << len(needles)) - 1)
