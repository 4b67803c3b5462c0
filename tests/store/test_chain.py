"""The format of the proof, as docs/verify.md gives it: held against a checker that shares no code with ropa."""

import hashlib
import re
import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ropa.cli.shipped import example_register
from ropa.compare import Change, compare
from ropa.model.base import Part
from ropa.model.register import KINDS, Register
from ropa.model.walk import fields
from ropa.store.chain import change_text, digest, revision_hash, said_text
from ropa.store.commit import commit
from ropa.store.load import load
from ropa.store.open import create_store
from ropa.store.verify import verify
from tests.store.checker import check
from tests.strategies import registers, texts

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "verify.md").read_text("utf-8")
_BLOCK = re.compile(r"^```text\nsalt    (.*)\ntext    (.*)\nSHA-256 (.*)\n```$", re.MULTILINE)


def test_the_examples_of_the_page_are_right() -> None:
    """Each salt, text and digest on the page fit, by hashlib alone."""
    found = _BLOCK.findall(PAGE)
    assert len(found) >= 6
    for salt, text, said in found:
        salted = b"" if salt == "none" else bytes.fromhex(salt)
        assert hashlib.sha256(salted + text.encode()).hexdigest() == said


def test_the_example_register_of_the_page_proves_itself(tmp_path: Path) -> None:
    """The SQL beside the page makes the register it speaks of, redaction and all; the last hash is the one it gives."""
    place = tmp_path / "example.db"
    raw = sqlite3.connect(place)
    raw.executescript((DOCS / "verify-example.sql").read_text("utf-8"))
    raw.commit()
    last, wrong = check(place)
    assert not wrong
    assert f"`{last}`" in PAGE
    for _salt, text, said in _BLOCK.findall(PAGE):
        if not text.startswith("{"):
            held = raw.execute(
                "select 1 from change where digest = ? union select 1 from redaction where digest = ? "
                "union select 1 from revision where ? in (actor_digest, why_digest, command_digest)",
                [said] * 3,
            )
            assert held.fetchone(), text


def test_the_page_shows_the_checker() -> None:
    """The program on the page is the one that the tests run."""
    assert f"```python\n{Path(check.__code__.co_filename).read_text('utf-8').rstrip()}\n```" in PAGE


def test_the_format_is_fixed() -> None:
    """These hashes may never change: every chain that was ever written would break."""
    salt = bytes(range(16))
    said = {
        name: digest(salt, said_text(name, text))
        for name, text in (("actor", "DPO “é”"), ("why", ""), ("command", "ropa x\n\t\x1f"))
    }
    changes = [
        digest(salt, change_text("measure", "mfa", '{"name":"2€","ref":"mfa"}')),
        digest(salt, change_text("measure", "vpn", None)),
    ]
    header = {"number": 7, "at": "2026-02-28T23:59:59.999999Z", "previous": "ab" * 32}
    found = revision_hash(header, said, changes, [(3, "why", ["why"], "cd" * 32)])
    assert found == "1843d20c24d343e496b6bbdada2e87d43b8a2ac8eaecd4ffc61076cf58b15253"


def test_the_checker_agrees_on_the_example_register(tmp_path: Path) -> None:
    """All records of the shipped example, as ropa writes them."""
    store = create_store(str(tmp_path / "register.db"))
    commit(store, compare(Register(), example_register()), based_on=0, actor="DPO", why="é 😀 \u2028")
    assert verify(store).ok
    assert check(store.place) == (verify(store).hash, [])


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking files takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(states=st.lists(registers(), min_size=1, max_size=4), said=st.lists(texts(), min_size=3, max_size=3))
def test_the_checker_agrees_after_any_history(
    tmp_path_factory: pytest.TempPathFactory, states: list[Register], said: list[str]
) -> None:
    """Whatever is written, in any script and with any signs, both find nothing wrong, and the same hash."""
    store = create_store(str(tmp_path_factory.mktemp("any") / "register.db"))
    for state in states:
        now = load(store)
        commit(store, compare(now, state), based_on=now.revision, actor=said[0], why=said[1], command=said[2])
    verdict = verify(store)
    assert verdict.problems == ()
    assert check(store.place) == (verdict.hash, [])


def test_no_record_holds_a_fraction() -> None:
    """Canonical JSON writes fractions in ways that languages differ in: the model has none, for good."""

    def shapes(cls: type) -> set[str]:
        found = set()
        for said in fields(cls):
            found |= shapes(said.part) if said.part and issubclass(said.part, Part) else {said.shape}
        return found

    allowed = {"text", "day", "period", "country", "code", "number", "yes/no", "ref"}
    assert set().union(*(shapes(cls) for cls in KINDS.values())) <= allowed


def test_a_removed_record_is_proven_too(tmp_path: Path) -> None:
    """A removal is a change with a digest of its own."""
    store = create_store(str(tmp_path / "register.db"))
    mfa = KINDS["measure"](ref="mfa", name="Two factors")
    commit(store, [Change(None, mfa)], based_on=0, actor="DPO")
    commit(store, [Change(mfa, None)], based_on=1, actor="DPO")
    assert check(store.place) == (verify(store).hash, [])
