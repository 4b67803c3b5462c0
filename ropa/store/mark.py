"""A revision by its number and hash: what is written on a workbook or a seal, to be held against the register later."""

from dataclasses import dataclass

from ropa.store.open import Store


@dataclass(frozen=True)
class Mark:
    """A revision: its number, its hash, its time in UTC, ISO 8601."""

    revision: int
    hash: str
    at: str


def mark_of(store: Store, revision: int | None = None) -> Mark | None:
    """The mark of that revision, or of the last one; None where there is none."""
    which = "" if revision is None else f"where number = {revision:d}"
    with store.asking() as ask:
        for number, hash_, at in ask(
            f"select number, hash, at from revision {which} order by number desc limit 1"
        ):
            return Mark(number, hash_, at)
    return None
