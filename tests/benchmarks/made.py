"""A made register of any size, the same for the same size: every kind of record, every part of an activity.

Catalogues come from the shipped facts; organisations grow with the register, one for every fifty activities.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from ropa.model.activity import Activity
from ropa.model.catalogue import DataCategory, Measure, RetentionRule, SubjectCategory, System
from ropa.model.codes import PLAIN
from ropa.model.common import Documented, Provenance, Statement
from ropa.model.notice import Notice, Told, Waiver
from ropa.model.organisation import (
    Agreement,
    Certification,
    DataProtectionOfficer,
    Organisation,
    Representative,
    Service,
    SubProcessor,
)
from ropa.model.parts import Breach, Client, Criterion, DataLine, Dpia, Purpose, Recipient, Transfer
from ropa.model.register import Register
from ropa.reference.codes import legal_bases, mechanisms, special_conditions
from ropa.reference.facts import table

OURS = ("holding", "shop", "services")
COUNTRIES = "DE FR NL AT IE ES IT PL US GB CH IN JP BR".split()
ABROAD = "US GB CH IN JP BR".split()
DEPARTMENTS = "HR,Finance,Marketing,Sales,IT,Legal,Customer service,Logistics".split(",")
WORK = "Payroll,Recruiting,Newsletter,Web analytics,Order handling,Support tickets,Access control,Supplier files".split(
    ","
)
PEOPLE = "employees,applicants,customers,visitors of the website,contacts at suppliers".split(",")
PERIODS = "P30D P6M P1Y P2Y P3Y P6Y P8Y P10Y".split()
_BASES = [code for code in legal_bases().codes if code != "6(1)(f)"]


def made(activities: int) -> Register:
    """A register with that many activities."""
    return Register.of(_records(activities, Random(activities)))


def _records(activities: int, chance: Random) -> Iterator[Documented]:
    vendors = [f"vendor-{n}" for n in range(1, 41 + activities // 50)]
    yield from (_ours(ref) for ref in OURS)
    yield from (_vendor(n, vendors, chance) for n in range(1, len(vendors) + 1))
    catalogue = list(_catalogue(chance, vendors))
    yield from catalogue
    known = {kind: [r.ref for r in catalogue if r.kind == kind] for kind in {r.kind for r in catalogue}}
    known["organisation"] = vendors
    yield from (_activity(n, known, chance) for n in range(1, activities + 1))
    for n in range(1, activities // 100 + 1):
        yield Waiver(
            ref=f"W-{n:04d}", name=f"ROPA-A104 for PA-{n:04d}", rule="ROPA-A104", record_kind="activity",
            record=f"PA-{n:04d}", reason="The contract is being renewed.", by="Head of Legal", on=_day(chance),
            until=date(2027, 6, 30),
        )  # fmt: skip


def _ours(ref: str) -> Organisation:
    return Organisation(
        ref=ref, name=f"Example {ref.title()} GmbH", ours=True, parent=None if ref == OURS[0] else OURS[0],
        registration_number=f"HRB {len(ref)}4711", address="Musterstrasse 1, 10115 Berlin", country="DE",
        email=f"privacy@{ref}.example", phone="+49 30 000000", website=f"https://{ref}.example", domains=(f"{ref}.example",),
        jurisdiction="EU GDPR", employees=600, public_body=False, supervisory_authority="Authority of Berlin",
        dpo=DataProtectionOfficer(name="Data protection officer", position="own staff", email=f"dpo@{ref}.example",
                                  published=f"https://{ref}.example/privacy", told_authority_on=date(2024, 3, 1)),
    )  # fmt: skip


def _vendor(n: int, vendors: Sequence[str], chance: Random) -> Organisation:
    country = chance.choice(COUNTRIES)
    outside = country in ABROAD
    return Organisation(
        ref=f"vendor-{n}", name=f"Vendor {n} Ltd.", aliases=(f"Vendor{n}",), ours=False, country=country,
        address=f"{n} Example Street", email=f"privacy@vendor{n}.example", website=f"https://vendor{n}.example",
        domains=(f"vendor{n}.example",),
        representative=Representative(name="EU Representative BV", email="rep@rep.example", country="NL") if outside else None,
        services=tuple(
            Service(name=f"Service {k}", what_for="hosting and support", countries=tuple(chance.sample(COUNTRIES, 2)))
            for k in range(1, chance.randint(2, 3))
        ),
        certifications=(Certification(scheme="ISO/IEC 27001", since=_day(chance), checked_on=date(2026, 9, 1)),),
        agreements=(Agreement(kind="art28", party=OURS[n % 3], signed_on=_day(chance), document=f"contracts/{n}.pdf",
                              subprocessors="general"),),
        sub_processors=tuple(
            SubProcessor(organisation=ref, service="storage", country=chance.choice(COUNTRIES), since=_day(chance))
            for ref in chance.sample(vendors, 2)
        ),
    )  # fmt: skip


def _catalogue(chance: Random, vendors: Sequence[str]) -> Iterator[Documented]:
    for row in table("data_categories"):
        yield DataCategory(
            ref=row["slug"],
            name=row["name"],
            parent=row["parent"],
            special=row["special"],
            dpv_iri=row["dpv_iri"],
        )
    for row in table("subject_categories"):
        yield SubjectCategory(ref=row["slug"], name=row["name"], parent=row["parent"], dpv_iri=row["dpv_iri"])
    for n, period in enumerate(PERIODS * 5, 1):
        yield RetentionRule(
            ref=f"rule-{n}", name=f"Rule {n}", period=period, starts="end of the calendar year", ground="§ 147(3) AO",
            country="DE", fate="erase", method="Overwritten by a nightly run.",
        )  # fmt: skip
    measures = table("measures")
    for row in measures:
        yield Measure(
            ref=row["slug"], name=row["name"], art32=row["kind"], nature=row["nature"], dpv_iri=row["dpv_iri"]
        )
    for n in range(1, 61):
        yield System(
            ref=f"system-{n}", name=f"System {n}", vendor=chance.choice(vendors), vendor_access=n % 3 == 0,
            hosting_countries=tuple(chance.sample(COUNTRIES, 2)), description="Keeps and shows the files of the case.",
            measures=tuple(row["slug"] for row in chance.sample(measures, 4)),
        )  # fmt: skip
    for n in range(1, 6):
        text = "\n".join(f"Line {line} of what people are told." for line in range(1, 120))
        told = tuple(Told(topic="announced", text=f"Line {k}", lines=str(k)) for k in range(1, 6))
        yield Notice(
            ref=f"notice-{n}", name=f"Notice {n}", entity=OURS[n % 3], language="en", told=told, text=text
        )


def _activity(n: int, known: dict[str, list[str]], chance: Random) -> Activity:
    """About 25 rows in all; one in ten is a processor's record, one in three of the others has a DPIA."""
    some = chance.random
    role = "processor" if n % 10 == 0 else "controller"
    own: dict[str, Any] = (
        _as_processor(known, chance) if role == "processor" else _as_controller(known, chance)
    )
    return Activity(
        ref=f"PA-{n:04d}", name=f"{chance.choice(WORK)} {n}", role=role, entity=chance.choice(OURS),
        department=chance.choice(DEPARTMENTS), owner=f"Head of {chance.choice(DEPARTMENTS)}", status="active",
        started_on=_day(chance), notes=None if n % 4 else "Ask again in spring.",
        description=f"In case {n} the files are opened, completed from the forms, checked by a second person and closed.",
        aliases=(f"Case {n}",) if n % 5 == 0 else (), tags=tuple(chance.sample(["audit", "2026", "core", "web"], n % 3)),
        transfers=tuple(_leg(known, chance) for _ in range(chance.choice((0, 0, 1, 1, 2, 3)))),
        systems=tuple(chance.sample(known["system"], 2)), measures=tuple(chance.sample(known["measure"], 3)),
        automated_decisions="profiling" if n % 20 == 0 else "none", children=n % 15 == 0,
        decision_logic="Scores the visit by the pages seen." if n % 20 == 0 else None,
        countries_aimed_at=tuple(chance.sample(COUNTRIES, 2)) if some() < 0.3 else (),
        breaches=(Breach(date=_day(chance), reference=f"B-{n}"),) if n % 50 == 0 else (),
        reviewed_on=_day(chance), reviewed_by="Data protection officer", review_every="P1Y",
        statements=tuple(_statement(about, chance) for about in ("transfers", "dpia")[: n % 3]),
        provenance=(Provenance(notice=chance.choice(known["notice"]), lines=f"{n % 100 + 1}-{n % 100 + 2}"),) if n % 2 else (),
        **own,
    )  # fmt: skip


