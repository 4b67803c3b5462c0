"""Theme T, safeguards: transfers on clauses, corporate rules and the other tools of Art. 46 and 47."""

from collections.abc import Iterator

from ropa.days import day_after, day_before
from ropa.gaps.case import Case
from ropa.gaps.rule import Answer, Gap, found, not_applicable, rule
from ropa.gaps.texts import blank, shown
from ropa.gaps.traits import CLAUSES, CORPORATE_RULES, OTHER_SAFEGUARDS
from ropa.model.activity import Activity
from ropa.model.organisation import Agreement, Organisation
from ropa.model.parts import Transfer
from ropa.reference.clauses import clause_set

_MODULES = {
    ("controller", "separate controller"): 1,
    ("controller", "joint controller"): 1,
    ("controller", "processor"): 2,
    ("processor", "processor"): 3,
    ("processor", "client"): 4,
}
"""Our role, and that of the importer → the module of Decision (EU) 2021/914 made for the two."""
_WITHOUT_ASSESSMENT = (4,)
"""Clause 14 binds under module 4 only where the processor adds data collected in the Union."""
ASSESSED_WITHIN = "P2Y"
"""Our setting, and not law: how long an assessment of a transfer counts."""


@rule(
    "ROPA-T105",
    severity="risk",
    on="activity",
    about="clauses",
    ask="Which module of the clauses was signed, and where is the signed copy?",
    law="GDPR Art. 46(2)(c); Decision (EU) 2021/914 (4 June 2021); EDPB Guidelines 07/2020 (7 July 2021)",
    applies="a current leg on standard clauses of the Commission",
    good="We process for a client, the importer is our processor in India: module 3",
    bad="A controller and its own processor on module 1",
    fix="ropa activity set {ref} {field}='…'",
)
def module(activity: Activity, case: Case) -> Answer:
    """Use the module that matches the two roles.

    Each module is written for two roles: 1 between controllers, 2 from controller to processor, 3 between processors, 4 from
    a processor back to its controller. Module and document may stand on the leg, or on the agreement with the importer. Where
    its role is not recorded, the module is asked and not held against it. Art. 46 asks for the clauses, and no letter of
    Article 30: a risk.
    """
    return found(
        (gap for n, leg in _legs(activity, case, (CLAUSES,)) for gap in _of_module(n, leg, activity, case)),
        "Each leg on clauses names a fitting module and its document.",
    )


def _of_module(n: int, leg: Transfer, activity: Activity, case: Case) -> Iterator[Gap]:
    signed = _clauses_with(leg, case)
    modules = leg.scc_modules or tuple(m for one in signed for m in one.modules)
    where = case.where(leg)
    if not modules:
        fix = "ropa activity set {ref} {field}=MODULE"
        yield Gap(
            f"transfers.{n}.scc_modules",
            f"Which module covers the transfer to {where} is not recorded.",
            fix=fix,
        )
    elif (fitting := _fitting(leg, activity, case)) and fitting not in modules:
        named = ", ".join(map(str, modules))
        yield Gap(
            f"transfers.{n}.scc_modules",
            f"The transfer to {where} names module {named}; for the roles on record module {fitting} is made.",
            named,
            fix=f"ropa activity set {{ref}} {{field}}={fitting}",
        )
    if blank(leg.document) and all(blank(one.document) for one in signed):
        say = f"Where the signed clauses for {where} are kept is not recorded."
        yield Gap(f"transfers.{n}.document", say, shown(leg.document))


def _clauses_with(leg: Transfer, case: Case) -> tuple[Agreement, ...]:
    """The clauses on record with the importer that are not over."""
    return case.once(_clauses, leg.recipient) if leg.recipient else ()


def _clauses(case: Case, ref: str) -> Iterator[Agreement]:
    importer = case.organisation(ref)
    for one in importer.agreements if importer else ():
        if one.kind == "scc" and (one.valid_until is None or one.valid_until >= case.on):
            yield one


