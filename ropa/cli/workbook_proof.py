"""Holding a workbook against the register: its own digest, its revision, and the same workbook laid out again."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ropa import __version__
from ropa.errors import Refused
from ropa.store.replay import Problem

if TYPE_CHECKING:
    from ropa.model.register import Register
    from ropa.sheets.proof.difference import Difference
    from ropa.sheets.proof.read import Workbook
    from ropa.sheets.proof.stamp import Stamp
    from ropa.store.open import Store


@dataclass(frozen=True)
class WorkbookVerdict:
    """What a workbook says of its origin, and what is wrong with it. cells: how many there are; at: when its revision was made."""

    revision: int
    hash: str
    at: str
    cells: int
    digest: str
    problems: tuple[Problem, ...]


def prove_workbook(path: Path, store: "Store") -> WorkbookVerdict:
    """Hold a workbook against the register. Raises Refused for a file that is none."""
    from ropa.sheets.proof.origin import digest_of, origin_of
    from ropa.sheets.proof.read import read_workbook
    from ropa.store.mark import mark_of

    book = read_workbook(path)
    cells = sum(len(sheet.cells) for sheet in book.sheets)
    found = origin_of(book)
    digest = digest_of(book)
    if found is None:
        nameless = Problem(
            path.name,
            "does not say which register it was made from: it is no export of ropa, or its cover is gone",
        )
        return WorkbookVerdict(0, "", "", cells, digest, (nameless,))
    stamp, written = found
    mark = mark_of(store, int(stamp.revision)) if stamp.revision else None
    problems = [*_strange(book, stamp), *_digest(path, digest, written)]
    if strangers := list(not_ours(path, stamp, store)):
        problems += strangers
    else:
        problems += _against_register(path, book, stamp, store)
    return WorkbookVerdict(
        int(stamp.revision or 0), stamp.hash, mark.at if mark else "", cells, digest, tuple(problems)
    )


def _strange(book: "Workbook", stamp: "Stamp") -> Iterator[Problem]:
    meant = set(_hidden_on_purpose()) if stamp.layout == "register" else set()
    for words in book.foreign:
        yield Problem("the workbook", f"holds {words}, which ropa never writes")
    for sheet in book.sheets:
        for words in sheet.hides:
            if (sheet.name, words) not in meant:
                yield Problem(sheet.name, words)


def _hidden_on_purpose() -> Iterator[tuple[str, str]]:
    """What the working workbook keeps out of sight: its sheets, and what of them."""
    from ropa.sheets.working.plan import HIDDEN, plans

    yield "Lists", "the sheet is hidden"
    for plan in plans().values():
        yield from ((plan.name, words) for words in HIDDEN)


def _digest(path: Path, digest: str, written: str) -> Iterator[Problem]:
    if digest != written:
        yield Problem(
            path.name,
            f"its cells are not those that it was written with: their digest is {digest}, not {written or 'any'}",
        )


def not_ours(path: Path, stamp: "Stamp", store: "Store") -> Iterator[Problem]:
    """Why a workbook cannot be held against this register."""
    from ropa.store.mark import mark_of

    if not stamp.revision:
        yield Problem(path.name, "was laid out from records that were not stored: it names no revision")
        return
    mark, last = mark_of(store, int(stamp.revision)), mark_of(store)
    if mark is None:
        ends = f"ends at r{last.revision}" if last else "holds nothing yet"
        yield Problem(
            path.name,
            f"was made at r{stamp.revision}, and this register {ends}: it is another one, or was put back to an older state",
        )
    elif mark.hash != stamp.hash:
        yield Problem(
            path.name,
            f"was made at r{stamp.revision} with the hash {stamp.hash}; here r{stamp.revision} has {mark.hash}: "
            "it is another register, or its history was rewritten",
        )


def _against_register(path: Path, book: "Workbook", stamp: "Stamp", store: "Store") -> Iterator[Problem]:
    """What differs from the workbook as the register gives it, laid out again in the same way."""
    from ropa.model.redacted import in_words
    from ropa.sheets.proof.origin import digest_cell
    from ropa.store.load import load

    register = load(store, int(stamp.revision))
    try:
        found = [Problem(d.where, d.what) for d in against_register(book, stamp, register, store)]
    except Refused as trouble:
        yield Problem(path.name, f"cannot be laid out again: {trouble.what}")
        return
    if len(found) > 1:  # another digest says no more than the cells that are named
        found = [one for one in found if one.where != digest_cell(book)]
    if found and stamp.version != __version__:
        yield Problem(path.name, other_version(stamp))
    yield from found
    if found and register.unknown:
        alone = f"{in_words(register.unknown)} Cells that hold or count it differ for that alone."
        yield Problem(_source(stamp), alone)


def against_register(
    book: "Workbook", stamp: "Stamp", register: "Register", store: "Store"
) -> "list[Difference]":
    """The cells that differ from the workbook as the register gives it. Raises Refused where it cannot be laid out again.

    register: as it was at the revision of the stamp.
    """
    from ropa.cli.factsinuse import facts_named
    from ropa.reference.shelf import using
    from ropa.sheets.proof.difference import differences
    from ropa.sheets.proof.origin import cover_of, written_by
    from ropa.sheets.proof.read import workbook_in
    from ropa.sheets.working.read import held_only

    with using(facts_named(stamp.facts, store)):
        expected = workbook_in(BytesIO(_laid_out_again(stamp, register, held_only(cover_of(book)), store)))
    return list(differences(book, written_by(expected, stamp.version), _source(stamp)))


def _source(stamp: "Stamp") -> str:
    return f"the register at r{stamp.revision}"


def other_version(stamp: "Stamp") -> str:
    """That another version of the program laid a workbook out."""
    return (
        f"was laid out by ropa {stamp.version}; this is {__version__}, which may put the same in other words"
    )


def _laid_out_again(
    stamp: "Stamp", register: "Register", only: frozenset[str] | None, store: "Store"
) -> bytes:
    from ropa.cli.export import findings_of
    from ropa.model.activity import Activity
    from ropa.sheets.layouts import lay_out
    from ropa.sheets.proof.stamp import ALL
    from ropa.store.days import days_of

    entity = None if stamp.entity == ALL else stamp.entity
    findings = findings_of(register, stamp.on, entity) if stamp.open_points == "yes" else None
    further = stamp.further_information == "yes"
    asked: dict[str, Any] = {"findings": findings, "entity": entity, "further": further, "only": only}
    asked["days"] = days_of(store, Activity.kind, int(stamp.revision))
    return lay_out(register, stamp.layout, on=stamp.on, **asked)