def _as_controller(known: dict[str, list[str]], chance: Random) -> dict[str, Any]:
    with_dpia = chance.random() < 1 / 3
    return {
        "notices": tuple(chance.sample(known["notice"], 1)),
        "purposes": tuple(_purpose(chance) for _ in range(chance.randint(1, 3))),
        "data": tuple(_line(known, chance) for _ in range(chance.randint(3, 8))),
        "recipients": tuple(_recipient(known, chance) for _ in range(chance.randint(1, 4))),
        "criteria": tuple(
            Criterion(
                criterion=code, answer=chance.choice(("met", "not met")), reason="Looked at in the workshop."
            )
            for code in PLAIN["criterion"].codes
        )
        if with_dpia
        else (),
        "dpia": Dpia(
            public_area=False, reference="DPIA-7", date=_day(chance), outcome="low", dpo_advice="2025-04-01"
        )
        if with_dpia
        else None,
    }


def _as_processor(known: dict[str, list[str]], chance: Random) -> dict[str, Any]:
    clients = chance.sample(known["organisation"], chance.randint(1, 5))
    return {
        "clients": tuple(
            Client(organisation=ref, categories="hosting, support", since=_day(chance)) for ref in clients
        )
    }


def _purpose(chance: Random) -> Purpose:
    people = chance.choice(PEOPLE)
    if chance.random() < 0.3:
        return Purpose(
            text=f"To keep the service for {people} safe.", legal_basis="6(1)(f)", lia_reference="LIA-12",
            legitimate_interest="To find and stop misuse of accounts.", lia_date=_day(chance), lia_children=False,
        )  # fmt: skip
    return Purpose(
        text=f"To carry out what was agreed with {people}.", legal_basis=chance.choice(_BASES), law="§ 26 BDSG",
        art9_condition=chance.choice(special_conditions().codes) if chance.random() < 0.1 else None,
    )  # fmt: skip


