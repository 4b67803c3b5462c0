"""Reading a notice: in proportion to its length, whatever it is made of."""

from collections.abc import Iterator

from ropa.notices.read import read_notice
from tests.benchmarks.measure import Measured, best, ready

SMALL, LARGE = 1_000, 4_000
_ENTRY = """Service {n} (Company {n} Inc)
Service {n} counts visits. It does so for the owner. More is said in its own policy.
Personal Data processed: email address, first name.
Place of processing: United States – Privacy Policy.
"""


def _entries(n: int) -> bytes:
    return ("Privacy Policy\nAnalytics\n" + "".join(_ENTRY.format(n=one) for one in range(n))).encode()


def _prose(n: int) -> bytes:
    """One paragraph of many short sentences and false ends, after one entry."""
    return (_ENTRY.format(n=0) + "See no. 5 of Art. 6. It is so. " * n).encode()


def measured(_: bool) -> Iterator[Measured]:
    """Time a piece at the larger size against the smaller, for entries and for running text."""
    for what, made in (("entry", _entries), ("sentence of prose", _prose)):
        texts = {n: made(n) for n in (SMALL, LARGE)}
        seconds = best(
            3,
            small=ready(lambda texts=texts: read_notice(texts[SMALL], "n.txt")),
            large=ready(lambda texts=texts: read_notice(texts[LARGE], "n.txt")),
        )
        yield Measured(
            f"reading: time per {what} at {LARGE:,}", f"at {SMALL:,}", seconds["large"] / LARGE * 1000,
            seconds["small"] / SMALL * 1000, unit="ms", at_most=1.25,
        )  # fmt: skip
