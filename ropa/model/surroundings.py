"""All that touches a record, in words: the activities and how they name it, and what stands around it in them."""

from collections.abc import Iterable, Iterator

from ropa.model.activity import Activity
from ropa.model.common import Documented
from ropa.model.organisation import Organisation
from ropa.model.parts import DataLine, Recipient, Transfer
from ropa.model.register import Register
from ropa.model.speech import country_name, name_of, spoken
from ropa.model.touching import Touch, hands_on, touches
from ropa.model.walk import field
from ropa.model.where import below
from ropa.words import listing

Section = tuple[str, list[str]]
"""A title, and a line for each thing."""
ACTIVITIES = "Activities"
_CATEGORIES = ("data_category", "subject_category")


def surroundings(register: Register, record: Documented) -> list[Section]:
    """What touches a record, section by section.

    The activities come first, each with how it names the record or through whom it is reached; then what those that have
    not ended bring together with it; then what else names it.
    """
    by_ref: dict[str, list[Touch]] = {}
    for touch in touches(register, record):
        by_ref.setdefault(touch.activity.ref, []).append(touch)
    activities = [_touched(register, record, by_ref[ref]) for ref in sorted(by_ref)]
    running = [a for ref in sorted(by_ref) if (a := by_ref[ref][0].activity).status != "ended"]
    sections = [(ACTIVITIES, activities), *_around(register, record, running), *_others(register, record)]
    return [(title, lines) for title, lines in sections if lines]


def _touched(register: Register, record: Documented, touched: list[Touch]) -> str:
    """An activity, and how it names the record; where it does not, through whom it is reached."""
    activity = touched[0].activity
    status = f" ({activity.status})" if activity.status in ("ended", "draft", "suspended") else ""
    said = f"{activity.ref} {activity.name}{status}"
    direct = [touch for touch in touched if not touch.through]
    if not direct:
        return f"{said}, through {listing(one.name for one in reversed(touched[0].through))}"
    ways = list(dict.fromkeys(_way(register, record, activity, touch.path) for touch in direct))
    return ": ".join(filter(None, (said, "; ".join(filter(None, ways)))))


def _way(register: Register, record: Documented, activity: Activity, path: str) -> str:
    """How an activity names a record in one place; "" where the kind of the record says it."""
    head, _, rest = path.partition(".")
    if not rest[:1].isdigit() or head in ("systems", "measures", "notices"):
        return ""
    part = getattr(activity, head)[int(rest.partition(".")[0]) - 1]
    if isinstance(part, Recipient):
        return part.role or "recipient"
    if isinstance(part, Transfer):
        return f"transfer to {_destination(part)}"
    if isinstance(part, DataLine):
        other = "category" if record.kind in ("subject_category", "retention_rule") else "subjects"
        return _spoken(register, part, other)
    said = field(type(activity), head)
    return said.title.lower() if said else ""


def _around(register: Register, record: Documented, running: list[Activity]) -> Iterator[Section]:
    """What the activities that still run bring together with a record, as far as its kind asks for it."""
    outside = isinstance(record, Organisation) and not record.ours
    category = record.kind in _CATEGORIES
    lines = [line for activity in running for line in activity.data if _is_of(register, record, line)]
    if outside or record.kind == "system":
        yield "Data of these", _named(register, "data_category", (line.category for line in lines))
        yield "Of whom", _named(register, "subject_category", (line.subjects for line in lines))
    if category:
        yield "Kept", _named(register, "retention_rule", (line.retention for line in lines))
        yield "Systems of these", _named(register, "system", (ref for a in running for ref in a.systems))
    if category or record.kind == "system":
        yield "Received by", _receivers(register, running)
    if outside or category or record.kind == "system":
        yield "Transfers", list(_transfers(register, record, running, only_own=outside))


def _is_of(register: Register, record: Documented, line: DataLine) -> bool:
    """Whether a line of data is of a category, or of one under it; for other kinds every line is meant."""
    if record.kind not in _CATEGORIES:
        return True
    said = line.category if record.kind == "data_category" else line.subjects
    return said == record.ref or said in below(register, record.kind, record.ref)


def _named(register: Register, kind: str, refs: Iterable[str | None]) -> list[str]:
    """The names of records in one line, each once, in the order of the alphabet."""
    names = {name_of(register, kind, ref) for ref in refs if ref}
    return ["; ".join(sorted(names, key=str.casefold))] if names else []


def _receivers(register: Register, running: list[Activity]) -> list[str]:
    """Who receives the data of activities, each with those to whom it hands on."""
    found: dict[str, None] = {}
    for one in (one for activity in running for one in activity.recipients):
        who = register.get(Organisation, one.organisation)
        if who is None:
            found[one.category or "not said"] = None
        else:
            further = [other.name for other in hands_on(register, who)]
            found[f"{who.name} (hands on to {listing(further)})" if further else who.name] = None
    return ["; ".join(sorted(found, key=str.casefold))] if found else []


def _transfers(
    register: Register, record: Documented, running: list[Activity], *, only_own: bool
) -> Iterator[str]:
    """The legs of activities; of a vendor only those to itself or to whom it hands on."""
    own = {record.ref, *(one.ref for one in hands_on(register, record))}
    for activity in running:
        for leg in activity.transfers:
            if not only_own or leg.recipient in own:
                whom = _spoken(register, leg, "recipient") or "recipient not said"
                ground = _spoken(register, leg, "mechanism") or "no ground on record"
                yield f"{_destination(leg)}: {whom}, {ground} ({activity.ref})"


def _destination(leg: Transfer) -> str:
    if leg.destination:
        return country_name(leg.destination)
    return leg.international_organisation or "a place not said"


def _others(register: Register, record: Documented) -> Iterator[Section]:
    """Records other than activities that name this one, under the title of the field in which they do."""
    found: dict[str, dict[str, None]] = {}
    for other, mention in register.named_by.get((record.kind, record.ref), ()):
        said = field(type(other), mention.path.partition(".")[0])
        if isinstance(other, Activity) or said is None or said.name == "provenance":
            continue
        title = "Party to agreements of" if mention.path.endswith(".party") else f"{said.title} of"
        found.setdefault(title, {})[f"{other.ref} {other.name}"] = None
    return ((title, list(lines)) for title, lines in found.items())


def _spoken(register: Register, part: DataLine | Transfer, name: str) -> str:
    said = field(type(part), name)
    return spoken(getattr(part, name), said, register) if said else ""
