"""A notice imported for the first time, once more, and after it has changed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ropa.compare import as_plain
from ropa.errors import Ambiguous, Refused
from ropa.model.activity import Activity
from ropa.model.canonical import plain
from ropa.model.notice import Notice
from ropa.model.organisation import Organisation
from ropa.model.parts import Purpose, Transfer
from ropa.model.register import Register
from ropa.notices.draft_import import NoticeImport, import_notice
from ropa.notices.read import read_notice

EMPTY = Register.of([])
HEAD = (
    "www.example.com — Last updated: March 3, 2026\n"
    "www.example.com collects some Personal Data from its Users. Acme B.V. is the Data Controller for it.\n"
)
ENTRIES = (
    "Personal Data: Trackers; Usage Data\nPlace of processing: United States\n",
    "Personal Data: phone number\n",
    "Personal Data: email address; Usage Data\nPlace of processing: Ireland; India\n",
    "Personal Data: Trackers; Usage Data\nPlace of processing: United States\n",
)
TAIL = "Owner contact email: privacy@example.com\n"
NOTICE = HEAD + "".join(ENTRIES) + TAIL


def imported(
    text: str, register: Register = EMPTY, name: str = "notice.txt", notice: str | None = None
) -> NoticeImport:
    return import_notice(read_notice(text.encode(), name), register, source=name, notice=notice)


def edited(register: Register, ref: str, **fields: object) -> Register:
    changed = register.activities[ref].model_copy(update=fields)
    return Register.of([changed if (r.kind, r.ref) == ("activity", ref) else r for r in register])


def lines_of(register: Register) -> dict[str, list[str | None]]:
    return {a.ref: [part.lines for part in a.provenance] for a in register.activities.values()}


def test_the_same_notice_again_changes_nothing() -> None:
    """Not from another file of the same text, and not after a person has worked on the drafts."""
    first = imported(NOTICE)
    assert len(first.register.activities) == 4
    assert first.duplicates == (("PA-0001", "PA-0004"),)
    worked_on = edited(first.register, "PA-0002", name="Call back", status="active")
    again = imported(NOTICE, worked_on, "copy.txt")
    assert (again.changes, again.preview, again.register) == ((), (), worked_on)
    assert (again.unread, again.duplicates) == (first.unread, first.duplicates)


def test_a_changed_notice_shows_just_what_changed() -> None:
    """A new country, a new entry and a lost one, beside a person's edits, which stay."""
    first = imported(NOTICE).register
    worked_on = edited(first, "PA-0003", name="Support", purposes=(Purpose(text="answer questions"),))
    worked_on = edited(worked_on, "PA-0001", transfers=(Transfer(destination="US", mechanism="46-2-c"),))
    new = ENTRIES[0] + "Personal Data: shoe size\n" + ENTRIES[2].replace("India", "Canada") + ENTRIES[3]
    after = imported(HEAD + new + TAIL, worked_on, "2027.txt")
    shown = {(c.op, c.record.kind, c.record.ref): c for c in after.preview}
    assert shown.keys() == {
        ("added", "data_category", "shoe-size"),
        ("added", "activity", "PA-0005"),
        ("changed", "activity", "PA-0002"),
        ("changed", "activity", "PA-0003"),
        ("changed", "notice", "www-example-com"),
    }
    moved = as_plain(shown["changed", "activity", "PA-0003"])["fields"]
    assert moved == [
        {"field": "transfers", "before": [{"destination": "IN"}], "after": [{"destination": "CA"}]}
    ]
    here = after.register.activities
    assert (here["PA-0003"].name, here["PA-0003"].purposes[0].text) == ("Support", "answer questions")
    assert here["PA-0001"].transfers[0].mechanism == "46-2-c"
    assert after.clashes == ()
    assert after.gone == ("PA-0002",)


def test_an_entry_that_is_gone_stays_and_says_so() -> None:
    """Its activity keeps all that it says, but no longer claims that the notice tells of it."""
    first = imported(NOTICE).register
    after = imported(HEAD + ENTRIES[0] + ENTRIES[2] + ENTRIES[3] + TAIL, first)
    was, now = first.activities["PA-0002"], after.register.activities["PA-0002"]
    assert (now.data, now.role, now.notices) == (was.data, was.role, ())
    assert now.name == "phone number (formerly notice line 5)"
    (part,) = now.provenance
    assert part.notice == "www-example-com"
    assert part.lines is None
    assert "line 5 of the version last updated 2026-03-03" in (part.source or "")


