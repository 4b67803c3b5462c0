"""What stands in the cells of a form: nothing that the records do not say, nothing that they leave open taken for an answer."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from ropa.model.plainregister import register_from_plain
from ropa.sheets.forms.lines import CARDS
from ropa.sheets.layouts import lay_out

ON = date(2026, 11, 24)
OURS = {"ref": "ours", "name": "Ours GmbH", "ours": True, "country": "DE"}


def register(**activity: Any) -> Any:
    """One controller's activity of ours, with catalogue records to name."""
    return register_from_plain(
        {
            "organisations": [
                OURS,
                {"ref": "bureau", "name": "Bureau KG", "country": "JP"},
                {"ref": "sister", "name": "Sister AG", "email": "a@sister.example"},
            ],
            "data_categories": [
                {"ref": "identity", "name": "Identity", "special": "none"},
                {"ref": "photo", "name": "Photograph", "parent": "identity", "special": "none"},
                {"ref": "own", "name": "Own sort", "special": "none", "family": "Vie personnelle (habitudes de vie, situation familiale, etc.)"},
                {"ref": "shoe", "name": "Shoe size", "special": "none"},
                {"ref": "sick", "name": "Sick notes", "special": "health-data"},
                {"ref": "open", "name": "Not sorted"},
            ],
            "subject_categories": [{"ref": "staff", "name": "Employees"}],
            "activities": [{"ref": "PA-0001", "name": "One", "role": "controller", "entity": "ours", **activity}],
        },
        at="test",
    )  # fmt: skip


def cells(name: str, sheet: str, made: Any) -> list[list[str]]:
    book = load_workbook(BytesIO(lay_out(made, name, on=ON)))
    return [[str(v) if v is not None else "" for v in row] for row in book[sheet].values]


def under(heading: str, made: Any, name: str = "ico-controller", sheet: str = "Template") -> str:
    """The cell below a heading, of the only activity."""
    rows = cells(name, sheet, made)
    at = next(n for n, row in enumerate(rows) if heading in row)
    return rows[at + 1][rows[at].index(heading)]


JOINT = "Name and contact details of joint controller (if applicable)"
ART9 = "Article 9 condition for processing special category data"
INTERESTS = "Legitimate interests for the processing (if applicable)"


@pytest.mark.parametrize(
    ("recipients", "said"),
    [
        ([], "not recorded"),
        ([{"organisation": "bureau"}], "not recorded"),
        ([{"organisation": "bureau", "role": "processor"}], "No recipient is recorded as a joint controller"),
        ([{"organisation": "sister", "role": "joint controller"}], "Sister AG, a@sister.example"),
        (
            [{"organisation": "bureau", "role": "joint controller"}],
            "Bureau KG, Japan, Contact details: not recorded",
        ),
    ],
)
def test_that_there_is_no_joint_controller_is_said_only_where_it_is_known(recipients: Any, said: str) -> None:
    """A recipient whose role nobody recorded may be one; a contact that is missing is said."""
    assert under(JOINT, register(recipients=recipients)) == said


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (["identity"], "All data recorded are marked as neither special categories nor criminal data"),
        (["identity", "open"], "not recorded"),
        (["sick"], "not recorded"),
        ([], "not recorded"),
    ],
)
def test_that_no_data_are_special_is_said_only_where_each_is_marked_so(data: list[str], said: str) -> None:
    """One category that nobody sorted leaves the question open."""
    assert under(ART9, register(data=[{"category": one, "subjects": "staff"} for one in data])) == said


@pytest.mark.parametrize(
    ("bases", "said"),
    [
        (["6(1)(b)"], "No purpose rests on legitimate interests"),
        (["6(1)(b)", None], "not recorded"),
        (["6(1)(f)"], "not recorded"),
        ([], "not recorded"),
    ],
)
def test_that_no_purpose_rests_on_interests_is_said_only_where_each_has_a_basis(
    bases: Any, said: str
) -> None:
    """A purpose without a basis may rest on them."""
    purposes = [{"text": "A", **({"legal_basis": one} if one else {})} for one in bases]
    assert under(INTERESTS, register(purposes=purposes)) == said


def test_a_breach_is_not_told_by_the_words_that_hide_it() -> None:
    """The cell is the same whether the register knows of a breach or not."""
    with_one, without = (
        under("Has a personal data breach occurred?", register(breaches=each))
        for each in ([{"date": "2026-01-02"}], [])
    )
    assert with_one == without == "not shown: kept in the house"


