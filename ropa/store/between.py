"""Which records got another ref between two revisions, however often, and whatever else was changed in them meanwhile."""

from sqlalchemy import select

from ropa.store.open import Store
from ropa.store.renames import renames
from ropa.store.tables import CHANGES


def renamed_between(store: Store, first: int, last: int) -> dict[tuple[str, str], str]:
    """Kind and ref after the first revision → ref after the last one. A record that went on the way is not among them."""
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
