"""A working workbook comes home: what it says, as changes to the state of the register from which it was made.

A cell that still shows what was written into it changes nothing, whatever a spreadsheet program made of its type. So only what
people changed is read, and a workbook that nobody changed is no change.
"""

from collections.abc import Iterator, Mapping
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
from ropa.sheets.working.cells import Names, plain_of, same
from ropa.sheets.working.draft import Cell, Draft, Token
from ropa.sheets.working.plan import NAMED, NUMBER, OWNER, Plan, plans
from ropa.sheets.working.read import Given, Line, Workbook
from ropa.sheets.working.rows import part_id, rows
from ropa.words import listing

Key = tuple[str, str]
"""Kind and ref of a record."""
Unread = tuple[str, str, str]
"""Place, text and reason of what was not read."""


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

    anew: kind and old ref → new ref. gone: rows that did not come home; theirs still holds them.
    """

    base: Register
    theirs: Register
    anew: Mapping[Key, str]
    gone: tuple[Gone, ...]
    unread: tuple[Unread, ...]
    remarks: tuple[str, ...]


def come_home(book: Workbook, written: Register, now: Register) -> Home:
    """Read a workbook. written: what it was made from, as far as it holds it. now: the register into which it comes."""
    reading = _Reading(book, written, now)
    reading.records()
    reading.parts()
    return reading.home()


class _Reading:
    def __init__(self, book: Workbook, written: Register, now: Register) -> None:
        self._book = book
        self._written = written
        self._names = Names(written)
        self._drafts: dict[Key, Draft] = {}
        self._anew: dict[Key, str] = {}
        self._new: dict[Key, str] = {}
        """Kind and name, or ref as typed, of a new record → its ref."""
        self._gone: list[Gone] = []
        self._unread: list[Unread] = list(book.unread)
        self._remarks: list[str] = []
        self._taken = Register({kind: dict(now.records.get(kind, {})) for kind in KINDS})
        self._shown = {
            plan.key: {row.id: dict(zip((c.key for c in plan.columns), row.cells, strict=True)) for row in rows(plan, written, self._names)}
            for plan in plans().values()
            if plan.key in book.sheets
        }

    def records(self) -> None:
        """The rows of records: those that are there, those that are new, those that are copies."""
        pending: list[tuple[Plan, Line, str, Mapping[str, Any]]] = []
        for plan, given in self._sheets(parts=False):
            shown, seen = self._shown[plan.key], set()
            for line, original in _told_apart(given, shown):
                ref = line.id if line.id in shown else line.text("ref")
                if original and ref in shown:
                    seen.add(ref)
                    pending.append((plan, line, self._known(plan, line, ref, shown[ref]), shown[ref]))
                elif new := self._fresh(plan, line):
                    sums = {c.key: shown[line.id][c.key] for c in plan.columns if c.sheet and line.id in shown}
                    pending.append((plan, line, new, sums))
            self._gone += [Gone(plan.kind, ref) for ref in shown if ref not in seen]
        for plan, line, ref, before in pending:
            self._cells(plan, line, self._drafts[plan.kind, ref], "", 0, before)

    def parts(self) -> None:
        """The rows of parts, each put to its record."""
        for plan, given in self._sheets(parts=True):
            shown, seen = self._shown[plan.key], set()
            for line, original in _told_apart(given, shown):
                id = line.id or part_id(line.text(OWNER), 0).rpartition(" ")[0] + " " + line.text(NUMBER)
                before = shown.get(id, {}) if original else {}
                if before and not any(line.text(c.key) for c in plan.columns if c.said):
                    continue
                owner = self._owner(plan, line, str(before.get(OWNER, "")))
                if owner is None:
                    continue
                if before and owner == before[OWNER]:
                    seen.add(id)
                    token: Token = int(before[NUMBER])
                else:
                    token, before = f"{line.sheet}!{line.number}", {}
                self._cells(plan, line, self._draft(plan, owner), plan.part.name if plan.part else "", token, before)
            self._gone += [self._part_gone(plan, id) for id in shown if id not in seen and not self._is_gone(plan, id)]

    def home(self) -> Home:
        """All of it together."""
        base = self._written
        theirs = {kind: dict(each) for kind, each in base.records.items()}
        for (kind, ref), draft in self._drafts.items():
            record = draft.read(self._tell)
            if record is None:
                self._unread.append((ref, draft.said.get("name", ""), "the rows of this record cannot be read together"))
            else:
                theirs.setdefault(kind, {})[ref] = record
        after = Register(theirs)
        for (kind, old), new in self._anew.items():
            base, after = (with_new_ref(one, kind, old, new) for one in (base, after))
        return Home(base, after, self._anew, tuple(self._gone), tuple(self._unread), tuple(self._remarks))

    def _sheets(self, *, parts: bool) -> Iterator[tuple[Plan, Given]]:
        for key, given in self._book.sheets.items():
            if bool(given.plan.part) is parts:
                if not parts or not given.keys:
                    self._strange(given)
                yield plans()[key], given

    def _strange(self, given: Given) -> None:
        for heading, many in given.strange:
            self._unread.append((given.plan.name, heading, f"a column of your own, {many} cells: not read"))
        if not given.keys:
            self._unread.append((given.plan.name, "", "its headings are gone: nothing of it was read"))

    def _known(self, plan: Plan, line: Line, ref: str, before: Mapping[str, Any]) -> str:
        """A record that was written; its ref, under which its draft lies, is the one of then."""
        typed = line.text("ref") if "ref" in line.cells else ref
        if typed and typed != ref:
            self._rename(plan, line, ref, typed)
        self._draft(plan, ref)
        return ref

    def _rename(self, plan: Plan, line: Line, ref: str, typed: str) -> None:
        record = self._written.records[plan.kind][ref]
        if typed in self._taken.records[plan.kind]:
            self._unread.append((line.place("ref"), typed, f"is taken: {ref} keeps its {_ref_word(plan)}"))
            return
        try:
            type(record).model_validate({**plain(record), "ref": typed})
        except ValueError:
            self._unread.append((line.place("ref"), typed, f"is no {_ref_word(plan)}"))
            return
        self._anew[plan.kind, ref] = typed

    def _fresh(self, plan: Plan, line: Line) -> str:
        """A new record, or the copy of one; "" where it has no name."""
        name = line.text("name")
        if not name:
            self._unread.append((f"{line.sheet}, row {line.number}", _words(line), "a new row needs a name"))
            return ""
        cls, typed = plan.cls, line.text("ref")
        original = self._written.records.get(plan.kind, {}).get(line.id)
        free = typed and typed not in self._taken.records[plan.kind] and typed not in self._shown[plan.key]
        ref = typed if free else free_ref(self._taken, cls, name)
        said: dict[str, Any] = {"name": name, "ref": ref}
        if original is not None:
            said |= self._parts_copied(plan, line, original, ref, name)
        try:
            stub = cls.model_validate(said)
        except ValueError:
            self._unread.append((line.place("ref"), typed, f"is no {_ref_word(plan)}"))
            return ""
        self._taken.records[plan.kind][ref] = stub  # type: ignore[index]
        self._drafts[plan.kind, ref] = Draft.of(cls, said, _lists(plan.kind))
        for word in (name.casefold(), typed.casefold(), ref.casefold()):
            self._new.setdefault((plan.kind, word), ref)
        return ref

    def _parts_copied(self, plan: Plan, line: Line, original: Documented, ref: str, name: str) -> dict[str, Any]:
        """The parts that a copied row shows, but for those that speak of the original alone, and of what it is a copy."""
        copy, left = copied(original, ref, name, day=date.min, revision=self._written.revision)
        shown = self._shown[plan.key][line.id]
        kept = [c for c in plan.columns if c.sheet and shown[c.key] and same(line.cells.get(c.key), shown[c.key])]
        parts = {known: value for known, value in plain(copy).items() if known in [c.key for c in kept]}
        without = [c.heading.lower() for c in kept if c.heading in left]
        more = f", without its {listing(without)}" if without else ""
        self._remarks.append(f"{ref} {name}: a copy of {original.ref} {original.name}{more}.")
        return parts | {"provenance": plain(copy)["provenance"]}

    def _owner(self, plan: Plan, line: Line, before: str) -> str | None:
        """Whose part a row is: the ref under which its draft lies, or stands in what was written."""
        typed = line.text(OWNER) or before or line.text(NAMED)
        if typed == before or typed in self._written.records.get(plan.kind, {}):
            return None if self._is_gone(plan, f"{typed} 1") else typed
        if new := self._new.get((plan.kind, typed.casefold())):
            return new
        if old := next((old for (kind, old), ref in self._anew.items() if (kind, ref) == (plan.kind, typed)), ""):
            return old
        try:
            return find_one(self._written, plan.cls, typed).ref if typed else None
        except Refused as trouble:
            reason = str(trouble)
        finally:
            if not typed:
                self._unread.append((f"{line.sheet}, row {line.number}", _words(line), f"does not say whose it is"))
        self._unread.append((line.place(OWNER), _words(line), reason))
        return None

    def _draft(self, plan: Plan, ref: str) -> Draft:
        key = plan.kind, ref
        if key not in self._drafts:
            self._drafts[key] = Draft.of(plan.cls, plain(self._written.records[plan.kind][ref]), _lists(plan.kind))
        return self._drafts[key]

    def _cells(self, plan: Plan, line: Line, draft: Draft, parts: str, token: Token, before: Mapping[str, Any]) -> None:
        for column in plan.columns:
            if column.key not in line.cells or same(line.cells[column.key], before.get(column.key, "")):
                continue
            if column.sheet:
                reason = f"a summary: change it on the sheet {column.sheet}"
                self._unread.append((line.place(column.key), line.text(column.key), reason))
            elif column.said and not (column.key == "ref" and not parts):
                try:
                    value = plain_of(line.cells[column.key], column.said, self._names, self._new)
                except Refused as trouble:
                    self._unread.append((line.place(column.key), line.text(column.key), str(trouble)))
                    continue
                way = (*column.way, column.said.name)
                draft.cells.append(Cell(line.place(column.key), line.text(column.key), parts, token, way, value))

    def _part_gone(self, plan: Plan, id: str) -> Gone:
        ref, _, number = id.rpartition(" ")
        return Gone(plan.kind, ref, plan.part.name if plan.part else "", int(number))

    def _is_gone(self, plan: Plan, id: str) -> bool:
        return Gone(plan.kind, id.rpartition(" ")[0]) in self._gone

    def _tell(self, cell: Cell, trouble: Refused) -> None:
        self._unread.append((cell.place, cell.text, f"{trouble.what} {trouble.do}".strip()))


def _lists(kind: str) -> list[str]:
    return [plan.part.name for plan in plans().values() if plan.kind == kind and plan.part]


def _told_apart(given: Given, shown: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[Line, bool]]:
    """Each row, and whether it is the one that was written; of several with one id that is the one that changed least."""
    best: dict[str, tuple[int, int]] = {}
    for n, line in enumerate(given.lines):
        if line.id in shown:
            changed = sum(not same(cell, shown[line.id][key]) for key, cell in line.cells.items())
            best[line.id] = min(best.get(line.id, (changed, n)), (changed, n))
    for n, line in enumerate(given.lines):
        yield line, line.id not in best or best[line.id][1] == n


def with_new_ref(register: Register, kind: str, old: str, new: str) -> Register:
    """The register after a record got another ref, and all that names it followed."""
    records: dict[str, dict[str, Documented]] = {}
    for of, each in register.records.items():
        anew = (renamed(record, kind, old, new) for record in each.values())
        records[of] = {record.ref: record for record in anew}
    return replace(register, records=records)


def _ref_word(plan: Plan) -> str:
    return "number" if plan.kind in ("activity", "waiver") else "ref"


def _words(line: Line) -> str:
    return "; ".join(text for key in line.cells if (text := line.text(key)))
