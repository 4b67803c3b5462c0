"""Theme V, third part: when vendors began, whom they engage, where they are, and what certificates still say."""

from collections.abc import Iterator
from datetime import date

from ropa.gaps.case import Case
from ropa.gaps.rule import Answer, Gap, found, not_applicable, rule
from ropa.gaps.rules.adequacy import is_dpf, stale
from ropa.gaps.rules.vendors import binds
from ropa.gaps.tallies import tally
from ropa.gaps.texts import blank, shown
from ropa.model.activity import Activity
from ropa.model.catalogue import System
from ropa.model.organisation import Certification, Organisation
from ropa.model.parts import Recipient
from ropa.words import fold

APPLIED = date(2018, 5, 25)
"""The day from which the Regulation applies (Art. 99(2))."""
_BY_CERTIFICATE = "46-2-f"


@rule(
    "ROPA-V102",
    severity="risk",
    on="controller",
    about="a processor",
    ask="Which contract bound the processor in the time before the one on record?",
    explainable=True,
    law="GDPR Art. 28(3); Art. 99(2)",
    applies="a current processor with a signed contract, where its first day or that of the activity is recorded",
    good="In use since May 2024, contract of April 2024",
    bad="In use since January, contract signed in September",
    fix="ropa vendor set ORGANISATION agreements+='{kind: art28, signed_on: EARLIER, document: \"…\"}'",
    otherwise='ropa activity state {ref} ROPA-V102 --reason "…"',
)
def contract_before_data(activity: Activity, case: Case) -> Answer:
    """Explain data that flowed before the contract.

    Processing by a processor is governed by a contract from its first day. Where the recipient has no first day of its own,
    that of the activity counts. What began before 25 May 2018 began under the law before, and is not asked.
    """
    gaps, compared = [], False
    (signed,) = case.once(_first_signed)
    for n, one in case.recipients(activity):
        if one.role != "processor" or (known := signed.get(one.organisation)) is None:
            continue
        start = one.since or activity.started_on
        if start is not None and start >= APPLIED:
            compared = True
            if known[1] > start:
                gaps.append(_late_contract(n, one, activity, *known))
    if not compared:
        return not_applicable("No first day and day of signature can be compared.")
    return found(gaps, "Each contract is as old as the processing.")


def _first_signed(case: Case) -> Iterator[dict[str | None, tuple[Organisation, date]]]:
    """Each organisation that has a contract with a day, and the day of its first."""
    days = (
        (one, [a.signed_on for a in one.agreements if binds(a) and a.signed_on])
        for one in case.register.organisations.values()
    )
    yield {one.ref: (one, min(each)) for one, each in days if each}


def _late_contract(n: int, one: Recipient, activity: Activity, known: Organisation, first: date) -> Gap:
    field = f"recipients.{n}.since"
    if one.since is None:
        say = f"The activity began on {activity.started_on}, the first contract with {shown(known.name)} is of {first};"
        say += " since when it receives data is not recorded."
        return Gap(field, say, fix="ropa activity set {ref} {field}=DATE")
    noun = "entity" if known.ours else "vendor"
    fix = f"ropa {noun} set {known.ref} agreements+='{{kind: art28, signed_on: EARLIER, document: \"…\"}}'"
    say = f"{shown(known.name)} receives data since {one.since}; the first contract is of {first}."
    return Gap(field, say, str(one.since), fix=fix)


@rule(
    "ROPA-V103",
    severity="risk",
    on="engaged",
    ask="Whom does this vendor engage in turn, and may it engage others without asking us?",
    law="GDPR Art. 28(2), 28(4); EDPB Opinion 22/2024 (7 October 2024)",
    applies="a processor of a controller's activity with a contract on record that is not over",
    good="General authorisation; three sub-processors, by the list of a day",
    bad="'See the vendor's website'",
    fix="ropa {noun} set {ref} sub_processors+='{organisation: SUPPLIER, country: COUNTRY}'",
    otherwise='ropa {noun} state {ref} sub_processors --reason "none, as it answered on DATE"',
)
def sub_processors(vendor: Organisation, case: Case) -> Answer:
    """Know the sub-processors, and how they are authorised.

    A processor engages another only with prior authorisation, specific or general; the Board wants the controller to have
    the names of the whole chain at hand. That there are none is an answer: state it, with the day on which the vendor said so.
    """
    contracts = [
        (n, a)
        for n, a in enumerate(vendor.agreements, 1)
        if binds(a) and (a.valid_until is None or a.valid_until >= case.on)  # also while its date is not said
    ]
    if not contracts:
        return not_applicable("No contract with it is recorded that is not over: ROPA-V101 asks for one.")
    if not vendor.sub_processors and (stated := case.stated(vendor, "sub_processors")):
        return not_applicable(f"Stated: {shown(stated.reason)}")
    gaps = []
    if all(a.subprocessors is None for _, a in contracts):
        n = contracts[-1][0]
        gaps.append(
            Gap(
                f"agreements.{n}.subprocessors",
                "Whether sub-processors are authorised in general or one by one is not recorded.",
                fix="ropa {noun} set {ref} {field}=AUTHORISATION",
                otherwise="",
            )
        )
    if not vendor.sub_processors:
        gaps.append(Gap("sub_processors", "Neither a sub-processor, nor that there is none, is recorded."))
    return found(gaps, "Its sub-processors and their authorisation are recorded.")