def test_lines_that_moved_are_followed_and_not_shown() -> None:
    """After a line is put on top, provenance and names point at the new lines; a person sees the notice change only."""
    first = imported(NOTICE).register
    worked_on = edited(first, "PA-0002", name="Call back")
    copy = first.activities["PA-0001"].model_copy(update={"ref": "PA-0009", "name": "A copy"})
    after = imported(
        HEAD + "Welcome to our shop, all of you.\n" + "".join(ENTRIES) + TAIL, Register.of([*worked_on, copy])
    )
    assert [(c.record.kind, c.record.ref) for c in after.preview] == [("notice", "www-example-com")]
    assert [f["field"] for f in as_plain(after.preview[0])["fields"]] == ["text", "sha256"]
    assert lines_of(after.register) == {
        "PA-0001": ["4-5"], "PA-0002": ["6"], "PA-0003": ["7-8"], "PA-0004": ["9-10"], "PA-0009": ["4-5"],
    }  # fmt: skip
    names = [a.name for a in after.register.activities.values()]
    assert names[:2] == ["Trackers, Usage Data (notice lines 4–5)", "Call back"]
    (owner,) = after.register.organisations.values()
    assert [(part.field, part.lines) for part in owner.provenance] == [("name", "2"), ("email", "11")]


def test_a_field_that_both_changed_is_a_clash_and_the_persons_value_stands() -> None:
    """The notice names another country for a leg that a person has filled in: the leg stays, the new one stands beside it."""
    first = imported(NOTICE).register
    leg = Transfer(destination="IN", mechanism="46-2-c")
    after = imported(NOTICE.replace("India", "Canada"), edited(first, "PA-0003", transfers=(leg,)))
    assert after.register.activities["PA-0003"].transfers == (leg, Transfer(destination="CA"))
    assert [(c.record.ref, c.field, c.ours, c.theirs) for c in after.clashes] == [
        ("PA-0003", "transfers.1", {"destination": "IN", "mechanism": "46-2-c"}, None)
    ]


def test_a_draft_that_a_person_removed_does_not_come_back() -> None:
    """A duplicate that was removed stays away while its entry is the same, its lines kept with the other one."""
    first = imported(NOTICE).register
    kept = first.activities["PA-0001"]
    both = kept.model_copy(update={"provenance": (*kept.provenance, *first.activities["PA-0004"].provenance)})
    worked_on = Register.of([both if r == kept else r for r in first if r.ref != "PA-0004"])
    after = imported(NOTICE.replace("phone number", "fax number; phone number"), worked_on)
    assert list(after.register.activities) == ["PA-0001", "PA-0002", "PA-0003"]
    assert lines_of(after.register)["PA-0001"] == ["8-9", "3-4"]
    assert after.clashes == ()


def test_an_organisation_that_is_there_is_completed_and_never_overwritten() -> None:
    """The entity that `ropa init` made gets its mailbox from the notice; another mailbox is a clash."""
    blank = Register.of([Organisation(ref="acme", name="Acme B.V.", ours=True, country="NL")])
    owner = imported(NOTICE, blank).register.organisations["acme"]
    assert (owner.country, owner.email) == ("NL", "privacy@example.com")
    assert {part.notice for part in owner.provenance} == {"www-example-com"}
    full = Register.of([Organisation(ref="acme", name="Acme B.V.", ours=True, email="dpo@example.com")])
    after = imported(NOTICE, full)
    assert after.register.organisations["acme"] == full.organisations["acme"]
    assert [(c.field, c.ours, c.theirs) for c in after.clashes] == [
        ("email", "dpo@example.com", "privacy@example.com")
    ]


def test_a_notice_that_was_only_noted_down_is_filled() -> None:
    """A notice record without a text is recognised by its address and takes text and lines."""
    held = Register.of([Notice(ref="website", name="Our website", address="www.example.com")])
    after = imported(NOTICE, held)
    notice = after.register.all(Notice)["website"]
    assert (after.notice, notice.name, notice.text) == ("website", "Our website", NOTICE)
    assert all(a.notices == ("website",) for a in after.register.activities.values())
    assert after.clashes == ()


