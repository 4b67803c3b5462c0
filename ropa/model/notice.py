"""Notice: what an organisation tells people (Articles 13 and 14). Waiver: a gap accepted on purpose."""

from ropa.model.base import Part, listed, needed, said
from ropa.model.common import Documented
from ropa.model.values import Day, DayDone, Line, Number, OrganisationRef, Slug, Text, Verbatim, WaiverId


class Told(Part):
    """One thing that a notice tells or announces, with its lines."""

    topic: Text = said(
        "Topic", "What it is about: a service named, rights announced, a contact.", answers="13; 14"
    )
    text: Text = said("Text", "As the notice has it.", answers="13; 14")
    lines: Text = said("Lines", "The lines of the text, such as 5-6.", answers="5(2)")


class Notice(Documented):
    """A privacy notice, with its text, so that every fact read from it can be shown in it."""

    kind = "notice"
    noun = "notice"
    plural = "notices"
    shown = ("ref", "name", "entity", "language", "last_updated", "address")

    ref: Slug = needed("Ref", "Short name in small letters, such as website.")
    entity: OrganisationRef = said(
        "Controller", "Which organisation of ours it names.", answers="13(1)(a); 14(1)(a)"
    )
    address: Text = said("Address", "Where people find it.", answers="12(1)", own=True)
    language: Text = said("Language", "Its language, such as en (BCP 47).", answers="12(1)")
    last_updated: Day = said("Last updated", "The day that it gives.", answers="12(1)")
    minimum_age: Number = said("Minimum age", "The age that it asks of people, in years.", answers="8")
    response_days: Number = said(
        "Response days", "Within how many days it promises to answer.", answers="12(3)"
    )
    told: tuple[Told, ...] = listed(
        "Told", "What it says outside the activities.", answers="13; 14", own=True
    )
    text: Verbatim = said("Text", "The text as it was read.", answers="12(1)", own=True)
    sha256: Text = said("SHA-256", "Digest of the text in UTF-8.", answers="5(2)", own=True)


class Waiver(Documented):
    """A gap that somebody chose to live with, for a reason and up to a day. It never makes a rule met."""

    kind = "waiver"
    noun = "waiver"
    plural = "waivers"
    main = "rule"
    shown = ("ref", "rule", "record", "until", "by")

    ref: WaiverId = needed("Ref", "Number of the waiver, such as W-0001.")
    name: Line = needed("Name", "Rule and record in words.")
    rule: Text = said("Rule", "The rule that is waived, such as ROPA-A104.", answers="5(2)")
    record_kind: Text = said("Kind of record", "The kind of the record it is waived for.", answers="5(2)")
    record: Text = said("Record", "The ref of the record it is waived for.", answers="5(2)")
    reason: Text = said("Reason", "Why the gap is accepted.", answers="5(2)")
    by: Text = said("By", "Who accepted it.", answers="5(2)")
    on: DayDone = said("On", "The day on which it was accepted.", answers="5(2)")
    until: Day = said("Until", "Last day of the waiver.", answers="5(2)")
