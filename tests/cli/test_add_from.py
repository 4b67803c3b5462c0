"""`ropa NOUN add --from`: records out of YAML or JSON, all or none, each fault with its place."""

import json
from pathlib import Path

import pytest

from tests.cli.running import Inside, Ropa


def written(ropa: Inside, text: str, name: str = "new.yaml") -> Path:
    path = ropa.folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_record_and_a_list_of_them(example: Inside) -> None:
    """Fields by their names, names turned into refs, texts typed by the model: NO is Norway, 1e3 a text."""
    one = written(example, "name: 1e3\ncountry: NO\nservices:\n  - name: Forms\n    countries: [NO, US]\n")
    ran = example("vendor", "add", "--from", one)
    assert ran.code == 0, ran
    assert example("vendor", "show", "1e3", "--json").json == {
        "ref": "1e3",
        "name": "1e3",
        "ours": False,
        "country": "NO",
        "services": [{"name": "Forms", "countries": ["NO", "US"]}],
    }
    several = [
        {"name": "Badges", "recipients": [{"organisation": "Mockmail SAS", "role": "processor"}]},
        {"name": "Lockers", "children": False, "systems": ["crm"]},
    ]
    path = written(example, json.dumps(several), "several.json")
    assert example("activity", "add", "--from", path, "owner=Head of Facilities").code == 2, (
        "nobody was asked"
    )
    ran = example("activity", "add", "--from", path, "owner=Head of Facilities", "--yes")
    assert ran.code == 0, ran
    badges, lockers = example("activity", "show", "Badges", "Lockers", "--json").json
    assert badges["recipients"] == [{"organisation": "mockmail", "role": "processor"}]
    assert (badges["owner"], lockers["owner"], lockers["children"]) == (*["Head of Facilities"] * 2, False)
    assert example("log", "--json").json[0]["changes"] == [
        {"op": "added", "kind": "activity", "ref": ref} for ref in ("PA-0030", "PA-0031")
    ]


def test_what_show_gives_is_taken_from_a_pipe(ropa: Ropa) -> None:
    """A record as `show --json` writes it comes back through a pipe; a name in the command names it anew."""
    ropa("init", "--example")
    shown = ropa("retention", "show", "applicants-6m", "--json").json
    del shown["ref"]
    ran = ropa(
        "retention", "add", "Applications, Austria", "--from", "-", "country=AT", input=json.dumps(shown)
    )
    assert ran.code == 0, ran
    came = ropa("retention", "show", "applications-austria", "--json").json
    assert came == {**shown, "ref": "applications-austria", "name": "Applications, Austria", "country": "AT"}


def test_every_fault_is_told_with_its_place(example: Inside) -> None:
    """All of them at once, by file, record and field; nothing is written, not even the good ones."""
    before = example.register.read_bytes()
    path = written(
        example,
        "- name: Good\n- name: Bad\n  roll: controller\n  started_on: someday\n"
        "- owner: nobody\n- name: Lost\n  recipients: [{organisation: nowhere inc}]\n",
    )
    ran = example("activity", "add", "--from", path, "--yes")
    assert (ran.code, ran.out) == (2, "")
    lines = ran.err.splitlines()
    assert [line.split(":")[0] for line in lines] == [f"new.yaml, record {n}" for n in (2, 2, 3, 4)]
    assert "Did you mean role" in ran.err
    assert "someday" in ran.err
    assert "name is missing" in ran.err
    assert "ropa vendor add 'nowhere inc'" in ran.err
    assert example.register.read_bytes() == before


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no activity is described"),
        ("[]", "no activity is described"),
        ("just a text", "no activity is described"),
        ("- name: x\n- 5", "no activity is described"),
        ("name: [", "is not YAML"),
        ("name: x\nowner: A\nowner: B", "new.yaml, line 3: 'owner' is said twice."),
        ('{"name": "x", "purposes": [{"text": "a", "text": "b"}]}', "'text' is said twice."),
        ("a: &x [1]\nb: *x", "alias"),
        ('{"name": 5, "ref": [1], "purposes": {"a": {"b": 1}}}', "new.yaml"),
        ("name: x\nsystems: crm", "not a list"),
        ("name: x\nrecipients: [{organisation: {a: b}}]", "new.yaml"),
        ("name: x\nref: PA-0001", "already"),
        ("activities:\n  - name: x", "ropa import"),
        ("name: " + "[" * 5000, "new.yaml"),
        ("name: x\nrole: processor\npurposes: [{legal_basis: consent}]", "no legal basis"),
    ],
)
def test_hostile_files_are_refused(example: Inside, text: str, words: str) -> None:
    """One clear line or more, never a fault of the program, and nothing is written."""
    before = example.register.read_bytes()
    ran = example("activity", "add", "--from", written(example, text))
    assert (ran.code, ran.out) == (2, ""), ran
    assert words in ran.err
    assert "should not have happened" not in ran.err
    assert example.register.read_bytes() == before


def test_ours_and_outside_are_not_mixed(example: Inside) -> None:
    """An entity is not added as a vendor; a file that is not there is said to be so; without any name there is no record."""
    path = written(example, "name: Our branch\nours: yes\n")
    assert "ropa entity add" in example.refused("vendor", "add", "--from", path)
    assert "no such file" in example.refused("vendor", "add", "--from", "nowhere.yaml")
    assert "needs a name" in example.refused("vendor", "add")
