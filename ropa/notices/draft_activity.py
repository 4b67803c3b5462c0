"""An entry of a notice, or a purpose that it states, as a draft activity: what is said there, and no more."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ropa.errors import Refused
from ropa.model.activity import Activity
from ropa.model.codes import vocabulary
from ropa.notices.draft_desk import Desk, words_of
from ropa.notices.draft_names import Entry
from ropa.notices.draft_notice import company_of
from ropa.notices.draft_section import draft_section
from ropa.notices.reading import Block, NoticeReading, Place, Procedure, StatedPurpose, Told
from ropa.reference.countries import countries, in_eea

Plain = dict[str, Any]

_JOINTS = re.compile(r"\s*[;,\n]\s*")


@dataclass(frozen=True, slots=True)
class Whole:
    """What a notice says for all of its entries.

    entity: its controller, drafted. subjects: whose data they are, where it speaks of one sort of people only.
    companies: service (see `service_key`) → the company that an entry says renders it.
    """

    reading: NoticeReading
    entity: str | None
    subjects: str | None
    companies: Mapping[str, Told]


def whole(desk: Desk, reading: NoticeReading, entity: str | None) -> Whole:
    """What the notice says for all of its entries. That it speaks of several sorts of people is reported."""
    people = {desk.subjects(told): told for told in reading.subjects if words_of(told)}
    if len(people) > 1:
        for told in people.values():
            desk.remark(
                told.lines,
                told.text,
                "one of several sorts of people; whose data an entry lists is left blank",
            )
    companies = {
        service_key(block.service): company
        for block in reading.blocks
        if words_of(block.service) and (company := company_of(block, reading))
    }
    return Whole(reading, entity, next(iter(people)) if len(people) == 1 else None, companies)


def draft_activity(desk: Desk, entry: Entry, notice: Whole, *, ref: str, name: str) -> Activity:
    """The draft of one entry. It is a controller's record only where the notice names its controller."""
    said: Plain = {
        "ref": ref,
        "name": name,
        "role": "controller" if notice.entity else None,
        "entity": notice.entity,
        "notices": [desk.notice],
        "provenance": [desk.provenance(entry.lines), *_from_above(desk, entry)],
    }
    if isinstance(entry, StatedPurpose):
        said |= _stated(desk, entry, notice)
    elif entry.purposes or entry.procedures or entry.subjects or entry.in_prose:
        said |= draft_section(desk, entry, notice.reading.controller)
    else:
        said |= _block(desk, entry, notice)
    return desk.make(Activity, said, entry.lines)


def _from_above(desk: Desk, entry: Entry) -> list[dict[str, str]]:
    """Where purpose and service stand, when they stand above the entry: in a heading, or on the line before."""
    if isinstance(entry, StatedPurpose):
        return []
    named = entry.heading if entry.purposes or entry.procedures or entry.in_prose else None
    above = (
        ("name", named),
        ("purposes", entry.purpose),
        ("recipients", entry.service if entry.company else None),
    )
    told_above = [
        desk.provenance(told.lines, name)
        for name, told in above
        if told and not entry.lines[0] <= told.lines[0] <= entry.lines[1]
    ]
    return [*told_above, *(desk.provenance(one.lines, _said_by(one)) for one in entry.procedures)]


def _said_by(one: Procedure) -> str:
    """The field of an activity that a procedure speaks of first of all."""
    return "recipients" if one.provider else "description"


def _stated(desk: Desk, entry: StatedPurpose, notice: Whole) -> Plain:
    """A purpose in running text, with the service that it says does the work. It does not say in which role."""
    said: Plain = {"purposes": [{"text": entry.text}]}
    if entry.service and entry.service.strip():
        service = Told(entry.service, entry.lines)
        company = notice.companies.get(service_key(service))
        one = {"organisation": desk.vendor(company or service), "service": service.text if company else None}
        said["recipients"] = [one]
    return said


def service_key(service: Told | None) -> str:
    """The form in which the names of services are compared."""
    return " ".join(words_of(service).casefold().split())


