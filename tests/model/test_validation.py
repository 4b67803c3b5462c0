"""Validation speaks the user's language, understands other spellings, and never guesses."""

from datetime import date

import pytest

from ropa.errors import Ambiguous, Faults, Refused
from ropa.model.activity import Activity
from ropa.model.catalogue import RetentionRule, System
from ropa.model.dates import day_in_words, parse_day
from ropa.model.explain import read_record
from ropa.model.organisation import Organisation
from ropa.model.periods import in_words, parse_interval, parse_period


def activity(**said):
    return read_record(Activity, {"ref": "PA-0001", "name": "Newsletter", **said})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Art. 6 (1) b GDPR", "6(1)(b)"),
        ("contract", "6(1)(b)"),
        ("legitimate interests", "6(1)(f)"),
        ("6(1)(a)", "6(1)(a)"),
        ("Einwilligung", "6(1)(a)"),
        ("6.1.c", "6(1)(c)"),
    ],
)
def test_a_legal_basis_is_understood_as_lawyers_write_it(typed, kept):
    """Other spellings of a legal basis are kept in one standard form."""
    assert activity(purposes=[{"text": "x", "legal_basis": typed}]).purposes[0].legal_basis == kept


@pytest.mark.parametrize(
    ("typed", "kept"), [("USA", "US"), ("Deutschland", "DE"), ("no", "NO"), ("Norway", "NO"), ("fra", "FR")]
)
def test_a_country_is_understood_by_name_and_code(typed, kept):
    """NO is Norway."""
    assert read_record(
        System, {"ref": "crm", "name": "CRM", "hosting_countries": [typed]}
    ).hosting_countries == (kept,)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("10 years", "P10Y"),
        ("P10Y", "P10Y"),
        ("p6m", "P6M"),
        ("1 Jahr", "P1Y"),
        ("18 mois", "P18M"),
        ("1 year and 6 months", "P1Y6M"),
        ("30 Tage", "P30D"),
        ("2 weeks", "P2W"),
        ("10 años", "P10Y"),
        ("two weeks", "P2W"),
        ("zehn Jahre", "P10Y"),
        ("un an et six mois", "P1Y6M"),
        ("a year", "P1Y"),
        ("half a year", "P6M"),
        ("ein halbes Jahr", "P6M"),
    ],
)
def test_a_period_is_kept_as_iso_8601(typed, kept):
    """Periods in words of six languages become ISO 8601 durations."""
    assert parse_period(typed) == kept
    assert parse_period(in_words(kept)) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("yearly", "P1Y"),
        ("every year", "P1Y"),
        ("jährlich", "P1Y"),
        ("every two years", "P2Y"),
        ("every 6 months", "P6M"),
        ("alle 6 Monate", "P6M"),
        ("quarterly", "P3M"),
        ("P1Y", "P1Y"),
        ("18 months", "P18M"),
    ],
)
def test_how_often_is_read_as_people_say_it(typed, kept):
    """A field such as "review every" takes the words in which a review is agreed."""
    assert parse_interval(typed) == kept


@pytest.mark.parametrize("typed", ["every", "every now and then", "biannually", "every 3"])
def test_how_often_is_not_guessed(typed):
    """The word "biannually" is twice a year to one and every two years to another."""
    with pytest.raises(Refused):
        parse_interval(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "10",
        "soon",
        "ten",
        "a while",
        "two or three years",
        "10 minutes",
        "P",
        "PT1H",
        "as long as necessary",
        "1 year 2 years",
        "-1 year",
    ],
)
def test_what_is_no_period_is_refused(typed):
    """A bare number says no unit; hours are no time limit of Art. 30(1)(f)."""
    with pytest.raises(Refused):
        parse_period(typed)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-02", date(2026, 11, 2)),
        ("2.11.2026", date(2026, 11, 2)),
        ("2 November 2026", date(2026, 11, 2)),
        ("November 2nd, 2026", date(2026, 11, 2)),
        ("31/12/2026", date(2026, 12, 31)),
        ("12/31/2026", date(2026, 12, 31)),
        ("3. März 2025", date(2025, 3, 3)),
        ("1er août 2024", date(2024, 8, 1)),
        ("5 de mayo de 2024", date(2024, 5, 5)),
        ("29 February 2024", date(2024, 2, 29)),
        ("end of March 2027", date(2027, 3, 31)),
        ("end of February 2028", date(2028, 2, 29)),
        ("Ende 2026", date(2026, 12, 31)),
        ("fin de mars 2027", date(2027, 3, 31)),
    ],
)
def test_a_day_is_read_as_people_write_it(typed, day):
    """Obvious forms of a day in six languages."""
    assert parse_day(typed) == day


def test_an_ambiguous_day_is_refused_with_both_readings():
    """03/04/2026 is never guessed."""
    with pytest.raises(Refused, match="2026-04-03 or 2026-03-04"):
        parse_day("03/04/2026")


@pytest.mark.parametrize("typed", ["20 nov", "November 20", "3. Mai"])
def test_a_day_without_its_year_is_refused_as_such(typed):
    """The year is not guessed, and the word is about the year."""
    with pytest.raises(Refused, match="names no year"):
        parse_day(typed)


FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("yesterday", date(2026, 11, 26)),
        ("in three months", date(2027, 2, 27)),
        ("a week ago", date(2026, 11, 20)),
        ("half a year ago", date(2026, 5, 27)),
        ("next Monday", date(2026, 11, 30)),
        ("last Saturday", date(2026, 11, 21)),
        ("last Friday", date(2026, 11, 20)),
        ("end of the month", date(2026, 11, 30)),
        ("end of next month", date(2026, 12, 31)),
        ("the end of the quarter", date(2026, 12, 31)),
        ("end of last year", date(2025, 12, 31)),
        ("end of next year", date(2027, 12, 31)),
        ("Monday", None),
        ("in a while", None),
        ("the day before", None),
    ],
)
def test_a_day_is_said_as_seen_from_today(typed, day):
    """What people say on a Friday in November, and what is left to be refused as no day."""
    assert day_in_words(typed, FRIDAY) == day


@pytest.mark.parametrize(
    ("typed", "both"),
    [("last Monday", "2026-11-16 or 2026-11-23"), ("next Sunday", "2026-11-29 or 2026-12-06")],
)
def test_a_weekday_of_the_running_week_is_not_guessed(typed, both):
    """What is "last Monday", said on a Friday, is this week's day to one and the week's before to another."""
    with pytest.raises(Ambiguous, match=both):
        day_in_words(typed, FRIDAY)


@pytest.mark.parametrize(
    "typed",
    ["31.2.2026", "end of 20261", "end of the world 2026", "2026-13-01", "yesterday", "20261102", "2026"],
)
def test_what_is_no_day_is_refused(typed):
    """No day of the calendar, no day."""
    with pytest.raises(Refused):
        parse_day(typed)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            {"purposes": [{"text": "a"}, {"legal_basis": "6.1.z"}]},
            "PA-0001: purposes 2: legal basis '6.1.z' is not one of 6(1)(a) … 6(1)(f).",
        ),
        ({"name": "  "}, "PA-0001: name is missing."),
        ({"role": "boss"}, "PA-0001: role 'boss' is not one of controller, processor."),
        (
            {"transfers": [{"destination": "Atlantis"}]},
            "PA-0001: transfers 1: destination 'Atlantis' is not a country",
        ),
        ({"purposses": []}, "PA-0001: there is no field 'purposses'. Did you mean purposes?"),
        (
            {"data": [{"purposes": ["first"]}]},
            "PA-0001: data 1: for purposes 1: 'first' is not a whole number.",
        ),
        ({"started_on": "31.2.2020"}, "PA-0001: started on '31.2.2020' is not a day of the calendar."),
        ({"children": "perhaps"}, "PA-0001: children 'perhaps' is neither yes nor no."),
        ({"owner": "a\x00b"}, "PA-0001: owner holds a NUL character."),
        ({"owner": "a\ud800"}, "PA-0001: owner holds half of a character"),
        ({"owner": 5}, "PA-0001: owner is not a text."),
        ({"dpia": "done"}, "PA-0001: DPIA is not a part with fields of its own."),
    ],
)
def test_a_mistake_is_told_in_the_users_words(said, told):
    """Where it is, which field, what stands there, and the choices."""
    with pytest.raises(Refused) as trouble:
        activity(**said)
    assert told in str(trouble.value)


def test_all_mistakes_are_told_at_once():
    """Two mistakes, two lines."""
    with pytest.raises(Faults) as trouble:
        activity(role="boss", children="perhaps")
    assert len(trouble.value.each) == 2


def test_a_number_may_be_blank_or_out_of_range():
    """A blank number is not said; a negative one is refused in words."""
    assert read_record(Organisation, {"ref": "a", "name": "a", "employees": ""}).employees is None
    assert read_record(Organisation, {"ref": "a", "name": "a", "employees": "1 200"}).employees == 1200
    with pytest.raises(Refused, match="employees is too small"):
        read_record(Organisation, {"ref": "a", "name": "a", "employees": "-3"})


def test_blank_text_is_not_said():
    """White space is no answer, anywhere."""
    record = activity(owner="  ", children="", purposes=[{"text": "\t", "legal_basis": ""}])
    assert (record.owner, record.children, record.purposes[0].text, record.purposes[0].legal_basis) == (
        None,
        None,
        None,
        None,
    )


def test_yes_and_no_in_six_languages():
    """ja, oui, sí, sì, nee … are answers."""
    said = {
        w: read_record(Organisation, {"ref": "a", "name": "a", "public_body": w}).public_body
        for w in ("ja", "oui", "sí", "nee", "non")
    }
    assert said == {"ja": True, "oui": True, "sí": True, "nee": False, "non": False}


def test_a_no_is_kept():
    """No is an answer; it is not a blank."""
    assert activity(children="no").children is False


def test_records_do_not_change():
    """A record is a frozen value."""
    with pytest.raises(ValueError, match="frozen"):
        activity().name = "x"


def test_a_retention_rule_may_be_a_criterion():
    """Art. 30(1)(f) with 13(2)(a): a period or the criterion."""
    rule = read_record(
        RetentionRule, {"ref": "claims", "name": "Claims", "criterion": "until the claim is barred"}
    )
    assert rule.period is None
