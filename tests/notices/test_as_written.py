"""Words of a notice that name nothing for certain stay as they are written, and are asked about."""

from datetime import date

import pytest

from ropa.gaps.checking import check
from ropa.model.activity import Activity
from ropa.model.catalogue import DataCategory, RetentionRule
from ropa.model.register import Register
from ropa.notices.draft_import import NoticeImport, import_notice
from ropa.notices.read import read_notice


def imported(text: str) -> NoticeImport:
    return import_notice(read_notice(text.encode(), "n.txt"), Register.of([]), source="n.txt")


def only(done: NoticeImport) -> Activity:
    (activity,) = done.register.activities.values()
    return activity


def flagged(done: NoticeImport, rule: str) -> set[str]:
    """The refs of what a rule finds open."""
    outcomes = check(done.register, date(2026, 11, 25)).outcomes
    return {one.record.ref for one in outcomes if one.rule.id == rule and one.open}


@pytest.mark.parametrize(
    ("label", "term"),
    [
        ("Personal Data", "Data communicated while using the service"),
        ("Personal Data", "Data communicated in order to use the Service"),
        ("Personal Data", "various types of Data"),
        ("Personenbezogene Daten", "verschiedene Datenarten, wie in der Datenschutzerklärung des Dienstes beschrieben"),
        ("Dati Personali", "Dati comunicati durante l'utilizzo del servizio"),
        ("Datos Personales", "distintas clases de Datos"),
    ],
)  # fmt: skip
def test_a_phrase_that_names_no_kind_of_data_stays_as_written_and_is_flagged(label: str, term: str) -> None:
    """It is a category of its own, taken from the notice, and rule Q103 asks what is meant: no kind of data is guessed."""
    done = imported(f"{label}: {term}\n")
    (line,) = only(done).data
    category = done.register.get(DataCategory, line.category or "")
    assert category is not None
    assert (category.name, line.description) == (term, None)
    assert [part.notice for part in category.provenance] == [done.notice]
    assert flagged(done, "ROPA-Q103") == {only(done).ref}


@pytest.mark.parametrize(
    "term", ["Universally unique identifier (UUID)", "Full access", "answers to questions"]
)
def test_no_term_is_filed_under_a_category_that_it_does_not_name(term: str) -> None:
    """An identifier is no customer number, access to somebody's account no role, an answer no e-mail."""
    done = imported(f"Personal Data: {term}\n")
    (line,) = only(done).data
    assert done.register.all(DataCategory)[line.category or ""].name == term


@pytest.mark.parametrize(
    ("data", "label"),
    [
        ("Personal Data: Health data; email", "Storage duration: 2 years"),
        ("Personenbezogene Daten: Gesundheitsdaten; E-Mail", "Speicherdauer: 2 Jahre"),
        ("Données personnelles : données de santé", "Durée de stockage : 2 ans"),
        ("Persoonsgegevens: medische gegevens", "Opslagduur: 2 jaar"),
        ("Dati Personali: dati sanitari; email", "Durata di archiviazione: 2 anni"),
        ("Datos Personales: datos de salud", "Duración del almacenamiento: 2 años"),
    ],
)
def test_a_storage_duration_that_does_not_say_of_what_is_no_retention(data: str, label: str) -> None:
    """It may be how long cookies stay on a device: in every language it is kept as written and listed."""
    done = imported(f"{data}\n{label}\n")
    assert not done.register.all(RetentionRule)
    assert all(line.retention is None for line in only(done).data)
    assert label.partition(": ")[2] in (only(done).description or "")
    assert [one.text for one in done.unread] == [label.partition(": ")[2]]


@pytest.mark.parametrize(
    ("data", "label"),
    [
        ("Personenbezogene Daten: Tracker", "Speicherdauer: _ga: 2 Jahre"),
        ("Dati Personali: Strumenti di Tracciamento", "Durata di archiviazione: _ga: 2 anni"),
    ],
)
def test_a_storage_duration_of_named_cookies_is_that_of_the_device(data: str, label: str) -> None:
    """As the family writes it below a tracker's entry."""
    (block,) = read_notice(f"{data}\n{label}\n".encode(), "n.txt").blocks
    assert block.trackers_duration
    assert block.storage is block.retention is None


def test_a_period_that_a_label_calls_retention_is_one() -> None:
    """Aufbewahrungsfrist has one meaning only."""
    done = imported("Personenbezogene Daten: E-Mail\nAufbewahrungsfrist: 2 Jahre\n")
    (rule,) = done.register.all(RetentionRule).values()
    assert [line.retention for line in only(done).data] == [rule.ref]


def test_a_concrete_purpose_is_not_told_to_repeat_the_name_that_it_gave() -> None:
    """The draft is named after its purpose by the import, so the two say the same; a vague purpose is flagged still."""
    done = imported(
        "Example Ltd is the Data Controller.\nPersonal Data: email\n"
        "Personal Data is collected and used to provide the Service and process subscription payments.\n"
    )
    names = {a.ref: a.name for a in done.register.activities.values() if a.purposes}
    assert set(names.values()) == {"provide the Service", "process subscription payments"}
    assert {names[ref] for ref in flagged(done, "ROPA-Q102")} == {"provide the Service"}
