"""Random commands against a real register and against a dict that remembers: state, past, refusals and proof agree at every step."""

import json
import shutil
import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ropa.compare import Change
from ropa.errors import Conflict
from ropa.model.canonical import plain
from ropa.store.commit import commit
from ropa.store.history import log
from ropa.store.load import AsOf, load
from ropa.store.open import Store
from ropa.store.verify import verify
from tests.cli.running import Inside, Ran
from tests.fuzz import often
from tests.machine.model import DONE, NOTHING, REFUSED, UNSURE, Manner, Model, Setting
from tests.machine.records import KINDS, NAMES, Key, Said, State, renames
from tests.store.checker import check

NOUNS = [kind for kind, own in KINDS.items() if own.noun]
NOBODY = {"activity": "PA-9999"}
TEXTS = st.sampled_from(
    ("Head of HR", "=1+1", "[bold]x[/bold]", "名前", "a: b # c", "NO", "-2", "line\nline", "\x1b[31mred", "")
)
WORDS = st.sampled_from(("crm", "=1+1", "Ümlaut", "two words"))
DAYS = ("2020-01-31", "2024-02-29", "2025-12-31")
MANNERS = st.sampled_from((*[Manner()] * 6, Manner(yes=False), Manner(dry=True)))
WHY = st.sampled_from(("it was asked for", "it was asked for", "it was asked for", ""))
DATA = st.data()


FIRST: State = {
    ("organisation", "acme"): {"name": "Straße 9", "ours": False},
    ("organisation", "mailer"): {"name": "Zürich Büro", "ours": False, "parent": "acme",
                                 "sub_processors": [{"organisation": "acme", "service": "hosting"}]},
    ("data_category", "contact"): {"name": "Mail tool"},
    ("data_category", "email"): {"name": "O'Neil & Sons", "parent": "contact"},
    ("retention_rule", "short"): {"name": "名前 名前"},
    ("measure", "mfa"): {"name": "Mail tool"},
    ("measure", "locks"): {"name": "MAIL TOOL", "tags": ["crm"]},
    ("system", "crm"): {"name": "Zürich Büro", "vendor": "mailer", "measures": ["mfa", "locks"]},
    ("activity", "PA-0001"): {
        "name": "Mail tool", "status": "draft", "owner": "Head of HR", "entity": "acme", "systems": ["crm"],
        "purposes": [{"text": "Letters"}, {"text": "Lists"}, {"text": "Law", "law": "AO"}],
        "data": [{"category": "email", "retention": "short", "purposes": [1, 3]}, {"category": "contact"}],
        "recipients": [{"organisation": "mailer", "what_for": "sends"}, {"organisation": "acme"}],
    },
    ("activity", "PA-0002"): {"name": "Straße 9", "status": "active", "started_on": "2020-01-31",
                              "measures": ["mfa"], "recipients": [{"organisation": "mailer"}]},
    ("waiver", "W-0001"): {"name": "ROPA-V101 of mailer Zürich Büro", "rule": "ROPA-V101",
                           "record_kind": "organisation", "record": "mailer", "reason": "known"},
}  # fmt: skip
"""What stands in the register at first, so that there is something to change, to name, and to be in the way."""


@cache
def _begun(filled: bool) -> Path:
    """A folder with an empty register, or one of the first records; each is made once."""
    folder = Path(tempfile.mkdtemp(prefix="ropa-machine-"))
    ropa = Inside(folder)
    assert ropa("init").code == 0
    if filled:
        (folder / "first.json").write_text(json.dumps(_as_text(FIRST)), encoding="utf-8")
        assert ropa("import", "first.json", "--yes").code == 0
    return folder


