"""Places outside the EEA that the register knows of an activity, besides its own transfer legs."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ropa.gaps.case import Case
from ropa.gaps.texts import no_reason, shown
from ropa.model.activity import Activity
from ropa.model.catalogue import System
from ropa.model.organisation import Organisation
from ropa.model.speech import country_name
from ropa.words import fold


class Place(NamedTuple):
    """A country outside the EEA, and who or what brings the data there.

    country: its code. called: its name. say: in words, "Help Desk Inc (Philippines)". words: country and name, folded: a
    reason that holds one of them names it. name: as it is written. whom: the organisations to which a leg covers the place,
    first the one that receives the data there; none where nobody is recorded.
    sub: whether a processor's own processor brings them there.
    """

    country: str
    called: str
    say: str
    words: tuple[str, ...]
    name: str
    whom: tuple[str, ...] = ()
    sub: bool = False


def outside_places(activity: Activity, case: Case) -> list[Place]:
    """Each place once: current recipients, the services used of them, sub-processors of processors, systems, clients."""
    clients = (place for _, _, place in case.here(_clients, activity))
    return list(dict.fromkeys((*case.here(_of_those_used, activity), *clients)))


def _of_those_used(case: Case, activity: Activity) -> dict[Place, None]:
    places: dict[Place, None] = {}
    for _, one in case.recipients(activity):
        if one.organisation:
            places.update(case.once(_of_recipient, one.organisation, one.service, one.role)[0])
    for ref in activity.systems:
        places.update(case.once(_of_system, ref)[0])
    return places


def unrecorded_places(activity: Activity, case: Case) -> list[Place]:
    """Of recipients and systems: to whom no current leg goes there, and that no statement names."""
    places = places_without_leg(activity, case)
    if not places or not activity.statements:
        return places
    if reasons := explained_places(activity):
        said = f" {fold(' '.join(reasons)[:5000])} "
        places = [one for one in places if not named(one, said)]
    return _unnamed(places, activity, case)


def places_without_leg(activity: Activity, case: Case) -> list[Place]:
    """Of recipients and systems: to whom no current leg goes there.

    A leg that names its importer covers that one and its group, and not everybody in the country: what it rests on was agreed
    with that importer. A leg without one says nothing of whom it means; it covers the country.
    """
    return case.here(_without_leg, activity)


def _without_leg(case: Case, activity: Activity) -> list[Place]:
    going: dict[str, set[str | None]] = {}
    for _, leg in case.legs(activity):
        if leg.destination:
            going.setdefault(leg.destination, set()).add(leg.recipient)
    return [
        place
        for place in case.here(_of_those_used, activity)
        if place.country not in going or not _covered(place, going[place.country], case)
    ]


def named(place: Place, said: str) -> bool:
    """Whether a folded text has the name of who is there; the country alone names nobody."""
    return any(name in said for name in place.words[1:])


def explained_places(activity: Activity) -> list[str]:
    """The reasons of the statements on ROPA-X102: each closes the recipients and systems that it names."""
    return [
        one.reason or ""
        for one in activity.statements
        if one.about and one.about.upper() == "ROPA-X102" and one.says and not no_reason(one.reason)
    ]


def _covered(place: Place, importers: set[str | None], case: Case) -> bool:
    if None in importers or not place.whom:
        return True
    return any(not importers.isdisjoint(case.once(_group, ref)) for ref in place.whom)


def _group(case: Case, ref: str) -> Iterator[str]:
    """Refs of the organisation, of the one that controls it, and of those that either controls."""
    yield ref
    one = case.register.organisations.get(ref)
    below = case.once(_by_parent)[0]
    for head in (ref, one.parent if one else None):
        if head:
            yield head
            yield from below.get(head, ())


def _by_parent(case: Case) -> Iterator[dict[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for one in case.register.organisations.values():
        if one.parent:
            found.setdefault(one.parent, []).append(one.ref)
    yield found


def leg_words(place: Place) -> str:
    """The first fields of the leg that a place lacks, as a part is typed; without its receiver where none is recorded."""
    return f"destination: {place.country}" + (f", recipient: {place.whom[0]}" if place.whom else "")


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
    told = {place for place in places for words in place.words if words in reason}
    return [place for place in places if place not in told] if told else places


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


def _of_recipient(case: Case, *of: str | None) -> Iterator[dict[Place, None]]:
    yield dict.fromkeys(_at_recipient(case, *of))


def _at_recipient(case: Case, ref: str | None, used: str | None, role: str | None) -> Iterator[Place]:
    organisation = case.organisation(ref)
    if organisation is None:
        return
    services = [one for one in organisation.services if fold(one.name or "") == fold(used or "")]
    countries = [code for one in services or organisation.services for code in one.countries]
    for place in _outside(organisation.name, (*filter(None, (organisation.country,)), *countries), case):
        # Where it is not itself in that country, a supplier of it is who receives them there.
        own = organisation.country == place.country
        yield place._replace(whom=(organisation.ref, *(() if own else _suppliers(case, organisation, place))))
    if role in ("processor", None):
        for sub in organisation.sub_processors:
            if case.current(sub):
                whom = case.organisation(sub.organisation)
                code = sub.country or (whom.country if whom else None)
                name = whom.name if whom else "a sub-processor"
                said = f"{name}, sub-processor of {organisation.name}"
                for place in _outside(said, filter(None, (code,)), case):
                    both = tuple(filter(None, (sub.organisation, organisation.ref)))
                    yield place._replace(whom=both, sub=True)


def _suppliers(case: Case, organisation: Organisation, place: Place) -> Iterator[str]:
    for sub in organisation.sub_processors:
        known = case.organisation(sub.organisation)
        if known and case.current(sub) and (sub.country or known.country) == place.country:
            yield known.ref


def _of_system(case: Case, ref: str) -> Iterator[dict[Place, None]]:
    yield dict.fromkeys(_at_system(case, ref))


def _at_system(case: Case, ref: str) -> Iterator[Place]:
    system = case.register.get(System, ref)
    if system is None:
        return
    vendor = case.organisation(system.vendor)
    whom = (vendor.ref,) if vendor else ()
    for place in _outside(system.name, system.hosting_countries, case):
        yield place._replace(whom=whom)
    # Only a plain "no access" clears the vendor: nobody gains by knowing less.
    if vendor is not None and vendor.country and system.vendor_access is not False:
        for place in _outside(f"{vendor.name}, vendor of {system.name}", (vendor.country,), case):
            yield place._replace(whom=whom)


def _outside(who: str, countries: Iterable[str], case: Case) -> Iterator[Place]:
    for code in countries:
        if case.outside(code):
            country = country_name(code)
            names = fold(country), fold(who.partition(",")[0][:200])
            words = tuple(f" {name} " for name in names if name)
            yield Place(code, country, f"{shown(who)} ({country})", words, who.partition(",")[0][:200])
