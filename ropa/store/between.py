"""Two states of a register, or of its copies: how far they have the same history, and which records got another ref between them."""

from sqlalchemy import select

from ropa.store.mark import mark_of
from ropa.store.open import Store
from ropa.store.renames import renames
from ropa.store.tables import CHANGES

Refs = dict[tuple[str, str], str]
"""Kind and ref in one state → ref in another."""
State = tuple[Store, int]
"""A register and the number of a revision of it; 0 is before the first one."""


def in_common(one: State, other: State) -> int:
    """The last revision that both have behind them; 0 where they have none, as registers of two organisations."""
    (store, number), (second, last) = one, other
    low, high = 0, min(number, last)
    if store == second:
        return high
    while low < high:  # the hash of a revision covers all before it
        middle = (low + high + 1) // 2
        ours, theirs = mark_of(store, middle), mark_of(second, middle)
        if ours and theirs and ours.hash == theirs.hash:
            low = middle
        else:
            high = middle - 1
    return low


def renamed_between(one: State, other: State) -> Refs:
    """The new refs of the records that got another one between two states, by what each had; whichever is the later."""
    common = in_common(one, other)
    back = {(kind, new): old for (kind, old), new in _renamed(one[0], common, one[1]).items()}
    forth = _renamed(other[0], common, other[1])
    through = {(kind, ref): forth.get((kind, was), was) for (kind, ref), was in back.items()}
    left = {(kind, was) for (kind, _), was in back.items()}
    return {**{key: to for key, to in forth.items() if key not in left}, **through}


def _renamed(store: Store, first: int, last: int) -> Refs:
    """Of one history, forwards. A record that went on the way is not among them."""
    if first == last:
        return {}
    row = CHANGES.c
    with store.reading() as connection:
        new = {
            (one.revision, one.kind, one.old): one.new
            for one in renames(connection)
            if first < one.revision <= last
        }
        gone = connection.execute(
            select(row.revision, row.kind, row.ref)
            .where(row.record.is_(None) & (row.revision > first) & (row.revision <= last))
            .order_by(row.revision)
        ).all()
    was: dict[tuple[str, str], str | None] = {}  # ref now → ref at first; None: whatever has it came later
    for revision, kind, ref in gone:
        at_first = was.get((kind, ref), ref)
        was[kind, ref] = None
        if to := new.get((revision, kind, ref)):
            was[kind, to] = at_first
    return {(kind, old): ref for (kind, ref), old in was.items() if old and old != ref}
