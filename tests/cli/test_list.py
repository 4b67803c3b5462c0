"""`ropa NOUN list`: filters, blanks, order, columns, CSV, JSON, and nothing found."""

import csv
import io
from pathlib import Path

import pytest

from tests.cli.running import Inside


def refs(example: Inside, *words: str) -> set[str]:
    """The refs of the activities that fit."""
    return {row[0] for row in example("activity", "list", *words, "--csv", "--columns", "ref").rows}


def test_filters_take_part_of_the_register(example: Inside) -> None:
    """Each filter is the question that it says: compared with the records themselves."""
    all_ = example("activity", "list", "--json").json
    named = {a["ref"] for a in all_}

    def fitting(test: object) -> set[str]:
        return {a["ref"] for a in all_ if test(a)}  # type: ignore[operator]

    consent = fitting(lambda a: any(p.get("legal_basis") == "6(1)(a)" for p in a.get("purposes", [])))
    processor = fitting(lambda a: a["role"] == "processor")
    assert refs(example, "--basis", "consent") == consent != set()
    assert refs(example, "--basis", "!consent") == named - consent
    assert refs(example, "--role", "processor") == processor != set()
    assert refs(example, "--role", "processor", "--basis", "consent") == processor & consent
    assert refs(example, "--status", "draft", "--status", "suspended") == fitting(
        lambda a: a["status"] in ("draft", "suspended")
    )
    assert refs(example, "--owner", "-") == fitting(lambda a: "owner" not in a) != set()
    assert refs(example, "--owner", "head of hr") == fitting(lambda a: a.get("owner") == "Head of HR")
    assert refs(example, "--text", "newsletter", "--country", "US") == {"PA-0014"}
    assert refs(example, "--entity", "musterfeld") == fitting(lambda a: a.get("entity") == "musterfeld")
    assert refs(example, "--vendor", "sample cloud") == {"PA-0022"}
    assert {"PA-0004", "PA-0005"} <= refs(example, "--data", "health"), "a category holds those under it"


def test_order_and_columns(example: Inside) -> None:
    """--columns in the order given, --sort by words, blanks last, -FIELD the other way round."""
    ran = example("activity", "list", "--columns", "name,owner", "--sort", "owner", "--csv")
    table = list(csv.reader(io.StringIO(ran.out)))
    assert table[0] == ["name", "owner"]
    owners = [row[1] for row in table[1:]]
    said = [o for o in owners if o]
    assert owners == sorted(said, key=str.casefold) + [""] * (len(owners) - len(said))
    names = [
        row[0] for row in example("activity", "list", "--columns", "name", "--sort", "-name", "--csv").rows
    ]
    assert names == sorted(names, key=str.casefold, reverse=True)


@pytest.mark.parametrize("sort", ["owner", "-owner"])
def test_blanks_come_last_in_either_order(example: Inside, sort: str) -> None:
    """Nobody looks for a blank first."""
    owners = [
        row[0] for row in example("activity", "list", "--columns", "owner", f"--sort={sort}", "--csv").rows
    ]
    assert owners[-1] == ""
    assert owners[0] != ""


def test_a_table_in_a_pipe_is_whole(example: Inside) -> None:
    """Without a terminal nothing is cut and every activity has its line, beginning with its ref."""
    lines = example("activity", "list").out.splitlines()
    assert "…" not in "".join(lines)
    assert [line.split()[0] for line in lines[1:]] == [
        r["ref"] for r in example("activity", "list", "--json").json
    ]


def test_nothing_found_is_said(example: Inside) -> None:
    """For people: that nothing fits, and which words would, on stderr. For programs: an empty array, or the header alone."""
    ran = example("activity", "list", "--department", "zzz")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("No activities fit. No department is 'zzz'; there are Facility Management, ")
    assert example("activity", "list", "--department", "zzz", "--json").json == []
    assert example("activity", "list", "--department", "zzz", "--csv").rows == []


