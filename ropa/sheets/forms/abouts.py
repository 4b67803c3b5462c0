"""What the rows and fields of a block are about: parties, activities, the members of their lists, the lines of data by the form's own rows."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ropa.model.activity import Activity
from ropa.model.catalogue import DataCategory, Measure, System
from ropa.model.organisation import Organisation
from ropa.sheets.forms.answers import About
from ropa.sheets.forms.declare import Block, FixedRow
from ropa.sheets.forms.speech import Speech
from ropa.words import fold

PARTIES = ("role", "dpo", "representative")
"""The parties of a record, as a block about "party" has them in turn: "role" is whose record it is, controller or processor."""
ACTORS = ("role", "dpo", "dpo company", "representative", "joint controller")


class Abouts:
    """Tells what a block is about. role: whose record it is."""

    def __init__(self, say: Speech, role: str, ours: Sequence[Organisation]) -> None:
        self._say, self._role, self._ours = say, role, ours

    def of(self, block: Block, activities: Sequence[Activity]) -> Iterator[About]:
        """Each row of the block, or each time its fields stand there."""
        for number, about in enumerate(self._plain(block, activities), 1):
            label = block.labels[min(number, len(block.labels)) - 1] if block.labels else about.label
            yield replace(about, label=label.replace("{n}", str(number)))

    def _plain(self, block: Block, activities: Sequence[Activity]) -> Iterator[About]:
        if block.about == "party":
            for entity in self._ours or (None,):
                yield from (self._party(entity, field) for field in PARTIES)
        elif block.about in (*PARTIES, "every"):
            yield from (
                replace(self._party(one, block.about), every=activities) for one in self._ours or (None,)
            )
        else:
            for activity in activities:
                yield from self._within(block, activity)

    def _party(self, entity: Organisation | None, field: str) -> About:
        return About(entity, field=self._role if field == "role" else field)

    def _within(self, block: Block, activity: Activity) -> Iterator[About]:
        entity = self._say.register.organisations.get(activity.entity or "")
        about = About(entity, activity)
        if block.about == "activity":
            yield about
        elif block.about == "actors":
            yield from (replace(self._party(entity, field), activity=activity) for field in ACTORS[:-1])
            yield from self._joint(about)
        elif block.about == "data by row":
            yield from self._rows(block.rows, about, special=False)
        elif block.about == "special data by row":
            yield from self._rows(block.rows, about, special=True)
        else:
            yield from self._parts(block.about, about)

    def _joint(self, about: About) -> Iterator[About]:
        """The joint controllers; one row that says so where there is none."""
        found = [
            replace(about, field=ACTORS[-1], number=number, part=one)
            for number, one in enumerate(about.its.recipients, 1)
            if one.role == "joint controller"
        ]
        yield from found or [replace(about, field=ACTORS[-1])]

    def _parts(self, field: str, about: About) -> Iterator[About]:
        """The members of a list; where it is empty one row that stands for it."""
        members: Sequence[object]
        if field == "measures":
            members = self._measures(about.its)
        elif field == "subjects":
            members = [*dict.fromkeys(line.subjects for line in about.its.data if line.subjects)]
        else:
            members = getattr(about.its, field)
        if not members:
            yield replace(about, field=field)
        for number, part in enumerate(members, 1):
            yield replace(about, field=field, number=number, part=part)

    def _measures(self, activity: Activity) -> list[Measure | str]:
        """The activity's own measures and those of its systems, each once; a ref where the record is missing."""
        systems = [self._say.register.get(System, ref) for ref in activity.systems]
        refs = [*activity.measures, *(ref for one in systems if one for ref in one.measures)]
        return [self._say.register.get(Measure, ref) or ref for ref in dict.fromkeys(refs)]

    def _rows(self, rows: Sequence[FixedRow], about: About, *, special: bool) -> Iterator[About]:
        """The form's rows with the lines of data that belong there; what belongs in none gets a row of its own."""
        placed: dict[str, list[int]] = {row.text: [] for row in rows}
        for number, line in enumerate(about.its.data, 1):
            category = self._say.register.get(DataCategory, line.category)
            sort = category.special if category else None
            if (sort not in (None, "none")) == special:
                row = self._row(rows, category, sort if special else None)
                placed.setdefault(row or self._say.say(line, "category") or self._say.blank, []).append(
                    number
                )
        for text, lines in placed.items():
            yield replace(about, field="special" if special else "data", lines=tuple(lines), label=text)

    def _row(self, rows: Sequence[FixedRow], category: DataCategory | None, sort: str | None) -> str:
        if sort:
            return next((row.text for row in rows if sort in row.of), "")
        seen: set[str] = set()
        while category and category.ref not in seen:
            seen.add(category.ref)
            family = fold(category.family or "")
            for row in rows:
                if category.ref in row.of or (family and family == fold(row.text)):
                    return row.text
            category = self._say.register.get(DataCategory, category.parent)
        return ""