def test_another_notice_of_the_same_site_is_another_notice() -> None:
    """A second language is not a changed version; two that fit are refused, unless one is asked for."""
    german = "www.example.com\nPersonenbezogene Daten: E-Mail\nVerarbeitungsort: Indien\n"
    both = imported(german, imported(NOTICE).register)
    assert (both.notice, both.gone) == ("www-example-com-2", ())
    twins = Register.of([Notice(ref=ref, name=ref, address="www.example.com") for ref in ("one", "two")])
    with pytest.raises(Ambiguous, match=r"one .*two"):
        imported(NOTICE, twins)
    assert imported(NOTICE, twins, notice="two").notice == "two"
    with pytest.raises(Refused, match="no notice 'three'"):
        imported(NOTICE, twins, notice="three")


PAGE = """<html><body><h1>Privacy Policy of www.example.com</h1><h2>who comes, and how often</h2><h3>Counter (Counter Inc.)</h3>
<p>Counter counts visits.</p><p>Personal Data processed: Usage Data.</p><p>Place of processing: {}.</p></body></html>"""


def test_a_changed_page_is_compared_by_its_text() -> None:
    """Headings are lost in a stored page; that is no change of the notice, and no clash with what a person wrote."""
    first = imported(PAGE.format("United States"), name="page.html").register
    found = first.activities["PA-0001"].purposes[0]
    assert found.text == "who comes, and how often"
    worked_on = edited(first, "PA-0001", purposes=(found.model_copy(update={"legal_basis": "6(1)(a)"}),))
    page = PAGE.replace("<h2>", "<p>We changed where we count.</p><h2>").format("India")
    after = imported(page, worked_on, "page.html")
    (activity,) = (c for c in after.preview if isinstance(c.record, Activity))
    assert [f["field"] for f in as_plain(activity)["fields"]] == ["transfers"]
    assert {c.record.kind for c in after.preview} == {"activity", "notice"}
    assert after.clashes == ()
    assert after.gone == ()
    assert [(part.field, part.lines) for part in after.register.activities["PA-0001"].provenance] == [
        ("purposes", None), (None, "6-7"), ("recipients", "4")
    ]  # fmt: skip


def test_the_same_notice_as_a_page_changes_no_activity() -> None:
    """Saved as text first and as a page later: only the notice's own record says how it was read."""
    page = "<html><body>" + "".join(f"<p>{line}</p>\n" for line in NOTICE.splitlines()) + "</body></html>"
    after = imported(page, imported(NOTICE + "\n").register, "page.html")
    assert [c.record.kind for c in after.preview] == ["notice"]
    told = after.register.all(Notice)[after.notice].told
    assert [one.text for one in told if one.topic == "read as"] == ["html"]
    assert after.clashes == ()
    assert after.gone == ()


entries = st.lists(
    st.tuples(
        st.lists(st.sampled_from(["Trackers", "Usage Data", "shoe size", "first name"]), min_size=1, max_size=3, unique=True),
        st.lists(st.sampled_from(["Ireland", "India", "Canada", "Atlantis"]), max_size=2, unique=True),
    ),
    min_size=1, max_size=6,
)  # fmt: skip


def as_notice(blocks: list[tuple[list[str], list[str]]]) -> str:
    rows = [
        f"Personal Data: {'; '.join(data)}\n"
        + (f"Place of processing: {'; '.join(places)}\n" if places else "")
        for data, places in blocks
    ]
    return HEAD + "".join(rows)


@settings(max_examples=120)
@given(entries, entries, st.sets(st.integers(0, 5)))
def test_every_entry_of_a_changed_notice_has_one_activity_that_points_at_it(
    old: list[tuple[list[str], list[str]]], new: list[tuple[list[str], list[str]]], worked_on: set[int]
) -> None:
    """Whatever changed: data and places are those of the new text, edits live, nothing is lost, and it is done in one go."""
    register = imported(as_notice(old)).register
    for n, ref in enumerate(list(register.activities)):
        if n in worked_on:
            register = edited(register, ref, owner="Head of Sales", name=f"Renamed {n}")
    text = as_notice(new)
    after = imported(text, register)
    reading = read_notice(text.encode(), "notice.txt")
    pointing = {
        part.lines: a for a in after.register.activities.values() for part in a.provenance if part.lines
    }
    fresh = imported(text).register.activities.values()
    assert len(pointing) == len(reading.blocks)
    assert not list(after.register.dangling())
    for wanted in fresh:
        found = pointing[wanted.provenance[0].lines]
        assert [plain(line) for line in found.data] == [plain(line) for line in wanted.data]
        assert (found.transfers, found.description) == (wanted.transfers, wanted.description)
        assert found.name == wanted.name or found.owner
    for ref, activity in register.activities.items():
        assert after.register.activities[ref].owner == activity.owner
    assert imported(text, after.register).changes == ()
    assert after.clashes == ()
