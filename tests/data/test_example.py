"""The shipped example register: it reads, it is whole, it is invented, and its gaps are those meant."""

import re
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from ropa.gaps import RULES, check
from ropa.model.activity import Activity
from ropa.model.catalogued import from_catalogue
from ropa.model.common import Documented
from ropa.model.contradictions import contradictions
from ropa.model.notice import Notice, Waiver
from ropa.model.organisation import Organisation
from ropa.model.plainregister import register_as_plain, register_from_plain
from ropa.model.register import Register

FILE = Path(__file__).parents[2] / "data" / "example" / "register.yaml"
DAY = date(2026, 11, 24)

OPEN = {
    ("ROPA-T104", "PA-0012"),
    ("ROPA-T101", "PA-0013"),
    ("ROPA-Q102", "PA-0016"),
    ("ROPA-L106", "PA-0017"),
    ("ROPA-G102", "PA-0018"),
    ("ROPA-A108", "PA-0022"),
    ("ROPA-A107", "PA-0023"),
    ("ROPA-L102", "PA-0023"),
    ("ROPA-Q103", "PA-0023"),
    ("ROPA-V101", "PA-0023"),
    ("ROPA-X101", "PA-0025"),
    ("ROPA-P102", "PA-0029"),
    ("ROPA-C106", "PA-0018"),
    ("ROPA-D101", "PA-0016"),
    ("ROPA-G101", "PA-0021"),
    ("ROPA-L104", "PA-0018"),
    ("ROPA-P105", "PA-0028"),
    ("ROPA-R101", "tickets"),
    ("ROPA-V103", "specimen-crm"),
}
DRAFT = {
    (rule, "PA-0027")
    for rule in (
        "ROPA-A106",
        "ROPA-A107",
        "ROPA-A108",
        "ROPA-A109",
        "ROPA-C105",
        "ROPA-C106",
        "ROPA-D101",
        "ROPA-G102",
        "ROPA-L101",
    )
}
WAIVED = {("ROPA-G102", "PA-0025")}


@cache
def text() -> str:
    return FILE.read_text(encoding="utf-8")


def plain(loader: Any = yaml.BaseLoader) -> Any:
    return yaml.load(text(), Loader=loader)


@cache
def example() -> Register:
    return register_from_plain(plain(), at=FILE.name)


def test_reads_and_round_trips() -> None:
    """The file is read without a fault, and the register written as plain data reads back equal."""
    said = register_as_plain(example())
    assert register_as_plain(register_from_plain(said, at="again")) == said


def test_any_yaml_reader_reads_the_same() -> None:
    """A reader that types scalars by itself (no is false, a day is a date) gets the same register."""
    assert register_as_plain(register_from_plain(plain(yaml.SafeLoader), at="typed")) == register_as_plain(
        example()
    )


def test_shape() -> None:
    """About 25 to 30 activities of both roles and of every status, three clients, and a waiver."""
    activities = list(example().activities.values())
    assert 25 <= len(activities) <= 30
    assert {a.role for a in activities} == {"controller", "processor"}
    assert {a.status for a in activities} == {"draft", "active", "suspended", "ended"}
    clients = {example().organisations[c.organisation or ""] for a in activities for c in a.clients}
    assert len(clients) == 3
    assert [c.ref for c in clients if c.country == "CH" and c.representative] == ["muster-alpwasser"]
    assert {leg.mechanism for a in activities for leg in a.transfers} == {"45", "46-2-c", "49-1-c", None}


def test_every_record_is_named_by_another() -> None:
    """Nothing lies about unused: each record but activities and waivers is named by some record."""
    named = set(example().named_by)
    unused = [
        r.ref for r in example() if r.kind not in ("activity", "waiver") and (r.kind, r.ref) not in named
    ]
    assert unused == []


def test_catalogue_records_are_those_of_the_catalogue() -> None:
    """Categories and measures have the name, parent, sort and concept that the shipped catalogue gives them."""
    own = {"description", "staff"}
    for kind in ("data_category", "subject_category", "measure"):
        for ref, record in example().records[kind].items():
            known = from_catalogue(kind, ref, Register.of([]))[-1]
            assert record.model_dump(exclude=own) == known.model_dump(exclude=own)


def test_refers_to_reserved_domains_only() -> None:
    """Mailboxes, domains and web addresses end in .example; the only others are those of the W3C's concepts."""
    hosts = set(re.findall(r"(?:@|https?://)([\w.-]*\w)", text()))
    domains = {d for o in example().all(Organisation).values() for d in o.domains}
    assert {h for h in hosts | domains if not h.endswith(".example")} == {"w3id.org"}


def test_names_functions_and_not_people() -> None:
    """Owners and reviewers are functions, and nobody is addressed as a person."""
    functions = re.compile(r"Head of [A-Z]\w+( [A-Z]\w+)?|Internal reporting officer|DPO office")
    said = [one for a in example().all(Activity).values() for one in (a.owner, a.reviewed_by) if one]
    assert [one for one in said if not functions.fullmatch(one)] == []
    assert not re.search(r"\b(Mr|Mrs|Ms|Herr|Frau|Dr|Prof)\b\.?\s[A-Z]", text())


def test_notices_are_as_hashed() -> None:
    """The digest of each notice is that of its text."""
    for notice in example().all(Notice).values():
        assert notice.sha256 == sha256((notice.text or "").encode()).hexdigest()


def test_statements_and_waivers_name_rules_that_exist() -> None:
    """Nothing answers or accepts what no rule asks; each statement on a rule answers a gap that is open without it."""
    said = [(r, s) for r in example() if isinstance(r, Documented) for s in r.statements]
    about_rules = [(r, s) for r, s in said if (s.about or "").startswith("ROPA-")]
    assert {s.about for _, s in about_rules} <= set(RULES)
    assert {w.rule for w in example().all(Waiver).values()} <= set(RULES)
    assert about_rules
    for record, statement in about_rules:
        bare = record.model_copy(update={"statements": tuple(s for s in record.statements if s != statement)})
        others = [bare if (r.kind, r.ref) == (record.kind, record.ref) else r for r in example()]
        still_open = {(o.rule.id, o.record.ref) for o in check(Register.of(others), DAY).findings if o.open}
        assert (statement.about, record.ref) in still_open


def test_gaps_are_those_meant() -> None:
    """The rules find the gaps that were left on purpose, and no other."""
    found = check(example(), DAY).findings
    still_open = {(o.rule.id, o.record.ref) for o in found if o.open}
    assert still_open == OPEN | DRAFT
    assert {(o.rule.id, o.record.ref) for o in found} - still_open == WAIVED


def test_contradicts_itself_nowhere() -> None:
    """Whatever ships could be written by hand: no answer contradicts another."""
    assert [str(c) for record in example() for c in contradictions(record, example(), DAY)] == []
