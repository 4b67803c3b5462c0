"""The family of sections: data, people, purposes, bases, procedures and providers as the notice states them."""

import pytest

from ropa.model.activity import Activity
from ropa.model.organisation import Organisation
from ropa.model.register import Register
from ropa.notices.draft_import import import_notice
from ropa.notices.read import read_notice
from ropa.notices.reading import NoticeReading
from tests.notices.made_files import docx, paragraph, pdf

TEXT = """# Datenschutzerklärung

Stand: 3. Mai 2025

## Inhaltsübersicht

- Verantwortlicher
- Webanalyse

## Verantwortlicher

Beispiel Verein e.V.
Musterweg 1
12345 Musterstadt, Deutschland

E-Mail-Adresse: post@example.test

## Webanalyse

Wir zählen Besuche.

- **Verarbeitete Datenarten:** Nutzungsdaten (z. B. Seiten; Zeiten). Standortdaten.
- **Betroffene Personen:** Nutzer (z. B. Besucher).
- **Zwecke der Verarbeitung:** Reichweitenmessung; Sicherheit.
- **Aufbewahrung und Löschung:** 14 Monate.
- **Rechtsgrundlagen:** Einwilligung (Art. 6 Abs. 1 S. 1 lit. a) DSGVO).

**Weitere Hinweise zu Verarbeitungsprozessen, Verfahren und Diensten:**

- **Zählwerk:** Ein Dienst zum Zählen; **Dienstanbieter:** Counting Example, Inc., 1 Long Street, Reno, NV 89501, USA; **Rechtsgrundlagen:** Einwilligung (Art. 6 Abs. 1 S. 1 lit. a) DSGVO); **Website:** https://count.example; **Grundlage Drittlandübermittlungen:** Data Privacy Framework (DPF), Standardvertragsklauseln (https://count.example/scc).
- **Karten:** Ein Kartendienst; **Dienstanbieter:** Ejemplo Limited, Quay 4, Dublin, Irland. **Grundlage Drittlandtransfers:** Data Privacy Framework (DPF).
- **Eigenes:** Läuft bei uns; **Dienstanbieter:** Ausführung auf Servern unter eigener Verantwortlichkeit.

## Newsletter

- **Verarbeitete Datenarten:** Kontaktdaten.
- **Betroffene Personen:** Mitglieder; Kunden.
- **Zwecke der Verarbeitung:** Versand; Auswertung.
- **Rechtsgrundlagen:** Einwilligung (Art. 6 Abs. 1 lit. a DSGVO), Berechtigte Interessen (Art. 6 (1) (f) DSGVO).
"""


def reading(text: str = TEXT, name: str = "n.md") -> NoticeReading:
    return read_notice(text.encode(), name)


def imported(text: str = TEXT) -> tuple[Register, tuple[str, ...]]:
    found = import_notice(reading(text), Register(), source="n.md")
    return found.register, tuple(f"{one.text} ({one.reason})" for one in found.unread)


def test_a_section_gives_its_lists() -> None:
    """Items are parted by semicolons and by the full stop that ends one; brackets are whole."""
    block = reading().blocks[0]
    assert [told.text for told in block.data] == ["Nutzungsdaten (z. B. Seiten; Zeiten)", "Standortdaten"]
    assert [told.text for told in block.subjects] == ["Nutzer (z. B. Besucher)"]
    assert [told.text for told in block.purposes] == ["Reichweitenmessung", "Sicherheit"]
    assert block.retention
    assert (block.retention.text, block.retention.lines) == ("14 Monate", (25, 25))


def test_the_front_is_read_past_a_table_of_contents() -> None:
    """The controller is what stands below its heading, not the next title in a list of titles."""
    found = reading()
    assert found.controller
    assert found.contact_email
    assert (found.controller.text, found.contact_email.text) == ("Beispiel Verein e.V.", "post@example.test")
    assert found.controller_address
    assert found.controller_address.text == "Musterweg 1, 12345 Musterstadt, Deutschland"
    assert str(found.last_updated.day if found.last_updated else "") == "2025-05-03"


def test_a_provider_is_read_with_its_country_and_a_sentence_is_none() -> None:
    """Name, address and country, as far as they are written; own servers are no recipient."""
    first, second, third = reading().blocks[0].procedures
    assert first.provider
    assert (first.provider.text, first.country) == ("Counting Example, Inc.", "US")
    assert second.provider
    assert (second.provider.text, second.country) == ("Ejemplo Limited", "IE")
    assert third.provider is None


def test_a_ground_makes_a_leg_only_to_a_country_that_is_written() -> None:
    """Two grounds are two legs; a ground beside an Irish provider stays a sentence and is reported."""
    register, unread = imported()
    activity = register.all(Activity)["PA-0001"]
    assert [(leg.destination, leg.mechanism) for leg in activity.transfers] == [
        ("US", "45"),
        ("US", "46-2-c"),
    ]
    names = [register.all(Organisation)[one.organisation or ""].name for one in activity.recipients]
    assert names == ["Counting Example, Inc.", "Ejemplo Limited"]
    assert "Ground for transfers as written: Data Privacy Framework (DPF)" in (activity.description or "")
    assert any("without the country" in one for one in unread)