def _block(desk: Desk, block: Block, notice: Whole) -> Plain:
    company = company_of(block, notice.reading)
    vendor = desk.vendor(company) if company else None
    purposes, basis_as_written = _purposes(desk, block)
    transfers, staying, unknown = _places(desk, block, vendor)
    sentences = [words_of(told) for told in block.description]
    if block.heading:
        sentences.insert(0, f"Under the heading: {words_of(block.heading)}")
        desk.remark_once(
            block.heading.lines,
            words_of(block.heading),
            "a heading that is not known as a purpose: kept in the description",
        )
    if block.trackers_duration and words_of(block.trackers_duration):
        sentences.append(f"How long trackers stay on the device: {words_of(block.trackers_duration)}")
    if block.storage and words_of(block.storage):
        sentences.append(f"Storage duration as written: {words_of(block.storage)}")
        desk.remark(
            block.storage.lines,
            words_of(block.storage),
            "a storage duration that does not say of what: kept as written in the description, not as a retention",
        )
    if staying:
        sentences.append(f"Places of processing inside the EEA: {'; '.join(staying)}")
    if unknown:
        sentences.append(f"Places of processing as written: {'; '.join(unknown)}")
    if basis_as_written:
        sentences.append(f"Legal basis as written: {basis_as_written}")
    links = [words for told in block.links if (words := words_of(told))]
    return {
        "description": "\n".join(sentence for sentence in sentences if sentence),
        "purposes": purposes,
        "data": _data(desk, block, notice.subjects),
        "recipients": [{"organisation": vendor, "service": words_of(block.service)}] if vendor else [],
        "transfers": transfers,
        "notes": f"Links in the notice: {'; '.join(links)}" if links else None,
    }


def _data(desk: Desk, block: Block, subjects: str | None) -> list[Plain]:
    """One line per term: whose data, which; how long, where the entry says so. A term said twice is one line."""
    rule = desk.retention(block.retention) if block.retention and words_of(block.retention) else None
    terms = dict.fromkeys(desk.data_category(term) for term in block.data if words_of(term))
    if rule and not terms:
        return [{"retention": rule}]
    return [
        {"subjects": subjects, "category": category, "retention": rule, "description": description}
        for category, description in terms
    ]


def _purposes(desk: Desk, block: Block) -> tuple[list[Plain], str]:
    """The purpose with its legal basis, one for each basis that is named; and a basis that no code stands for."""
    text, basis = words_of(block.purpose), words_of(block.legal_basis)
    if not basis or block.legal_basis is None:
        return [{"text": text}] if text else [], ""
    try:
        codes = _bases(basis)
    except Refused as trouble:
        desk.remark(block.legal_basis.lines, basis, f"kept as written in the description: {trouble}")
        return [{"text": text}] if text else [], basis
    return [{"text": text, "legal_basis": code} for code in codes], ""


def _bases(text: str) -> list[str]:
    """The legal bases that a text names. Raises Refused unless all of it is understood."""
    known = vocabulary("legal_bases")
    try:
        return [known.parse(text)]
    except Refused:
        parts = [part for part in _JOINTS.split(text) if part]
        if len(parts) < 2:
            raise
        return list(dict.fromkeys(known.parse(part) for part in parts))


def _places(desk: Desk, block: Block, vendor: str | None) -> tuple[list[Plain], list[str], list[str]]:
    """A transfer leg per place outside the EEA; the places inside it; the places that cannot be told, as written.

    A place inside the EEA is no transfer (Art. 44), so it stays in the description: a regulator may read it there.
    """
    legs: dict[str, Plain] = {}
    staying: list[str] = []
    unknown: list[str] = []
    for place in block.places:
        words, known = place.text.strip(), countries().get(place.code or "")
        if not words:
            continue
        if known is None or (known.kind == "region" and not in_eea(known.code)):
            unknown.append(words)
            _report(desk, place)
        elif in_eea(known.code):
            staying.append(words)
        elif known.kind == "organisation":
            legs.setdefault(known.code, {"international_organisation": words, "recipient": vendor})
        else:
            legs.setdefault(known.code, {"destination": known.code, "recipient": vendor})
    return list(legs.values()), staying, unknown


def _report(desk: Desk, place: Place) -> None:
    what = "a region that is partly outside the EEA" if place.code else "no country that can be told for sure"
    desk.remark(
        place.lines, place.text, f"{what}: kept as written in the description, and no transfer was made of it"
    )
