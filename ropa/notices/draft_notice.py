"""The notice itself as a record, with the organisations that it names."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from ropa.model.notice import Notice
from ropa.model.organisation import Organisation
from ropa.model.values import keep_text
from ropa.notices.draft_desk import Desk, same, spoken_lines, words_of
from ropa.notices.owner import country_in
from ropa.notices.phrases import NO_FACT
from ropa.notices.reading import Block, Counted, Dated, Lines, NoticeReading, Told

_TOLD = (
    "title",
    "site",
    "last_updated",
    "controller",
    "controller_address",
    "contact_email",
    "dpo",
    "minimum_age",
    "response_days",
)
"""The facts of a reading that stand in the notice's own fields or in the controller's: kept here with their lines."""


def digest(text: str) -> str:
    """SHA-256 of a notice's text in UTF-8. Raises Refused for a text that no record can hold."""
    return sha256(keep_text(text).encode("utf-8")).hexdigest()


def draft_notice(desk: Desk, reading: NoticeReading, entity: str | None) -> Notice:
    """The notice: what it says of itself, and all that it tells outside its entries, with the lines."""
    said = {
        "ref": desk.notice,
        "name": words_of(reading.title) or words_of(reading.site) or desk.source,
        "entity": entity,
        "address": words_of(reading.site),
        "language": reading.language,
        "last_updated": reading.last_updated.day if reading.last_updated else None,
        "minimum_age": reading.minimum_age.value if reading.minimum_age else None,
        "response_days": reading.response_days.value if reading.response_days else None,
        "told": [
            {"topic": topic, "text": text, "lines": spoken_lines(lines) if lines else None}
            for topic, text, lines in _told(reading)
            if text.strip()
        ],
        "text": reading.text,
        "sha256": digest(reading.text),
        "provenance": [{"source": desk.source}],
    }
    return desk.make(Notice, {name: value for name, value in said.items() if value is not None}, None)


def _told(reading: NoticeReading) -> Iterator[tuple[str, str, Lines | None]]:
    """Topic, words and lines of what the notice tells outside its entries. "read as" is the kind of its text."""
    yield "read as", reading.kind, None
    for name in _TOLD:
        fact: Told | Dated | Counted | None = getattr(reading, name)
        if fact:
            yield name.replace("_", " "), fact.text, fact.lines
    for missing in reading.announced:
        yield f"announced, not given: {missing.topic}", missing.text, missing.lines
    for service in reading.services:
        for lines in service.lines:
            yield "service named", service.name, lines
    for purpose in reading.stated_purposes:
        yield "purpose stated", purpose.text, purpose.lines
    for place in reading.places:
        yield "country named", place.text, place.lines
    lists = {
        "owner, as written": reading.owner_left,
        "people concerned": reading.subjects,
        "right": reading.rights_given,
        "legal basis, for all processing": reading.legal_bases_given,
        "retention, for all processing": reading.retention_given,
        "ground for transfers": reading.grounds_given,
    }
    for topic, items in lists.items():
        for told in items:
            yield topic, told.text, told.lines


def draft_controller(desk: Desk, reading: NoticeReading) -> str | None:
    """The organisation that the notice names as its controller, so one of ours; None where it names none.

    Only what the notice says of it, each field with its lines. Where it is established is not said by its legal form;
    its country is one that its address names.
    """
    if reading.controller is None or not words_of(reading.controller):
        return None
    ref = desk.organisation_ref(reading.controller)
    said: dict[str, Any] = {"ref": ref, "name": words_of(reading.controller), "ours": True}
    provenance = [desk.provenance(reading.controller.lines, "name")]
    for name, told in (
        ("address", reading.controller_address),
        ("email", reading.contact_email),
        ("dpo", reading.dpo),
    ):
        if told is None or not words_of(told):
            continue
        said[name] = _officer(words_of(told)) if name == "dpo" else words_of(told)
        provenance.append(desk.provenance(told.lines, name))
    if reading.controller_address and (country := country_in(words_of(reading.controller_address))):
        said["country"] = country
        provenance.append(desk.provenance(reading.controller_address.lines, "country"))
    return desk.make(Organisation, {**said, "provenance": provenance}, reading.controller.lines).ref


def _officer(words: str) -> dict[str, str]:
    """A data protection officer: the words are a mailbox where they are nothing but one, else whom they name."""
    return {"email": words} if "@" in words and len(words.split()) == 1 else {"name": words}


def company_of(block: Block, reading: NoticeReading) -> Told | None:
    """The company that an entry names, unless it is the controller itself."""
    if block.company is None or not words_of(block.company):
        return None
    return None if same(words_of(block.company)) == same(words_of(reading.controller)) else block.company


def report_unread(desk: Desk, reading: NoticeReading) -> None:
    """Lists the sentences that gave no fact, and those that are known for what they are and have no field."""
    for told in reading.unread:
        desk.remark(told.lines, told.text, "not understood")
    for told in reading.owner_left:
        desk.remark(
            told.lines,
            told.text,
            "beside the controller, but neither its name nor its address for certain: kept as written",
        )
    for known in reading.understood:
        if known.what.startswith(NO_FACT):
            desk.remark(known.lines, known.text, f"{known.what}: no field holds it")
