"""Store → Register: as it is now, from the tables; as it was, from the history.

Loading reads plain rows, one select a table, all within one transaction, and lets the model read a record when it is first
asked for: a damaged row is found there. Now comes without SQLAlchemy (decision 0015); the past is another module.
"""

from collections.abc import Collection
from datetime import date

from ropa.model.register import KINDS, Register
from ropa.pause import no_collecting
from ropa.store.open import Store
from ropa.store.unread import Ask, kind_of

AsOf = date | int
"""A past state: the end of a day in UTC, a time (a datetime is a date), or the number of a revision."""


@no_collecting()
def load(store: Store, as_of: AsOf | None = None, kinds: Collection[str] = KINDS) -> Register:
    """The register now, or as it stood at the end of a day, at a time or after a revision. Raises Refused for a damaged one.

    What is loaded stays that one state, whatever is committed later. A record is read when it is first asked for. kinds: only
    records of these are in it.
    """
    if as_of is not None:
        from ropa.store.past import past_register

        return past_register(store, as_of, kinds)
    with store.asking(sharing=True) as ask:
        return live_register(ask, store.place, kinds)


def live_register(ask: Ask, place: str, kinds: Collection[str] = KINDS) -> Register:
    """The register out of its tables, within a transaction that sees one state. place: as messages name it."""
    records = {kind: kind_of(ask, kind, place) for kind in kinds}
    for number, hash_, at in ask("select number, hash, at from revision order by number desc limit 1"):
        return Register(records, revision=number, hash=hash_, at=at)
    return Register(records)
