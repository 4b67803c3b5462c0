"""`ropa NOUN edit`: the record in the user's editor."""

from typing import Annotated, Any

import typer

from ropa.cli.manners import WRITING, taking
from ropa.cli.noun import Noun, example


def add_edit(app: typer.Typer, noun: Noun) -> None:
    """Hang `edit` on the noun."""

    @app.command("edit", epilog=example(noun, "edit"))
    @taking(WRITING)
    def edit(
        ref: Annotated[str, typer.Argument(help="A ref, a name, or a part of a name.", metavar="REF")],
        **manners: Any,
    ) -> None:
        """The record in your editor ($VISUAL, $EDITOR), each field under its help.

        Save and close: the changes are checked, shown and recorded. A mistake opens the text again, with the mistake at its
        line. What you typed is kept whatever happens.
        """
        from ropa.cli.editing.loop import edit_record

        edit_record(noun, ref, **manners)
