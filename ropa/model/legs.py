"""Transfer legs as records of their own: a view, so that they are chosen, sorted and counted as any record is."""

from collections.abc import Callable, Iterable, Iterator

from ropa.model.activity import Activity
from ropa.model.base import listed, needed, said
from ropa.model.common import Documented
from ropa.model.parts import Transfer
from ropa.model.values import Line, Position, Text, Word


class Leg(Documented, Transfer):
    """One leg of a transfer, with the activity it is a part of and what is known of its destination."""

    kind = "transfer"
    noun = "transfer"
    plural = "transfers"
    shown = ("destination", "recipient", "mechanism", "activity", "leg", "name", "facts")

    ref: Line = needed("Ref", "Activity and number of the leg, such as PA-0013.2.")
    name: Line = needed("Activity's name", "What people call the activity.")
    activity: Text = said("Activity", "The activity it is a part of.")
    leg: Position = needed("Leg", "Its number in the activity.")
    facts: tuple[Word, ...] = listed("Facts", "What is known of the destination on the day.")


def legs_of(
    activities: Iterable[Activity], known: Callable[[Activity, Transfer], tuple[str, ...]]
) -> Iterator[Leg]:
    """Each leg of the activities. known: what there is to know of one on the day."""
    for one in activities:
        for n, transfer in enumerate(one.transfers, 1):
            said_there = {name: getattr(transfer, name) for name in Transfer.model_fields}
            # Every value was read when its activity was.
            yield Leg.model_construct(
                ref=f"{one.ref}.{n}",
                name=one.name,
                activity=one.ref,
                leg=n,
                facts=known(one, transfer),
                **said_there,
            )
