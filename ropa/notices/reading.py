"""What one reading of a privacy notice gives: facts as the notice words them, each with its lines.

Line numbers are 1-based and count the lines of `NoticeReading.text`, which for plain text and Markdown is
the file's own text and for HTML, PDF and Word documents the text that was taken out of the page. `lines` is always (first, last).
Nothing here is interpreted further: a term stands as written, and what the notice does not say is None or empty.
"""

from dataclasses import dataclass, fields
from datetime import date

Lines = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Told:
    """Words of the notice, and where they stand."""

    text: str
    lines: Lines


@dataclass(frozen=True, slots=True)
class Place:
    """A place of processing as written; code is its ISO 3166-1 alpha-2 code ("EU" for the Union), or None."""

    text: str
    lines: Lines
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """A date that the notice gives in a form with one meaning only."""

    day: date
    text: str
    lines: Lines


@dataclass(frozen=True, slots=True)
class Counted:
    """A whole number that the notice gives (years of age, days); text is the sentence it was read from."""

    value: int
    text: str
    lines: Lines


@dataclass(frozen=True, slots=True)
class NamedService:
    """A service of somebody else that running text names. lines has one entry per line that names it.

    said: the sentences that say what it is to the notice's owner; where it is merely named, there is none.
    """

    name: str
    lines: tuple[Lines, ...]
    said: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class StatedPurpose:
    """A purpose that running text states, with the service that it says does the work (or None)."""

    text: str
    lines: Lines
    service: str | None = None


@dataclass(frozen=True, slots=True)
class Announced:
    """A subject that the notice promises to list and does not.

    topic: "legal bases", "retention periods" or "data-subject rights".
    """

    topic: str
    text: str
    lines: Lines


@dataclass(frozen=True, slots=True)
class Understood:
    """Lines that are known for what they are and state no fact: what says it ("definition of Usage Data")."""

    what: str
    text: str
    lines: Lines


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure or a service that a section names with what the notice says of it alone.

    provider, address, country: who renders it, and the ISO 3166-1 alpha-2 code of the country that the address ends with;
    parent_country: that of the company above it. mechanism: what transfers rest on, as written.
    """

    name: Told
    lines: Lines
    provider: Told | None = None
    address: Told | None = None
    country: str | None = None
    parent_country: str | None = None
    legal_basis: Told | None = None
    retention: Told | None = None
    mechanism: Told | None = None
    links: tuple[Told, ...] = ()
    description: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """One entry of the notice: the data it lists and all that the notice says with them.

    number: 1, 2, 3 … in reading order. lines: from the first label of the entry to its last.
    data: the terms as written. places: where the notice says processing takes place.
    service, company: "Stripe", "Stripe Inc" from the line before; company is None where the notice's owner does it.
    purpose: the heading above, where it is one. heading: one that says neither purpose nor service. links: what follows the places ("Privacy Policy", "Opt Out").
    trackers_duration: how long trackers live on the device, which is not how long the controller keeps data.
    storage: a "storage duration" that does not say which of the two it is.
    description: the sentences between heading and data, and what else stands in the entry, as written.
    subjects, purposes, procedures: where the notice states them for the entry (families of sections and of tables).
    in_prose: a section of free prose, of which only the legal basis is known for certain.
    """

    number: int
    lines: Lines
    data: tuple[Told, ...] = ()
    places: tuple[Place, ...] = ()
    service: Told | None = None
    company: Told | None = None
    purpose: Told | None = None
    legal_basis: Told | None = None
    retention: Told | None = None
    trackers_duration: Told | None = None
    links: tuple[Told, ...] = ()
    description: tuple[Told, ...] = ()
    heading: Told | None = None
    storage: Told | None = None
    subjects: tuple[Told, ...] = ()
    purposes: tuple[Told, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    in_prose: bool = False


@dataclass(frozen=True, slots=True)
class NoticeReading:
    """All that was read from one notice. Every line with words on it is in a fact, a block, understood or unread.

    text: the notice's text; lines are separated by a line feed. kind: "text", "markdown", "html", "pdf" or "docx".
    language: ISO 639-1 code of the labels. family: the name of the grammar that understood the notice.
    owner_left: what stands with the controller's name and address, or runs them together so that they cannot be told apart.
    site: the domain that the notice is about, as written. subjects: the notice's words for the people concerned.
    places: the countries that running text names as those of a transfer or of a company.
    *_given: the items where the notice lists rights, legal bases, periods or grounds of transfers for all of its processing.
    announced: what it promises to list and does not. unread: every line that no part of the grammar understood.
    """

    text: str
    kind: str
    language: str
    family: str
    title: Told | None = None
    site: Told | None = None
    last_updated: Dated | None = None
    controller: Told | None = None
    controller_address: Told | None = None
    owner_left: tuple[Told, ...] = ()
    contact_email: Told | None = None
    dpo: Told | None = None
    minimum_age: Counted | None = None
    response_days: Counted | None = None
    blocks: tuple[Block, ...] = ()
    services: tuple[NamedService, ...] = ()
    places: tuple[Place, ...] = ()
    stated_purposes: tuple[StatedPurpose, ...] = ()
    subjects: tuple[Told, ...] = ()
    announced: tuple[Announced, ...] = ()
    rights_given: tuple[Told, ...] = ()
    legal_bases_given: tuple[Told, ...] = ()
    retention_given: tuple[Told, ...] = ()
    grounds_given: tuple[Told, ...] = ()
    understood: tuple[Understood, ...] = ()
    unread: tuple[Told, ...] = ()


def read_lines(reading: NoticeReading) -> set[int]:
    """The numbers of all lines that a fact, an entry or an understood class stands on."""
    found: set[int] = set()
    for name in (entry.name for entry in fields(NoticeReading) if entry.name != "unread"):
        _collect(getattr(reading, name), found)
    return found


def _collect(value: object, found: set[int]) -> None:
    if isinstance(value, tuple):
        for one in value:
            _collect(one, found)
    elif isinstance(value, NamedService):
        for first, last in value.lines:
            found.update(range(first, last + 1))
    elif isinstance(
        value, Told | Place | Dated | Counted | StatedPurpose | Announced | Understood | Block | Procedure
    ):
        found.update(range(value.lines[0], value.lines[1] + 1))
        if isinstance(value, Block | Procedure):
            for part in fields(value):
                _collect(getattr(value, part.name), found)
