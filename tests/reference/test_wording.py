import pytest

from ropa.reference.facts import table
from ropa.reference.wording import FIELDS, placeholder, vague
from ropa.words import fold


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("As long as necessary.", "retention"),
        (
            "We keep your personal data for as long as necessary for the purposes for which it was collected.",
            "retention",
        ),
        (
            "Your data will be stored as long as required to fulfil the purposes described in this policy",
            "retention",
        ),
        ("Gemäß den gesetzlichen Aufbewahrungsfristen", "retention"),
        ("Vos données sont conservées aussi longtemps que nécessaire", "retention"),
        ("zolang als nodig is voor het doel", "retention"),
        ("Los datos se conservarán durante el tiempo estrictamente necesario", "retention"),
        ("I dati sono conservati per il tempo strettamente necessario", "retention"),
        ("To improve our services", "purpose"),
        ("Verbesserung unserer Dienstleistungen", "purpose"),
        ("MARKETING PURPOSES", "purpose"),
        ("Improve services", "purpose"),
        ("Third parties", "recipient"),
        ("partners", "recipient"),
        ("all data", "data"),
        ("legal periods", "retention"),
        ("nos partenaires", "recipient"),
        ("various types of Data", "data"),
        ("worldwide", "transfer"),
        ("Appropriate technical and organisational measures", "measure"),
    ],
)
def test_wording_that_says_nothing_is_found(text: str, field: str) -> None:
    """In six languages, alone or with words around it that add nothing."""
    hits = vague(text, field)
    assert hits
    assert hits[0].strength == "strong"
    assert hits[0].field == field


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("As long as necessary, at most three years after the last contact", "retention"),
        ("Solange es für die Zwecke erforderlich ist, längstens 10 Jahre (§ 147 AO)", "retention"),
        ("Le temps nécessaire, au plus 5 ans après la fin du contrat", "retention"),
        ("zo lang als nodig, uiterlijk 7 jaar na het boekjaar", "retention"),
        ("Until the contract ends", "retention"),
        ("To improve our services we count which help articles are opened most each week", "purpose"),
        ("Amélioration de nos services : mesure du temps de réponse des demandes au guichet", "purpose"),
        ("Send order confirmations and delivery dates", "purpose"),
        ("Third parties that print and post our invoices", "recipient"),
        ("Freight carriers in Germany", "recipient"),
        ("Best practices: full-disk encryption, quarterly restore test, door badges", "measure"),
        ("State of the art: TLS 1.3, hardware tokens, patched within seven days", "measure"),
        ("permanent address", "retention"),
        ("mayor", "purpose"),
    ],
)
def test_a_concrete_sentence_is_no_hit(text: str, field: str) -> None:
    """A period, or enough said beside the phrase, makes it concrete; a part of a word is no word."""
    assert [hit for hit in vague(text, field) if hit.strength == "strong"] == []


def test_a_phrase_counts_for_its_field_and_its_languages_only() -> None:
    """Other fields, and languages that were not asked for, are left alone; a hit tells its row's facts."""
    assert vague("as long as necessary", "purpose") == ()
    assert vague("as long as necessary", "retention", ["de"]) == ()
    (hit,) = vague("as long as necessary", "retention", ["en"])
    assert (hit.id, hit.match) == ("v001", "within")
    assert hit.why
    assert hit.instead


def test_a_phrase_that_is_part_of_another_is_told_once() -> None:
    """Of phrases that lie in one another only the longest is told."""
    (hit,) = vague(
        "We keep it for as long as necessary for the purposes for which it was collected", "retention"
    )
    assert hit.id == "v002"


def test_a_hint_stays_a_hint() -> None:
    """Ordinary words such as "etc." ask a question and are told apart."""
    assert {hit.strength for hit in vague("Name, etc.", "data")} == {"hint"}


@pytest.mark.parametrize("row", table("vague_words"), ids=lambda row: row["id"])
def test_each_listed_phrase_is_found_by_itself(row: dict[str, str]) -> None:
    """In its own field, or in every field where it is listed for any; a sign alone is a placeholder."""
    for field in FIELDS if row["field"] == "any" else [row["field"]]:
        assert vague(row["phrase"], field, [row["language"]]) or (
            not fold(row["phrase"]) and placeholder(row["phrase"])
        )


def test_a_misspelt_field_is_an_error_of_the_program() -> None:
    """It never reads as "nothing vague"."""
    with pytest.raises(ValueError, match="retentoin"):
        vague("as long as necessary", "retentoin")


@pytest.mark.parametrize(
    "text",
    ["n/a", "N.A.", "TBD", "t.b.d.", "todo", "xxx", "XX XX", "?", "???", "-", "…", "k. A.", "entfällt", "à compléter", "n.v.t.",
     "por determinar", "da definire", "lorem ipsum dolor sit", "test", " n/a ", "🙂", "niet van toepassing"],
)  # fmt: skip
def test_placeholders_are_recognised(text: str) -> None:
    """In six languages, and signs that say nothing."""
    assert placeholder(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n",
        "none",
        "no",
        "Payroll",
        "Test results",
        "不明な受信者",
        "مورد",
        "n/a for minors: none enrolled",
        "X-ray",
    ],
)
def test_answers_and_blanks_are_no_placeholders(text: str) -> None:
    """A blank is a blank, "none" is an answer, and any script can say something."""
    assert not placeholder(text)
