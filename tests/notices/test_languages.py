"""One invented notice per language of the family, with the variants that real ones show."""

from datetime import date

import pytest

from ropa.notices.read import read_notice
from ropa.notices.reading import Block, NoticeReading

ENGLISH = """\
Privacy Policy of www.lanternworks.example
Latest update: 3 March 2026

Owner and Data Controller
Lanternworks Ltd
4 Quay Street, Cork, Ireland
Owner contact email: privacy@lanternworks.example
Data Protection Officer: Head of Compliance, dpo@lanternworks.example

Analytics
These tools count visits.

1. Countwise (Countwise Inc.)
Countwise is a counter that Countwise Inc. runs for us.
Personal Data processed: Trackers, Usage Data and email address.
Place of processing: United States – Privacy Policy – Opt Out. Privacy Shield participant.
Legal basis: Consent
Trackers duration:
- _cw: 2 years
- _cs: duration of the session

Handling payments
Stripe (Stripe Inc)
Personal Data collected: Cookie and Usage data. Place of processing: USA
Mollie
Mollie is a payment service. Personal Data processed: email address; first
name; last name.
Place of
processing: Netherlands – Privacy Policy
Atlantis – Privacy Policy
Retention: 10 years

Contacting the User
Mailing list (this Application)
Personal Data: email address
"""
GERMAN = """\
Datenschutzerklärung von www.laternenwerk.example
Letzte Aktualisierung: 03.04.2026
Anbieter und Verantwortlicher
Laternenwerk GmbH
Hafenstraße 3, 20457 Hamburg
E-Mail-Adresse des Anbieters: datenschutz@laternenwerk.example
Diese Website erhebt personenbezogene Daten von ihren Nutzern.
Analytik
Zählwerk (Zählwerk AG): Zählwerk ist ein Zähldienst. Verarbeitete personenbezogene Daten: Nutzungsdaten; Tracker. \
Verarbeitungsort: Vereinigte Staaten – Datenschutzerklärung.
Speicherdauer: 14 Monate
Kontaktieren des Nutzers
Kontaktformular (diese Anwendung)
Personenbezogene Daten: E-Mail, Vorname und Nachname
Ort der Verarbeitung: Deutschland und Österreich
Rechtsgrundlage: Vertrag
Bürodienst
Personenbezogene Daten: verschiedene Datenarten, wie in der Datenschutzerklärung des Dienstes beschrieben
Man muss mindestens 16 Jahre alt sein. Anfragen beantworten wir binnen 20 Tagen.
"""
FRENCH = """\
Politique de confidentialité de www.lanternerie.example
Dernière mise à jour : 1er août 2025
Lanternerie SAS est le responsable du traitement. Le site concerne les données personnelles de ses Utilisateurs.
Analyses
Compteur (Compteur S.A.S.)
Compteur est un outil de mesure.
Données personnelles traitées : Cookies et Données d’utilisation. Lieu de traitement : États-Unis - Politique de confidentialité - Option de retrait.
Durée de stockage des Trackers :
_cp : 30 minutes
_cq : indéterminée
Gestion des paiements
Caisse (cette Application)
Données à caractère personnel collectées : nom, prénom et adresse électronique
Lieu du traitement : France
Base juridique : contrat
Durée de conservation : 10 ans
Il faut avoir au moins 15 ans.
"""
DUTCH = """\
Privacybeleid van www.lantaarnfabriek.example
Laatst bijgewerkt: 12 mei 2026
Eigenaar en Verwerkingsverantwoordelijke
Lantaarnfabriek B.V.
Eigenaar contact-e-mailadres: privacy@lantaarnfabriek.example
Statistieken
Telwerk (Telwerk Inc.)
Verwerkte Persoonsgegevens: Trackers.
Verwerkingslocatie: VS – Privacybeleid.
Opslagduur van Trackers:
_tw: onbepaald
Contact met de Gebruiker
Contactformulier (deze Applicatie)
Persoonsgegevens: e-mailadres; achternaam; Gebruiksgegevens
Rechtsgrond: toestemming
Bewaartermijn: 2 jaar
"""
ITALIAN = """\
Privacy Policy di www.lanterneria.example
Ultima modifica: 9 settembre 2026
Titolare del Trattamento dei Dati
Lanterneria S.r.l.
Via del Porto 3, Genova
Indirizzo email del Titolare: privacy@lanterneria.example
Statistica
Contatore (Contatore Inc.)
Dati Personali raccolti: Cookie e Dati di utilizzo.
Luogo del trattamento: Stati Uniti – Privacy Policy
Irlanda – Privacy Policy
Durata di archiviazione:
_ct: 3 mesi
Pesatore (Pesatore Inc.) Pesatore è un servizio di analisi. Dati Personali trattati: email. Luogo del trattamento: \
Paesi Bassi – Privacy Policy. Lampada CRM (Lampada Corporation) Lampada CRM è un archivio di clienti. Dati Personali \
trattati: email; cognome. Luogo del trattamento: Canada – Privacy Policy. Gestione dei tag Con questi mezzi si \
caricano altri strumenti. Sono pochi. Cartellino (Cartellino S.r.l.) Il cartellino carica gli altri. Dati Personali \
trattati: Cookie. Luogo del trattamento: Italia – Privacy Policy.
"""
SPANISH = """\
Política de privacidad de www.farolera.example
Última actualización: 7 de octubre de 2026
Titular y Responsable del tratamiento de los Datos
Farolera S.L.
Correo electrónico de contacto del Titular: privacidad@farolera.example
Analítica
Contador (Contador Inc.)
Datos Personales recogidos: Cookie y Datos de Uso. Lugar de tratamiento: EE.UU. – Política de privacidad – Opt Out
Gestión de pagos
Caja (Caja Technology Ltd) — Datos Personales tratados: apellido; información de pago. Lugar de tratamiento: Unión Europea.
Base jurídica: contrato
Plazo de conservación: seis años
"""


