"""`ropa NOUN rename`: a new ref that every mention follows, or a new name."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ropa.cli.manners import WRITING, taking
from ropa.cli.noun import Noun, example

if TYPE_CHECKING:
    from ropa.model.common import Documented
    from ropa.model.register import Register

_NUMBERED = """A new name. The number of an activity stays: letters and files name it by that."""
_EITHER = """A new ref, or a new name.

In small letters, digits and hyphens NEW is the new ref: every record that names the old one follows, in the same
revision, and `ropa log` tells both. Any other text is the new name, and the ref stays."""


def add_rename(app: typer.Typer, noun: Noun) -> None:
    """Hang `rename` on the noun."""
    numbered = noun.kind == "activity"

    @app.command("rename", epilog=example(noun, "rename"), help=_NUMBERED if numbered else _EITHER)
    @taking(WRITING)
    def rename(
        ref: Annotated[str, typer.Argument(help="A ref, or a name.", metavar="REF")],
        new: Annotated[
            str, typer.Argument(help="The new name." if numbered else "The new ref, or the new name.")
        ],
        **manners: Any,
    ) -> None:
        _rename(noun, ref, new, **manners)


def _rename(noun: Noun, ref: str, new: str, *, db: str, **manners: Any) -> None:
    from ropa.cli.console import talk
    from ropa.cli.meant import meant
    from ropa.cli.session import opened, write
    from ropa.compare import Change
    from ropa.errors import Refused
    from ropa.model.canonical import plain
    from ropa.model.explain import read_record
    from ropa.model.find import slug
    from ropa.model.values import ACTIVITY_REF, SLUG
    from ropa.store.load import load

    store = opened(db)
    register = load(store)
    record = meant(register, noun.cls, ref, ours=noun.ours)
    if noun.kind == "activity" and ACTIVITY_REF.match(new.strip().upper()):
        raise Refused("the number of an activity stays.", at=record.ref, do="Give it a new name.")
    if noun.kind != "activity" and SLUG.match(new.strip()):
        write(store, register, _with_new_ref(noun, register, record, new.strip()), **manners)
        return
    after = read_record(noun.cls, plain(record) | {"name": new})
    write(store, register, [Change(record, after)], **manners)
    if noun.kind != "activity" and (base := slug(after.name)) and base != record.ref:
        talk(f"Its ref stays {record.ref}. To change that too: ropa {noun.word} rename {record.ref} {base}")


def _with_new_ref(noun: Noun, register: "Register", record: "Documented", new: str) -> list[Any]:
    """The changes that give a record another ref. Raises Refused where it is taken."""
    from ropa.compare import Change
    from ropa.errors import Refused
    from ropa.model.calling import called_kind
    from ropa.model.renaming import following, renamed

    if new == record.ref:
        return []
    if taken := register.get(noun.cls, new):
        raise Refused(
            f"another {called_kind(taken)} has the ref '{new}' already ({taken.name}).",
            at=record.ref,
            do=f"To make one of two: name {new} wherever {record.ref} is named, then remove {record.ref}.",
        )
    parts = (record.kind, record.ref, new)
    return [
        Change(record, None),
        Change(None, renamed(record, *parts)),
        *(Change(one, renamed(one, *parts)) for one in following(register, record)),
    ]
