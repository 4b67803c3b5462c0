"""The parts of an activity: purposes, lines of data, recipients, transfer legs, clients, DPIA, breaches."""

from typing import Annotated

from ropa.model.base import Part, listed, said
from ropa.model.values import (
    Country,
    DataCategoryRef,
    Day,
    DayDone,
    Number,
    OrganisationRef,
    Position,
    RetentionRuleRef,
    SubjectCategoryRef,
    Text,
    YesNo,
    code,
)


class Purpose(Part):
    """What the data are processed for, and on what ground. A processor chooses no legal basis."""

    text: Text = said("Purpose", "What is done, for whom.", answers="30(1)(b)")
    legal_basis: Annotated[str | None, code("legal_bases")] = said(
        "Legal basis", "The point of Art. 6(1), such as 6(1)(b).", answers="6(1); 13(1)(c)"
    )
    law: Text = said("Law", "The act and provision relied on.", answers="6(3); 9(2); 10")
    national_condition: Text = said(
        "National condition", "A further condition of national law.", answers="6(2); 9(4)"
    )
    legitimate_interest: Text = said(
        "Legitimate interest", "The interest pursued, and whose.", answers="6(1)(f); 13(1)(d)"
    )
    lia_reference: Text = said(
        "LIA reference", "Where the balancing test is kept.", answers="6(1)(f); 5(2)", own=True
    )
    lia_date: DayDone = said("LIA date", "Day of the balancing test.", answers="6(1)(f); 5(2)")
    lia_children: YesNo = said(
        "LIA weighs children", "Whether the balancing test deals with children.", answers="6(1)(f)", own=True
    )
    art9_condition: Annotated[str | None, code("special_conditions")] = said(
        "Art. 9 condition", "For special categories: the point of Art. 9(2).", answers="9(2)"
    )
    secrecy: Text = said("Bound to secrecy", "Who is bound to professional secrecy.", answers="9(3)")
    art10_authority: Text = said(
        "Art. 10 authority", "For convictions and offences: the authority or the law.", answers="10"
    )
    consent_record: Text = said(
        "Consent record", "Where the proof of consent is kept.", answers="7(1)", own=True
    )
    consent_withdrawal: Text = said("Consent withdrawal", "How consent is withdrawn.", answers="7(3)")
    age_of_consent: Number = said(
        "Age of consent", "From which age a child consents alone, in years.", answers="8(1)"
    )


class DataLine(Part):
    """One line of data: whose, which, how long."""

    head = ("subjects", "category")
    main = "category"

    subjects: SubjectCategoryRef = said("Data subjects", "Whose data.", answers="30(1)(c)")
    category: DataCategoryRef = said("Data category", "Which data.", answers="30(1)(c)")
    retention: RetentionRuleRef = said("Retention", "The rule for how long.", answers="30(1)(f)")
    description: Text = said("Description", "What exactly, where the category is wide.", answers="30(1)(c)")
    source: Text = said("Source", "Where the data come from: the person, or who else.", answers="14(2)(f)")
    mandatory: YesNo = said("Mandatory", "Whether the person must give them.", answers="13(2)(e)")
    purposes: tuple[Position, ...] = listed(
        "For purposes", "Numbers of the purposes that use the line; all, unless said.", answers="5(1)(b)"
    )


class Recipient(Part):
    """Who receives or sees the data: an organisation by name, or a category in words."""

    head = ("organisation", "category")

    organisation: OrganisationRef = said("Organisation", "Who it is.", answers="30(1)(d)")
    category: Text = said(
        "Category of recipient", "In words, where no organisation is named.", answers="30(1)(d)"
    )
    role: Annotated[str | None, code("recipient role")] = said(
        "Role",
        "Processor, joint or separate controller, internal, authority, public.",
        answers="30(1)(d); 26; 28",
    )
    service: Text = said("Service", "Which of its services.", answers="30(1)(d)")
    what_for: Text = said("What for", "Why it receives the data.", answers="30(1)(d)")
    since: Day = said("Since", "First day.", answers="30(1)(d)")
    until: Day = said("Until", "Last day.", answers="30(1)(d)")


