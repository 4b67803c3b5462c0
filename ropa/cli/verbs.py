"""The verbs that every noun has. Each function hangs one verb on a noun's commands."""

from typing import Annotated

import typer

from ropa.cli import filters
from ropa.cli.fieldhelp import with_fields
from ropa.cli.noun import Noun, example
from ropa.cli.options import Actor, AsCsv, AsJson, AsOf, Db, DryRun, Why, Yes

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
        help="Refs or names, then FIELD=VALUE, FIELD+=VALUE, FIELD-=VALUE.", metavar="REF… FIELD=VALUE…"
    ),
]
About = Annotated[str, typer.Argument(help="The field that does not apply, or the rule that was checked.")]


def add_list(app: typer.Typer, noun: Noun) -> None:
    """Hang `list` on the noun."""

    @app.command("list", epilog=example(noun, "list"))
    def list_(
        role: filters.Role = None,
        entity: filters.Entity = None,
        department: filters.Department = None,
        owner: filters.Owner = None,
        status: filters.Status = None,
        vendor: filters.Vendor = None,
        data: filters.Data = None,
        subject: filters.Subject = None,
        country: filters.Country = None,
        basis: filters.Basis = None,
        retention: filters.Retention = None,
        system: filters.System = None,
        tag: filters.Tag = None,
        text: filters.Text = "",
        sort: filters.Sort = "",
        columns: filters.Columns = "",
        as_json: AsJson = False,
        as_csv: AsCsv = False,
        as_of: AsOf = "",
        db: Db = "",
    ) -> None:
        """A table of them.

        Filters combine with "and"; one filter said twice means "or". "!" before a word turns it round, "-" finds blanks.
        """
        from ropa.cli.listing import show_list

        wanted = {
            "role": role,
            "entity": entity,
            "department": department,
            "owner": owner,
            "status": status,
            "vendor": vendor,
            "data": data,
            "subject": subject,
            "country": country,
            "basis": basis,
            "retention": retention,
            "system": system,
            "tag": tag,
        }
        show_list(
            noun,
            {k: v or [] for k, v in wanted.items()},
            text=text,
            sort=sort,
            columns=columns,
            as_json=as_json,
            as_csv=as_csv,
            as_of=as_of,
            db=db,
        )


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
        """The record with everything it names."""
        from ropa.cli.showing import show_records

        show_records(noun, refs, as_json=as_json, as_yaml=as_yaml, as_of=as_of, db=db)


def add_add(app: typer.Typer, noun: Noun) -> None:
    """Hang `add` on the noun."""

    @app.command("add", cls=with_fields(noun), epilog=example(noun, "add"))
    def add(
        name: Annotated[str, typer.Argument(help="What people call it.", metavar="NAME")],
        values: Values = None,
        as_json: AsJson = False,
        why: Why = "",
        actor: Actor = "",
        dry_run: DryRun = False,
        yes: Yes = False,
        db: Db = "",
    ) -> None:
        """A new record. What is not said stays blank: a gap, never a default."""
        from ropa.cli.changing import add_record

        add_record(
            noun, name, values or [], as_json=as_json, why=why, actor=actor, dry_run=dry_run, yes=yes, db=db
        )


def add_set(app: typer.Typer, noun: Noun) -> None:
    """Hang `set` on the noun."""

    @app.command("set", cls=with_fields(noun), epilog=example(noun, "set"))
    def set_(
        words: Settings,
        as_json: AsJson = False,
        why: Why = "",
        actor: Actor = "",
        dry_run: DryRun = False,
        yes: Yes = False,
        db: Db = "",
    ) -> None:
        """Change fields of one record, or the same fields of several.

        FIELD= makes it blank. Parts go by number: purposes.1.legal_basis=consent.
        """
        from ropa.cli.changing import set_fields

        set_fields(noun, words, as_json=as_json, why=why, actor=actor, dry_run=dry_run, yes=yes, db=db)


def add_state(app: typer.Typer, noun: Noun) -> None:
    """Hang `state` on the noun."""

    @app.command("state", epilog=example(noun, "state"))
    def state(
        ref: Ref,
        about: Annotated[
            str, typer.Argument(help="The field that does not apply, or the rule that was checked.")
        ],
        reason: Annotated[str, typer.Option(metavar="TEXT", help="Why; the authority may read it.")] = "",
        by: Annotated[str, typer.Option(metavar="TEXT", help="Who says so; else who makes the change.")] = "",
        as_json: AsJson = False,
        why: Why = "",
        actor: Actor = "",
        dry_run: DryRun = False,
        yes: Yes = False,
        db: Db = "",
    ) -> None:
        """Answer a gap without a value: the field does not apply, or what a rule asks was checked and is right."""
        from ropa.cli.changing import state_about

        state_about(
            noun,
            ref,
            about,
            reason,
            by=by,
            as_json=as_json,
            why=why,
            actor=actor,
            dry_run=dry_run,
            yes=yes,
            db=db,
        )


def add_unstate(app: typer.Typer, noun: Noun) -> None:
    """Hang `unstate` on the noun."""

    @app.command("unstate", epilog=example(noun, "unstate"))
    def unstate(
        ref: Ref,
        about: Annotated[str, typer.Argument(help="The field or the rule.")],
        as_json: AsJson = False,
        why: Why = "",
        actor: Actor = "",
        dry_run: DryRun = False,
        yes: Yes = False,
        db: Db = "",
    ) -> None:
        """Take a statement back."""
        from ropa.cli.changing import unstate_about

        unstate_about(
            noun, ref, about, as_json=as_json, why=why, actor=actor, dry_run=dry_run, yes=yes, db=db
        )