def _line(known: dict[str, list[str]], chance: Random) -> DataLine:
    return DataLine(
        subjects=chance.choice(known["subject_category"]), category=chance.choice(known["data_category"]),
        retention=chance.choice(known["retention_rule"]), description="As given in the form.", source="the person",
        mandatory=chance.random() < 0.5, purposes=(1,) if chance.random() < 0.3 else (),
    )  # fmt: skip


def _recipient(known: dict[str, list[str]], chance: Random) -> Recipient:
    if chance.random() < 0.2:
        return Recipient(category="Tax advisers", role="separate controller", what_for="annual accounts")
    return Recipient(
        organisation=chance.choice(known["organisation"]), role="processor", service="Service 1", what_for="hosting",
        since=_day(chance),
    )  # fmt: skip


def _leg(known: dict[str, list[str]], chance: Random) -> Transfer:
    return Transfer(
        destination=chance.choice(ABROAD), recipient=chance.choice(known["organisation"]),
        mechanism=chance.choice((*mechanisms().codes[:6], "46-2-c", "46-2-c")), scc_modules=(2,), document="contracts/scc.pdf",
        scope_reason="The recipient signed the clauses.", tia_reference="TIA-3", tia_date=_day(chance), since=_day(chance),
    )  # fmt: skip


def _statement(about: str, chance: Random) -> Statement:
    return Statement(
        about=about,
        says="does not apply",
        reason="Everything is kept in the house.",
        by="Head of Legal",
        on=_day(chance),
    )


def _day(chance: Random) -> date:
    return date(2022, 1, 1) + timedelta(days=chance.randrange(1700))
