"""Theme P, second part: what binds us to our clients, and whom we may let in on our own."""

from ropa.gaps.case import Case
from ropa.gaps.rule import Answer, Gap, found, not_applicable, rule
from ropa.gaps.rules.vendors import faults_of_contract, in_force
from ropa.gaps.texts import blank, shown
from ropa.model.activity import Activity
from ropa.model.organisation import Organisation

_OWN = ("legal_basis", "legitimate_interest", "art9_condition")
_OWN_DECISION = ("separate controller", "public")
_CLAUSES, _BETWEEN_PROCESSORS = "scc-2021-914", 3


@rule(
    "ROPA-P103",
    severity="risk",
    on="processor",
    ask="Is this done for the client, or for a purpose of our own?",
    law="GDPR Art. 4(7)-(8); Art. 28(3)(a), 28(10); EDPB Guidelines 07/2020 (7 July 2021)",
    applies="a processor's activity that is not ended",
    good="No basis here, and a controller's record of its own for the invoices to clients",
    bad="A processor's record on 'legitimate interests: improve our product'",
    fix="ropa activity set {ref} {field}=",
)
def own_ground(activity: Activity, case: Case) -> Answer:  # noqa: ARG001  every rule has one shape
    """Take the legal basis off a processor's record.

    A processor acts on the client's basis. One that has a basis of its own decides for itself, and is a controller for that:
    it belongs in a second record (ropa activity copy).
    """
    gaps = [
        Gap(f"purposes.{n}.{field}", f"Purpose {n} has a ground of our own: {shown(value)}.", shown(value))
        for n, one in enumerate(activity.purposes, 1)
        for field in _OWN
        if not blank(value := getattr(one, field))
    ]
    return found(gaps, "The record has no ground of its own.")


@rule(
    "ROPA-P104",
    severity="risk",
    on="processor",
    about="a client",
    ask="Which contract under Art. 28 is in force with this client, and where is it kept?",
    explainable=True,
    law="GDPR Art. 28(3), 28(4), 28(9)",
    applies="a processor's activity with a current client that is in the register",
    good="Signed before the start, no end, contract file 3",
    bad="An order form only",
    fix="ropa vendor set CLIENT agreements+='{kind: art28, signed_on: DATE, document: \"…\"}'",
    otherwise='ropa activity state {ref} ROPA-P104 --reason "…"',
)
def contract_with_client(activity: Activity, case: Case) -> Answer:
    """Hold a contract in force with each client.

    The contract binds both sides, and a processor answers for it as well. Where another legal act binds us, or we are
    the processor of a processor and the contract is with that one (Art. 28(4)), a statement names it. Article 28 asks for
    the contract, and no letter of Article 30: a risk, not missing.
    """
    clients = _clients(activity, case)
    if not clients:
        return not_applicable("No current client is in the register.")
    gaps = [
        gap._replace(field=f"clients.{n}.organisation")
        for n, one in clients
        for gap in case.once(faults_of_contract, one.ref)
    ]
    return found(gaps, "A contract is in force with each client.")


@rule(
    "ROPA-P105",
    severity="risk",
    on="processor",
    about="a processor",
    ask="Has each client agreed to this processor of ours, and what binds it to us?",
    law="GDPR Art. 28(2), 28(4), 28(9); Decision (EU) 2021/914, recital 9",
    applies="a processor's activity with a current recipient whose role is processor",
    good="General authorisation, list sent, 30 days to object; a contract with the same duties",
    bad="The help desk is given to another firm, and the client was not told",
    fix="ropa vendor set ORGANISATION agreements.1.subprocessors=AUTHORISATION",
)
def chain(activity: Activity, case: Case) -> Answer:
    """Use sub-processors only with the client's authorisation, and under contract.

    Each client authorises them, in general or one by one, and each is bound by the same duties: by contract, or by the
    Commission's clauses of 2021 with module 3. A client without a contract is told by ROPA-P104. Article 28 asks this, and
    no letter of Article 30: a risk.
    """
    gaps = []
    for n, one in _clients(activity, case):
        signed = [(k, a) for k, a in enumerate(one.agreements, 1) if in_force(a, case.on)]
        if signed and all(a.subprocessors is None for _, a in signed):
            say = f"How {shown(one.name)} authorises sub-processors is not recorded."
            fix = f"ropa {_noun(one)} set {one.ref} agreements.{signed[-1][0]}.subprocessors=AUTHORISATION"
            gaps.append(Gap(f"clients.{n}.organisation", say, fix=fix))
    for n, one in _sub_processors(activity, case):
        if not _bound(one, case):
            say = f"No contract in force with {shown(one.name)}, which processes under us, is recorded."
            new = f"ropa {_noun(one)} set {one.ref} agreements+='{{kind: art28, signed_on: DATE, document: \"…\"}}'"
            gaps.append(Gap(f"recipients.{n}.organisation", say, fix=new))
    return found(gaps, "Sub-processors are authorised and bound.")


def _bound(one: Organisation, case: Case) -> bool:
    return any(
        in_force(a, case.on)
        or (
            a.kind == "scc"
            and a.set == _CLAUSES
            and _BETWEEN_PROCESSORS in a.modules
            and a.signed_on is not None
            and a.signed_on <= case.on
            and (a.valid_until is None or a.valid_until >= case.on)
        )
        for a in one.agreements
    )


@rule(
    "ROPA-P106",
    severity="risk",
    on="processor",
    ask="Who ordered that these data go there: the client, or a law?",
    sure="medium",
    explainable=True,
    law="GDPR Art. 28(3)(a), 28(10); Art. 29",
    applies="a processor's activity with a current recipient that decides for itself, or the public",
    good="To the insurer, on the client's written instruction of 3 May 2026",
    bad="Figures on use, shared with a partner for advertising",
    fix="ropa activity set {ref} {field}='…'",
    otherwise='ropa activity state {ref} ROPA-P106 --reason "…"',
)
def own_decision(activity: Activity, case: Case) -> Answer:
    """Do not hand a client's data to somebody else on your own decision.

    A processor acts on documented instructions, unless a law requires otherwise; who decides on a disclosure is a controller
    for it. "What for" says whose instruction or which law it is.
    """
    others = [(n, one) for n, one in case.recipients(activity) if one.role in _OWN_DECISION]
    if not others:
        return not_applicable("No recipient that decides for itself is recorded.")
    gaps = []
    for n, one in others:
        if blank(one.what_for):
            name = (
                case.name("organisation", one.organisation)
                if one.organisation
                else one.category or "recipient"
            )
            say = f"On whose instruction {shown(name)} receives the client's data is not recorded."
            gaps.append(Gap(f"recipients.{n}.what_for", say, shown(one.what_for)))
    return found(gaps, "Why each of them receives the data is recorded.")


def _clients(activity: Activity, case: Case) -> list[tuple[int, Organisation]]:
    known = ((n, case.organisation(one.organisation)) for n, one in case.clients_of(activity))
    return [(n, one) for n, one in known if one is not None]


def _sub_processors(activity: Activity, case: Case) -> list[tuple[int, Organisation]]:
    known = (
        (n, case.organisation(one.organisation))
        for n, one in case.recipients(activity)
        if one.role == "processor"
    )
    return [(n, one) for n, one in known if one is not None]


def _noun(one: Organisation) -> str:
    return "entity" if one.ours else "vendor"
