"""Places outside the EEA that the register knows of an activity, besides its own transfer legs."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ropa.gaps.case import Case
from ropa.gaps.texts import shown
from ropa.model.activity import Activity
from ropa.model.catalogue import System
from ropa.model.speech import country_name
from ropa.words import fold


class Place(NamedTuple):
    """A country outside the EEA, and who or what brings the data there.

    country: its code. called: its name. say: in words, "Help Desk Inc (Philippines)". words: country and name, folded: a
    reason that holds one of them names it. sub: whether a processor's own processor brings them there.
    """

    country: str
    called: str
    say: str
    words: tuple[str, ...]
    sub: bool = False


def outside_places(activity: Activity, case: Case) -> list[Place]:
    """Each place once: current recipients, the services used of them, sub-processors of processors, systems, clients."""
    clients = (place for _, _, place in case.here(_clients, activity))
    return list(dict.fromkeys((*case.here(_of_those_used, activity), *clients)))


def _of_those_used(case: Case, activity: Activity) -> dict[Place, None]:
    places: dict[Place, None] = {}
    for _, recipient in case.recipients(activity):
        for place in case.once(_of_recipient, recipient.organisation, recipient.service, recipient.role):
            places[place] = None
    for ref in activity.systems:
        for place in case.once(_of_system, ref):
            places[place] = None
    return places


def unrecorded_places(activity: Activity, case: Case) -> list[Place]:
    """Of recipients and systems: to whose country no current leg goes, and that no statement about transfers names."""
    going = {leg.destination for _, leg in case.legs(activity)}
    places = [place for place in case.here(_of_those_used, activity) if place.country not in going]
    return _unnamed(places, activity, case)


def has_clients_abroad(activity: Activity, case: Case) -> bool:
    """Whether a processor's record has a current client outside the EEA."""
    return bool(case.here(_clients, activity))


def unrecorded_clients(activity: Activity, case: Case) -> list[tuple[int, str, Place]]:
    """Number, ref and place of each client abroad without a leg back to it, and that no statement names.

    A leg to somebody else in the same country is none to the client.
    """
    if case.explained(activity, "ROPA-T112"):
        return []
    legs = [(leg.destination, leg.recipient) for _, leg in case.legs(activity)]
    open_ = [
        (n, ref, place)
        for n, ref, place in case.here(_clients, activity)
        if not any(to == ref or (to is None and code == place.country) for code, to in legs)
    ]
    unnamed = _unnamed([place for _, _, place in open_], activity, case)
    return [(n, ref, place) for n, ref, place in open_ if place in unnamed]


def _unnamed(places: list[Place], activity: Activity, case: Case) -> list[Place]:
    """Those that the reason of a statement that there are no transfers does not name."""
    stated = case.stated(activity, "transfers") if places else None
    if stated is None:
        return places
    reason = f" {fold((stated.reason or '')[:5000])} "
    return [place for place in places if not any(words in reason for words in place.words)]


def _clients(case: Case, activity: Activity) -> list[tuple[int, str, Place]]:
    """The current clients outside the EEA of a processor that is not outside it itself."""
    entity = case.organisation(activity.entity)
    if activity.role != "processor" or (entity and entity.country and case.outside(entity.country)):
        return []
    return [
        (n, client.organisation, place)
        for n, client in case.clients_of(activity)
        if client.organisation
        for place in case.once(_of_client, client.organisation)
    ]


def _of_client(case: Case, ref: str) -> Iterator[Place]:
    whom = case.organisation(ref)
    if whom is not None and whom.country:
        yield from _outside(f"{whom.name}, a client", (whom.country,), case)


def _of_recipient(case: Case, ref: str | None, used: str | None, role: str | None) -> Iterator[Place]:
    organisation = case.organisation(ref)
    if organisation is None:
        return
    services = [one for one in organisation.services if fold(one.name or "") == fold(used or "")]
    countries = [code for one in services or organisation.services for code in one.countries]
    yield from _outside(organisation.name, (*filter(None, (organisation.country,)), *countries), case)
    if role in ("processor", None):
        for sub in organisation.sub_processors:
            if case.current(sub):
                whom = case.organisation(sub.organisation)
                code = sub.country or (whom.country if whom else None)
                name = whom.name if whom else "a sub-processor"
                said = f"{name}, sub-processor of {organisation.name}"
                for place in _outside(said, filter(None, (code,)), case):
                    yield place._replace(sub=True)


def _of_system(case: Case, ref: str) -> Iterator[Place]:
    system = case.register.get(System, ref)
    if system is None:
        return
    yield from _outside(system.name, system.hosting_countries, case)
    vendor = case.organisation(system.vendor)
    # Only a plain "no access" clears the vendor: nobody gains by knowing less.
    if vendor is not None and vendor.country and system.vendor_access is not False:
        yield from _outside(f"{vendor.name}, vendor of {system.name}", (vendor.country,), case)


def _outside(who: str, countries: Iterable[str], case: Case) -> Iterator[Place]:
    for code in countries:
        if case.outside(code):
            country = country_name(code)
            names = fold(country), fold(who.partition(",")[0][:200])
            yield Place(
                code, country, f"{shown(who)} ({country})", tuple(f" {name} " for name in names if name)
            )