def read(text: str) -> NoticeReading:
    return read_notice(text.encode(), "notice.txt")


def shape(block: Block) -> tuple[object, ...]:
    """Purpose, service, company, data, places with their codes."""
    named = (told.text if told else None for told in (block.purpose, block.service, block.company))
    return (*named, [told.text for told in block.data], [(place.text, place.code) for place in block.places])


BLOCKS = {
    "en": [
        ("Analytics", "Countwise", "Countwise Inc.", ["Trackers", "Usage Data", "email address"], [("United States", "US")]),
        ("Handling payments", "Stripe", "Stripe Inc", ["Cookie", "Usage data"], [("USA", "US")]),
        (
            "Handling payments", "Mollie", None,
            ["email address", "first name", "last name"], [("Netherlands", "NL"), ("Atlantis", None)],
        ),
        ("Contacting the User", "Mailing list", None, ["email address"], []),
    ],
    "de": [
        ("Analytik", "Zählwerk", "Zählwerk AG", ["Nutzungsdaten", "Tracker"], [("Vereinigte Staaten", "US")]),
        (
            "Kontaktieren des Nutzers", "Kontaktformular", None,
            ["E-Mail", "Vorname", "Nachname"], [("Deutschland", "DE"), ("Österreich", "AT")],
        ),
        (
            None, None, None,
            ["verschiedene Datenarten, wie in der Datenschutzerklärung des Dienstes beschrieben"], [],
        ),
    ],
    "fr": [
        ("Analyses", "Compteur", "Compteur S.A.S.", ["Cookies", "Données d’utilisation"], [("États-Unis", "US")]),
        ("Gestion des paiements", "Caisse", None, ["nom", "prénom", "adresse électronique"], [("France", "FR")]),
    ],
    "nl": [
        ("Statistieken", "Telwerk", "Telwerk Inc.", ["Trackers"], [("VS", "US")]),
        (
            "Contact met de Gebruiker", "Contactformulier", None,
            ["e-mailadres", "achternaam", "Gebruiksgegevens"], [],
        ),
    ],
    "it": [
        (
            "Statistica", "Contatore", "Contatore Inc.",
            ["Cookie", "Dati di utilizzo"], [("Stati Uniti", "US"), ("Irlanda", "IE")],
        ),
        ("Statistica", "Pesatore", "Pesatore Inc.", ["email"], [("Paesi Bassi", "NL")]),
        ("Statistica", "Lampada CRM", "Lampada Corporation", ["email", "cognome"], [("Canada", "CA")]),
        ("Gestione dei tag", "Cartellino", "Cartellino S.r.l.", ["Cookie"], [("Italia", "IT")]),
    ],
    "es": [
        ("Analítica", "Contador", "Contador Inc.", ["Cookie", "Datos de Uso"], [("EE.UU.", "US")]),
        ("Gestión de pagos", "Caja", "Caja Technology Ltd", ["apellido", "información de pago"], [("Unión Europea", "EU")]),
    ],
}  # fmt: skip
TEXTS = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "nl": DUTCH, "it": ITALIAN, "es": SPANISH}