@rule(
    "ROPA-V105",
    severity="risk",
    on="partner system",
    ask="In which country is it established, and in which countries do data lie or are they read?",
    law="GDPR Art. 44; Art. 30(1)(e), 30(2)(c)",
    applies="a processor or controller that an activity names, the vendor of its system, and the system",
    good="Established in Ireland; processes in Ireland, with support from India",
    bad="Country: 'cloud'",
    fix="ropa {noun} set {ref} {field}=COUNTRY",
)
def places(record: Organisation | System, case: Case) -> Answer:
    """Record where each vendor sits and where it processes.

    No text asks for these fields, but without them nobody can tell whether there is a transfer. Of a processor each service
    in use needs its countries, and each sub-processor its own; of a system, the countries in which it is hosted.
    """
    if isinstance(record, System):
        gaps = (
            []
            if record.hosting_countries
            else [
                Gap(
                    "hosting_countries",
                    "Where it is hosted is not recorded.",
                    fix="ropa system set {ref} {field}+=COUNTRY",
                )
            ]
        )
        return found(gaps, "Where it is hosted is recorded.")
    gaps = []
    if record.country is None:
        gaps.append(Gap("country", "In which country it is established is not recorded."))
    used = case.once(_services_used, record.ref)
    if not used:
        return found(gaps, "Its country is recorded.")
    services = [(n, one) for n, one in enumerate(record.services, 1) if fold(one.name or "") in used]
    if not services:
        services = list(enumerate(record.services, 1))
    gaps += [
        Gap(
            f"services.{n}.countries",
            f"Where the service '{shown(one.name)}' processes is not recorded.",
            fix="ropa {noun} set {ref} {field}+=COUNTRY",
        )
        for n, one in services
        if not one.countries
    ]
    if not services:
        fix = "ropa {noun} set {ref} services+='{name: \"…\", countries: [COUNTRY]}'"
        gaps.append(Gap("services", "Where it processes is not recorded.", fix=fix))
    gaps += _suppliers_anywhere(record, case)
    return found(gaps, "Its country, and where its services process, is recorded.")


def _suppliers_anywhere(vendor: Organisation, case: Case) -> Iterator[Gap]:
    """The current sub-processors of which no country is recorded, neither there nor of the organisation itself."""
    for n, sub in enumerate(vendor.sub_processors, 1):
        known = case.organisation(sub.organisation)
        if sub.country is None and not (known and known.country) and case.current(sub):
            name = shown(known.name) if known else "a sub-processor"
            say = f"In which country {name}, a sub-processor of it, processes is not recorded."
            yield Gap(f"sub_processors.{n}.country", say)


def _services_used(case: Case, ref: str | None) -> tuple[str, ...]:
    """The services for which it is a processor, folded; one of "" for "not said which"; nothing where it is none."""
    return tuple({fold(one) for one in case.tally(_services_by_processor).get(ref or "", ())})


@tally(dict)
def _services_by_processor(used: dict[str, set[str]], activity: Activity, case: Case) -> None:
    for _, one in case.recipients(activity):
        if one.role == "processor" and one.organisation:
            used.setdefault(one.organisation, set()).add(one.service or "")


@rule(
    "ROPA-V106",
    severity="risk",
    on="partner",
    ask="Is the certificate still valid, and who looked it up when?",
    law="GDPR Art. 28(1), 28(5); Art. 42(7); Art. 46(2)(f)",
    applies="a processor, or the importer of a transfer on Art. 46(2)(f), with a certificate other than of the DPF",
    good="ISO/IEC 27001 until next May, looked up this month",
    bad="A certificate that ended two years ago",
    fix="ropa {noun} set {ref} {field}=DATE",
)
def certificates(vendor: Organisation, case: Case) -> Answer:
    """Check certificates again before they go stale.

    A certificate helps to show sufficient guarantees while it lasts: those of Art. 42 for three years at most. A look counts
    for a year (our setting, not law). Those of the EU-US Data Privacy Framework are asked by ROPA-T104.
    """
    relied = bool(case.once(_services_used, vendor.ref)) or vendor.ref in case.tally(_certified)
    kept = [(n, one) for n, one in enumerate(vendor.certifications, 1) if not is_dpf(one.scheme)]
    if not relied or not kept:
        return not_applicable("No certificate of it is relied on.")
    newest = {
        fold(one.scheme or ""): n for n, one in sorted(kept, key=lambda each: each[1].until or date.max)
    }
    gaps = [gap for n, one in kept if newest[fold(one.scheme or "")] == n for gap in _aged(n, one, case.on)]
    return found(gaps, "Its certificates are valid and were looked up within a year (our setting).")


def _aged(n: int, one: Certification, on: date) -> Iterator[Gap]:
    name = "The certificate" if blank(one.scheme) else f"The certificate '{shown(one.scheme)}'"
    if one.until and one.until < on:
        yield Gap(
            f"certifications.{n}.until",
            f"{name} ended on {one.until}.",
            str(one.until),
            fix="ropa {noun} set {ref} {field}=UNTIL " + f"certifications.{n}.checked_on=CHECKED",
            expired=one.until,
        )
    elif stale(one, on):
        seen = f"was last looked up on {one.checked_on}" if one.checked_on else "was never looked up"
        fix = "ropa {noun} set {ref} {field}=CHECKED"
        say = f"{name} {seen} (our setting: each year)."
        yield Gap(f"certifications.{n}.checked_on", say, str(one.checked_on or ""), fix=fix)


@tally(set)
def _certified(found: set[str], activity: Activity, case: Case) -> None:
    """Refs of the importers of current transfers that rest on a certificate."""
    for _, leg in case.legs(activity):
        if leg.mechanism == _BY_CERTIFICATE and leg.recipient and case.abroad(leg):
            found.add(leg.recipient)