class FromRecords(RuleBasedStateMachine):
    """One register, which begins with the first records, and the model of it."""

    first = FIRST

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="ropa-machine-"))
        shutil.copytree(_begun(bool(self.first)), self.folder, dirs_exist_ok=True)
        self.ropa = Inside(self.folder)
        self.store = Store(str(self.ropa.register))
        self.model = Model(self.first, [{}, self.first] if self.first else [{}])
        self.steps = 0
        self.kept: list[tuple[Path, list[State]]] = []
        self.backup: tuple[Path, list[State]] | None = None

    # What is drawn

    def _ref(self, data: st.DataObject, kind: str) -> str:
        """A ref of that kind; now and then one that is not there."""
        return data.draw(st.sampled_from([*self.model.refs(kind) * 4, NOBODY.get(kind, "zz-nobody")]))

    def _words(self, data: st.DataObject, kind: str) -> str:
        """What a person writes to name a record: a ref, sometimes a name."""
        names = sorted({said["name"] for key, said in self.model.state.items() if key[0] == kind})
        return (
            data.draw(st.sampled_from(names))
            if names and data.draw(st.integers(0, 4)) == 0
            else self._ref(data, kind)
        )

    def _setting(self, data: st.DataObject, kind: str, said: Said) -> Setting:
        own, draw = KINDS[kind], data.draw
        other = ("started_on", "ended_on", "status") if kind == "activity" else ()
        name = draw(
            st.sampled_from(
                [*own.texts, *own.ref, *own.words, *other, *list(own.refs) * 2, *list(own.parts) * 3]
            )
        )
        if name in ("started_on", "ended_on"):
            return Setting(name, "=", draw(st.sampled_from(("", *DAYS))))
        if name == "status":
            return Setting(name, "=", draw(st.sampled_from(("draft", "active", "suspended"))))
        if name in own.texts:
            return Setting(name, draw(st.sampled_from(("=", "=", "=", "+="))), draw(TEXTS))
        if name in own.ref:
            return Setting(name, "=", (draw(st.booleans()) and self._words(data, own.ref[name])) or "")
        if name in own.parts:
            return self._part(data, kind, name, said)
        sign = draw(st.sampled_from(("=", "+=", "+=", "-=")))
        there = said.get(name, [])
        if sign == "-=" and there:
            return Setting(name, sign, draw(st.sampled_from(there)))
        return Setting(name, sign, draw(WORDS) if name in own.words else self._words(data, own.refs[name]))

    def _part(self, data: st.DataObject, kind: str, name: str, said: Said) -> Setting:
        part, there, draw = KINDS[kind].parts[name], said.get(name, []), data.draw
        sign = draw(st.sampled_from(("+=", "+=", "-=", "=")))
        if sign == "-=" and there:
            by_number = [str(n) for n in range(1, len(there) + 1)]
            by_main = [one[part.main] for one in there if part.main in part.ref]
            return Setting(name, sign, draw(st.sampled_from([*by_number, *by_main, str(len(there) + 1)])))
        number = draw(st.integers(1, len(there) + 1))
        inner = draw(st.sampled_from([*part.ref, *part.texts]))
        if sign == "=" and name == "data" and said.get("purposes") and draw(st.booleans()):
            numbers = draw(
                st.lists(st.integers(1, len(said["purposes"])), min_size=1, max_size=2, unique=True)
            )
            return Setting(f"{name}.{number}.purposes", "=", numbers)
        if sign == "=" and there:
            value = self._words(data, part.ref[inner]) if inner in part.ref else draw(TEXTS)
            return Setting(f"{name}.{number}.{inner}", "=", value or "Some text")
        given = {}
        for field in (part.main, inner):
            value = self._words(data, part.ref[field]) if field in part.ref else draw(TEXTS.filter(_clean))
            given[field] = value or "Some text"
        return Setting(name, "+=", given)

    def _settings(self, data: st.DataObject, kind: str, said: Said, most: int) -> list[Setting]:
        each = [self._setting(data, kind, said) for _ in range(data.draw(st.integers(0, most)))]
        # Of two that set one field the last counts, and the program looks at that one alone.
        last = {one.path: n for n, one in enumerate(each) if one.sign == "="}
        return [one for n, one in enumerate(each) if one.sign != "=" or last[one.path] == n]

    # What is done

    def _do(self, expected: str, *words: object, **how: Any) -> Ran:
        """Run a command, and hold how it ends against what the model says."""
        ran = self.ropa(*words, **how)
        event(
            f"{' '.join(map(str, words[:2])) if words[0] in {k.noun for k in KINDS.values()} else words[0]}: {expected}"
        )
        if expected == REFUSED:
            assert (ran.code, ran.out) == (2, ""), (words, ran)
            assert ran.err.strip(), words
            assert "should not have happened" not in ran.err, ran
        else:
            assert ran.code == 0, (words, expected, ran)
            assert (f"Written as r{self.model.revision}." in ran.err) == (expected == DONE), (
                words,
                expected,
                ran,
            )
        return ran

    @rule(data=DATA, kind=st.sampled_from(NOUNS), name=st.sampled_from(list(NAMES)), manner=MANNERS)
    def add(self, data: st.DataObject, kind: str, name: str, manner: Manner) -> None:
        each = self._settings(data, kind, {}, 3)
        expected = self.model.add(kind, name, each, manner, _day())
        self._do(expected, KINDS[kind].noun, "add", name, *map(_typed, each), *manner.words)

    @rule(data=DATA, manner=MANNERS)
    def set_activity(self, data: st.DataObject, manner: Manner) -> None:
        self.set_fields(data, "activity", 1, manner)

    @rule(data=DATA, kind=st.sampled_from(NOUNS), many=st.sampled_from((1, 1, 1, 2)), manner=MANNERS)
    def set_any(self, data: st.DataObject, kind: str, many: int, manner: Manner) -> None:
        self.set_fields(data, kind, many, manner)

    def set_fields(self, data: st.DataObject, kind: str, many: int, manner: Manner) -> None:
        refs = list(dict.fromkeys(self._ref(data, kind) for _ in range(many)))
        each = self._settings(data, kind, self.model.state.get((kind, refs[0]), {}), 2)
        each = each or [Setting("tags", "+=", "crm")]
        expected = self.model.set(kind, refs, each, manner, _day())
        self._do(expected, KINDS[kind].noun, "set", *refs, *map(_typed, each), *manner.words)

    @rule(
        data=DATA, kind=st.sampled_from(NOUNS), manner=MANNERS,
        new=st.sampled_from((*NAMES, "new-ref", "other-ref", "mail-tool", "zurich-buro")),
    )  # fmt: skip
    def rename(self, data: st.DataObject, kind: str, new: str, manner: Manner) -> None:
        ref = self._ref(data, kind)
        if kind == "activity" and new not in NAMES:
            new = "PA-0007"
            expected = REFUSED
        else:
            expected = self.model.rename(kind, ref, new, manner, _day())
        self._do(expected, KINDS[kind].noun, "rename", ref, new, *manner.words)

    @rule(data=DATA, kind=st.sampled_from(NOUNS), name=st.sampled_from(list(NAMES)), manner=MANNERS)
    def copy(self, data: st.DataObject, kind: str, name: str, manner: Manner) -> None:
        ref = self._ref(data, kind)
        expected = self.model.copy(kind, ref, name, manner, _day())
        self._do(expected, KINDS[kind].noun, "copy", ref, name, *manner.words)

    @rule(data=DATA, kind=st.sampled_from(NOUNS), many=st.sampled_from((1, 1, 2)), why=WHY, manner=MANNERS)
    def remove(self, data: st.DataObject, kind: str, many: int, why: str, manner: Manner) -> None:
        refs = list(dict.fromkeys(self._ref(data, kind) for _ in range(many)))
        expected = self.model.remove(kind, refs, why, manner, _day())
        self._do(expected, KINDS[kind].noun, "remove", *refs, "--why", why, *manner.words)

    @rule(data=DATA, on=st.sampled_from(("", *DAYS)), manner=MANNERS)
    def end(self, data: st.DataObject, on: str, manner: Manner) -> None:
        ref = self._ref(data, "activity")
        expected = self.model.end(ref, on, manner, _day())
        self._do(expected, "activity", "end", ref, *(["--on", on] if on else []), *manner.words)

    @rule(data=DATA, reason=st.sampled_from(("nobody yet", "one")), manner=MANNERS)
    def state_owner(self, data: st.DataObject, reason: str, manner: Manner) -> None:
        ref = self._ref(data, "activity")
        expected = self.model.state_owner(ref, reason, manner, _day())
        self._do(expected, "activity", "state", ref, "owner", "--reason", reason, *manner.words)

    @rule(data=DATA, reason=WHY, manner=MANNERS)
    def waive(self, data: st.DataObject, reason: str, manner: Manner) -> None:
        ref = self._ref(data, "activity")
        expected = self.model.waive("ROPA-A108", ref, reason, manner, _day())
        self._do(expected, "waive", "A108", ref, "--reason", reason, *manner.words)

    @rule(data=DATA, manner=MANNERS)
    def unwaive(self, data: st.DataObject, manner: Manner) -> None:
        ref = self._ref(data, "activity")
        expected = self.model.unwaive("ROPA-A108", ref, manner, _day())
        self._do(expected, "unwaive", "A108", ref, *manner.words)

    @rule(data=DATA, many=st.integers(1, 5), manner=MANNERS)
    def bring(self, data: st.DataObject, many: int, manner: Manner) -> None:
        """Import several records, new ones and some that are there, of which each may name those before it, or one that lacks."""
        draw, given = data.draw, State()
        for _ in range(many):
            kind = draw(st.sampled_from(NOUNS))
            ref = draw(st.sampled_from([*self.model.refs(kind), *(_new_refs(kind))]))
            said: Said = {"name": draw(st.sampled_from(list(NAMES))), **KINDS[kind].starts}
            for name, named in KINDS[kind].ref.items():
                there = [of for k, of in given if k == named]
                if there and draw(st.booleans()):
                    said[name] = draw(st.sampled_from([*there * 9, NOBODY.get(named, "zz-nobody")]))
            if draw(st.booleans()):
                said["tags"] = draw(st.lists(WORDS, min_size=1, max_size=2))
            given[kind, ref] = said
            if kind != "activity" and draw(st.integers(0, 3)) == 0:
                given["waiver", f"W-{draw(st.integers(1, 9)):04d}"] = _waiver(kind, ref, said["name"])
        file = self.folder / "brought.json"
        file.write_text(json.dumps(_as_text(given)), encoding="utf-8")
        expected = self.model.bring(given, manner, _day())
        self._do(expected, "import", file.name, *manner.words)
        file.unlink()

    @rule(why=WHY, manner=MANNERS)
    def undo_last(self, why: str, manner: Manner) -> None:
        self.undo(0, why, manner)

    @rule(back=st.sampled_from((1, 1, 2, 3, 5, 8, 99)), why=WHY, manner=MANNERS)
    def undo(self, back: int, why: str, manner: Manner) -> None:
        """Take back the last revision, one before it, or one that is not there."""
        number = self.model.revision - back if 0 < back < self.model.revision else 99 if back else 0
        named = [f"r{number}"] if number else []
        expected = self.model.undo(number, why, manner, _day())
        if expected == UNSURE:
            self._undo_unsure(number, named)
        else:
            self._do(expected, "undo", *named, "--why", why, *manner.words)

    def _undo_unsure(self, number: int, named: list[str]) -> None:
        """Parts are told apart by likeness: only what the revision touched may differ, and the rest of the proof holds."""
        before, ran = self.model.state, self.ropa("undo", *named, "--why", "it was asked for", "--yes")
        event(f"undo: unsure, {ran.code}")
        if ran.code == 2 or f"Written as r{self.model.revision + 1}." not in ran.err:
            return
        after = _plain(self.store)
        touched = _changed(self.model.past[number - 1], self.model.past[number])
        assert _changed(before, after) <= touched | _followers(touched, before, after), (
            number,
            before,
            after,
        )
        self.model.state = after
        self.model.past.append(after)

    @rule(data=DATA, notes=st.sampled_from(("looked at", "seen")))
    @precondition(lambda self: self.model.state)
    def stale(self, data: st.DataObject, notes: str) -> None:
        """Somebody writes who looked at an older revision: a conflict where the record was changed since, never an overwrite."""
        revision = data.draw(st.integers(max(self.model.revision - 6, 0), self.model.revision))
        then = load(self.store, revision)
        keys = [key for key in self.model.past[revision] if key[0] != "waiver"]
        if not keys:
            return
        kind, ref = key = data.draw(st.sampled_from(keys))
        expected = self.model.stale(revision, key, notes, _day())
        record = then.records[kind][ref]
        change = Change(record, record.model_copy(update={"notes": notes}))
        try:
            made = commit(self.store, [change], based_on=revision, actor="Somebody else")
        except Conflict:
            assert expected == REFUSED, (key, revision)
        else:
            assert expected == (NOTHING if made is None else DONE), (key, revision)
        event(f"stale: {expected}")

    @rule()
    def copy_of_it(self) -> None:
        """`backup`: proven, and kept for a restore."""
        file = self.folder / "copy.db"
        self._do(NOTHING, "backup", file.name, "--force")
        self.backup = file, list(self.model.past)

    @rule(agreed=st.sampled_from((True, False, False)))
    @precondition(lambda self: self.backup)
    def restore(self, agreed: bool) -> None:
        """The backup takes the register's place; the one that was there stays beside it, whole."""
        assert self.backup
        file, past = self.backup
        beside, was = set(self.ropa.register.parent.iterdir()), list(self.model.past)
        if not agreed:
            self._do(REFUSED, "restore", file.name)
            return
        self._do(NOTHING, "restore", file.name, "--yes")
        self.model.past, self.model.state = list(past), past[-1]
        (new,) = set(self.ropa.register.parent.iterdir()) - beside
        self.kept.append((new, was))

    # What holds after each step

    @invariant()
    def the_register_is_the_model(self) -> None:
        """Now, at one revision of the past, and by both proofs."""
        if not hasattr(self, "model"):
            return
        self.steps += 1
        assert _plain(self.store) == self.model.state
        past = self.steps * 7 % (self.model.revision + 1)
        assert _plain(self.store, past) == self.model.past[past], past
        self._proven(self.store, self.model.past)

    def _proven(self, store: Store, past: list[State]) -> None:
        verdict = verify(store)
        assert verdict.ok, verdict
        assert verdict.revision == len(past) - 1
        assert check(store.place) == (verdict.hash, [])

    def teardown(self) -> None:
        """Every revision of the past, by its number and by its time; the log; what a restore left beside; nothing else."""
        if not hasattr(self, "model"):
            return
        entries = log(self.store)[::-1]
        assert [entry.revision for entry in entries] == list(range(1, self.model.revision + 1))
        for before, entry, after in zip(self.model.past, entries, self.model.past[1:], strict=False):
            assert _plain(self.store, entry.revision) == after, entry
            assert _plain(self.store, datetime.fromisoformat(entry.at)) == after, entry
            told = {(one.op, one.kind, one.ref, one.was) for one in entry.changes}
            assert told == _told(before, after), entry
        ran = self.ropa("export", "--layout", "json", "--out", "now.json")
        assert ran.code == 0, ran
        assert _of_text(json.loads((self.folder / "now.json").read_text("utf-8"))) == self.model.state
        for file, past in self.kept:
            assert _plain(Store(str(file))) == past[-1]
            self._proven(Store(str(file)), past)
        names = {path.name for path in self.ropa.register.parent.iterdir()}
        assert names == {"register.db", *(file.name for file, _ in self.kept)}
        shutil.rmtree(self.folder)