@pytest.mark.parametrize("language", TEXTS)
def test_each_language_of_the_family_is_read(language: str) -> None:
    """Purpose, service, company, data and places of every entry, in the notice's own words."""
    reading = read(TEXTS[language])
    assert reading.language == language
    assert [shape(block) for block in reading.blocks] == BLOCKS[language]


@pytest.mark.parametrize(
    ("language", "day", "controller", "contact", "address"),
    [
        ("en", date(2026, 3, 3), "Lanternworks Ltd", "privacy@lanternworks.example", "4 Quay Street, Cork, Ireland"),
        ("de", date(2026, 4, 3), "Laternenwerk GmbH", "datenschutz@laternenwerk.example", "Hafenstraße 3, 20457 Hamburg"),
        ("fr", date(2025, 8, 1), "Lanternerie SAS", None, None),
        ("nl", date(2026, 5, 12), "Lantaarnfabriek B.V.", "privacy@lantaarnfabriek.example", None),
        ("it", date(2026, 9, 9), "Lanterneria S.r.l.", "privacy@lanterneria.example", "Via del Porto 3, Genova"),
        ("es", date(2026, 10, 7), "Farolera S.L.", "privacidad@farolera.example", None),
    ],
)  # fmt: skip
def test_the_head_of_a_notice_is_read(
    language: str, day: date, controller: str, contact: str | None, address: str | None
) -> None:
    """The day it was last changed, whose notice it is, and where to write to."""
    reading = read(TEXTS[language])
    assert reading.last_updated
    assert reading.last_updated.day == day
    assert reading.controller
    assert reading.controller.text == controller
    assert (reading.contact_email.text if reading.contact_email else None) == contact
    assert (reading.controller_address.text if reading.controller_address else None) == address


def test_what_an_entry_says_beside_data_and_place_is_read() -> None:
    """Legal basis, retention, trackers' duration and the words after a place."""
    countwise, stripe, mollie, mailing = read(ENGLISH).blocks
    assert countwise.legal_basis
    assert countwise.legal_basis.text == "Consent"
    assert countwise.trackers_duration
    assert countwise.trackers_duration.text == "_cw: 2 years; _cs: duration of the session"
    assert [told.text for told in countwise.links] == [
        "Privacy Policy",
        "Opt Out",
        "Privacy Shield participant",
    ]
    assert [told.text for told in countwise.description] == [
        "Countwise is a counter that Countwise Inc. runs for us."
    ]
    assert mollie.retention
    assert mollie.retention.text == "10 years"
    assert stripe.retention is stripe.legal_basis is mailing.legal_basis is None
    french = read(FRENCH).blocks
    assert french[0].trackers_duration
    assert french[0].trackers_duration.text == "_cp : 30 minutes; _cq : indéterminée"
    assert french[1].retention
    assert french[1].retention.text == "10 ans"
    assert french[1].legal_basis
    assert french[1].legal_basis.text == "contrat"


def test_running_text_is_read_in_other_languages_too() -> None:
    """Age, days to answer, the people's word."""
    german, french = read(GERMAN), read(FRENCH)
    assert german.minimum_age
    assert german.minimum_age.value == 16
    assert german.response_days
    assert german.response_days.value == 20
    assert [told.text for told in german.subjects] == ["Nutzern"]
    assert french.minimum_age
    assert french.minimum_age.value == 15
    assert [told.text for told in french.subjects] == ["Utilisateurs"]
