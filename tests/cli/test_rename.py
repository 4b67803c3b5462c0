"""`ropa NOUN rename`: every mention follows in one revision, and the history is one under both refs."""

from hypothesis import given

from ropa.compare import Change, applied, compare, joined
from ropa.model.register import Register
from ropa.model.renaming import following, renamed
from tests.cli.running import Inside
from tests.cli.terminal import Terminal
from tests.fuzz import often
from tests.strategies import registers


@often(20)
@given(registers())
def test_after_a_rename_nothing_names_the_old_ref(register: Register) -> None:
    """Whatever is renamed, wherever it is named: no mention dangles that did not before, and back again it is the same."""
    for record in list(register)[:5]:
        if record.kind in ("activity", "waiver"):
            continue
        there = (record.kind, record.ref, "a-new-ref")
        changes = [Change(record, None), Change(None, renamed(record, *there))]
        changes += [Change(one, renamed(one, *there)) for one in following(register, record)]
        after = applied(register, changes)
        assert (record.kind, record.ref) not in after.named_by
        assert len([*after.dangling()]) == len([*register.dangling()])
        back = Register.of(renamed(one, record.kind, "a-new-ref", record.ref) for one in after)
        assert compare(register, back) == []
        assert "renamed" in [change.op for change in joined(changes)]


def test_every_mention_follows_in_one_revision(example: Inside) -> None:
    """Recipients, systems, sub-processors, waivers: none is left behind, the register is whole, and one revision did it."""
    example("vendor", "set", "specimen-crm", "sub_processors+=mockmail")
    example("waive", "V101", "mockmail", "--reason", "as agreed")
    named = {r["ref"] for r in example("find", "mockmail", "--json").json} - {"mockmail"}
    assert example("vendor", "rename", "mockmail", "mail").code == 2, "several records, and nobody was asked"
    ran = example("vendor", "rename", "mockmail", "mail", "--yes", "--json")
    (change, *others) = ran.json["changes"]
    assert (change["op"], change["ref"]) == ("renamed", "mail")
    assert change["fields"] == [{"field": "ref", "before": "mockmail", "after": "mail"}]
    assert {one["ref"] for one in others} == {"newsletter-tool", "PA-0014", "specimen-crm", "W-0002"} <= named
    assert all(one["op"] == "changed" for one in others)
    assert example("activity", "show", "PA-0014", "--json").json["recipients"][0]["organisation"] == "mail"
    assert example("verify").code == 0
    assert len(example("log", "--json").json) == 4


def test_both_refs_tell_the_history(example: Inside) -> None:
    """`log` of the old ref and of the new one say the same, and the past is there under the old one."""
    example("vendor", "set", "mockmail", "email=dpo@mail.example")
    example("vendor", "rename", "mockmail", "mail", "--yes")
    example("vendor", "set", "mail", "email=privacy@mail.example")
    old, new = example("log", "mockmail", "--json").json, example("log", "mail", "--json").json
    assert old == new
    said = [(one["op"], one["kind"], one["ref"], one.get("was")) for entry in new for one in entry["changes"]]
    assert said == [
        ("changed", "organisation", "mail", None),
        ("renamed", "organisation", "mail", "mockmail"),
        ("changed", "organisation", "mockmail", None),
        ("added", "organisation", "mockmail", None),
    ]
    assert (
        example("vendor", "show", "mockmail", "--as-of", "r2", "--json").json["email"] == "dpo@mail.example"
    )


def test_a_text_that_is_no_ref_is_the_new_name(example: Inside) -> None:
    """The ref stays, and how to change it too is said; of an activity only the name changes."""
    ran = example("vendor", "rename", "mockmail", "Mail & More Ltd")
    assert ran.code == 0
    assert "ropa vendor rename mockmail mail-more-ltd" in ran.err
    assert example("vendor", "show", "mockmail", "--json").json["name"] == "Mail & More Ltd"
    assert example("activity", "rename", "PA-0001", "wages").code == 0
    assert example("activity", "show", "PA-0001", "--json").json["name"] == "wages"
    assert "number of an activity" in example.refused("activity", "rename", "wages", "PA-0099")


def test_a_ref_that_is_taken_is_refused(example: Inside) -> None:
    """Two records never become one by a slip; the same ref again is no change; a blank name is none."""
    before = example.register.read_bytes()
    assert "Specimen CRM" in example.refused("vendor", "rename", "mockmail", "specimen-crm")
    assert "No change" in example("vendor", "rename", "mockmail", "mockmail").err
    assert "missing" in example.refused("vendor", "rename", "mockmail", " ")
    assert example.register.read_bytes() == before


def test_at_a_terminal_the_followers_are_one_line(example: Inside) -> None:
    """A person reads what is renamed and how many records follow, and is asked."""
    terminal = Terminal(example.folder, "retention", "rename", "applicants-6m", "applicants")
    terminal.wait_for("[y/N]")
    assert "applicants-6m → applicants" in terminal.screen
    assert "1 record names it anew: PA-0002" in terminal.screen
    terminal.type("y\n")
    assert terminal.end() == 0
    assert example("retention", "show", "applicants").code == 0
