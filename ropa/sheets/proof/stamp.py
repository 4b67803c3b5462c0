"""What a workbook says of itself: from which register and revision it was laid out, and how; so that it can be laid out again.

It stands twice in the workbook: in the document's properties, which spreadsheet programs keep but some web services drop, and on the cover,
in words.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time

from ropa import __version__
from ropa.errors import Refused
from ropa.reference.shelf import in_use
from ropa.sheets.layout import Asked

AS_OF, REVISION, HASH = "As of", "Revision", "Hash of the revision"
LAID_OUT, DIGEST = "Laid out as", "Digest of the cells"
ALL = "all of ours"
_PREFIX = "ropa "


@dataclass(frozen=True)
class Stamp:
    """The words of a stamp. revision and hash: "" where the records were not stored; entity: a ref, or ALL. facts: which, where not the shipped ones."""

    layout: str
    as_of: str
    revision: str
    hash: str
    entity: str
    open_points: str
    further_information: str
    version: str
    facts: str = ""

    @property
    def on(self) -> date:
        """The day that the workbook speaks of."""
        return date.fromisoformat(self.as_of)


def stamp_of(asked: Asked, layout: str) -> Stamp:
    """The stamp of what is laid out now, by this version of the program."""
    stored = asked.register.revision
    return Stamp(
        layout=layout,
        as_of=asked.on.isoformat(),
        revision=str(stored) if stored else "",
        hash=asked.register.hash if stored else "",
        entity=asked.entity or ALL,
        open_points="no" if asked.findings is None else "yes",
        further_information="yes" if asked.further else "no",
        version=__version__,
        facts=in_use().words,
    )


def written_at(asked: Asked) -> datetime:
    """The time in the document's properties: that of the revision, so that the same register gives the same bytes."""
    if asked.register.at:
        return datetime.fromisoformat(asked.register.at).astimezone(UTC).replace(tzinfo=None, microsecond=0)
    return datetime.combine(asked.on, time())


def foot_of(asked: Asked) -> str:
    """What is printed under every page: the day and the revision."""
    register = asked.register
    revision = f", revision {register.revision}, hash {register.hash}" if register.revision else ""
    return f"As of {asked.on.isoformat()}{revision}"


def as_properties(stamp: Stamp) -> dict[str, str]:
    """The stamp as properties of the document, by name."""
    return {f"{_PREFIX}{said}": value for said, value in _said(stamp) if value}


def laid_out_as(stamp: Stamp) -> str:
    """What the cover says of how it was laid out; day, revision and hash stand there on lines of their own."""
    alone = {"as of", "revision", "hash"}
    return "; ".join(f"{said}: {value}" for said, value in _said(stamp) if value and said not in alone)


def _said(stamp: Stamp) -> Iterator[tuple[str, str]]:
    for field in fields(stamp):
        yield field.name.replace("_", " "), getattr(stamp, field.name)


def read_stamp(properties: Mapping[str, str], cover: Iterable[tuple[str, str]]) -> tuple[Stamp, str] | None:
    """The stamp and the digest out of the properties; where these are gone, out of the cover's lines. None where there is none.

    Raises Refused for one that says what none can say.
    """
    said = {name.removeprefix(_PREFIX): value for name, value in properties.items()}
    if "layout" not in said or "digest" not in said:
        said = _from_cover(dict(cover))
    if "layout" not in said or "digest" not in said:
        return None
    stamp = Stamp(**{field.name: said.get(field.name.replace("_", " "), "") for field in fields(Stamp)})
    _refuse_nonsense(stamp)
    return stamp, said["digest"]


def _from_cover(lines: Mapping[str, str]) -> dict[str, str]:
    pieces = [piece.partition(": ") for piece in lines.get(LAID_OUT, "").split("; ")]
    said = {name: value for name, _, value in pieces if name}
    number = lines.get(REVISION, "").partition(",")[0]
    if number.isdigit():
        said |= {"revision": number, "hash": lines.get(HASH, "")}
    return said | {"as of": lines.get(AS_OF, "")} | ({"digest": lines[DIGEST]} if DIGEST in lines else {})


def _refuse_nonsense(stamp: Stamp) -> None:
    try:
        date.fromisoformat(stamp.as_of)
        plain = not stamp.revision or (stamp.revision.isdecimal() and len(stamp.revision) < 12)
    except ValueError:
        plain = False
    if not plain or {stamp.open_points, stamp.further_information} - {"yes", "no"}:
        raise Refused(
            "what it says of its own origin was altered and cannot be read.",
            do="Take the file as it was written.",
        )
