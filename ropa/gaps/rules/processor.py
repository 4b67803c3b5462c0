"""Theme P: the processor's record (Art. 30(2))."""

from ropa.gaps.case import Case
from ropa.gaps.contacts import person_gaps, unreachable
from ropa.gaps.rule import Answer, Gap, found, met, missing, not_applicable, rule
from ropa.gaps.texts import blank, names_day, shown
from ropa.model.activity import Activity
from ropa.model.organisation import Organisation


@rule(
    "ROPA-P101",
    severity="missing",
    on="processor",
    ask="For which clients is this done, and how can each be reached?",
    sure="medium",
    law="GDPR Art. 30(2)(a); Art. 30(3)",
    applies="a processor's activity that is not ended",
    good="The school district and how to reach its office; or: client list of 30 September 2026, filed with this record",
    bad="Clients: 'those on our books'",
    fix="ropa activity set {ref} clients+='{organisation: CLIENT, categories: \"…\"}'",
    otherwise='ropa activity state {ref} clients --reason "list … of DATE, kept with this record, names each client"',
)
def clients(activity: Activity, case: Case) -> Answer:
    """Name every controller for whom the processing is done.

    The letter says "each controller", with contact details. A dated list that is kept as part of the record may hold them:
    that is our reading of paragraphs 2 and 3, and the reason must say which list and of what day (day, month and year).
    """
    if not activity.clients:
        stated = case.stated(activity, "clients")
        if stated is None:
            return missing(Gap("clients", "No client is recorded, and no dated list that holds them."))
        if not names_day(stated.reason):
            say = "The statement names no list of the clients with its full date."
            return missing(Gap("clients", say, shown(stated.reason)))
        return met(f"The clients stand in a list: {shown(stated.reason)}")
    current = case.clients_of(activity)
    if not current:
        return missing(Gap("clients", "Every client recorded is a former one."))
    gaps = []
    for n, client in current:
        organisation = case.organisation(client.organisation)
        if organisation is None:
            gaps.append(
                Gap(
                    f"clients.{n}.organisation",
                    f"Client {n} is named in words only.",
                    shown(client.described_as),
                    fix="ropa activity set {ref} {field}=CLIENT",
                    otherwise="",
                )
            )
        else:
            gaps += unreachable(organisation, f"clients.{n}.organisation")
    return found(gaps, "Every client is named and can be reached.")


@rule(
    "ROPA-P102",
    severity="missing",
    on="processor",
    ask="What exactly is done for this client?",
    law="GDPR Art. 30(2)(b)",
    applies="a processor's activity with current clients",
    good="Runs the booking portal of a clinic: servers, nightly copies, help by phone",
    bad="Categories: (empty)",
    fix="ropa activity set {ref} {field}='…'",
)
def categories(activity: Activity, case: Case) -> Answer:
    """State the categories of processing done for each client.

    This is the heart of a processor's record: what is done for whom.
    """
    current = case.clients_of(activity)
    if not current:
        return not_applicable("No current client is listed in the record itself.")
    gaps = [
        Gap(
            f"clients.{n}.categories",
            f"What is done for {shown(_who(client.organisation, client.described_as, case))} is not recorded.",
            shown(client.categories),
        )
        for n, client in current
        if blank(client.categories)
    ]
    return found(gaps, "Each client has its categories of processing.")


def _who(ref: str | None, words: str | None, case: Case) -> str:
    return case.name("organisation", ref) if ref else words or "a client"


@rule(
    "ROPA-P107",
    severity="missing",
    on="client",
    ask="Is there a representative in the Union, who is it? Or why is none needed?",
    facts=("countries", "region_membership"),
    law="GDPR Art. 30(2)(a); Art. 27(1)-(2)",
    applies="a current client of a processor's activity, established outside the EEA or in a country not recorded",
    good="A client in Japan, and its representative in the Netherlands with address",
    bad="A client in the US that sells to people in the Union, and nothing on a representative",
    fix="ropa {noun} set {ref} representative.name='…' representative.email='…'",
    otherwise='ropa {noun} state {ref} representative --reason "…"',
)
def client_representative(client: Organisation, case: Case) -> Answer:
    """Settle whether a client has a representative in the Union, and name it.

    The letter asks for the controller's representative "where applicable": where Art. 3(2) binds a client without an
    establishment in the Union and Art. 27(2) does not exempt it. A statement says that it has, or needs, none.
    """
    if client.public_body:
        return not_applicable("The client is a public body (Art. 27(2)(b)).")
    stated = case.stated(client, "representative")
    if client.country is None and client.representative is None and stated is None:
        return missing(
            Gap(
                "country",
                "No country is recorded, so the record does not show whether a representative"
                " in the Union is to be named.",
                fix="ropa {noun} set {ref} country=COUNTRY",
            )
        )
    if client.country is not None and not case.outside(client.country):
        return not_applicable("The client is established in the EEA.")
    if client.representative is None and stated is not None:
        return not_applicable(f"Stated: {shown(stated.reason)}")
    return representative_named(client)


def representative_named(organisation: Organisation) -> Answer:
    """Whether a representative is there, with a name and one way to reach it."""
    who = organisation.representative
    if who is None:
        return missing(
            Gap(
                "representative", "Neither a representative in the Union, nor why there is none, is recorded."
            )
        )
    gaps = person_gaps(who, "representative", "representative")
    return found(gaps, "The representative is named and can be reached.")
