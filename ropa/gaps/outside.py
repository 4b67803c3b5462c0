"""Places outside the EEA that the register knows of an activity, besides its own transfer legs."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ropa.gaps.case import Case
from ropa.gaps.texts import shown
from ropa.model.activity import Activity
from ropa.model.catalogue import System
from ropa.model.organisation import Organisation
from ropa.model.parts import Recipient
from ropa.model.speech import country_name
from ropa.words import fold


class Place(NamedTuple):
    """A country outside the EEA, and who or what brings the data there."""

    country: str
    who: str

    @property
    def say(self) -> str:
        """In words: "Help Desk Inc in the Philippines"."""
        return f"{shown(self.who)} ({country_name(self.country)})"


def outside_places(activity: Activity, case: Case) -> list[Place]:
    """Each place once: current recipients, the services used of them, sub-processors of processors, systems."""
    places: dict[Place, None] = {}
    for _, recipient in case.recipients(activity):
        if organisation := case.organisation(recipient.organisation):
            places.update(dict.fromkeys(_of_recipient(recipient, organisation, case)))
    for ref in activity.systems:
        if system := case.register.get(System, ref):
            places.update(dict.fromkeys(_of_system(system, case)))
    return list(places)


def _of_recipient(recipient: Recipient, organisation: Organisation, case: Case) -> Iterator[Place]:
    used = [s for s in organisation.services if fold(s.name or "") == fold(recipient.service or "")]
    countries = [code for service in used or organisation.services for code in service.countries]
    yield from _outside(organisation.name, (*filter(None, (organisation.country,)), *countries), case)
    if recipient.role in ("processor", None):
        for sub in organisation.sub_processors:
            if case.current(sub):
                whom = case.organisation(sub.organisation)
                code = sub.country or (whom.country if whom else None)
                name = whom.name if whom else "a sub-processor"
                yield from _outside(
                    f"{name}, sub-processor of {organisation.name}", filter(None, (code,)), case
                )


def _of_system(system: System, case: Case) -> Iterator[Place]:
    yield from _outside(system.name, system.hosting_countries, case)
    vendor = case.organisation(system.vendor)
    # Only a plain "no access" clears the vendor: nobody gains by knowing less.
    if vendor is not None and vendor.country and system.vendor_access is not False:
        yield from _outside(f"{vendor.name}, vendor of {system.name}", (vendor.country,), case)


def _outside(who: str, countries: Iterable[str], case: Case) -> Iterator[Place]:
    return (Place(code, who) for code in countries if case.outside(code))
