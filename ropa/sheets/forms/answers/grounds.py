"""On what ground: legal bases, conditions for special data, interests, consent, the rights that follow."""

from ropa.model.parts import Purpose
from ropa.sheets.forms.answers.purposes import CONSENT, INTERESTS, each_purpose, is_special
from ropa.sheets.forms.answers.registry import About, answers
from ropa.sheets.forms.speech import Speech


@answers("legal bases", "purposes.legal_basis", "purposes.law")
def legal_bases(say: Speech, about: About) -> str:
    """The point of Art. 6(1) of each purpose, with the act relied on."""
    said = each_purpose(say, about.its, lambda one, number: _basis(say, about, one, number))
    return say.or_answer(said, about.its, "purposes.legal_basis", "purposes", "legal basis")


def _basis(say: Speech, about: About, purpose: Purpose, number: int) -> str:
    basis = say.say(purpose, "legal_basis")
    if not basis:
        basis = say.part_answer(about.its, "purposes", number, "legal_basis") or ""
    law = say.say(purpose, "law")
    return ", ".join(filter(None, (basis or (say.blank if law else ""), law)))


@answers("special conditions", "purposes.art9_condition", "purposes.secrecy", "purposes.art10_authority")
def special_conditions(say: Speech, about: About) -> str:
    """The point of Art. 9(2), or the authority of Art. 10, of each purpose that has one."""
    names = ("art9_condition", "secrecy", "art10_authority")
    said = each_purpose(
        say,
        about.its,
        lambda one, _: ", ".join(filter(None, (say.say(one, name) for name in names))),
        lambda one: any(getattr(one, name) for name in names),
    )
    return said or of_special_data(say, about, "purposes.art9_condition")


def of_special_data(say: Speech, about: About, *fields: str) -> str:
    """What stands where nothing is recorded: a blank, unless the records show that no data are special."""
    if is_special(say, about.its) is False:
        return say.none("no special data")
    return say.or_answer("", about.its, *fields)


@answers("national conditions", "purposes.national_condition")
def national_conditions(say: Speech, about: About) -> str:
    """The condition of national law of each purpose that has one."""
    said = each_purpose(
        say,
        about.its,
        lambda one, _: say.say(one, "national_condition"),
        lambda one: bool(one.national_condition),
    )
    return said or of_special_data(say, about, "purposes.national_condition")


@answers("legal bases of special data")
def legal_bases_of_special_data(say: Speech, about: About) -> str:
    """The point of Art. 6(1) of each purpose for which special data are processed."""
    said = each_purpose(
        say,
        about.its,
        lambda one, number: _basis(say, about, one, number),
        lambda one: bool(one.art9_condition or one.art10_authority or one.national_condition),
    )
    return said or of_special_data(say, about)


@answers("no field of special data")
def no_field_of_special_data(say: Speech, about: About) -> str:
    """What the register has no field for, and a form asks of special data only."""
    return of_special_data(say, about)


@answers("no field")
def no_field(say: Speech, about: About) -> str:
    """What a form asks and the register has no field for: to be filled in by hand."""
    return say.blank


@answers("legitimate interests", "purposes.legitimate_interest")
def legitimate_interests(say: Speech, about: About) -> str:
    """The interest pursued, of each purpose that rests on one."""
    return _resting(say, about, INTERESTS, "legitimate_interest")


@answers("balancing tests", "purposes.lia_reference")
def balancing_tests(say: Speech, about: About) -> str:
    """Where the balancing test is kept, of each purpose that rests on legitimate interests."""
    return _resting(say, about, INTERESTS, "lia_reference")


@answers("consent records", "purposes.consent_record")
def consent_records(say: Speech, about: About) -> str:
    """Where the proof of consent is kept, of each purpose that rests on it."""
    return _resting(say, about, CONSENT, "consent_record")


_NO = {INTERESTS: "no legitimate interest", CONSENT: "no consent"}
_EXPLICIT = "9(2)(a)"


def _resting(say: Speech, about: About, basis: str, field: str) -> str:
    purposes = about.its.purposes
    said = each_purpose(
        say,
        about.its,
        lambda one, _: say.say(one, field),
        lambda one: bool(getattr(one, field)) or _rests(one, basis),
    )
    if not said and purposes and all(one.legal_basis for one in purposes):
        return say.none(_NO[basis])
    return say.or_answer(said, about.its, f"purposes.{field}")


def _rests(purpose: Purpose, basis: str) -> bool:
    return purpose.legal_basis == basis or (basis == CONSENT and purpose.art9_condition == _EXPLICIT)


@answers("rights")
def rights(say: Speech, about: About) -> str:
    """The rights that follow from the legal bases that are recorded, by the table of rights."""
    from ropa.reference.facts import table

    bases = {one.legal_basis for one in about.its.purposes}
    always: dict[str, None] = {}
    sometimes: dict[str, None] = {}
    for row in table("subject_rights"):
        if row["basis"] in bases and row["applies"] != "no":
            told = always if row["applies"] == "yes" else sometimes
            told[f"{row['right_name']} ({row['right']})"] = None
    if not always:
        return say.or_answer("", about.its, "purposes.legal_basis")
    some = [one for one in sometimes if one not in always]
    lines = [say.word("of", what=say.word("by the legal bases"), said="; ".join(always))]
    if some:
        lines.append(say.word("of", what=say.word("in some cases"), said="; ".join(some)))
    gap = [say.missing(say.word("legal basis of some"))] if None in bases else []
    return say.whole(lines, gap)
