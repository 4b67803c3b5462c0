"""A working workbook comes home: what it says, as changes to the state of the register from which it was made.

A cell that still shows what was written into it changes nothing, whatever a spreadsheet program made of its type. So only what
people changed is read, and a workbook that nobody changed is no change.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ropa.errors import Refused
from ropa.model.canonical import plain
from ropa.model.common import Documented
from ropa.model.copying import copied
from ropa.model.find import find_one, free_ref
from ropa.model.register import KINDS, Register
from ropa.model.renaming import renamed
from ropa.pause import no_collecting
from ropa.sheets.working.cells import Names, plain_of, same
from ropa.sheets.working.draft import Cell, Draft, Token
from ropa.sheets.working.plan import NAMED, NUMBER, OWNER, Plan, plans
from ropa.sheets.working.read import Given, Line, Workbook
from ropa.sheets.working.rows import rows
from ropa.sheets.working.slice import slice_of
from ropa.words import listing

Key = tuple[str, str]
"""Kind and ref of a record."""


@dataclass(frozen=True)
class Gone:
    """A row that was written and did not come home: a record, or with `parts` and `number` one of its parts."""

    kind: str
    ref: str
    parts: str = ""
    number: int = 0


@dataclass(frozen=True)
class Home:
    """What came home. base: the state it was made from, its renamed records under their new refs. theirs: the same with what changed.

    anew: kind and old ref → new ref. gone: rows that did not come home; theirs still holds them. unread: place, text and
    reason of what could not be read.
    """

    base: Register
    theirs: Register
    anew: Mapping[Key, str]
    gone: Sequence[Gone]
    unread: Sequence[tuple[str, str, str]]
    remarks: Sequence[str]


@no_collecting()
def come_home(book: Workbook, base: Register, now: Register) -> Home:
    """Read a workbook. base: the state it was made from. now: the register into which it comes."""
    reading = _Reading(book, base, now)
    reading.records()
    reading.parts()
    return reading.home()


def with_new_ref(register: Register, kind: str, old: str, new: str) -> Register:
    """The register after a record got another ref, and all that names it followed."""
    records: dict[str, dict[str, Documented]] = {}
    for of, each in register.records.items():
        anew = (renamed(record, kind, old, new) for record in each.values())
        records[of] = {record.ref: record for record in anew}
    return replace(register, records=records)


@dataclass(frozen=True)
class _Row:
    """A row and what it is of. parts, token: as in `Cell`; before: what its cells showed, by key."""

    plan: Plan
    line: Line
    parts: str
    token: Token
    before: Mapping[str, Any]


class _Reading:
    def __init__(self, book: Workbook, base: Register, now: Register) -> None:
        self._book, self._base = book, base
        self._written = slice_of(base, book.only)
        self._names = Names(base)
        self._drafts: dict[Key, Draft] = {}
        self._anew: dict[Key, str] = {}
        self._new: dict[Key, str] = {}  # kind and small name, or ref as typed, of a new record → its ref
        self._gone: list[Gone] = []
        self._unread: list[tuple[str, str, str]] = list(book.unread)
        self._remarks: list[str] = []
        self._taken: dict[str, dict[str, Documented]] = {
            kind: dict(now.records.get(kind, {})) for kind in KINDS
        }
        self._shown = {
            plan.key: {
                row.id: dict(zip((c.key for c in plan.columns), row.cells, strict=True))
                for row in rows(plan, self._written, self._names)
            }
            for plan in plans().values()
        }

    def records(self) -> None:
        """The rows of records: those that are there, those that are new, those that are copies."""
        pending: list[tuple[str, _Row]] = []
        for plan, given in self._sheets(parts=False):
            shown, seen = self._shown[plan.key], set()
            for line, original in _told_apart(given, shown):
                ref = line.id if line.id in shown else line.text("ref")
                if original and ref in shown:
                    seen.add(ref)
                    self._known(plan, line, ref)
                    pending.append((ref, _Row(plan, line, "", 0, shown[ref])))
                elif new := self._fresh(plan, line):
                    sums = {
                        c.key: shown[line.id][c.key] for c in plan.columns if c.sheet and line.id in shown
                    }
                    pending.append((new, _Row(plan, line, "", 0, sums)))
            self._gone += [Gone(plan.kind, ref) for ref in shown if ref not in seen]
        for ref, row in pending:
            self._cells(row, ref)

    def parts(self) -> None:
        """The rows of parts, each put to its record."""
        for plan, given in self._sheets(parts=True):
            shown, seen = self._shown[plan.key], set()
            for line, original in _told_apart(given, shown):
                ident = line.id or f"{line.text(OWNER)} {line.text(NUMBER)}"
                before = shown.get(ident, {}) if original else {}
                emptied = before and not any(line.text(c.key) for c in plan.columns if c.said)
                owner = None if emptied else self._owner(plan, line, str(before.get(OWNER, "")))
                if owner is None:
                    continue
                token: Token = f"{line.sheet}!{line.number}"
                if before and owner == before[OWNER]:
                    seen.add(ident)
                    token = int(str(before[NUMBER]))
                else:
                    before = {}
                row = _Row(plan, line, plan.part.name if plan.part else "", token, before)
                self._cells(row, owner)
            gone = (_part(plan, ident) for ident in shown if ident not in seen)
            self._gone += [one for one in gone if Gone(one.kind, one.ref) not in self._gone]

    def home(self) -> Home:
        """All of it together."""
        theirs = {kind: dict(each) for kind, each in self._base.records.items()}
        for (kind, ref), draft in self._drafts.items():
            record = draft.read(self._tell)
            if record is None:
                reason = "what is left of the rows of this record cannot be read together"
                self._unread.append((ref, str(draft.said.get("name", "")), reason))
            else:
                theirs.setdefault(kind, {})[ref] = record
        base, after = self._base, Register(theirs)
        for (kind, old), new in self._anew.items():
            base, after = (with_new_ref(one, kind, old, new) for one in (base, after))
        return Home(base, after, self._anew, self._gone, self._unread, self._remarks)

    def _sheets(self, *, parts: bool) -> Iterator[tuple[Plan, Given]]:
        for key, given in self._book.sheets.items():
            if bool(given.plan.part) is not parts:
                continue
            for heading, many in given.strange:
                self._unread.append(
                    (given.plan.name, heading, f"a column of your own, {many} cells: not read")
                )
            if given.keys:
                yield plans()[key], given
            else:
                self._unread.append((given.plan.name, "", "its headings are gone: nothing of it was read"))

    def _known(self, plan: Plan, line: Line, ref: str) -> None:
        """A record that was written. What changes of it lies under the ref of then, whatever it is called now."""
        typed = line.text("ref")
        if typed in ("", ref):
            return
        if typed in self._taken[plan.kind]:
            self._unread.append((line.place("ref"), typed, f"is taken: {ref} keeps its {_word(plan)}"))
        elif _is_ref(plan, self._draft(plan, ref).said | {"ref": typed}):
            self._anew[plan.kind, ref] = typed
        else:
            self._unread.append((line.place("ref"), typed, f"is no {_word(plan)}"))

    def _fresh(self, plan: Plan, line: Line) -> str:
        """A new record, or the copy of one; "" where it has no name."""
        name, typed, taken = line.text("name"), line.text("ref"), self._taken[plan.kind]
        if not name:
            self._unread.append((f"{line.sheet}, row {line.number}", _words(line), "a new row needs a name"))
            return ""
        free = typed and typed not in taken and typed not in self._shown[plan.key]
        if free and not _is_ref(plan, {"name": name, "ref": typed}):
            self._unread.append(
                (line.place("ref"), typed, f"is no {_word(plan)}; the record got another one")
            )
            free = ""
        ref = typed if free else free_ref(Register(self._taken), plan.cls, name)
        said: dict[str, Any] = {"name": name, "ref": ref}
        if original := self._written.records.get(plan.kind, {}).get(line.id):
            said |= self._copied(plan, line, original, said)
        taken[ref] = plan.cls.model_validate({"name": name, "ref": ref})
        self._drafts[plan.kind, ref] = Draft.of(plan.cls, said, _lists(plan.kind))
        for word in filter(None, (name, typed, ref)):
            self._new.setdefault((plan.kind, word.casefold()), ref)
        return ref

    def _copied(
        self, plan: Plan, line: Line, original: Documented, said: Mapping[str, str]
    ) -> dict[str, Any]:
        """The parts that a copied row shows, but for those that speak of the original alone; and of what it is a copy."""
        copy, left = copied(original, said["ref"], said["name"], day=date.min, revision=self._base.revision)
        shown, whole = self._shown[plan.key][line.id], plain(copy)
        kept = [
            c for c in plan.columns if c.sheet and shown[c.key] and same(line.cells.get(c.key), shown[c.key])
        ]
        without = [c.heading.lower() for c in kept if c.heading in left]
        more = f", without its {listing(without)}" if without else ""
        self._remarks.append(f"{copy.ref} {copy.name}: a copy of {original.ref} {original.name}{more}.")
        return {c.key: whole[c.key] for c in kept if c.key in whole} | {"provenance": whole["provenance"]}

    def _owner(self, plan: Plan, line: Line, before: str) -> str | None:
        """Whose part a row is: the ref under which its draft lies, or stands in what was written. None where that is gone."""
        typed = line.text(OWNER) or before or line.text(NAMED)
        there = self._written.records.get(plan.kind, {})
        if typed in there:
            return None if Gone(plan.kind, typed) in self._gone else typed
        if new := self._new.get((plan.kind, typed.casefold())):
            return new
        for (kind, old), anew in self._anew.items():
            if (kind, anew) == (plan.kind, typed):
                return old
        try:
            if typed:
                return find_one(self._written, plan.cls, typed).ref
            reason = "does not say whose it is"
        except Refused as trouble:
            reason = str(trouble)
        self._unread.append((f"{line.sheet}, row {line.number}", _words(line), reason))
        return None

    def _draft(self, plan: Plan, ref: str) -> Draft:
        key = plan.kind, ref
        if key not in self._drafts:
            record = self._written.records[plan.kind][ref]
            self._drafts[key] = Draft.of(plan.cls, plain(record), _lists(plan.kind))
        return self._drafts[key]

    def _cells(self, row: _Row, ref: str) -> None:
        """The cells of a row that say something else than what was written, put to the draft of the record of that ref."""
        line = row.line
        for column in row.plan.columns:
            if column.key not in line.cells or same(line.cells[column.key], row.before.get(column.key, "")):
                continue
            place, text = line.place(column.key), line.text(column.key)
            if column.sheet:
                self._unread.append((place, text, f"a summary: change it on the sheet {column.sheet}"))
            elif column.said and (column.key != "ref" or row.parts):
                try:
                    value = plain_of(line.cells[column.key], column.said, self._names, self._new)
                except Refused as trouble:
                    self._unread.append((place, text, str(trouble)))
                else:
                    way = (*column.way, column.said.name)
                    self._draft(row.plan, ref).cells.append(
                        Cell(place, text, row.parts, row.token, way, value)
                    )

    def _tell(self, cell: Cell, trouble: Refused) -> None:
        self._unread.append((cell.place, cell.text, f"{trouble.what} {trouble.do}".strip()))


def _lists(kind: str) -> list[str]:
    return [plan.part.name for plan in plans().values() if plan.kind == kind and plan.part]


def _told_apart(given: Given, shown: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[Line, bool]]:
    """Each row, and whether it is the one that was written; of several with one id that is the one that changed least."""
    best: dict[str, tuple[int, int]] = {}
    many = Counter(line.id for line in given.lines)
    for n, line in enumerate(given.lines):
        if line.id in shown and many[line.id] > 1:
            changed = sum(not same(cell, shown[line.id][key]) for key, cell in line.cells.items())
            best[line.id] = min(best.get(line.id, (changed, n)), (changed, n))
    for n, line in enumerate(given.lines):
        yield line, line.id not in best or best[line.id][1] == n


def _part(plan: Plan, ident: str) -> Gone:
    ref, _, number = ident.rpartition(" ")
    return Gone(plan.kind, ref, plan.part.name if plan.part else "", int(number))


def _is_ref(plan: Plan, said: Mapping[str, Any]) -> bool:
    """Whether such a record can be, as far as its ref goes."""
    try:
        plan.cls.model_validate({"name": said["name"], "ref": said["ref"]})
    except ValueError:
        return False
    return True


def _word(plan: Plan) -> str:
    return "number" if plan.kind in ("activity", "waiver") else "ref"


def _words(line: Line) -> str:
    return "; ".join(text for key in line.cells if (text := line.text(key)))