class Transfer(Part):
    """One leg of a transfer to a third country or an international organisation (Chapter V)."""

    head = ("destination", "international_organisation")

    destination: Country = said(
        "Destination", "Country the data go to, or are read from.", answers="30(1)(e); 30(2)(c)"
    )
    international_organisation: Text = said(
        "International organisation", "Where it goes to one of these instead.", answers="30(1)(e); 30(2)(c)"
    )
    recipient: OrganisationRef = said("Recipient", "Who receives the data there.", answers="30(1)(d); 44")
    mechanism: Annotated[str | None, code("mechanisms")] = said(
        "Mechanism", "What the transfer rests on: Art. 45, 46, 47 or 49.", answers="44; 45; 46; 47; 49"
    )
    scope_reason: Text = said(
        "Why in scope", "Why the recipient or the case falls under the mechanism.", answers="45(1); 49(1)"
    )
    scc_modules: tuple[Position, ...] = listed(
        "SCC modules", "For clauses of 2021: modules 1 to 4.", answers="46(2)(c)"
    )
    document: Text = said("Document", "Where the instrument is kept.", answers="46; 47", own=True)
    tia_reference: Text = said(
        "TIA reference", "Where the transfer impact assessment is kept.", answers="46(1)", own=True
    )
    tia_date: DayDone = said("TIA date", "Day of the transfer impact assessment.", answers="46(1)")
    art49_assessment: Text = said(
        "Art. 49 assessment",
        "For compelling interests: the assessment.",
        answers="30(1)(e); 49(1); 49(6)",
        own=True,
    )
    art49_safeguards: Text = said(
        "Art. 49 safeguards",
        "For compelling interests: the suitable safeguards.",
        answers="30(1)(e); 49(1); 49(6)",
    )
    told_authority_on: DayDone = said(
        "Authority told on", "Day on which the authority was told.", answers="49(1)"
    )
    told_subjects_on: DayDone = said("People told on", "Day on which the people were told.", answers="49(1)")
    since: Day = said("Since", "First day.", answers="30(1)(e)")
    until: Day = said("Until", "Last day.", answers="30(1)(e)")


class Client(Part):
    """A controller for whom we process."""

    head = ("organisation", "described_as")

    organisation: OrganisationRef = said("Controller", "Who it is.", answers="30(2)(a)")
    described_as: Text = said("In words", "Where no organisation is named.", answers="30(2)(a)")
    categories: Text = said(
        "Categories of processing", "What we do for it, such as hosting.", answers="30(2)(b)"
    )
    since: Day = said("Since", "First day.", answers="30(2)(b)")
    until: Day = said("Until", "Last day.", answers="30(2)(b)")


class Criterion(Part):
    """One of the nine criteria of WP 248 rev.01. One that is not listed is unknown."""

    head = ("criterion",)

    criterion: Annotated[str | None, code("criterion")] = said(
        "Criterion", "Which of the nine.", answers="35(1)"
    )
    answer: Annotated[str | None, code("answer")] = said("Answer", "Met or not met.", answers="35(1)")
    reason: Text = said("Reason", "Why.", answers="35(1); 5(2)")


class Dpia(Part):
    """The data protection impact assessment of an activity."""

    head = ("reference",)

    public_area: YesNo = said(
        "Public area watched", "Whether a publicly accessible area is monitored.", answers="35(3)(c)"
    )
    reference: Text = said("DPIA reference", "Where the assessment is kept.", answers="35(1)")
    date: DayDone = said("DPIA date", "Day of the assessment.", answers="35(1)")
    outcome: Annotated[str | None, code("dpia outcome")] = said(
        "DPIA outcome", "The residual risk.", answers="35(7); 36(1)"
    )
    dpo_advice: Text = said("DPO's advice", "Date or reference of the advice.", answers="35(2)")
    consulted_on: DayDone = said("Authority consulted on", "Day of the prior consultation.", answers="36(1)")


class Breach(Part):
    """A personal data breach that touched the activity."""

    date: DayDone = said("Date", "Day on which it became known.", answers="33(5)")
    reference: Text = said("Reference", "Where it is documented.", answers="33(5)")
