"""Theme X, fourth part: third countries and sister companies that one record names and another does not know."""

from collections.abc import Iterator
from functools import lru_cache

from ropa.gaps.case import EU_LAW, Case
from ropa.gaps.outside import (
    Place,
    explained_places,
    leg_words,
    named,
    outside_places,
    places_without_leg,
    unrecorded_places,
)
from ropa.gaps.rule import Answer, Gap, found, met, missing, not_applicable, rule
from ropa.gaps.tallies import tally
from ropa.gaps.texts import shown
from ropa.model.activity import Activity
from ropa.model.organisation import Agreement, Organisation, SubProcessor
from ropa.model.speech import country_name
from ropa.reference.adequacy import Adequacy, decisions
from ropa.words import fold

_BETWEEN_PROCESSORS = 3
_PROCESSOR, _JOINT = "processor", "joint controller"


@rule(
    "ROPA-X102",
    severity="risk",
    on="activity",
    about="a transfer",
    ask="On what do the data go to this further recipient abroad? Or do none go there, and why?",
    facts=("countries", "region_membership"),
    silenced_by=("ROPA-A107",),
    law="GDPR Art. 44, 45(1), 46(1); Decision (EU) 2023/1795 (10 July 2023), for the United States only",
    applies="an activity with a current transfer, and a recipient, service or system outside the EEA",
    good="One leg to the US, on the adequacy decision, and one to India, on clauses",
    bad="One leg to the US; that support answers from India is not mentioned",
    fix="ropa activity set {ref} transfers+='{destination: COUNTRY, recipient: ORGANISATION, mechanism: MECHANISM}'",
    otherwise='ropa activity state {ref} ROPA-X102 --reason "WHO: …"',
)
def every_country(activity: Activity, case: Case) -> Answer:
    """Cover every recipient in a third country, and every third country where one processes.

    A mechanism covers the country and the importer for which it was made, so each further country, and each further importer
    in the same one, needs a leg of its own. A leg that names no importer is taken for all of its country. Where the service in
    use does not run there, name that service on the recipient. Processors of a processor are asked by ROPA-X103. A statement
    on ROPA-X102 closes the recipients and systems that its reason names; one that names none, where only one is open.
    """
    if not case.legs(activity):
        return not_applicable("No current transfer is recorded: ROPA-X101 asks.")
    places = [place for place in unrecorded_places(activity, case) if not place.sub]
    if not places:
        return met(
            "Each place outside the EEA that is known has its transfer, or a reason why there is none."
        )
    if len(places) == 1 and (reason := _of_none_by_name(activity, case)):
        return met(f"Checked and right: {shown(reason)}")
    # A new statement takes the place of the old one, so it has to name those that the old one named, too.
    bare = [place.name for place in places_without_leg(activity, case) if not place.sub]
    who = "; ".join(dict.fromkeys(map(shown, bare)))
    first, *others = map(_further, places)
    state = f'ropa activity state {{ref}} ROPA-X102 --reason "{who}: …"'
    return missing(Gap(*first[:4], otherwise=state), *others)


@lru_cache(maxsize=8192)
def _further(place: Place) -> Gap:
    say = f"{place.say} is outside the EEA, and no current transfer to it is recorded."
    fix = f"ropa activity set {{ref}} transfers+='{{{leg_words(place)}, mechanism: MECHANISM}}'"
    return Gap("transfers", say, place.country, fix, otherwise="")


def _of_none_by_name(activity: Activity, case: Case) -> str:
    """The reason of a statement on the rule, where it names nobody abroad: it was made about the one who was open then."""
    reasons = explained_places(activity)
    said = f" {fold(' '.join(reasons)[:5000])} "
    return "" if any(named(place, said) for place in outside_places(activity, case)) else " ".join(reasons)


@rule(
    "ROPA-X103",
    severity="risk",
    on="engaged",
    ask="On what does the vendor send the data to this supplier abroad?",
    facts=("countries", "region_membership", "adequacy"),
    explainable=True,
    law="GDPR Art. 28(4), 44, 46(1); Decision (EU) 2021/914 (4 June 2021), module 3, Clause 8.8; EDPB Opinion 22/2024 (7 October 2024)",
    applies="a processor of a controller's activity with a current sub-processor in a country without an adequacy decision for all of it",
    good="Irish vendor, supplier in India, module 3 of the clauses seen",
    bad="A supplier in India, and nothing recorded",
    fix="ropa {noun} set {ref} agreements+='{kind: scc, set: scc-2021-914, modules: [3], signed_on: DATE}'",
    otherwise='ropa {noun} state {ref} ROPA-X103 --reason "…"',
)
def suppliers_abroad(vendor: Organisation, case: Case) -> Answer:
    """Find a mechanism for each sub-processor in a third country.

    The exporter is the vendor, and a controller has to be able to show how the chain is protected: the Board says so, the text
    leaves it to Art. 28(4) and 44. Clauses with module 3, corporate rules, or a leg of an activity that uses the vendor count. A
    vendor abroad may pass data on under its own terms: explain it. Only the vendor's direct suppliers are looked at.
    """
    abroad = [
        (n, code, sub)
        for n, sub in enumerate(vendor.sub_processors, 1)
        if case.current(sub) and (code := _country(sub, case)) and _unprotected(code, case)
    ]
    if not abroad:
        return not_applicable("No current sub-processor in a country without full adequacy is recorded.")
    going = case.tally(_going).get(vendor.ref, set())
    gaps = [
        Gap(
            f"sub_processors.{n}",
            f"On what the data go to {_called(sub, case)} ({country_name(code)}) is not recorded.",
            code,
        )
        for n, code, sub in abroad
        if code not in going and not any(_covers(one, sub, case) for one in vendor.agreements)
    ]
    return found(gaps, "For each sub-processor in a third country a mechanism is recorded.")


