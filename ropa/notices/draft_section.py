"""A section of a notice as a draft activity: it states purposes, people, data, bases and recipients side by side.

What it does not say is which of them go together. So a pair is made only where there is no choice: of one sort of people
with each kind of data, of one legal basis with each purpose. Else the words stay in the description, and the pair is a gap.
"""

import re
from typing import Any

from ropa.errors import Refused
from ropa.model.codes import vocabulary
from ropa.notices.draft_desk import Desk, same, words_of
from ropa.notices.reading import Block, Procedure, Told
from ropa.notices.section_values import bases, grounds
from ropa.reference.countries import countries, in_eea

Plain = dict[str, Any]
_ELSEWHERE = re.compile(r"\b(?:Abschnitt|Ziffer|section|chapter)\b", re.IGNORECASE)


def draft_section(desk: Desk, block: Block, controller: Told | None) -> Plain:
    """The fields of an activity that a section gives."""
    sentences: list[str] = []
    recipients: list[Plain] = []
    transfers: list[Plain] = []
    for one in block.procedures:
        vendor = _vendor(desk, one, controller)
        if vendor:
            recipients.append({"organisation": vendor, "service": words_of(one.name)})
        legs = _legs(desk, one, vendor)
        transfers += [leg for leg in legs if leg not in transfers]
        sentences.append(_spoken(one, told_in_full=not legs))
    links = [words_of(link) for one in block.procedures for link in one.links]
    return {
        "purposes": _purposes(desk, block, sentences),
        "data": _data(desk, block, sentences),
        "recipients": _once(recipients),
        "transfers": transfers,
        "description": "\n".join(sentences),
        "notes": f"Links in the notice: {'; '.join(dict.fromkeys(links))}" if links else None,
    }


def _once(recipients: list[Plain]) -> list[Plain]:
    """Each company with its services, once."""
    services: dict[str, list[str]] = {}
    for one in recipients:
        services.setdefault(one["organisation"], []).append(one["service"])
    return [
        {"organisation": company, "service": ", ".join(dict.fromkeys(names))}
        for company, names in services.items()
    ]


def _vendor(desk: Desk, one: Procedure, controller: Told | None) -> str | None:
    if one.provider is None or same(words_of(one.provider)) == same(words_of(controller)):
        return None
    return desk.vendor(one.provider)


def _legs(desk: Desk, one: Procedure, vendor: str | None) -> list[Plain]:
    """A leg for each ground that is stated, to the country outside the EEA in which the provider or its parent is.

    Where the notice states a ground and no such country, there is no leg: the country is not guessed from the ground.
    """
    if one.mechanism is None:
        return []
    where = next((code for code in (one.country, one.parent_country) if _is_outside(code)), None)
    codes = grounds(words_of(one.mechanism))
    if where is None or not codes:
        desk.remark(
            one.mechanism.lines,
            words_of(one.mechanism),
            "a ground for transfers, without the country to which they go: kept in the description",
        )
        return []
    return [
        {
            "destination": where,
            "recipient": vendor,
            "mechanism": code,
            "scope_reason": words_of(one.mechanism),
        }
        for code in codes
    ]


def _is_outside(code: str | None) -> bool:
    known = countries().get(code or "")
    return known is not None and known.kind in ("country", "territory") and not in_eea(known.code)


def _spoken(one: Procedure, *, told_in_full: bool) -> str:
    """What the notice says of a procedure, as written."""
    said = [": ".join(words for words in (words_of(one.name), *map(words_of, one.description[:1])) if words)]
    said += [words_of(more) for more in one.description[1:]]
    if one.address:
        said.append(f"{words_of(one.provider)}: {words_of(one.address)}")
    if one.legal_basis:
        said.append(f"Legal basis as written: {words_of(one.legal_basis)}")
    if one.retention:
        said.append(f"Retention as written: {words_of(one.retention)}")
    if one.mechanism and told_in_full:
        said.append(f"Ground for transfers as written: {words_of(one.mechanism)}")
    return "; ".join(said)


def _purposes(desk: Desk, block: Block, sentences: list[str]) -> list[Plain]:
    """The purposes, with the legal basis where there is one only, or one purpose only."""
    texts = [words_of(told) for told in block.purposes]
    basis = block.legal_basis
    if basis is None:
        return [{"text": text} for text in texts]
    codes = _known(basis)
    if codes and not texts:
        return [{"legal_basis": code} for code in codes]
    if codes and (len(codes) == 1 or len(texts) == 1):
        return [{"text": text, "legal_basis": code} for text in texts for code in codes]
    sentences.append(f"Legal bases as written: {words_of(basis)}")
    reason = (
        "several legal bases for several purposes: which is whose is left blank"
        if codes
        else "no article that is a legal basis: kept as written in the description"
    )
    desk.remark(basis.lines, words_of(basis), reason)
    return [{"text": text} for text in texts]


def _known(basis: Told) -> list[str]:
    codes = []
    for code in bases(words_of(basis)):
        try:
            codes.append(vocabulary("legal_bases").parse(code))
        except Refused:
            return []
    return codes


def _data(desk: Desk, block: Block, sentences: list[str]) -> list[Plain]:
    """One line per kind of data, with the people where one sort of them is named, and the period where it is one."""
    people = list(dict.fromkeys(desk.subjects(_head(told)) for told in block.subjects))
    subjects = people[0] if len(people) == 1 else None
    if len(people) > 1:
        words = "; ".join(words_of(told) for told in block.subjects)
        sentences.append(f"People concerned as written: {words}")
        desk.remark(
            block.subjects[0].lines, words, "several sorts of people; whose data a line lists is left blank"
        )
    rule = _rule(desk, block.retention, sentences)
    lines: dict[str, Plain] = {}
    for term in block.data:
        category, _ = desk.data_category(_head(term))
        said = {
            "subjects": subjects,
            "category": category,
            "retention": rule,
            "description": words_of(term),
        }
        lines.setdefault(category, said)
    return list(lines.values()) or ([{"retention": rule}] if rule else [])


def _rule(desk: Desk, retention: Told | None, sentences: list[str]) -> str | None:
    """The rule for a period; a reference to another section of the notice is none."""
    words = words_of(retention)
    if retention is None or not words:
        return None
    if not _ELSEWHERE.search(words):
        return desk.retention(retention)
    sentences.append(f"Retention as written: {words}")
    desk.remark_once(retention.lines, words, "no period, but a reference to another section: kept as written")
    return None


def _head(told: Told) -> Told:
    """The words before the bracket that gives examples."""
    words = words_of(told).split("(")[0].strip()
    return Told(words, told.lines) if words else told
