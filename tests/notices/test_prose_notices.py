"""Notices in free prose: what their sentences state is read, what they deny is not, and the rest is listed."""

import pytest

from ropa.errors import Refused
from ropa.model.activity import Activity
from ropa.model.register import Register
from ropa.notices.draft_import import import_notice
from ropa.notices.read import read_notice
from ropa.notices.reading import NoticeReading, read_lines
from ropa.notices.topic_facts import companies
from ropa.notices.topics import read_share

GERMAN = """# Datenschutzerklärung

(Stand 17.Juli 2025)

## 1. Verantwortliche Stelle

Verantwortlich für die Datenverarbeitung ist:

Beispielwerk Genossenschaft

Musterweg 3

12345 Musterstadt

E-Mail: post@example.test

Kontaktdaten unseres Datenschutzbeauftragten:

Muster Consulting GmbH

dsb@example.test

## 2. Hosting

Die Seiten liegen bei der Hosting Example GmbH, Lange Straße 4, 10115 Berlin, Deutschland. Rechtsgrundlage ist Art. 6 Abs. 1 lit. f DSGVO. Zugriffe werden für max. 30 Tage gespeichert.

Wir übermitteln Daten in die USA. Eine Übermittlung nach Kanada findet nicht statt.

## 3. Was wir nicht tun

Wir verwenden kein Google Analytics der Google Ireland Limited.

## 4. Ihre Rechte

Sie haben das Recht auf Auskunft, Berichtigung und Löschung. Der Verarbeitung nach Art. 6 Abs. 1 lit. e DSGVO können Sie widersprechen.
"""


def reading(text: str = GERMAN, name: str = "n.md") -> NoticeReading:
    return read_notice(text.encode(), name)


def test_the_front_of_a_numbered_notice_is_read() -> None:
    """Controller, address, contact, officer and date, each below the words that announce it."""
    found = reading()
    assert found.controller
    assert found.controller_address
    assert found.contact_email
    assert found.dpo
    assert found.last_updated
    assert found.controller.text == "Beispielwerk Genossenschaft"
    assert found.controller_address.text == "Musterweg 3, 12345 Musterstadt"
    assert found.contact_email.text == "post@example.test"
    assert found.dpo.text == "Muster Consulting GmbH"
    assert str(found.last_updated.day) == "2025-07-17"


def test_stated_facts_are_read_with_their_lines() -> None:
    """A basis by its article, a period, a company, the countries that are not denied."""
    found = reading()
    assert [(told.text, told.lines) for told in found.legal_bases_given] == [
        ("Art. 6 Abs. 1 lit. f DSGVO", (25, 25))
    ]
    assert [told.text for told in found.retention_given] == ["Zugriffe werden für max. 30 Tage gespeichert."]
    assert [service.name for service in found.services] == ["Hosting Example GmbH"]
    assert [place.code for place in found.places] == ["DE", "US"]


def test_what_is_denied_and_what_belongs_to_a_right_is_no_fact() -> None:
    """No service that is not used, no country that data do not go to, no basis out of a right."""
    found = reading()
    assert not any("Google" in service.name for service in found.services)
    assert "CA" not in [place.code for place in found.places]
    assert [told.text for told in found.rights_given] == ["Auskunft", "Berichtigung", "Löschung"]


def test_a_section_that_states_its_basis_becomes_an_activity_without_a_purpose() -> None:
    """It is called after its heading; what it is for is left to be asked."""
    register = import_notice(reading(), Register(), source="n.md").register
    (activity,) = register.all(Activity).values()
    assert activity.name == "2. Hosting"
    assert [(purpose.text, purpose.legal_basis) for purpose in activity.purposes] == [(None, "6(1)(f)")]
    assert (activity.recipients, activity.transfers) == ((), ())


def test_every_line_is_in_a_fact_or_unread_and_the_share_is_told() -> None:
    """Nothing is dropped in silence; the share that was read is never rounded up to all."""
    found = reading()
    rows = {n for n, row in enumerate(GERMAN.split("\n"), start=1) if any(c.isalnum() for c in row)}
    unread = {told.lines[0] for told in found.unread}
    led = {5, 7, 17}  # the headings and the line that led to controller and officer
    assert rows <= read_lines(found) | unread | led
    assert "Wir verwenden kein Google Analytics der Google Ireland Limited." in [t.text for t in found.unread]
    assert 30 < read_share(found) < 80


