"""Theme V: what binds those who process for us."""

from collections.abc import Iterator
from datetime import date

from ropa.gaps.case import Case
from ropa.gaps.rule import Answer, Gap, found, met, not_applicable, rule
from ropa.gaps.texts import blank, names_law, shown
from ropa.model.activity import Activity
from ropa.model.organisation import Agreement, Organisation
from ropa.words import fold

_RULE = "ROPA-V101"
_IN_FORCE = "A contract is in force with each processor, or a legal act binds it."
_CLAUSES = "scc-2021-914"
_TO_PROCESSOR = 2
"""The module for a controller and its processor, which meets Art. 28(3) as well (recital 9 of the Decision)."""


@rule(
    _RULE,
    severity="missing",
    on="controller",
    about="a processor",
    ask="Which contract binds the processor (Art. 28(3)): signed when, until when, and where is it kept?",
    facts=("telling_words",),
    law="GDPR Art. 28(3), 28(9); Decision (EU) 2021/914, recital 9",
    applies="a controller's activity with a current recipient whose role is processor",
    good="Contract of 3 May 2024, open-ended, contract file 12",
    bad="A contract that ran out in March; or 'hosting provider', and nobody named",
    fix="ropa activity set {ref} {field}=ORGANISATION",
    otherwise='ropa activity state {ref} ROPA-V101 --reason "ACT, section, binds it (Art. 28(3))"',
)
def contract(activity: Activity, case: Case) -> Answer:
    """Have a valid Art. 28 contract with every processor.

    Companies of the own group included. It is a contract on file, signed by the day and not over, or the Commission's
    clauses of 2021 with module 2. Another legal act may bind the processor instead: a statement on this rule says so; its
    reason must name the act (a word such as Act, Code or Art., or the sign §) and, where several lack a contract, the
    organisation.
    """
    processors = [(n, one) for n, one in case.recipients(activity) if one.role == "processor"]
    if processors and case.once(_bound)[0].issuperset([one.organisation for _, one in processors]):
        return met(_IN_FORCE)
    gaps: list[Gap] = []
    bare: dict[str, tuple[int, Organisation]] = {}
    for n, one in processors:
        organisation = case.organisation(one.organisation)
        if organisation is not None:
            bare.setdefault(organisation.ref, (n, organisation))
        elif not blank(one.category):
            say = (
                f"Processor {n} ('{shown(one.category)}') is named in words only, so no contract can be seen."
            )
            gaps.append(Gap(f"recipients.{n}.organisation", say, shown(one.category), otherwise=""))
    lacking = {ref: at for ref, at in bare.items() if case.once(faults_of_contract, ref)}
    bound = _bound_by_act(activity, [one for _, one in lacking.values()], case) if lacking else set()
    for ref, (n, _) in lacking.items():
        if ref not in bound:
            gaps += [
                gap._replace(field=f"recipients.{n}.organisation")
                for gap in case.once(faults_of_contract, ref)
            ]
    if not bare and not gaps:
        return not_applicable("Whom it means is not recorded: ROPA-A106 asks it.")
    if bound and len(bound) == len(bare) and not gaps:
        return not_applicable("Stated: another legal act binds the processor.")
    return found(gaps, _IN_FORCE)


def _bound(case: Case) -> Iterator[set[str | None]]:
    """Refs of the organisations with which a contract is in force: most processors need no second look."""
    yield {ref for ref in case.register.organisations if not case.once(faults_of_contract, ref)}


def _bound_by_act(activity: Activity, lacking: list[Organisation], case: Case) -> set[str]:
    """Refs of the processors that a statement says to be bound by a legal act."""
    stated = case.explained(activity, _RULE)
    if stated is None or not names_law(stated.reason):
        return set()
    reason = f" {fold((stated.reason or '')[:1000])} "
    return {one.ref for one in lacking if len(lacking) == 1 or f" {fold(one.name[:200])} " in reason}


def faults_of_contract(case: Case, ref: str | None) -> Iterator[Gap]:
    """Why no contract with a processor is in force on the day; nothing where one is."""
    one = case.register.organisations[ref or ""]
    known = [(n, agreement) for n, agreement in enumerate(one.agreements, 1) if binds(agreement)]
    if any(not _lacks(agreement, case.on) for _, agreement in known):
        return
    change, name = f"ropa {'entity' if one.ours else 'vendor'} set {one.ref}", shown(one.name)
    new = f"{change} agreements+='{{kind: art28, signed_on: DATE, document: \"…\"}}'"
    if not known:
        yield Gap("", f"No contract under Art. 28(3) with {name} is recorded.", fix=new)
        return
    n, nearest = max(known, key=lambda each: each[1].valid_until or date.max)
    over = nearest.valid_until if nearest.valid_until and nearest.valid_until < case.on else None
    fix = new if over else " ".join([change, *_mends(n, nearest, case.on)])
    yield Gap("", f"The contract with {name} {_lacks(nearest, case.on)}.", ref or "", fix=fix, expired=over)


def binds(agreement: Agreement) -> bool:
    """Whether an agreement is of a kind that meets Art. 28(3)."""
    if agreement.kind == "scc":
        return agreement.set == _CLAUSES and _TO_PROCESSOR in agreement.modules
    return agreement.kind == "art28"


def in_force(agreement: Agreement, on: date) -> bool:
    """Whether an agreement is a contract under Art. 28(3) that is signed and not over on the day; ROPA-V101 asks for the rest."""
    return (
        binds(agreement)
        and agreement.signed_on is not None
        and agreement.signed_on <= on
        and (agreement.valid_until is None or agreement.valid_until >= on)
    )


def _lacks(agreement: Agreement, on: date) -> str:
    """What keeps it from being a contract in force on the day, in words that follow its name; "" where nothing does."""
    if agreement.valid_until and agreement.valid_until < on:
        return f"ended on {agreement.valid_until}"
    if agreement.signed_on is None:
        return "has no date of signature on record"
    if agreement.signed_on > on:
        return f"was signed on {agreement.signed_on} only"
    return "has no document on record" if blank(agreement.document) else ""


def _mends(n: int, agreement: Agreement, on: date) -> Iterator[str]:
    if agreement.signed_on is None or agreement.signed_on > on:
        yield f"agreements.{n}.signed_on=DATE"
    if blank(agreement.document):
        yield f"agreements.{n}.document='…'"
