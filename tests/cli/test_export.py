"""`ropa export`, `ropa layouts`, `ropa schema`: what leaves the register."""

import json
from datetime import UTC, datetime

import jsonschema
import pytest
import yaml
from openpyxl import load_workbook

from tests.cli.running import Inside


def test_the_default_file_is_named_after_entity_form_and_day(example: Inside) -> None:
    """It appears in exports/, is refused over an existing one, and --force gives the same bytes again."""
    ran = example("export")
    day = datetime.now(UTC).date()
    path = example.folder / "exports" / f"musterfeld-article30-{day}.xlsx"
    assert ran.code == 0
    assert f"exports/{path.name}" in ran.out
    first = path.read_bytes()
    assert "--force" in example.refused("export")
    assert path.read_bytes() == first
    assert example("export", "--force").code == 0
    assert path.read_bytes() == first
    assert [p.name for p in path.parent.iterdir()] == [path.name], "something was left beside it"


def test_open_points_leave_only_where_wanted(example: Inside) -> None:
    """--no-gaps has no sheet of open points; internal notes leave in neither."""
    notes = example("activity", "show", "PA-0013", "--json").json["notes"]
    names = []
    for flag in ("--gaps", "--no-gaps"):
        path = example.folder / f"out{flag}.xlsx"
        assert example("export", flag, "--out", path).code == 0
        book = load_workbook(path)
        names.append(book.sheetnames)
        cells = [str(v) for sheet in book for row in sheet.iter_rows(values_only=True) for v in row if v]
        assert not any(notes in cell for cell in cells)
    assert "Open points" in names[0]
    assert "Open points" not in names[1]


def test_only_the_records_of_one_entity(example: Inside) -> None:
    """--entity takes an organisation of ours, by name, and leaves the others' activities out."""
    example("entity", "add", "Musterfeld Suisse SA", "country=CH")
    example(
        "activity", "add", "Swiss payroll", "role=controller", "entity=musterfeld-suisse-sa", "status=active"
    )
    ran = example("export", "--entity", "Musterfeld Suisse SA")
    assert ran.code == 0, ran
    (path,) = (example.folder / "exports").iterdir()
    assert path.name.startswith("musterfeld-suisse-sa-")
    rows = list(load_workbook(path)["Controller records 30(1)"].iter_rows(min_row=2, values_only=True))
    assert [row[1] for row in rows] == ["Swiss payroll"]
    example.refused("export", "--entity", "Fabula Desk", "--out", "x.xlsx")


def test_the_register_as_text(example: Inside) -> None:
    """JSON and YAML say the same, and every activity is in it."""
    for layout in ("json", "yaml"):
        assert example("export", "--layout", layout, "--out", f"register.{layout}").code == 0
    from_json = json.loads((example.folder / "register.json").read_text("utf-8"))
    from_yaml = yaml.safe_load((example.folder / "register.yaml").read_text("utf-8"))
    assert from_json == from_yaml
    assert len(from_json["activities"]) == len(example("activity", "list", "--json").json)


def test_the_register_as_tables_comes_home(example: Inside, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Imported into the register it came from nothing changes; into an empty one every record is there."""
    assert example("export", "--layout", "csv", "--out", "register.zip").code == 0
    assert "No change." in example("import", "register.zip").err
    other = Inside(tmp_path_factory.mktemp("other"))
    other("init")
    ran = other("import", example.folder / "register.zip", "--yes")
    assert ran.code == 0, ran
    both = [
        (at("export", "--layout", "json", "--out", "r.json"), at.folder / "r.json") for at in (example, other)
    ]
    first, second = (json.loads(path.read_text("utf-8")) for _, path in both)
    assert {key: len(records) for key, records in first.items() if key != "ropa"} == {
        key: len(records) for key, records in second.items() if key != "ropa"
    }
    assert first == second


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--layout", "nope"), "article30"),
        (("--out", "nowhere/x.xlsx"), "nowhere"),
        (("--out", "data"), "data"),
        (("--out", "x.txt"), "x.txt"),
        (("--layout", "json", "--out", "x.xlsx"), "x.xlsx"),
        (("--out", "data/register.db", "--force"), "register.db"),
    ],
)
def test_a_wrong_place_is_refused(example: Inside, words: tuple[str, ...], said: str) -> None:
    """Nothing is written, least of all over the register; a file's name does not lie about what it holds."""
    before = example.register.read_bytes()
    assert said in example.refused("export", *words)
    assert example.register.read_bytes() == before
    assert [p.name for p in example.folder.iterdir()] == ["data"]


def test_the_layouts_are_listed(quick: Inside) -> None:
    """Each with what it is, and an authority's form with how sure its headings are, without a register."""
    said = quick("layouts", "--json").json
    assert [x["name"] for x in said][:1] == ["article30"]
    assert {"json", "yaml"} <= {x["name"] for x in said}
    listed = quick("layouts").out
    assert all(x["what"] in listed for x in said)
    form = next(x for x in said if x["name"] == "ico-controller")
    assert form["headings"] == "after a description"
    assert "after a description" in next(line for line in listed.splitlines() if "ico-controller" in line)


def test_an_authoritys_form_says_what_it_is_and_can_be_verified(example: Inside) -> None:
    """It is told to be no official form, which activities are not in it, and `verify` lays it out again."""
    ran = example("export", "--layout", "ico-controller", "--out", "ico.xlsx")
    many = [one["role"] for one in example("activity", "list", "--json").json]
    assert f"{many.count('controller')} activities, r1" in ran.out
    assert "no official form" in ran.err
    assert f"{many.count('processor')} activities as processor: not in this form" in ran.err
    assert "as the register gives them" in example("verify", "ico.xlsx").out
    (example.folder / "ico.xlsx").unlink()
    ran = example("export", "--layout", "ico-controller", "--no-further", "--out", "ico.xlsx")
    assert "Beside the form" not in load_workbook(example.folder / "ico.xlsx").sheetnames
    assert example("verify", "ico.xlsx").code == 0


def test_a_form_says_when_a_record_was_made_and_last_changed(example: Inside) -> None:
    """The days come out of the history up to the revision, and a form can be verified after the record was changed again."""
    assert example("export", "--layout", "edps", "--out", "edps.xlsx").code == 0
    book = load_workbook(example.folder / "edps.xlsx")
    said = {row[0].value: row[1].value for row in book["PA-0001"].iter_rows(max_col=2)}
    assert said["1. Last update of this record"] == example("log", "--json").json[0]["at"][:10]
    assert example("activity", "set", "PA-0001", "owner=Head of Pay").code == 0
    assert example("verify", "edps.xlsx").code == 0


def test_every_record_of_the_example_fits_the_schema(example: Inside) -> None:
    """`ropa schema` is valid JSON Schema; the records that `list --json` prints fit it; an unknown field does not."""
    schemas = example("schema").json
    nouns = {
        "activity": "activity",
        "vendor": "organisation",
        "entity": "organisation",
        "data": "data_category",
    }
    nouns |= {"subject": "subject_category", "retention": "retention_rule", "system": "system"}
    nouns |= {"measure": "measure", "notice": "notice"}
    assert set(nouns.values()) <= set(schemas)
    for noun, kind in nouns.items():
        jsonschema.Draft202012Validator.check_schema(schemas[kind])
        checker = jsonschema.Draft202012Validator(schemas[kind])
        records = example(noun, "list", "--json").json
        assert records
        for record in records:
            checker.validate(record)
            assert not checker.is_valid({**record, "colour": "red"})
    assert example("schema", "vendor").json == schemas["organisation"]
    assert "activity" in example.refused("schema", "activty")