def _fitting(leg: Transfer, activity: Activity, case: Case) -> int | None:
    """The module for the two roles; None where a role is not recorded, or is one for which there is no module."""
    if leg.recipient is None:
        return None
    if activity.role == "processor" and any(
        c.organisation == leg.recipient for _, c in case.clients_of(activity)
    ):
        return _MODULES["processor", "client"]
    roles = {one.role for _, one in case.recipients(activity) if one.organisation == leg.recipient}
    if len(roles) != 1:
        return None
    return _MODULES.get((activity.role or "", roles.pop() or ""))


@rule(
    "ROPA-T106",
    severity="risk",
    on="activity",
    about="clauses",
    ask="Which set of clauses was signed, and when?",
    facts=("mechanisms",),
    law="GDPR Art. 46(2)(c), 46(5); Decision (EU) 2021/914 (4 June 2021), Art. 4",
    applies="a current leg on standard clauses, with clauses on record with its importer",
    good="Clauses of 2021, module 2, signed in 2023",
    bad="Clauses of 2010, signed in 2018 and still in use",
    fix="ropa vendor set ORGANISATION agreements+='{kind: scc, set: scc-2021-914, modules: [MODULE], signed_on: DATE}'",
)
def clauses_in_force(activity: Activity, case: Case) -> Answer:
    """Replace contracts on the old standard clauses.

    The sets of 2001, 2004 and 2010 were repealed; contracts on them counted for some time more and count no longer. The days
    of each set are among the dated facts. Where no clauses are on record with the importer ROPA-T105 asks for the document.
    """
    gaps, asked = [], False
    for n, leg in _legs(activity, case, (CLAUSES,)):
        signed = _clauses_with(leg, case)
        faults = [fault for one in signed if (fault := _fault_of_set(one, case))]
        asked = asked or bool(signed)
        if signed and len(faults) == len(signed):
            importer = case.register.organisations[leg.recipient or ""]
            noun = "entity" if importer.ours else "vendor"
            gaps.append(
                Gap(
                    f"transfers.{n}.recipient",
                    f"The clauses with {shown(importer.name)} {faults[-1]}.",
                    importer.ref,
                    fix=f"ropa {noun} set {importer.ref} "
                    "agreements+='{kind: scc, set: scc-2021-914, modules: [MODULE], signed_on: DATE, document: \"…\"}'",
                )
            )
    if not asked:
        return not_applicable("No clauses with an importer are on record.")
    return found(gaps, "The clauses were in force when they were signed, and may be used on the day.")


def _fault_of_set(one: Agreement, case: Case) -> str:
    """Why clauses cannot be relied on, in words that follow "the clauses with …"; "" where they can."""
    if one.set is None or one.signed_on is None:
        return "do not name their set" if one.set is None else "have no day of signature on record"
    known = clause_set(one.set)
    if known is None:
        return f"are '{case.label('scc_sets', one.set)}', which is no set of the Commission"
    if not known.could_be_signed(one.signed_on):
        return f"are of a set ({known.name}) that was not in force on {one.signed_on}, when they were signed"
    return (
        ""
        if known.usable(case.on)
        else f"are of a set ({known.name}) that counted until {known.usable_until}"
    )


@rule(
    "ROPA-T107",
    severity="risk",
    on="activity",
    about="clauses",
    ask="Who assessed the law of that country for this transfer, when, and where is it kept?",
    law="GDPR Art. 46(1), 46(2)(c); Decision (EU) 2021/914, Clause 14(b), (d); CJEU C-311/18 (16 July 2020), paras 134, 142;"
    " EDPB Recommendations 01/2020 (18 June 2021)",
    applies="a current leg on standard clauses, unless on module 4 alone",
    good="TIA-12 of 1 March 2026: India, support only, tickets without names",
    bad="'The clauses are signed, nothing else is needed'",
    fix="ropa activity set {ref} {field}='…'",
)
def assessment(activity: Activity, case: Case) -> Answer:
    """Assess the law of the destination before relying on the clauses.

    Who signs them promises to document this assessment and to show it to the authority (Clause 14(d)). That is a duty of the
    contract and of Art. 46(1), and no letter of Article 30: so it is a risk here.
    """
    legs = [
        (n, leg)
        for n, leg in _legs(activity, case, (CLAUSES,))
        if tuple(_modules(leg, case)) != _WITHOUT_ASSESSMENT
    ]
    if not legs:
        return not_applicable("Module 4 alone: Clause 14 asks an assessment there in some cases only.")
    return found(_unassessed(legs, case), "Each leg on clauses has an assessment with its date.")


