"""Mending at the end of a form: it asks for exactly what the gaps name, also in the records that it changes elsewhere."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from ropa.cli.form.activity import whole_field
from ropa.cli.form.asking import ask, told_whose
from ropa.cli.form.away import legs_to_own
from ropa.cli.form.lacking import gaps_of
from ropa.cli.form.skipped import skipped
from ropa.cli.form.state import Flow, Form, said_of
from ropa.cli.form.stating import stated
from ropa.gaps.outcome import Outcome
from ropa.gaps.rule import Gap
from ropa.model.activity import Activity
from ropa.model.common import Documented
from ropa.model.explain import read_record
from ropa.model.parts import DataLine
from ropa.model.speech import name_of, plain_in_words
from ropa.model.walk import FieldSaid, field, head, main

_STATE = re.compile(r"ropa \w+ state \S+ ([a-z]\S*) --reason")
_SET = re.compile(r"([a-z_]+(?:\.\d+\.[a-z_]+)*)\+?=")


class Place(NamedTuple):
    """A field to be asked for. own: of the form's own record. outcome: of the rule that asks; None for what was skipped."""

    record: Documented
    own: bool
    outcome: Outcome | None
    gap: Gap

    @property
    def path(self) -> str:
        """The field, with the record where that is another one."""
        return self.gap.field if self.own else f"{self.record.ref}: {self.gap.field}"


def places(form: Form) -> list[Place]:
    """Each place that can be asked for: what the gaps name, then what was skipped and no rule asks for."""
    of_gaps = list(_of_gaps(form))
    named = {one.path for one in of_gaps}
    blank = [Place(one.record, one.own, None, Gap(one.path, one.words)) for one in skipped(form)]
    return [*of_gaps, *(one for one in blank if one.path not in named)]


def _of_gaps(form: Form) -> Iterator[Place]:
    """What the gaps name. Of records changed elsewhere: fields of their parts, and what the form's own lacks for them."""
    own = form.record()
    for one in gaps_of(form):
        record = one.outcome.record
        for gap in one.outcome.gaps:
            if not one.own and (named := _set_by_fix(gap, own.ref)):
                for n, path in enumerate(named):  # what the gap says is about the first of them
                    said = gap.say if n == 0 else ""
                    yield Place(own, True, one.outcome, gap._replace(field=path, say=said))
                continue
            first, _, rest = gap.field.partition(".")
            reached = form.altered(record.ref) and (rest or first == "transfers")
            if field(type(record), first) and (one.own or reached):
                yield Place(record, one.own, one.outcome, gap)


def _set_by_fix(gap: Gap, ref: str) -> list[str]:
    """The fields that the way to mend a gap sets in the record of that ref, such as its contract's document."""
    words = (gap.fix or "").split()
    if words[2:4] != ["set", ref]:
        return []
    return [found[1] for word in words[4:] if (found := _SET.match(word))]


def _stateable(outcome: Outcome) -> set[str]:
    """The fields of which a statement can say that they do not apply; a statement on a rule is for whoever knows the law."""
    return set(_STATE.findall(outcome.otherwise))


def _title(form: Form, place: Place) -> str:
    known = field(form.cls, place.gap.field.partition(".")[0])
    return known.title if known and "." not in place.gap.field else place.gap.say.rstrip(".")


def law_of(outcome: Outcome) -> str:
    """The first provision of a rule; of a processor's record that of its own paragraph, where the rule names it."""
    first, *more = outcome.rule.law.split("; ")
    if getattr(outcome.record, "role", None) == "processor":
        own = next((piece for piece in more if piece.startswith("Art. 30(2)")), "")
        return f"GDPR {own}" if own else first
    return first


def mend(form: Form) -> Flow:
    """Ask for each place once. What is skipped may be stated as not applying, where its rule takes that."""
    done: set[str] = set()
    while left := [one for one in places(form) if one.path not in done]:
        place = left[0]
        done.add(place.path)
        if place.own:
            before = repr(form.said)
            yield from at_place(form, form.cls, form.said, place)
            if place.outcome and repr(form.said) == before and place.gap.field in _stateable(place.outcome):
                title = _title(form, place)
                words = f"{title}: does that not apply here? Why not?"
                yield from stated(form, place.gap.field, words, law_of(place.outcome))
        else:
            said = said_of(place.record)
            if isinstance(place.record, Activity) and place.gap.field == "transfers":
                yield from legs_to_own(form, place.record, said)
            else:
                yield from at_place(form, type(place.record), said, place)
            form.alter(read_record(type(place.record), said))


def at_place(form: Form, cls: Any, said: dict[str, Any], place: Place) -> Flow:
    """Ask for the field at the path of a gap, such as "data.2.retention"."""
    top, *steps = place.gap.field.split(".")
    known, of, at = field(cls, top), cls, ""
    whole = known
    while steps and known and known.part:
        if known.many:
            number = steps.pop(0)
            listed: list[Any] = said.get(known.name) or []
            if not (number.isdigit() and 1 <= int(number) <= len(listed) and steps):
                break
            said, at = listed[int(number) - 1], f"{at}{known.name}.{number}."
        else:
            said, at = said.setdefault(known.name, {}), f"{at}{known.name}."
        of = known.part
        known = field(of, steps.pop(0))
    if known is None or known.part or of is cls:
        if place.own and whole:
            yield from whole_field(form, whole.name)
    else:
        yield from _leaf(form, of, said, known, at, place)


def _leaf(form: Form, of: Any, said: dict[str, Any], known: FieldSaid, at: str, place: Place) -> Flow:
    """Ask one field of a part, beginning with what the part is about."""
    words, named = "", [f for name in dict.fromkeys((main(of), *head(of))) if (f := field(of, name))]
    each = [plain_in_words(said.get(f.name), f, form.register) for f in named]
    whose = ", ".join(filter(None, (*([] if place.own else [place.record.name]), *each)))
    if of is DataLine and known.name == "retention":
        whose = name_of(form.register, "subject_category", said.get("subjects", ""))
        which = name_of(form.register, "data_category", said.get("category", ""))
        words = f"{whose}, {which}: how long are these kept?"
    at = at if place.own else f"{place.record.ref}: {at}"
    hints = (place.gap.say,) if place.outcome and place.gap.say else ()
    asking = ask(form, of, said, known.name, at, words=words, hints=hints)
    yield from told_whose("" if words or known in named else whose, asking)
