"""Taking something out of the history: the one write that does it.

The text and its salt go, a mark stays; the digest stays, and with it every hash (docs/verify.md). The revision that does it says
who, when and why. Only the past is touched: what is in force is changed first, by the command that changes it.
"""

from contextlib import closing

from sqlalchemy import Connection, update

from ropa.errors import Conflict, Refused
from ropa.model.redacted import mark
from ropa.store.append import Remains, Revision, append, head_of
from ropa.store.chain import SAID
from ropa.store.faults import plainly
from ropa.store.file import connected
from ropa.store.open import Store
from ropa.store.redaction import Plan
from ropa.store.tables import CHANGES, REDACTIONS, REVISIONS


def refuse_repeating(plan: Plan, actor: str, why: str) -> None:
    """Raise Refused where what is written about a redaction would say the same again."""
    for name, text in (("actor", actor), ("why", why)):
        if plan.words.stand_in(text):
            raise Refused(
                f"this would write down again what is to go, as the {name} of the redaction.",
                do=f"Say it in other words: --{name} '…'",
            )


def redact(
    store: Store, plan: Plan, *, actor: str, why: str, command: str
) -> tuple[Revision, Refused | None]:
    """Take out what was planned, in one transaction, and write the file anew so that no byte of it is left.

    Also why the file could not be written anew afterwards: then traces may be left in it. Raises Conflict where somebody wrote since,
    Refused where what is written about it would say the same again.
    """
    refuse_repeating(plan, actor, why)
    number = plan.based_on + 1
    said = {"actor": actor, "why": why, "command": plan.words.without(command, mark(number))}
    write_anew(store)
    with store.writing() as connection:
        if store.file:
            connection.exec_driver_sql("PRAGMA secure_delete = ON")
        head = head_of(connection)
        if head is None or head.number != plan.based_on:
            raise Conflict(
                f"the register stands at r{head.number if head else 0} now, and this was prepared at r{plan.based_on}. "
                "Nothing was written.",
                do="Look at it, then do this again.",
            )
        made = append(connection, head, said, redactions=plan.remains)
        for one in plan.remains:
            _forget(connection, one, made.number)
    try:
        write_anew(store)
    except Refused as trouble:
        return made, trouble
    return made, None


def _forget(connection: Connection, one: Remains, by: int) -> None:
    """Put what remains in the place of a text of the past; its salt goes, and that of older redactions of it."""
    if one.place in SAID:
        own = update(REVISIONS).where(REVISIONS.c.number == one.past)
        connection.execute(own.values({one.place: one.left, f"{one.place}_salt": None}))
    else:
        row = CHANGES.c
        this = (row.revision == one.past) & (row.position == int(one.place))
        anew = {"ref": one.ref} if one.ref else {}
        connection.execute(update(CHANGES).where(this).values(record=one.left, salt=None, **anew))
    older = REDACTIONS.c
    same = (older.past == one.past) & (older.place == one.place) & (older.revision < by)
    connection.execute(update(REDACTIONS).where(same).values(salt=None))


def write_anew(store: Store) -> None:
    """Write the file of a register anew, without what was written over and never wiped: SQLite leaves such bytes where they are.

    Done before, the redaction itself wipes all that it takes; done after, nothing is left of the pages that it moved.
    """
    if not store.file:
        return
    with plainly(store.place), closing(connected(store.file, "rw")) as register:
        register.execute("PRAGMA secure_delete = ON")
        register.execute("PRAGMA temp_store = MEMORY")  # the past belongs on no other disk
        register.execute("PRAGMA journal_mode = DELETE")
        register.execute("VACUUM")
