"""The sheets of an authority's form, in their order: cover, form, activities without a role, what the form has no place for."""

from collections.abc import Sequence
from dataclasses import replace
from typing import BinaryIO

from ropa.model.activity import Activity
from ropa.model.organisation import Organisation
from ropa.sheets.forms.cover import Content, cover
from ropa.sheets.forms.declare import Form, form_named
from ropa.sheets.forms.extra import beside_the_form, records_named
from ropa.sheets.forms.lines import Laying
from ropa.sheets.forms.speech import Speech
from ropa.sheets.forms.tongue import Tongue
from ropa.sheets.layout import Asked
from ropa.sheets.proof.stamp import as_properties, foot_of, stamp_of, written_at
from ropa.sheets.table import Column, FormSheet, Table
from ropa.sheets.xlsx.book import Book
from ropa.sheets.xlsx.forms import add_form


def write_form(name: str, asked: Asked, file: BinaryIO) -> None:
    """Lay the register out in that form. The open points of the gap analysis have no place in one."""
    form = form_named(name)
    head = form.head
    asked = replace(asked, findings=None)
    say = Speech(asked, Tongue(head.language), head.law, head.role)
    mine = [one for one in asked.register.activities.values() if asked.entity in (None, one.entity)]
    activities = [one for one in mine if one.role == head.role]
    roleless = [one for one in mine if one.role is None]
    ours = _ours(asked, [*activities, *roleless])
    laying = Laying(say, form, ours, activities)
    stamp = stamp_of(asked, name)
    with Book(
        file,
        title=f"{head.title}: {', '.join(one.name for one in ours)}" if ours else head.title,
        subject=head.article,
        at=written_at(asked),
        facts=as_properties(stamp),
        foot=foot_of(asked),
    ) as book:
        front = book.keep_page(say.word("cover"))
        sheets = [*laying.sheets()]
        for sheet in sheets:
            add_form(book, sheet)
        tables = _tables(say, form, asked, (activities, roleless, ours))
        for table in tables:
            book.add_table(table)
        content = Content(
            ours,
            activities,
            len(roleless),
            len(mine) - len(activities) - len(roleless),
            _listed(sheets, tables),
        )
        book.write_page(front, cover(say, head, asked, content, tally=laying.tally, stamp=stamp))


def _tables(
    say: Speech,
    form: Form,
    asked: Asked,
    content: tuple[Sequence[Activity], Sequence[Activity], Sequence[Organisation]],
) -> list[Table]:
    activities, roleless, ours = content
    tables = [_without_role(say, roleless)] if roleless else []
    if asked.further:
        tables += [
            beside_the_form(say, form, activities),
            records_named(say, [*activities, *roleless], ours),
        ]
    return tables


def _without_role(say: Speech, roleless: Sequence[Activity]) -> Table:
    """Activities of which nobody knows whether they belong in this form: all that they say, so that none is lost."""
    from ropa.sheets.forms.extra import everything

    columns = (Column(say.word("column number"), 11), Column(say.word("column activity"), 26))
    more = (Column(say.word("column field"), 24), Column(say.word("column said"), 90))
    return Table(
        say.word("sheet roleless"), say.word("title roleless"), (*columns, *more), everything(say, roleless)
    )


def _listed(sheets: Sequence[FormSheet], tables: Sequence[Table]) -> list[tuple[str, str]]:
    """The sheets as the cover lists them; those that there is one of for each activity in one line."""
    first, last = sheets[:3], sheets[-1:]
    form = [(one.name, one.title) for one in (sheets if len(sheets) <= 4 else first)]
    if len(sheets) > 4:
        form += [(f"… {last[0].name}", f"… {last[0].title}")]
    return [*form, *((one.name, one.title) for one in tables)]


def _ours(asked: Asked, activities: Sequence[Activity]) -> list[Organisation]:
    """The organisation asked for; else those of ours that these activities name; where they name none, all of ours."""
    every = asked.register.organisations
    if asked.entity is not None:
        return [every[asked.entity]]
    named = {one.entity for one in activities}
    return [one for ref, one in every.items() if ref in named] or [one for one in every.values() if one.ours]
