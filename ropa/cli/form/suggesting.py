"""What the dated facts would answer: shown as a suggestion with its source, and taken only by the key that says so."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from ropa.cli.form.question import Choice
from ropa.cli.form.state import Form
from ropa.errors import Refused
from ropa.model.periods import in_words, parse_period
from ropa.model.speech import country_name, name_of
from ropa.reference.catalogue import VendorFact, known_vendor
from ropa.reference.facts import aged, cells, table
from ropa.reference.shelf import Row
from ropa.words import fold

_STEM = 5
"""Letters that two words have in common where they belong together: applicants, applications."""
_MOST = 2
"""Examples that are shown at once."""


class Suggestion(NamedTuple):
    """line: what is shown, with its source. choice: what takes it up; None where it is only to be read."""

    line: str
    choice: Choice | None = None


def suggested(form: Form, key: str, said: Mapping[str, Any]) -> Sequence[Suggestion]:
    """What the facts would answer to a field ("Organisation.country") of a record or part, as far as it was said."""
    return list(_ASKED[key](form, said)) if key in _ASKED else []


def _country(form: Form, said: Mapping[str, Any]) -> Iterator[Suggestion]:
    fact = known_vendor(said.get("name", ""))
    if fact and fact.entity_country:
        where = country_name(fact.entity_country)
        yield Suggestion(
            f"{_of_vendor(form, fact)}: {fact.name} usually contracts as {fact.legal_entity}, {where}.",
            Choice(fact.entity_country, f"{where}, as suggested"),
        )


def _service(form: Form, said: Mapping[str, Any]) -> Iterator[Suggestion]:
    fact = known_vendor(form.said.get("name", "")) if form.kind == "organisation" else None
    if fact and fact.service and not form.said.get("services"):
        yield Suggestion(
            f"{_of_vendor(form, fact)}: {fact.service}.", Choice(fact.service, fact.service, "as suggested")
        )


def _role(form: Form, said: Mapping[str, Any]) -> Iterator[Suggestion]:
    ref = said.get("organisation") or ""
    fact = known_vendor(name_of(form.register, "organisation", ref)) if ref else None
    if fact and fact.typical_role:
        yield Suggestion(f"{_of_vendor(form, fact)}: {_usual_role(fact)}.")


def _usual_role(fact: VendorFact) -> str:
    note = f". {fact.role_note}" if fact.role_note else ""
    return f"{fact.name} is usually {fact.typical_role}{note}".rstrip(".")


def _period(form: Form, said: Mapping[str, Any]) -> Iterator[Suggestion]:
    for row in _examples(form, said):
        choice = Choice(row["period"], f"{in_words(row['period'])}, as suggested") if _days(row) else None
        yield Suggestion(example_in_words(row, form.day), choice)


def _text_of(column: str) -> Callable[[Form, Mapping[str, Any]], Iterator[Suggestion]]:
    def suggest(form: Form, said: Mapping[str, Any]) -> Iterator[Suggestion]:
        for row in _examples(form, said):
            if row[column]:
                line = f"{_of_example(row, form.day)}, {_where(row)}, {row['what']}: {row[column]}."
                yield Suggestion(line, Choice(row[column], row[column], "as suggested"))

    return suggest


_ASKED: Mapping[str, Callable[[Form, Mapping[str, Any]], Iterable[Suggestion]]] = {
    "Organisation.country": _country,
    "Service.name": _service,
    "Recipient.role": _role,
    "RetentionRule.period": _period,
    "RetentionRule.starts": _text_of("starts"),
    "RetentionRule.ground": _text_of("legal_ground"),
}


def examples(form: Form, words: str, countries: Iterable[str]) -> list[Row]:
    """Examples of how long such data are kept in these countries and in the Union: those that share the most words.

    One for a special hazard, a bank or a clinical trial needs a word that says so: "health" alone is too wide for it.
    words: what is known of the data: names of the activity, its purposes, the people, the categories.
    """
    where, stems = {*countries, "EU"}, _stems(words)
    found = [
        (len(stems & _stems(f"{row['what']} {row['category']}")), row)
        for row in table("retention_examples")
        if row["country"] in where and _fits(row, words)
    ]
    best = max((score for score, _ in found), default=0)
    return [row for score, row in found if score == best > 0][:_MOST]


def _fits(row: Row, words: str) -> bool:
    known = f" {fold(words)}"
    return not row["only_for"] or any(f" {fold(one)}" in known for one in cells(row["only_for"]))


def example_in_words(row: Row, on: date) -> str:
    """One line: where, what, how long, from when, why, and how old the fact is."""
    starts = f" from {row['starts']}" if row["starts"] else ""
    return (
        f"{_of_example(row, on)}, {_where(row)}: {row['what']}: {_long(row)}{starts} ({row['legal_ground']})."
    )


def example_name(row: Row) -> str:
    """What a rule after this example would be called."""
    return f"{row['what']}, {_long(row)}"


def _examples(form: Form, said: Mapping[str, Any]) -> list[Row]:
    """The examples that a new rule may follow: of its name; of its period, where they were just shown."""
    name, period = fold(said.get("name", "")), said.get("period")
    named = [
        row for row in table("retention_examples") if name in (fold(row["what"]), fold(example_name(row)))
    ]
    own = {one.country for one in form.register.organisations.values() if one.ours}
    return [row for row in named if row["country"] in own] or [
        row for row in form.shown if period == row["period"] or (not period and name == fold(_long(row)))
    ]


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in fold(text).split() if len(word) >= _STEM}


def _long(row: Row) -> str:
    return in_words(row["period"]) if _days(row) else f"{row['period'].removeprefix('PT').rstrip('H')} hours"


def _days(row: Row) -> bool:
    """Whether the period is one of days or more, as a rule's is."""
    try:
        return bool(parse_period(row["period"]))
    except Refused:
        return False


def _where(row: Row) -> str:
    return country_name(row["country"])


def _of_vendor(form: Form, fact: VendorFact) -> str:
    return _known("vendors", fact.checked_on, form.day)


def _of_example(row: Row, on: date) -> str:
    return _known("retention_examples", row["checked_on"], on)


def _known(table: str, day: str, on: date) -> str:
    """That it is a suggestion, and how old the fact is on a day."""
    how = f"facts of {day}" if day else "not checked against its source"
    return f"A suggestion ({how}{aged(table, on)})"