def test_an_empty_register_says_how_to_begin(empty: Inside) -> None:
    """No table head over nothing."""
    ran = empty("activity", "list")
    assert ran.out == ""
    assert "ropa activity add" in ran.err
    assert empty("transfer", "list").out == ""
    assert "Begin" in empty("status").out
    assert empty("gaps").code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--sort", "ownr"), "owner"),
        (("--columns", "ref,zzz"), "zzz"),
        (("--country", "Atlantis"), "Atlantis"),
        (("--basis", "love"), "6(1)(a)"),
        (("--vendor", "nobody ltd"), "nobody"),
        (("--status", "gone"), "suspended"),
    ],
)
def test_an_unknown_word_in_a_filter_is_refused(example: Inside, words: tuple[str, ...], said: str) -> None:
    """Never an empty table for a misspelling; the refusal names the word, or what it may be."""
    assert said in example.refused("activity", "list", *words)


def test_one_form_at_a_time(example: Inside) -> None:
    """--json and --csv contradict each other; neither wins in silence."""
    assert "--json and --csv" in example.refused("activity", "list", "--json", "--csv")


def test_any_field_filters(example: Inside) -> None:
    """--where takes every field, of parts too: blanks, codes by their words, texts in part, negation, twice is "or"."""
    all_ = example("activity", "list", "--json").json
    assert refs(example, "--where", "reviewed_on=") == {a["ref"] for a in all_ if "reviewed_on" not in a}
    assert (
        refs(example, "--where", "purposes.legal_basis=consent")
        == refs(example, "--basis", "consent")
        != set()
    )
    assert refs(example, "--where", "department!=Human Resources") == {
        a["ref"] for a in all_ if a.get("department") != "Human Resources"
    }
    assert refs(example, "--where", "status=ended", "--where", "status=draft") == {"PA-0026", "PA-0027"}
    assert refs(example, "--where", "owner=head of hr", "--where", "status=ended") == set()
    assert refs(example, "--where", "recipients.count=0") == {
        a["ref"] for a in all_ if not a.get("recipients")
    }
    assert "purposes.legal_basis" in example.refused("activity", "list", "--where", "legal_basis=consent")
    assert "FIELD=WORD" in example.refused("activity", "list", "--where", "nonsense")


def test_a_filter_of_activities_finds_what_they_touch(empty: Inside) -> None:
    """Vendors by basis, owner and data; a sub-processor too; retention by the data on its own line; all of one activity."""
    for words in (
        ("vendor", "add", "Mail Ltd"),
        ("vendor", "add", "Wages Ltd", "sub_processors=mail-ltd"),
        ("data", "add", "Sick notes"),
        ("data", "add", "Names"),
        ("retention", "add", "One year"),
        ("retention", "add", "Ten years"),
        ("activity", "add", "News", "owner=Head of Sales", "purposes+={text: News, legal_basis: consent}",
         "recipients+=mail-ltd", "data+={category: names, retention: one-year}"),
        ("activity", "add", "Wages", "owner=Head of HR", "recipients+=wages-ltd",
         "data+={category: sick-notes, retention: one-year}", "data+={category: names, retention: ten-years}"),
    ):  # fmt: skip
        assert empty(*words, "--yes").code == 0, words

    def found(*words: str) -> set[str]:
        return {one["ref"] for one in empty(*words, "--json").json}

    assert found("vendor", "list", "--basis", "consent") == {"mail-ltd"}
    assert found("vendor", "list", "--owner", "Head of HR") == {"wages-ltd", "mail-ltd"}
    assert found("vendor", "list", "--owner", "!Head of Sales") == {"wages-ltd"}
    assert found("vendor", "list", "--data", "sick-notes", "--basis", "consent") == set()
    assert found("retention", "list", "--data", "sick-notes") == {"one-year"}
    assert found("data", "list", "--retention", "ten-years") == {"names"}
    assert found("data", "list", "--vendor", "mail-ltd") == {"names", "sick-notes"}
    told = " ".join(empty("vendor", "list", "--help").out.split())
    assert "(of its activities)" in told
    assert "(of its activities)" not in empty("activity", "list", "--help").out


