"""`ropa NOUN copy`: a draft out of a record that exists."""

from typing import Annotated, Any

import typer

from ropa.cli.manners import WRITING, taking
from ropa.cli.noun import Noun, example


def add_copy(app: typer.Typer, noun: Noun) -> None:
    """Hang `copy` on the noun."""

    @app.command("copy", epilog=example(noun, "copy"))
    @taking(WRITING)
    def copy(
        ref: Annotated[str, typer.Argument(help="A ref, or a name.", metavar="REF")],
        name: Annotated[str, typer.Argument(help="Name of the copy.", metavar="[NAME]")] = "",
        **manners: Any,
    ) -> None:
        """A new record that begins with what another one says; its provenance names the original.

        Left out is what speaks of the original alone: statements, reviews, assessments, contracts, certificates, breaches,
        notices, all days, and parts that have ended. What was left out is said; in the copy it is a gap.
        """
        _copy(noun, ref, name, **manners)


def _copy(noun: Noun, ref: str, name: str, *, db: str, **manners: Any) -> None:
    from ropa.cli.console import talk
    from ropa.cli.options import today
    from ropa.cli.session import opened, write
    from ropa.compare import Change
    from ropa.model.copying import copied
    from ropa.model.find import find_one, free_ref
    from ropa.store.load import load

    store = opened(db)
    register = load(store)
    record: Any = find_one(register, noun.cls, ref, ours=noun.ours)
    called = name.strip() or f"{record.name} (copy)"
    new, left = copied(
        record, free_ref(register, noun.cls, called), called, day=today(), revision=register.revision
    )

    def remarks() -> None:
        if left:
            talk(f"Left out, for it speaks of {record.ref} alone: {', '.join(left)}.")

    # What the original contradicts itself in is no new contradiction, and is easier to mend in the copy.
    write(store, register, [Change(None, new)], remarks=remarks, as_it_was=True, **manners)