def _day() -> str:
    return datetime.now(UTC).date().isoformat()


def _clean(text: str) -> bool:
    return "\x1b" not in text


def _typed(one: Setting) -> str:
    """FIELD=VALUE as it is typed."""
    value = one.value
    if isinstance(value, dict):
        value = json.dumps(value, ensure_ascii=False)
    elif isinstance(value, list):
        value = ",".join(map(str, value))
    return f"{one.path}{one.sign}{value}"


def _new_refs(kind: str) -> list[str]:
    return ["PA-0003", "PA-0008"] if kind == "activity" else ["brought", "mail-tool", "new-ref"]


def _waiver(kind: str, ref: str, name: str) -> Said:
    return {
        "name": f"ROPA-V101 of {ref} {name}", "rule": "ROPA-V101", "record_kind": kind, "record": ref, "reason": "known",
    }  # fmt: skip


def _as_text(state: State) -> dict[str, Any]:
    """Records as the text of a register."""
    text: dict[str, Any] = {"ropa": 1}
    for (kind, ref), said in state.items():
        text.setdefault(KINDS[kind].plural, []).append({"ref": ref, **said})
    return text


def _of_text(text: dict[str, Any]) -> State:
    by_plural = {own.plural: kind for kind, own in KINDS.items()}
    return {
        (by_plural[key], one.pop("ref")): one for key, each in text.items() if key != "ropa" for one in each
    }


