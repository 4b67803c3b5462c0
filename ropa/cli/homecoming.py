"""A working workbook that comes home: what it changed, merged with what the register changed since; what only a person can say is asked."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ropa.cli.console import safe, screen, talk
from ropa.compare import Clash, Decide, compare, merge
from ropa.errors import Refused
from ropa.model.canonical import plain
from ropa.model.explain import read_record
from ropa.model.register import KINDS, Register
from ropa.model.renumber import taken_out
from ropa.sheets.working.home import Gone, Home, come_home, with_new_ref

if TYPE_CHECKING:
    from ropa.cli.reading import Read
    from ropa.sheets.working.read import Workbook
    from ropa.store.open import Store

_SHOWN = 12


def merging(manners: dict[str, Any]) -> dict[str, Any]:
    """What the options of a command say of merging, taken out of its other options. Raises Refused where they say the opposite."""
    ours, theirs = manners.pop("ours"), manners.pop("theirs")
    if ours and theirs:
        raise Refused(
            "--ours and --theirs say the opposite.", do="Give one of them, or none: then you are asked."
        )
    return {"remove": manners.pop("remove_missing"), "theirs": theirs if ours or theirs else None}


def brought_home(
    book: "Workbook", name: str, now: Register, *, store: "Store", remove: bool | None, theirs: bool | None
) -> "Read":
    """What a working workbook changes in the register of now.

    remove: whether what is missing in it is to go; None: a person is asked, and without one it stays. theirs: whether the
    workbook's value stands where both changed the same; None on the same terms.
    """
    from ropa.cli.reading import Read

    now = now.whole()
    home = come_home(book, _written(book, name, store, now), now)
    gone, left = _to_remove(home, remove)
    base, after = home.base, _without(home.theirs, gone)
    after, kept = _still_named(after, home.theirs)
    ours = now
    for (kind, old), new in home.anew.items():
        if old in ours.records.get(kind, {}):
            ours = with_new_ref(ours, kind, old, new)
    merged, clashes = merge(base, ours, after, _decide(theirs, now))
    changes = compare(now, merged, home.anew)
    remarks = [*home.remarks, *kept, *([_left(left, home.theirs)] if left else ())]
    unread = tuple((f"{name}, {place}", text, reason) for place, text, reason in home.unread)
    return Read(merged, tuple(compare(now, merged)), tuple(changes), unread, tuple(clashes), tuple(remarks))


def _written(book: "Workbook", name: str, store: "Store", now: Register) -> Register:
    """The state that the workbook was made from. Raises Refused for that of another register."""
    from pathlib import Path

    from ropa.cli.workbook_proof import not_ours
    from ropa.store.load import load

    for problem in not_ours(Path(name), book.stamp, store):
        raise Refused(f"{problem.what}.", at=name, do="Bring it home to the register it was made from.")
    revision = int(book.stamp.revision)
    return now if revision == now.revision else load(store, revision).whole()


def _to_remove(home: Home, remove: bool | None) -> tuple[Sequence[Gone], Sequence[Gone]]:
    """What is to be taken out, and what stays though it is missing in the workbook."""
    if not home.gone or remove is False:
        return (), home.gone
    if remove:
        return home.gone, ()
    if not sys.stdin.isatty():
        return (), home.gone
    talk(f"{_many(home.gone)} no longer in the workbook:", style="bold")
    for one in home.gone[:_SHOWN]:
        talk(f"  {gone_in_words(one, home.theirs)}")
    if len(home.gone) > _SHOWN:
        talk(f"  and {len(home.gone) - _SHOWN} more")
    if len(home.gone) == 1:
        return (home.gone, ()) if _yes("Take it out of the register? [y/N] ") else ((), home.gone)
    answer = _asked("Take them out of the register? [a]ll, [n]one, [e]ach one asked: ", "ane", "n")
    if answer != "e":
        return (home.gone, ()) if answer == "a" else ((), home.gone)
    taken = [one for one in home.gone if _yes(f"  {gone_in_words(one, home.theirs)}: take it out? [y/N] ")]
    return taken, [one for one in home.gone if one not in taken]


def _many(gone: Sequence[Gone]) -> str:
    return "1 row is" if len(gone) == 1 else f"{len(gone)} rows are"


def gone_in_words(one: Gone, register: Register) -> str:
    """A row that is missing, as a person knows it."""
    from ropa.model.speech import part_in_words

    record = register.records[one.kind][one.ref]
    named = f"{one.ref} {record.name}"
    if not one.parts:
        return named
    part = getattr(record, one.parts)[one.number - 1]
    return f"{named}, {one.parts.replace('_', ' ')} {one.number}: {part_in_words(part, register)}"


def _left(left: Sequence[Gone], register: Register) -> str:
    shown = "; ".join(gone_in_words(one, register) for one in left[:_SHOWN])
    more = f" and {len(left) - _SHOWN} more" if len(left) > _SHOWN else ""
    it = "it stays" if len(left) == 1 else "they stay"
    return f"{_many(left)} no longer in the workbook, and {it} in the register ({shown}{more}). To take out what is missing: --remove-missing"


def _without(register: Register, gone: Sequence[Gone]) -> Register:
    records = {kind: dict(each) for kind, each in register.records.items()}
    for one in sorted(gone, key=lambda g: -g.number):
        if not one.parts:
            records[one.kind].pop(one.ref, None)
        elif one.ref in records[one.kind]:
            said = plain(records[one.kind][one.ref])
            said[one.parts].pop(one.number - 1)
            taken_out(said, KINDS[one.kind], one.parts, one.number)
            records[one.kind][one.ref] = read_record(KINDS[one.kind], said)
    return Register(records)


def _still_named(after: Register, theirs: Register) -> tuple[Register, list[str]]:
    """What was to go and is named by what stays is kept, and told."""
    records = {kind: dict(each) for kind, each in after.records.items()}
    told: dict[str, None] = {}
    while dangling := list(Register(records).dangling()):
        for record, mention in dangling:
            records[mention.kind][mention.ref] = theirs.records[mention.kind][mention.ref]
            told[f"{mention.ref} stays: {record.ref} names it ({mention.path})."] = None
    return Register(records), list(told)


def _decide(theirs: bool | None, register: Register) -> Decide:
    if theirs is not None:
        return lambda _: theirs
    if not sys.stdin.isatty():
        return lambda _: None
    return lambda clash: _chosen(clash, register)


def _chosen(clash: Clash, register: Register) -> bool:
    """Both values side by side, and the person's choice."""
    from ropa.cli.bring import clash_in_words

    for line in clash_in_words(clash, register, "changed in the register and in the workbook"):
        talk(line)
    return _asked("Which one stands? the [r]egister's or the [w]orkbook's: ", "rw", "") == "w"


def _yes(question: str) -> bool:
    return _asked(question, "yn", "n") == "y"


def _asked(question: str, answers: str, instead: str) -> str:
    """The first letter of what is typed; `instead` for Enter alone."""
    while True:
        screen(talk=True).print(safe(question), end="")
        typed = sys.stdin.readline()
        if not typed:
            raise KeyboardInterrupt
        answer = typed.strip().lower()[:1] or instead
        if answer and answer in answers:
            return answer