@rule(
    "ROPA-T114",
    severity="risk",
    on="activity",
    about="another safeguard",
    ask="Who assessed the law of that country for this transfer, when, and where is it kept?",
    sure="medium",
    explainable=True,
    law="GDPR Art. 44, 46(1); CJEU C-311/18 (16 July 2020); EDPB Recommendations 01/2020 (18 June 2021)",
    applies="a current leg on a tool of Art. 46 or 47 other than the standard clauses of the Commission",
    good="Corporate rules, Brazil: TIA-14 of a day",
    bad="'We have corporate rules, so nothing needs to be assessed'",
    fix="ropa activity set {ref} {field}='…'",
    otherwise='ropa activity state {ref} ROPA-T114 --reason "…"',
)
def other_assessment(activity: Activity, case: Case) -> Answer:
    """Assess the law of the destination for other tools as well.

    Art. 46(1) wants rights and remedies that work there, whatever the tool. No text orders the assessment in writing, and
    whether one is needed for each transfer under corporate rules is argued: so it may be explained.
    """
    legs = _legs(activity, case, OTHER_SAFEGUARDS)
    return found(_unassessed(legs, case), "Each leg on such a tool has an assessment with its date.")


def _unassessed(legs: list[tuple[int, Transfer]], case: Case) -> Iterator[Gap]:
    for n, leg in legs:
        where = case.where(leg)
        if blank(leg.tia_reference):
            say = f"No assessment of the transfer to {where} is recorded."
            yield Gap(f"transfers.{n}.tia_reference", say, shown(leg.tia_reference))
        if leg.tia_date is None:
            say = f"The day of the assessment of the transfer to {where} is not recorded."
            yield Gap(f"transfers.{n}.tia_date", say, fix="ropa activity set {ref} {field}=DATE")


@rule(
    "ROPA-T115",
    severity="risk",
    on="activity",
    about="an assessed transfer",
    ask="Does the assessment still hold: the law there, the recipient, what it receives?",
    sure="medium",
    explainable=True,
    law="GDPR Art. 24(1), 44; Decision (EU) 2021/914, Clause 14(e)-(f); EDPB Recommendations 01/2020 (18 June 2021), step 6",
    applies="a current leg whose assessment has a date",
    good="Looked at anew when the importer moved its support to India",
    bad="An assessment of 2021, and nobody looked since",
    fix="ropa activity set {ref} {field}=DATE",
    otherwise='ropa activity state {ref} ROPA-T115 --reason "…"',
)
def aged_assessment(activity: Activity, case: Case) -> Answer:
    """Look again at a transfer assessment that has aged.

    Law and practice of a country change, and the parties have to follow them. No text names an interval: two years is our
    setting.
    """
    gaps, oldest = [], day_before(case.on, ASSESSED_WITHIN)
    for n, leg in case.legs_abroad(activity):
        if leg.tia_date and leg.tia_date < oldest:
            due = day_after(leg.tia_date, ASSESSED_WITHIN)
            say = f"The transfer to {case.where(leg)} was assessed on {leg.tia_date} (our setting: every two years)."
            gaps.append(Gap(f"transfers.{n}.tia_date", say, str(leg.tia_date), expired=due))
    return found(gaps, "Each assessment was made within two years (our setting).")