def _country(sub: SubProcessor, case: Case) -> str:
    known = case.organisation(sub.organisation)
    return sub.country or (known.country if known else None) or ""


def _unprotected(code: str, case: Case) -> bool:
    return case.outside(code) and not any(one.scope_kind == "all" for one in case.once(_decisions, code))


def _decisions(case: Case, code: str) -> Iterator[Adequacy]:
    yield from decisions(EU_LAW, code, case.on)


def _called(sub: SubProcessor, case: Case) -> str:
    return shown(case.name(Organisation.kind, sub.organisation)) if sub.organisation else "a sub-processor"


def _covers(one: Agreement, sub: SubProcessor, case: Case) -> bool:
    """Whether an agreement on record with the vendor is a tool for what goes to that supplier."""
    if one.valid_until is not None and one.valid_until < case.on:
        return False
    if one.party is not None and sub.organisation is not None and one.party != sub.organisation:
        return False
    return one.kind == "bcr" or (one.kind == "scc" and _BETWEEN_PROCESSORS in one.modules)


@tally(dict)
def _going(found: dict[str, set[str]], activity: Activity, case: Case) -> None:
    """Processor → the destinations of the current legs of the activities that use it."""
    if activity.transfers:
        to = {leg.destination for _, leg in case.legs(activity) if leg.destination}
        for _, one in case.recipients(activity):
            if one.role == _PROCESSOR and one.organisation:
                found.setdefault(one.organisation, set()).update(to)


@rule(
    "ROPA-X108",
    severity="missing",
    on="partner",
    ask="Which record does the sister company keep of what it does for us?",
    explainable=True,
    law="GDPR Art. 30(1), 30(2); Art. 26(1); Art. 3(1)-(2)",
    applies="an organisation of ours that another organisation of ours names as processor or joint controller",
    good="Service company: a processor's record that names five sister companies as clients",
    bad="The parent hosts HR for all, and has no processor's record",
    fix="ropa activity add 'Processing for ENTITY' role=processor entity={ref} clients+='{organisation: ENTITY, categories: \"…\"}'",
    otherwise='ropa entity state {ref} ROPA-X108 --reason "…"',
)
def sister_companies(sister: Organisation, case: Case) -> Answer:
    """Mirror dealings inside the group.

    Each processor keeps its own record (Art. 30(2)), and each of two joint controllers its own (Art. 30(1)); a group is many
    persons in law. Branches of one legal person have nothing to mirror, a sister outside the EEA may not be bound for
    this processing (Art. 3), and another may keep its register elsewhere: then state it. A draft counts as a record.
    """
    wanted = case.tally(_wanted).get(sister.ref, {}) if sister.ours else {}
    if not wanted:
        return not_applicable("No other organisation of ours names it as processor or joint controller.")
    had = case.once(_had)[0]
    gaps = []
    for (whom, role), ref in wanted.items():
        if (sister.ref, whom, role) in had:
            continue
        other = shown(case.name(Organisation.kind, whom))
        if role == _PROCESSOR:
            say = (
                f"{ref} of {other} names it as processor, and it has no processor's record with that client."
            )
            part = f"clients+='{{organisation: {whom}, categories: \"…\"}}'"
            fix = f"ropa activity add 'Processing for {whom}' role=processor entity={{ref}} {part}"
        else:
            say = f"{ref} of {other} names it as joint controller, and it has no record of its own with that one."
            part = f"recipients+='{{organisation: {whom}, role: joint controller}}'"
            fix = f"ropa activity add 'Joint activity with {whom}' role=controller entity={{ref}} {part}"
        gaps.append(Gap("ours", say, whom, fix=fix))
    return found(gaps, "It has a record of its own for each sister company that names it.")


@tally(dict)
def _wanted(found: dict[str, dict[tuple[str, str], str]], activity: Activity, case: Case) -> None:
    """Ours → (the sister that names it, its role) → the first activity that does."""
    entity, (ours,) = activity.entity, case.once(_ours)
    if activity.role == _PROCESSOR or entity is None or entity not in ours or len(ours) == 1:
        return
    for _, one in case.recipients(activity):
        if (
            one.organisation
            and one.organisation in ours
            and one.organisation != entity
            and one.role in (_PROCESSOR, _JOINT)
        ):
            found.setdefault(one.organisation, {}).setdefault((entity, one.role), activity.ref)


def _ours(case: Case) -> Iterator[set[str]]:
    yield {ref for ref, one in case.register.organisations.items() if one.ours}


def _had(case: Case) -> Iterator[set[tuple[str | None, str | None, str]]]:
    """(entity, the one with whom, role of the entity) of every record that goes on."""
    found: set[tuple[str | None, str | None, str]] = set()
    for activity in case.register.activities.values():
        if activity.status == "ended":
            continue
        if activity.role == _PROCESSOR:
            found |= {(activity.entity, one.organisation, _PROCESSOR) for _, one in case.clients_of(activity)}
        else:
            joint = (one for _, one in case.recipients(activity) if one.role == _JOINT)
            found |= {(activity.entity, one.organisation, _JOINT) for one in joint}
    yield found