def test_pairs_are_made_only_where_there_is_no_choice() -> None:
    """One basis goes with each purpose; two of each, or two sorts of people, are left blank and reported."""
    register, unread = imported()
    one, two = register.all(Activity)["PA-0001"], register.all(Activity)["PA-0002"]
    assert [purpose.legal_basis for purpose in one.purposes] == ["6(1)(a)", "6(1)(a)"]
    assert all(line.subjects for line in one.data)
    assert [purpose.legal_basis for purpose in two.purposes] == [None, None]
    assert [line.subjects for line in two.data] == [None]
    assert sum("left blank" in one for one in unread) == 2


def test_an_activity_is_called_after_its_section() -> None:
    """And no heading is reported as one that is not known."""
    register, unread = imported()
    assert [one.name for one in register.all(Activity).values()] == ["Webanalyse", "Newsletter"]
    assert not any("a heading that is not known" in one for one in unread)


def test_a_reference_to_another_section_is_no_retention() -> None:
    """It stays in the description, and the period is a gap."""
    register, unread = imported(TEXT.replace("14 Monate", "Siehe Abschnitt Löschung"))
    activity = register.all(Activity)["PA-0001"]
    assert not any(line.retention for line in activity.data)
    assert "Retention as written: Siehe Abschnitt Löschung" in (activity.description or "")
    assert any("a reference to another section" in one for one in unread)


@pytest.mark.parametrize("kind", ["html", "text", "pdf", "docx"])
def test_every_kind_of_file_gives_the_same(kind: str) -> None:
    """Markdown, a page, plain text, a PDF and a Word document of the same words."""
    plain = [row.replace("**", "").strip("# ") for row in TEXT.split("\n") if row.strip()]
    titles = {row.strip("# ") for row in TEXT.split("\n") if row.startswith("#")}
    if kind == "html":
        rows = [f"<h2>{row}</h2>" if row in titles else f"<p>{row}</p>" for row in plain]
        content = f"<!doctype html><body>{''.join(rows)}</body>".encode()
    elif kind == "docx":
        content = docx("".join(paragraph(row, "berschrift2" if row in titles else "") for row in plain))
    else:
        content = pdf([plain]) if kind == "pdf" else "\n".join(plain).encode()
    found = read_notice(content, f"n.{'txt' if kind == 'text' else kind}")
    for block, other in zip(found.blocks, reading().blocks, strict=True):
        assert [told.text for told in block.data] == [told.text for told in other.data]
        assert [one.provider and one.provider.text for one in block.procedures] == [
            one.provider and one.provider.text for one in other.procedures
        ]


def test_a_translated_notice_is_read() -> None:
    """The generator's English labels, each label a paragraph of its own."""
    text = (
        "Privacy Policy\n\nPayment\n\nProcessed data types:\n- Inventory data (e.g. names)\n- Payment data\n\n"
        "Data subjects: Customers.\n\nPurposes of processing: Contract.\n\n"
        "Legal basis: Contract (Article 6(1)(b) GDPR).\n\n"
        "Payer: Pays; Service provider: Example Payments Ltd, 1 Road, London, United Kingdom; "
        "Basis for third-country transfers: Adequacy decision.\n"
    )
    block = reading(text, "n.txt").blocks[0]
    assert [told.text for told in block.data] == ["Inventory data (e.g. names)", "Payment data"]
    assert (block.procedures[0].country, block.heading and block.heading.text) == ("GB", "Payment")


def test_the_same_notice_again_changes_nothing() -> None:
    """And a provider that was added is the only change of a changed one."""
    register, _ = imported()
    assert import_notice(reading(), register, source="n.md").changes == ()
    more = TEXT.replace(
        "- **Eigenes:**",
        "- **Neu:** Dienst; **Dienstanbieter:** Novum GmbH, Weg 2, Wien, Österreich.\n- **Eigenes:**",
    )
    again = import_notice(reading(more), register, source="n.md")
    assert {change.record.name for change in again.preview} >= {"Novum GmbH", "Webanalyse"}
    assert "Newsletter" not in {change.record.name for change in again.preview}


def test_labels_on_rows_of_their_own_belong_to_the_procedure_above_them() -> None:
    """A provider below a named row is that row's; a basis below it starts no new section."""
    text = TEXT.replace(
        "- **Eigenes:**",
        "- **Bilder:** Ein Bilddienst;\n\n    **Dienstanbieter:** Bild SE, Weg 4, Paris, Frankreich.\n\n"
        "- **Messung:** Wir messen.\n\n    **Rechtsgrundlagen:** Einwilligung (Art. 6 Abs. 1 lit. a DSGVO).\n- **Eigenes:**",
    )
    found = reading(text)
    assert [block.heading and block.heading.text for block in found.blocks] == ["Webanalyse", "Newsletter"]
    named = {one.name.text: one for one in found.blocks[0].procedures}
    provider, basis = named["Bilder"].provider, named["Messung"].legal_basis
    assert provider
    assert basis
    assert (provider.text, named["Bilder"].country) == ("Bild SE", "FR")
    assert basis.text == "Einwilligung (Art. 6 Abs. 1 lit. a DSGVO)"


def test_each_procedure_is_shown_with_its_line() -> None:
    """Who asks where a recipient comes from gets the line of the service, beside those of the section."""
    register, _ = imported()
    parts = register.all(Activity)["PA-0001"].provenance
    assert [(part.lines, part.field) for part in parts if part.field == "recipients"] == [
        ("30", "recipients"),
        ("31", "recipients"),
    ]
