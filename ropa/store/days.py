"""On which days the records of a kind came into the register and were last changed."""

from collections.abc import Mapping
from datetime import date

from ropa.store.faults import damage
from ropa.store.open import Store


def days_of(store: Store, kind: str, revision: int) -> Mapping[str, tuple[date, date]]:
    """By ref, the days (UTC) of the first and the last revision, up to that one, that changed a record of the kind.

    Raises Refused where the time of a revision does not read.
    """
    with store.asking() as ask:
        rows = [
            *ask(
                "select ref, min(at), max(at) from change join revision on revision.number = change.revision "
                f"where kind = '{kind}' and change.revision <= {revision:d} group by ref"
            )
        ]
    try:
        return {
            ref: (date.fromisoformat(first[:10]), date.fromisoformat(last[:10])) for ref, first, last in rows
        }
    except ValueError:
        raise damage("the time of a revision does not read", store.place) from None
