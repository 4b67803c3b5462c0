"""The verbs that every noun has. Each function hangs one verb on a noun's commands."""

from typing import Annotated, Any

import typer

from ropa.cli.console import at_a_terminal
from ropa.cli.fieldhelp import with_fields, with_filters
from ropa.cli.filters import chosen
from ropa.cli.manners import FILTERING, LISTING, REVIEWED, SHIPPED, WRITING, Options, taking
from ropa.cli.noun import Noun, example
from ropa.cli.options import AsJson, AsOf, Db

Ref = Annotated[
    str, typer.Argument(help="A ref, a name, or a part of a name that fits one record only.", metavar="REF")
]
Refs = Annotated[list[str], typer.Argument(help="Refs or names.", metavar="REF…")]
Values = Annotated[
    list[str] | None, typer.Argument(help="FIELD=VALUE, FIELD+=VALUE, FIELD-=VALUE.", metavar="FIELD=VALUE…")
]
Settings = Annotated[
    list[str],
    typer.Argument(
        help="Refs or names (or filters), then FIELD=VALUE, FIELD+=VALUE, FIELD-=VALUE.",
        metavar="[REF…] FIELD=VALUE…",
    ),
]


def add_list(app: typer.Typer, noun: Noun) -> None:
    """Hang `list` on the noun."""

    @app.command("list", cls=with_filters(noun), epilog=example(noun, "list"))
    @taking(FILTERING, LISTING, _only(noun))
    def list_(**options: Any) -> None:
        """A table of them.

        Filters combine with "and"; one filter said twice means "or". "!" before a word turns it round, "-" finds blanks.
        """
        from ropa.cli.listing import show_list
        from ropa.cli.records import Layout

        wanted, rest = chosen(options)
        layout = Layout(**{name: rest.pop(name) for name in Layout.__annotations__})
        show_list(noun, wanted, layout, **rest)


def _only(noun: Noun) -> Options:
    """What only some lists take."""
    if noun.kind == "activity":
        return REVIEWED
    return SHIPPED if noun.catalogue else {}


def add_show(app: typer.Typer, noun: Noun) -> None:
    """Hang `show` on the noun."""

    @app.command("show", epilog=example(noun, "show"))
    def show(
        refs: Refs,
        as_json: AsJson = False,
        as_yaml: Annotated[bool, typer.Option("--yaml", help="YAML, every field that is said.")] = False,
        as_of: AsOf = "",
        db: Db = "",
    ) -> None:
        """The record with everything it names, and everything that touches it."""
        from ropa.cli.showing import show_records

        show_records(noun, refs, as_json=as_json, as_yaml=as_yaml, as_of=as_of, db=db)


def add_add(app: typer.Typer, noun: Noun) -> None:
    """Hang `add` on the noun."""

    @app.command("add", cls=with_fields(noun), epilog=example(noun, "add"))
    @taking(WRITING)
    def add(
        name: Annotated[str, typer.Argument(help="What people call it.", metavar="[NAME]")] = "",
        values: Values = None,
        plain: Annotated[
            bool, typer.Option("--plain", help="Ask on plain lines, as a screen reader likes it.")
        ] = False,
        file: Annotated[
            str,
            typer.Option("--from", metavar="FILE", help="YAML or JSON: a record, or a list; - for a pipe."),
        ] = "",
        **manners: Any,
    ) -> None:
        """A new record. What is not said stays blank: a gap, never a default. An activity begins as a draft.

        At a terminal, with a name alone or with nothing, you are asked: every question can be skipped.
        A file gives the fields by the names of `ropa schema`; FIELD=VALUE comes on top, for each record of the file.
        """
        if file:
            from ropa.cli.from_file import add_from

            words = [*([name] if name else []), *(values or [])]
            return add_from(noun, file, words, **manners)
        if not values and (plain or (at_a_terminal() and not manners["yes"])):
            from ropa.cli.form.dialogue import fill_in

            return fill_in(noun, name, plain=plain, **manners)
        from ropa.cli.changing import add_record

        return add_record(noun, name, values or [], **manners)


def add_set(app: typer.Typer, noun: Noun) -> None:
    """Hang `set` on the noun."""

    @app.command("set", cls=with_fields(noun), epilog=example(noun, "set"))
    @taking(FILTERING, WRITING)
    def set_(words: Settings, **options: Any) -> None:
        """Change fields of one record, or the same fields of several.

        FIELD= makes it blank. Days: 2026-11-02, 2 November 2026, yesterday, in 3 months. Parts go by number: purposes.1.legal_basis=consent; or all of them: 'purposes.*.law=…'.
        Filters in place of refs, as in `list`, choose the records; with refs, both must fit. What filters say of purposes, data,
        recipients and the like chooses among these too: * is then each that fits, and no other is changed.
        """
        from ropa.cli.setting import set_fields

        wanted, rest = chosen(options)
        set_fields(noun, words, wanted, **rest)


def add_state(app: typer.Typer, noun: Noun) -> None:
    """Hang `state` on the noun."""

    @app.command("state", epilog=example(noun, "state"))
    @taking(WRITING)
    def state(
        ref: Ref,
        about: Annotated[
            str, typer.Argument(help="The field that does not apply, or the rule that was checked.")
        ],
        reason: Annotated[str, typer.Option(metavar="TEXT", help="Why; the authority may read it.")] = "",
        by: Annotated[str, typer.Option(metavar="TEXT", help="Who says so; else who makes the change.")] = "",
        **manners: Any,
    ) -> None:
        """Answer a gap without a value: the field does not apply, or what a rule asks was checked and is right."""
        from ropa.cli.stating import state_about

        state_about(noun, ref, about, reason, by=by, **manners)


def add_unstate(app: typer.Typer, noun: Noun) -> None:
    """Hang `unstate` on the noun."""

    @app.command("unstate", epilog=example(noun, "unstate"))
    @taking(WRITING)
    def unstate(
        ref: Ref,
        about: Annotated[str, typer.Argument(help="The field or the rule.")],
        **manners: Any,
    ) -> None:
        """Take a statement back."""
        from ropa.cli.stating import unstate_about

        unstate_about(noun, ref, about, **manners)