@rule(
    "ROPA-T108",
    severity="risk",
    on="activity",
    about="corporate rules",
    ask="Do the corporate rules bind this recipient: is it of our group, or do its own processor rules cover us?",
    sure="medium",
    explainable=True,
    law="GDPR Art. 4(19)-(20), 47(1)(a), 47(2)(a); recital 110; EDPB Recommendations 1/2022 (20 June 2023)",
    applies="a current leg on binding corporate rules",
    good="A company of the group in Brazil, rules approved",
    bad="Corporate rules, and a vendor that is no relation",
    fix="ropa vendor set ORGANISATION agreements+='{kind: bcr, document: \"…\"}'",
    otherwise='ropa activity state {ref} ROPA-T108 --reason "…"',
)
def reach_of_rules(activity: Activity, case: Case) -> Answer:
    """Rely on corporate rules only where they reach the recipient.

    They bind the members of one group, read here from the parents on record, or a processor that has rules of its own and an
    agreement that names them. A group of enterprises in a joint economic activity has no field: explain it.
    """
    gaps = []
    for n, leg in _legs(activity, case, CORPORATE_RULES):
        importer, entity = case.organisation(leg.recipient), case.organisation(activity.entity)
        if importer is None:
            say = f"The transfer to {case.where(leg)} rests on corporate rules, and its recipient is not recorded."
            gaps.append(
                Gap(f"transfers.{n}.recipient", say, fix="ropa activity set {ref} {field}=ORGANISATION")
            )
        elif not _one_group(importer, entity, case) and all(one.kind != "bcr" for one in importer.agreements):
            say = f"That the corporate rules bind {shown(importer.name)} cannot be seen: no parent in common, no agreement."
            noun = "entity" if importer.ours else "vendor"
            fix = f"ropa {noun} set {importer.ref} agreements+='{{kind: bcr, document: \"…\"}}'"
            gaps.append(Gap(f"transfers.{n}.recipient", say, importer.ref, fix=fix))
    return found(gaps, "The recipient is of the same group, or has rules of its own.")


def _one_group(one: Organisation, other: Organisation | None, case: Case) -> bool:
    return other is not None and not set(_line(one, case)).isdisjoint(_line(other, case))


def _line(organisation: Organisation, case: Case) -> Iterator[str]:
    """It and its parents, at any height; a circle is gone round once."""
    seen: set[str] = set()
    at: Organisation | None = organisation
    while at is not None and at.ref not in seen:
        seen.add(at.ref)
        yield at.ref
        at = case.organisation(at.parent)


@rule(
    "ROPA-T113",
    severity="risk",
    on="activity",
    about="another safeguard",
    ask="Which instrument is it, who approved it, and where is it kept?",
    law="GDPR Art. 46(2)(a)-(f), 46(3), 46(5); Art. 47(1)",
    applies="a current leg on a tool of Art. 46 or 47 other than the standard clauses of the Commission",
    good="Corporate rules for controllers, approved by the lead authority on a day, file 4",
    bad="'Ad hoc clauses', and no authorisation",
    fix="ropa activity set {ref} {field}='…'",
)
def instrument(activity: Activity, case: Case) -> Answer:
    """Name the instrument behind any other tool, and its approval.

    Ad hoc clauses and administrative arrangements need an authorisation (Art. 46(3)); corporate rules, codes and
    certificates an approval. Chapter V asks for that, and no letter of Article 30: so it is a risk here.
    """
    gaps = [
        Gap(
            f"transfers.{n}.document",
            f"The transfer to {case.where(leg)} rests on '{case.label('mechanisms', leg.mechanism)}';"
            " the instrument and its approval are not recorded.",
            shown(leg.document),
        )
        for n, leg in _legs(activity, case, OTHER_SAFEGUARDS)
        if blank(leg.document)
    ]
    return found(gaps, "Each leg on such a tool names its instrument.")


def _modules(leg: Transfer, case: Case) -> Iterator[int]:
    yield from leg.scc_modules or dict.fromkeys(m for one in _clauses_with(leg, case) for m in one.modules)


def _legs(activity: Activity, case: Case, mechanisms: tuple[str, ...]) -> list[tuple[int, Transfer]]:
    return [(n, leg) for n, leg in case.legs_abroad(activity) if leg.mechanism in mechanisms]
