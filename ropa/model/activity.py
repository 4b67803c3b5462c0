"""Activity: one processing activity, as controller (Art. 30(1)) or as processor (Art. 30(2))."""

from typing import Annotated

from ropa.model.base import listed, needed, said, starts_as
from ropa.model.common import Documented
from ropa.model.parts import Breach, Client, Criterion, DataLine, Dpia, Purpose, Recipient, Transfer
from ropa.model.values import (
    ActivityId,
    ActivityRef,
    CountryCode,
    Day,
    DayDone,
    Interval,
    Line,
    MeasureRefs,
    NoticeRefs,
    OrganisationRef,
    SystemRefs,
    Text,
    YesNo,
    code,
)


class Activity(Documented):
    """One processing activity. Legal basis, data and recipients belong to a controller's record, clients to a processor's."""

    kind = "activity"
    noun = "activity"
    plural = "activities"
    shown = ("ref", "name", "role", "entity", "status", "owner", "purposes", "transfers")

    ref: ActivityId = needed("Ref", "Number of the activity, such as PA-0001.")
    name: Line = needed("Name", "What people call the activity.", answers="30(1)")
    role: Annotated[str | None, code("role")] = said(
        "Role", "Whether we decide (controller) or act for another (processor).", answers="30(1); 30(2)"
    )
    entity: OrganisationRef = said(
        "Entity", "Which organisation of ours is responsible.", answers="30(1)(a); 30(2)(a)"
    )
    department: Text = said("Department", "Who does it in the house.", answers="30(1); 30(2)")
    owner: Text = said("Owner", "Person or function that answers for the record.", answers="5(2)")
    status: Annotated[str, code("status")] = starts_as(
        "draft", "Status", "Draft, active, suspended or ended.", answers="30(1); 30(2)"
    )
    started_on: Day = said("Started on", "First day of the processing.", answers="5(2)")
    ended_on: Day = said("Ended on", "Last day of the processing.", answers="5(2)")
    erased_on: DayDone = said(
        "Erased on", "Day on which the data were erased after the end.", answers="5(1)(e)"
    )
    replaced_by: ActivityRef = said(
        "Replaced by", "The activity that took its place.", answers="5(2)", own=True
    )
    description: Text = said("Description", "What happens, in a few sentences.", answers="30(1); 30(2)")
    notices: NoticeRefs = listed("Notices", "Notices that tell people of it.", answers="13; 14", own=True)
    purposes: tuple[Purpose, ...] = listed("Purposes", "What the data are processed for.", answers="30(1)(b)")
    data: tuple[DataLine, ...] = listed(
        "Data", "Whose data, which data, how long.", answers="30(1)(c); 30(1)(f)"
    )
    recipients: tuple[Recipient, ...] = listed(
        "Recipients", "Who receives or sees the data.", answers="30(1)(d)"
    )
    transfers: tuple[Transfer, ...] = listed(
        "Transfers", "Each way out of the EEA.", answers="30(1)(e); 30(2)(c)"
    )
    clients: tuple[Client, ...] = listed(
        "Clients", "The controllers for whom we process.", answers="30(2)(a); 30(2)(b)"
    )
    systems: SystemRefs = listed("Systems", "The systems it runs on.", answers="30(1)(g); 30(2)(d); 32")
    measures: MeasureRefs = listed(
        "Measures", "Security measures beside those of the systems.", answers="30(1)(g); 30(2)(d); 32(1)"
    )
    criteria: tuple[Criterion, ...] = listed(
        "DPIA criteria", "The nine criteria of WP 248, each answered.", answers="35(1)", own=True
    )
    dpia: Dpia | None = said("DPIA", "The data protection impact assessment.", answers="35; 36", own=True)
    automated_decisions: Annotated[str | None, code("automated decision")] = said(
        "Automated decisions", "None, profiling, or decisions under Article 22.", answers="22; 13(2)(f)"
    )
    decision_logic: Text = said(
        "Decision logic", "How it decides, and what follows.", answers="13(2)(f); 14(2)(g)"
    )
    decision_safeguards: Text = said(
        "Decision safeguards", "How people get a human, are heard and contest.", answers="22(3)"
    )
    children: YesNo = said("Children", "Whether children's data are processed.", answers="8; 6(1)(f)")
    countries_aimed_at: tuple[CountryCode, ...] = listed(
        "Countries aimed at", "Countries whose people the service is offered to.", answers="3(2); 8(1)"
    )
    breaches: tuple[Breach, ...] = listed(
        "Breaches", "Personal data breaches.", answers="33(5)", internal=True, own=True
    )
    reviewed_on: DayDone = said("Reviewed on", "Day of the last review.", answers="5(2); 24(1)")
    reviewed_by: Text = said("Reviewed by", "Who reviewed it.", answers="5(2); 24(1)", own=True)
    review_every: Interval = said("Review every", "How often it is reviewed.", answers="5(2); 24(1)")