def _plain(store: Store, as_of: AsOf | None = None) -> State:
    """The register as the model has it."""
    found: State = {}
    for record in load(store, as_of):
        said = plain(record)
        found[record.kind, said.pop("ref")] = said
    return found


def _changed(before: State, after: State) -> set[Key]:
    return {key for key in {**before, **after} if before.get(key) != after.get(key)}


def _followers(touched: set[Key], before: State, after: State) -> set[Key]:
    """Records that name a renamed one that was touched: they follow it back."""
    return (
        _changed(before, after)
        if any(set(pair) <= touched for pair in renames(before, after).items())
        else set()
    )


def _told(before: State, after: State) -> set[tuple[str, str, str, str]]:
    """What the log has to say of a revision."""
    joined = renames(before, after)
    told = {("renamed", kind, ref, old) for (kind, ref), (_, old) in joined.items()}
    for key in _changed(before, after) - joined.keys() - set(joined.values()):
        op = "added" if key not in before else "removed" if key not in after else "changed"
        told.add((op, *key, ""))
    return told


class FromNothing(FromRecords):
    """The same from an empty register."""

    first = State()


TestFromRecords, TestFromNothing = FromRecords.TestCase, FromNothing.TestCase
TestFromRecords.settings = TestFromNothing.settings = settings(often(20), stateful_step_count=50)