def test_a_form_speaks_its_language() -> None:
    """Countries, periods, codes and statements too; a text that somebody typed stays as it was typed."""
    made = register(
        purposes=[{"text": "Pay", "legal_basis": "6(1)(c)", "law": "§ 1 EStG"}],
        transfers=[{"destination": "JP", "recipient": "bureau", "mechanism": "45"}],
        recipients=[{"organisation": "bureau", "role": "processor"}],
        statements=[{"about": "measures", "says": "does not apply", "reason": "see contract"}],
    )
    fields = {row[0]: row[1] for row in cells("aepd", "PA-0001", made)}
    assert fields["a) Base jurídica"] == "6(1)(c) obligación legal, § 1 EStG"
    assert fields["f) Transferencia internacional"] == "Japón, Bureau KG: 45 decisión de adecuación"
    assert fields["e) Categoría de destinatarios"] == "Bureau KG (encargado)"
    assert fields["h) Medidas de seguridad"] == "No procede: see contract"
    assert fields["g) Plazo de supresión"] == "no consta"


def test_data_stand_in_the_rows_of_the_form_and_the_rest_in_rows_of_their_own() -> None:
    """By the catalogue and what stands above in it, or by the heading that a category names; special data apart."""
    data = [{"category": one, "subjects": "staff"} for one in ("photo", "own", "shoe", "sick")]
    rows = cells("cnil-controller", "PA-0001", register(data=data))
    found = {row[0]: row[1] for row in rows}
    assert found["État civil, identité, données d'identification, images…"] == "Photograph"
    assert found["Vie personnelle (habitudes de vie, situation familiale, etc.)"] == "Own sort"
    assert (
        found["Données de localisation (déplacements, données GPS, GSM, etc.)"]
        == "aucune n'est enregistrée ici"
    )
    assert found["Shoe size"] == "Shoe size"
    assert found["Données concernant la santé"] == "Sick notes"
    assert found["Données génétiques"] == "aucune n'est enregistrée ici"
    unsorted = cells("cnil-controller", "PA-0001", register(data=[{"category": "open"}]))
    assert {row[0]: row[1] for row in unsorted}["Données génétiques"] == "non renseigné"


def test_a_representative_is_not_asked_of_one_who_is_at_home() -> None:
    """At home in the borders of the law that the form speaks of: Germany is inside for Luxembourg, and outside for the United Kingdom."""
    inside = cells("cnpd", "Registre", register())
    assert ["Représentant", "Non exigé : établi en Allemagne"] in [row[:2] for row in inside]
    outside = cells("uk-gdpr", "Record", register())
    assert ["Representative", "not recorded"] in [row[:2] for row in outside]


def test_the_days_of_a_record_are_those_of_its_history() -> None:
    """Where no history is known they are blank: the day of a copy is not taken for them."""
    days = {"PA-0001": (date(2024, 2, 3), date(2025, 4, 5))}
    book = load_workbook(BytesIO(lay_out(register(), "cnil-controller", on=ON, days=days)))
    row = next(row for row in book["Liste des traitements"].values if row[1] == "PA-0001")
    assert row[2:4] == ("2024-02-03", "2025-04-05")
    row = next(
        row for row in cells("cnil-controller", "Liste des traitements", register()) if row[1] == "PA-0001"
    )
    assert row[2:4] == ["non renseigné", "non renseigné"]


def test_more_activities_than_sheets_can_be_found_among_stand_on_one() -> None:
    """None is left out, and each is still under its own name."""
    many = [{"ref": f"PA-{n:04d}", "name": f"No {n}", "role": "controller"} for n in range(1, CARDS + 2)]
    book = load_workbook(
        BytesIO(
            lay_out(
                register_from_plain({"organisations": [OURS], "activities": many}, at="test"), "edps", on=ON
            )
        )
    )
    assert book.sheetnames == ["Cover", "Records", "Beside the form", "Records named"]
    found = [row[1] for row in book["Records"].values if row[0] == "2. Reference number"]
    assert found == [one["ref"] for one in many]


def test_a_form_for_one_entity_holds_its_activities_only() -> None:
    """What another of ours does is neither in the form nor on the sheets beside it."""
    two = [{"ref": "PA-0001", "name": "Mine", "role": "controller", "entity": "ours"}, {"ref": "PA-0002", "name": "Theirs", "role": "controller", "entity": "other"}]  # fmt: skip
    plain = {"organisations": [OURS, {"ref": "other", "name": "Other AG", "ours": True}], "activities": two}
    content = lay_out(register_from_plain(plain, at="test"), "ico-controller", on=ON, entity="ours")
    text = "\n".join(
        str(v) for sheet in load_workbook(BytesIO(content)).worksheets for row in sheet.values for v in row
    )
    assert "Mine" in text
    assert "Theirs" not in text
    assert "Other AG" not in text
