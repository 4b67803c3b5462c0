"""`ropa NOUN copy`: a draft that says of what it is a copy, without what was said of the original alone."""

import pytest

from tests.cli.running import Inside

FULL = (
    "status=active", "started_on=2020-01-01", "reviewed_on=2026-01-01", "reviewed_by=DPO office", "review_every=P1Y",
    "breaches+={date: 2025-05-05, reference: B-1}", "dpia.reference=DPIA-7", "dpia.outcome=low", "notes=call the works council",
    "recipients+={organisation: mockmail, role: processor, since: 2024-01-01}",
    "recipients+={organisation: specimen-crm, role: processor, until: 2024-12-31}",
    "purposes+={text: Sends mail, legal_basis: 6(1)(f), lia_reference: LIA-3, lia_date: 2025-01-01}",
)  # fmt: skip


def test_a_copied_activity_is_a_draft_without_the_proofs_of_the_original(example: Inside) -> None:
    """What is done stays; reviews, breaches, assessments, statements, days and former recipients do not, and that is said."""
    assert example("activity", "add", "Mailing", "role=controller", *FULL).code == 0
    example("activity", "state", "PA-0030", "transfers", "--reason", "all within the EEA")
    ran = example("activity", "copy", "mailing", "Mailing for the second house")
    assert ran.code == 0, ran
    assert example("activity", "show", "PA-0031", "--json").json == {
        "ref": "PA-0031",
        "name": "Mailing for the second house",
        "role": "controller",
        "status": "draft",
        "purposes": [{"text": "Sends mail", "legal_basis": "6(1)(f)"}],
        "recipients": [{"organisation": "mockmail", "role": "processor"}],
        "review_every": "P1Y",
        "provenance": [{"source": "copy of PA-0030 Mailing, r3"}],
    }
    for left in (
        "Statements",
        "Reviewed on",
        "DPIA",
        "Breaches",
        "LIA reference",
        "Recipients that have ended",
    ):
        assert left in ran.err


@pytest.mark.parametrize(
    ("noun", "ref"),
    [
        ("vendor", "mockmail"),
        ("entity", "musterfeld"),
        ("data", "email-address"),
        ("subject", "applicants"),
        ("retention", "applicants-6m"),
        ("system", "crm"),
        ("measure", "backup"),
        ("notice", "staff"),
    ],
)
def test_every_noun_copies(example: Inside, noun: str, ref: str) -> None:
    """Without a name it is called a copy; the original stays as it is, and no contract or statement comes along."""
    before = example(noun, "show", ref, "--json").json
    assert example(noun, "copy", ref).code == 0
    copy = example(noun, "show", f"{before['name']} (copy)", "--json").json
    assert copy["provenance"][0]["source"].startswith(f"copy of {ref} ")
    assert not {"statements", "agreements", "certifications", "aliases", "text"} & set(copy)
    assert example(noun, "show", ref, "--json").json == before
