"""Organisation: a legal person, kept once, whether it is ours, a vendor, a client, an authority, or several of these."""

from typing import Annotated

from ropa.model.base import Part, listed, needed, said
from ropa.model.common import Documented
from ropa.model.values import (
    Country,
    CountryCode,
    Day,
    DayDone,
    Mark,
    Number,
    OrganisationRef,
    Position,
    Slug,
    Text,
    YesNo,
    code,
)


class DataProtectionOfficer(Part):
    """Who the data protection officer is (Art. 37–39)."""

    name: Text = said(
        "DPO", "Name of the person or company, or the function.", answers="30(1)(a); 30(2)(a); 37(7)"
    )
    position: Annotated[str | None, code("dpo position")] = said(
        "DPO's position", "Own staff, or outside under a contract.", answers="37(6)"
    )
    email: Text = said("DPO's email", "Mailbox of the DPO.", answers="30(1)(a); 37(7)")
    phone: Text = said("DPO's phone", "Telephone of the DPO.", answers="30(1)(a); 37(7)")
    address: Text = said("DPO's address", "Postal address of the DPO.", answers="30(1)(a); 37(7)")
    published: Text = said(
        "DPO published at", "Where the DPO's contact details are published.", answers="37(7)"
    )
    told_authority_on: DayDone = said(
        "DPO told to authority on",
        "Day on which the contact details were told to the authority.",
        answers="37(7)",
    )


class Representative(Part):
    """The representative in the Union of one who is outside it (Art. 27)."""

    name: Text = said("Representative", "Name of the person or company.", answers="30(1)(a); 30(2)(a); 27(1)")
    email: Text = said("Representative's email", "Mailbox of the representative.", answers="30(1)(a); 27(4)")
    phone: Text = said(
        "Representative's phone", "Telephone of the representative.", answers="30(1)(a); 27(4)"
    )
    address: Text = said(
        "Representative's address", "Postal address of the representative.", answers="30(1)(a); 27(4)"
    )
    country: Country = said(
        "Representative's country", "Member State in which it is established.", answers="27(3)"
    )


class Service(Part):
    """A service that an outside organisation renders, and where it processes."""

    name: Text = said("Service", "What the service is called.", answers="30(1)(d)")
    what_for: Text = said("What for", "What it is used for.", answers="30(1)(d)")
    countries: tuple[CountryCode, ...] = listed(
        "Processing countries",
        "Countries in which data lie, or from which somebody reads them.",
        answers="30(1)(e); 44",
    )


class Certification(Part):
    """A certificate that an organisation holds, such as under the EU-US Data Privacy Framework."""

    scheme: Text = said(
        "Scheme", "The scheme, such as EU-US DPF or ISO/IEC 27001.", answers="42; 45; 46(2)(f)"
    )
    covers: Text = said("Covers", "What it covers, such as HR data.", answers="45; 46(2)(f)")
    since: Day = said("Since", "First day of validity.", answers="42(7)")
    until: Day = said("Until", "Last day of validity.", answers="42(7)")
    checked_on: DayDone = said("Checked on", "Day on which somebody looked it up.", answers="5(2)")
    document: Text = said("Document", "Where the proof is kept.", answers="5(2)")


class Agreement(Part):
    """A contract or arrangement with an outside organisation."""

    kind: Annotated[str | None, code("agreement")] = said(
        "Kind",
        "Art. 28 contract, Art. 26 arrangement, clauses, corporate rules, other.",
        answers="28(3); 26(1); 46",
    )
    party: OrganisationRef = said(
        "Our party", "Which organisation of ours signed it.", answers="28(3); 26(1)"
    )
    set: Annotated[str | None, code("scc_sets")] = said(
        "Set of clauses", "For clauses: which set.", answers="46(2)(c)"
    )
    modules: tuple[Position, ...] = listed(
        "Modules", "For clauses of 2021: modules 1 to 4.", answers="46(2)(c)"
    )
    signed_on: DayDone = said("Signed on", "Day of signature.", answers="28(3); 28(9)")
    valid_until: Day = said(
        "Valid until", "Last day of validity; blank where it has no end.", answers="28(3)"
    )
    document: Text = said("Document", "Where it is kept.", answers="28(9)")
    subprocessors: Annotated[str | None, code("authorisation")] = said(
        "Sub-processor authorisation", "General or specific.", answers="28(2)"
    )
    essence: Text = said(
        "Essence told at", "Where people find the essence of a joint arrangement.", answers="26(2)"
    )


class SubProcessor(Part):
    """Another processor that a processor engages (Art. 28(2) and (4))."""

    organisation: OrganisationRef = said("Organisation", "Who it is.", answers="28(2)")
    service: Text = said("Service", "What it does.", answers="28(2)")
    country: Country = said("Country", "Where it processes.", answers="28(2); 44")
    since: Day = said("Since", "First day.", answers="28(2)")
    until: Day = said("Until", "Last day.", answers="28(2)")


class Organisation(Documented):
    """A legal person. `ours` tells an entity of ours from the outside ones."""

    kind = "organisation"
    word = "vendor"
    noun = "organisation"
    plural = "organisations"
    shown = ("ref", "name", "country", "services", "agreements")

    ref: Slug = needed("Ref", "Short name in small letters, such as stripe.")
    ours: YesNo = said("Ours", "Whether it belongs to us.", answers="30(1)(a)")
    parent: OrganisationRef = said("Parent", "The organisation that controls it.", answers="4(19); 47")
    registration_number: Text = said(
        "Registration number", "Number in the company register.", answers="30(1)(a)", own=True
    )
    address: Text = said("Address", "Postal address.", answers="30(1)(a); 30(2)(a)")
    country: Country = said("Country", "Where it is established.", answers="30(1)(a); 3")
    email: Text = said("Email", "Mailbox for data protection.", answers="30(1)(a); 30(2)(a)")
    phone: Text = said("Phone", "Telephone.", answers="30(1)(a); 30(2)(a)")
    website: Text = said("Website", "Address of its website.", answers="30(1)(a)")
    domains: tuple[Mark, ...] = listed("Domains", "Internet domains by which it is recognised.", own=True)
    jurisdiction: Annotated[str | None, code("jurisdiction")] = said(
        "Jurisdiction", "The data protection law that binds it first.", answers="3"
    )
    employees: Number = said("Employees", "How many persons it employs.", answers="30(5)")
    public_body: YesNo = said(
        "Public body", "Whether it is a public authority or body.", answers="37(1)(a); 6(1)"
    )
    supervisory_authority: Text = said(
        "Supervisory authority", "Which authority supervises it.", answers="55; 56"
    )
    dpo: DataProtectionOfficer | None = said(
        "Data protection officer", "The data protection officer.", answers="30(1)(a); 30(2)(a); 37"
    )
    representative: Representative | None = said(
        "Representative in the Union", "The Article 27 representative.", answers="30(1)(a); 30(2)(a); 27"
    )
    services: tuple[Service, ...] = listed(
        "Services", "What it renders, and where it processes.", answers="30(1)(d)"
    )
    certifications: tuple[Certification, ...] = listed(
        "Certifications", "Certificates it holds.", answers="42; 45", own=True
    )
    agreements: tuple[Agreement, ...] = listed(
        "Agreements", "Contracts with us.", answers="28(3); 26(1); 46", own=True
    )
    sub_processors: tuple[SubProcessor, ...] = listed(
        "Sub-processors", "Whom it engages in turn.", answers="28(2)"
    )