def test_columns_into_parts_and_counts(example: Inside) -> None:
    """purposes.legal_basis in words, recipients.count as a number, gaps as `ropa gaps` counts them; sorted as numbers."""
    ran = example(
        "activity", "list", "--csv", "--sort=-recipients.count",
        "--columns", "ref,recipients.count,purposes.legal_basis,gaps",
    )  # fmt: skip
    said = {a["ref"]: a for a in example("activity", "list", "--json").json}
    counts = [int(row[1]) for row in ran.rows]
    assert (
        counts
        == sorted(counts, reverse=True)
        == [len(said[row[0]].get("recipients", [])) for row in ran.rows]
    )
    assert {row[0]: row[2] for row in ran.rows}["PA-0003"] == "6(1)(a) consent"
    rules = {(f["ref"], f["rule"]) for f in example("gaps", "--json").json["findings"] if not f["waived"]}
    for row in ran.rows:
        assert int(row[3]) == sum(ref == row[0] for ref, _ in rules)


def test_json_of_columns_has_just_these(example: Inside) -> None:
    """The columns that were asked for, each as the record's JSON says it; a list where there may be several; null for a blank."""
    columns = "ref,owner,purposes.legal_basis,recipients.count,dpia.date,reviewed_on"
    picked = example("activity", "list", "--columns", columns, "--json").json
    whole = example("activity", "list", "--json").json
    assert picked == [
        {
            "ref": one["ref"],
            "owner": one.get("owner"),
            "purposes.legal_basis": [p["legal_basis"] for p in one.get("purposes", []) if "legal_basis" in p],
            "recipients.count": len(one.get("recipients", [])),
            "dpia.date": one.get("dpia", {}).get("date"),
            "reviewed_on": one.get("reviewed_on"),
        }
        for one in whole
    ]
    assert any(one["dpia.date"] for one in picked)


def test_groups_count_and_name(example: Inside) -> None:
    """Each value once with its records; a record that says several stands under each; JSON and CSV say the same."""
    groups = example("activity", "list", "--group-by", "purposes.legal_basis", "--json").json
    consent = next(g for g in groups if "consent" in (g["purposes.legal_basis"] or ""))
    assert set(consent["refs"]) == refs(example, "--basis", "consent")
    assert consent["count"] == len(consent["refs"])
    assert groups[-1]["purposes.legal_basis"] is None, "blanks last"
    rows = example("activity", "list", "--group-by", "purposes.legal_basis", "--csv").rows
    assert [(int(row[1]), row[2].split()) for row in rows] == [(g["count"], g["refs"]) for g in groups]


def test_a_recorded_nought_is_no_blank(empty: Inside) -> None:
    """Nought days is an answer; a count of nothing is a blank."""
    empty("notice", "add", "At once", "response_days=0")
    empty("notice", "add", "Not said")
    named = [n["name"] for n in empty("notice", "list", "--where", "response_days=", "--json").json]
    assert named == ["Not said"]
    assert len(empty("notice", "list", "--where", "told.count=", "--json").json) == 2


def test_the_shipped_catalogue_is_a_list_apart(example: Inside, tmp_path: Path) -> None:
    """Its terms, also those that the register lacks, with which it holds; found by other names; no register is needed."""
    own = {row["ref"] for row in example("data", "list", "--json").json}
    shipped = {row[0]: row[2] for row in example("data", "list", "--shipped", "--csv").rows}
    assert shipped.keys() - own
    assert {ref for ref, held in shipped.items() if held == "yes"} == shipped.keys() & own
    assert "not your register" in example("data", "list", "--shipped").err
    assert "Backups" in example("measure", "list", "--shipped", "--text", "backup", cwd=tmp_path.parent).out
    assert [row[0] for row in example("subject", "list", "--shipped", "--text", "workforce", "--csv").rows]
    example.refused("vendor", "list", "--shipped")


def test_a_vendor_is_found_behind_systems_and_sub_processors(empty: Inside) -> None:
    """`--vendor` finds an activity that the vendor reaches through others, and `--country` where it then goes."""
    empty("vendor", "add", "Deep Disks", "ref=deep")
    empty(
        "vendor",
        "add",
        "Cloud Racks",
        "ref=racks",
        "country=IE",
        "sub_processors+={organisation: deep, country: SG}",
    )
    empty("system", "add", "Archive", "vendor=racks")
    empty("entity", "add", "Acme", "ref=acme", "country=DE")
    empty("activity", "add", "Filing", "entity=acme", "systems+=archive")
    empty("activity", "add", "Lunch", "entity=acme")
    for words in (("--vendor", "deep"), ("--country", "Singapore"), ("--vendor", "!-")):
        assert [row[0] for row in empty("activity", "list", *words, "--csv").rows] == ["PA-0001"], words
    assert [row[0] for row in empty("activity", "list", "--vendor", "-", "--csv").rows] == ["PA-0002"]