def test_a_sentence_beside_one_that_was_read_is_listed() -> None:
    """That a sentence on a line gave a fact is no answer for the other ones."""
    text = GERMAN.replace("Rechtsgrundlage ist", "Der Mond ist rund und gelb. Rechtsgrundlage ist")
    assert "Der Mond ist rund und gelb." in [told.text for told in reading(text).unread]


@pytest.mark.parametrize(
    ("text", "name", "rights"),
    [
        (
            (
                "# Politique de confidentialité\n\nResponsable du traitement :\n\nExemple SARL\n\n3 rue Longue\n\n75001 Paris\n\n"
                "Les bases légales sont les articles 6.1.a et 6.1.c du RGPD, pour le site et pour les services que nous vous proposons sur la page.\n\n## Vos droits\n\n- Droit d’accès à vos données ;\n"
            ),
            "Exemple SARL",
            ["accès"],
        ),
        (
            (
                "# Privacyverklaring\n\n## Verwerkingsverantwoordelijke\n\nStichting Voorbeeld\n\nLange Straat 3\n\n1012 XT Amsterdam\n\n"
                "De grondslag is artikel 6 lid 1 onder a AVG, en wij vragen het met uw toestemming op de website.\n\n"
                "## Uw rechten\n\nU heeft het recht op inzage van de gegevens die wij van u hebben.\n"
            ),
            "Stichting Voorbeeld",
            ["inzage"],
        ),
    ],
)
def test_french_and_dutch_prose_is_read(text: str, name: str, rights: list[str]) -> None:
    """Controller, bases and rights in two more languages."""
    found = reading(text)
    assert found.controller
    assert found.controller.text == name
    assert [told.text for told in found.rights_given] == rights
    assert found.legal_bases_given


def test_a_text_about_privacy_is_no_notice() -> None:
    """An essay names nobody who answers for it, and no ground."""
    with pytest.raises(Refused, match="looked for"):
        reading(
            "Privacy is dear to me, and the sea is wide. I use Google Analytics on my boat. " * 9, "e.txt"
        )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            (
                "Polityka prywatności. W tym serwisie dane przez nas są i nie są do Google Analytics oraz Mailchimp. "
                "Dane nie są przez nas i dla Państwa oraz do tych, które się z nami. Jest to dla nas lub dla Państwa."
            ),
            "Polish, for which there are no labels; all that can be told are services by name: Google Analytics, Mailchimp",
        ),
        (
            "سياسة الخصوصية: نحن نستخدم Google Analytics لمعرفة عدد الزوار ونحفظ بياناتكم لمدة ثلاثين يوما فقط",
            "Arabic, for which there are no labels; all that can be told are services by name: Google Analytics",
        ),
        (
            "מדיניות פרטיות: אנחנו שומרים את הנתונים שלך",
            "Hebrew, for which there are no labels; and it names no",
        ),
    ],
)
def test_a_language_without_labels_is_named_with_what_could_be_read(text: str, says: str) -> None:
    """From right to left or from left to right; one line, and nothing is written."""
    with pytest.raises(Refused) as refused:
        reading(text, "n.txt")
    assert says in refused.value.what
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        (
            "Wir nutzen den Dienst der Beispiel Daten GmbH & Co. KG, Weg 1, Hamburg.",
            "Beispiel Daten GmbH & Co. KG",
        ),
        ("Gesellschaft für Beispieldienste mbH", "Gesellschaft für Beispieldienste mbH"),
        ("kleinwort Daten GmbH, Weg 3, Wien", "kleinwort Daten GmbH"),
        ("Hosting-Anbieter: kleinwort GmbH", "kleinwort GmbH"),
        ("Die Seite liegt bei der Example, Inc. in Irland.", "Example, Inc."),
    ],
)
def test_the_name_of_a_company_is_whole(sentence: str, name: str) -> None:
    """Half a name is the name of somebody else."""
    assert [sentence[start:end] for start, end in companies(sentence)] == [name]
