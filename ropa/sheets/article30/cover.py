"""The cover: whose record this is, of which day and revision, how much is in it, how it is read."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from ropa.model.activity import Activity
from ropa.model.codes import vocabulary
from ropa.model.organisation import Organisation
from ropa.sheets.article30.openpoints import MEANING, counts
from ropa.sheets.article30.points import officer
from ropa.sheets.layout import Asked
from ropa.sheets.proof.stamp import AS_OF, DIGEST, HASH, LAID_OUT, REVISION, Stamp, laid_out_as
from ropa.sheets.saying import Words, without_country
from ropa.sheets.table import NOT_RECORDED, DigestHere, Page, Table

Line = tuple[str, str, str]
NAME = "Cover"
TITLE = "Records of processing activities"


def cover(
    words: Words,
    asked: Asked,
    ours: Sequence[Organisation],
    activities: Sequence[Activity],
    sheets: Sequence[Table],
    *,
    stamp: Stamp,
) -> Page:
    """The first sheet. ours: the organisations whose records these are. sheets: those that follow. stamp: what it says of itself."""
    lines = [
        ("title", TITLE, ""),
        ("subtitle", f"Article 30 GDPR, as of {asked.on.day} {asked.on:%B %Y}", ""),
        ("line", "", ""),
        *(line for one in ours for line in organisation(words, one)),
        *(_no_organisation() if not ours else ()),
        *_snapshot(asked, stamp),
        *content(asked, activities),
        *_reading(sheets, asked),
    ]
    return Page(NAME, NAME, lines)


def organisation(words: Words, one: Organisation) -> Iterator[Line]:
    """An organisation of ours, with its contact, its representative and its officer."""
    yield ("heading", one.name, "")
    for name in ("address", "country", "email", "phone"):
        label, text = _field(words, one, name, asked=True)
        yield ("line", label, without_country(text, words.say(one, "country")) if name == "address" else text)
    for name in ("website", "registration_number", "supervisory_authority", "jurisdiction"):
        label, text = _field(words, one, name, asked=False)
        if text:
            yield ("line", label, text)
    for part in ("representative", "dpo"):
        label, _, text = officer(words, one, part).partition(": ")
        if text:
            yield ("line", label, NOT_RECORDED if text == NOT_RECORDED else text)
    yield ("line", "", "")


def _field(words: Words, one: Organisation, name: str, *, asked: bool) -> tuple[str, str]:
    from ropa.model.walk import field

    known = field(Organisation, name)
    text = words.say(one, name) or (words.answer(one, name) or NOT_RECORDED if asked else "")
    return known.title if known else name, text


def _no_organisation() -> Iterator[Line]:
    yield ("heading", "Organisation", "")
    yield ("line", "Name and contact", NOT_RECORDED)
    yield ("line", "", "")


def _snapshot(asked: Asked, stamp: Stamp) -> Iterator[Line]:
    register = asked.register
    yield ("heading", "What this is a copy of", "")
    yield ("line", AS_OF, asked.on.isoformat())
    if register.revision:
        yield (
            "line",
            REVISION,
            f"{register.revision}, made {_minute(register.at)}",
        )
        yield ("line", HASH, register.hash or NOT_RECORDED)
    else:
        yield ("line", REVISION, "none: laid out from a file or from records that were not stored")
    yield ("line", LAID_OUT, laid_out_as(stamp))
    yield ("line", DIGEST, DigestHere("waits for the other cells"))
    yield ("line", "To check it", "Where the register is kept: ropa verify and the name of this file.")
    yield ("line", "", "")


def _minute(at: str) -> str:
    """A time as a person reads it, in UTC."""
    if not at:
        return "at a time that is not known"
    return f"{datetime.fromisoformat(at).astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def content(asked: Asked, activities: Sequence[Activity]) -> Iterator[Line]:
    """How many activities, lines and open points there are."""
    yield ("heading", "What is in it", "")
    for role, label in (
        ("controller", "As controller, 30(1)"),
        ("processor", "As processor, 30(2)"),
        (None, "Role not recorded"),
    ):
        those = [one for one in activities if one.role == role]
        if those or role:
            yield ("line", label, _many(those))
    yield ("line", "Lines of data", str(sum(len(one.data) for one in activities)))
    yield ("line", "Recipients", str(sum(len(one.recipients) for one in activities)))
    yield ("line", "Transfers", str(sum(len(one.transfers) for one in activities)))
    if asked.findings is not None:
        yield ("line", "Open points", counts(asked.findings))
    yield ("line", "", "")


def _many(activities: Sequence[Activity]) -> str:
    by_status = Counter(one.status for one in activities)
    said = ", ".join(f"{by_status[code]} {code}" for code in vocabulary("status").codes if by_status[code])
    return f"{len(activities)} {'activity' if len(activities) == 1 else 'activities'}" + (
        f" ({said})" if said else ""
    )


def _reading(sheets: Sequence[Table], asked: Asked) -> Iterator[Line]:
    yield ("heading", "The sheets", "")
    for sheet in sheets:
        yield ("line", sheet.name, sheet.title)
    yield ("line", "", "")
    yield ("heading", "How to read them", "")
    yield ("line", "No.", "The number of the activity in the register (PA-0001); it stays the same for good.")
    yield ("line", NOT_RECORDED.capitalize(), "On yellow: nobody has recorded it yet. It never means no.")
    yield (
        "line",
        "Does not apply",
        "In italics: the point was considered and does not apply, for the reason given.",
    )
    yield (
        "line",
        "Continued",
        "What is too long for one cell goes on in the row below, under the same number and name.",
    )
    if asked.findings is not None:
        for weight, meaning in MEANING.items():
            yield ("line", f"Open point: {weight}", meaning[0].upper() + meaning[1:] + ".")
        yield (
            "line",
            "Open point: accepted",
            "Not met; the organisation has decided to leave it so for now.",
        )
    yield ("line", "Article numbers", "Of Regulation (EU) 2016/679 (GDPR), unless another act is named.")
    yield ("line", "Form", "Article 30 prescribes no form; this is no authority's official one.")