def test_transfers_are_filtered_as_activities_are(example: Inside) -> None:
    """By what the activity says, by the transfer itself, by any field; grouped and sorted like every list."""
    every = example("transfer", "list", "--json").json
    assert [t["activity"] for t in example("transfer", "list", "--owner", "Head of IT", "--json").json] == [
        "PA-0022"
    ]
    to_us = example("transfer", "list", "--country", "US", "--json").json
    assert to_us == [t for t in every if t["destination"] == "US"]
    blank = example("transfer", "list", "--where", "mechanism=", "--json").json
    assert blank == [t for t in every if "mechanism" not in t] != []
    groups = example("transfer", "list", "--group-by", "destination", "--json").json
    assert sum(group["count"] for group in groups) == len(every)
    assert "Did you mean mechanism" in example.refused("transfer", "list", "--sort", "mechanisms")


def test_what_goes_abroad_without_a_transfer_on_record_is_told(example: Inside) -> None:
    """A processor's sub-processor in the United States stands under the transfers until a leg goes there."""
    told = "PA-0025 Customer satisfaction survey: Invented Relay Inc., sub-processor of Modelform ApS (United States)"
    assert told in example("transfer", "list").out
    assert told in example("transfer", "show", "US").out
    assert told not in example("transfer", "list", "--country", "CH").out
    example("activity", "set", "PA-0025", "transfers+={destination: US, recipient: invented-relay}")
    assert told not in example("transfer", "list").out
    # What goes to one firm is none to another in the same country.
    example("vendor", "add", "Mailmonkey", "country=US", "--yes")
    example("activity", "set", "PA-0025", "recipients+={organisation: mailmonkey, role: processor}")
    assert (
        "PA-0025 Customer satisfaction survey: Mailmonkey (United States)" in example("transfer", "list").out
    )
    assert "Mailmonkey (United States)" in example("gaps", "--activity", "PA-0025").out
    # A processor's client abroad is such a place, too, until a leg goes back to it.
    client = "Muster Alpwasser AG, a client (Switzerland)"
    assert client not in example("transfer", "list").out
    example("activity", "set", "PA-0028", "transfers-=1")
    assert client in example("transfer", "list").out
    example("activity", "state", "PA-0028", "ROPA-T112", "--reason", "The client reads it in Vienna only")
    assert client not in example("transfer", "list").out


def test_a_noun_alone_says_what_can_be_done(example: Inside) -> None:
    """Every verb with its line, an example of each that names the noun, exit 0; a mistyped verb is met with the right one."""
    for noun in ("activity", "vendor", "transfer"):
        ran = example(noun)
        assert ran.code == 0
        assert f"ropa {noun} list" in ran.out
        assert f"ropa {noun} show" in ran.out
    assert "Did you mean list" in example.refused("vendor", "lst")


def test_what_is_asked_of_parts_is_asked_of_one_part(empty: Inside) -> None:
    """Consent without a word on withdrawal is found per purpose: another purpose's blank, or its word, does not count."""
    consent, paid = "{text: Post, legal_basis: consent", "{text: Pay, legal_basis: contract}"
    for name, purposes in (
        ("Lacks it", [consent + "}", consent + ", consent_withdrawal: A link}"]),
        ("Says it", [consent + ", consent_withdrawal: A link}", paid]),
        ("Has no consent", [paid]),
    ):
        assert empty("activity", "add", name, *(f"purposes+={one}" for one in purposes)).code == 0
    lacking = ("--where", "purposes.consent_withdrawal=")
    for words in (("--basis", "consent"), ("--where", "purposes.legal_basis=consent")):
        assert refs(empty, *words, *lacking) == {"PA-0001"}
    assert refs(empty, "--where", "purposes.consent_withdrawal!=") == set()
    assert refs(empty, "--where", "recipients.role=") == {"PA-0001", "PA-0002", "PA-0003"}
