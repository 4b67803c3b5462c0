"""How it is guarded and shown: security measures, impact assessments, breaches."""

from ropa.sheets.forms.answers.registry import About, answers
from ropa.sheets.forms.speech import Speech
from ropa.sheets.saying import lines_of
from ropa.sheets.table import Blank


@answers("measures", "measures")
def measures(say: Speech, about: About) -> str:
    """Each measure once by name, after the systems that it comes with (Art. 30(1)(g))."""
    systems: dict[str, list[str]] = {measure: [] for measure in about.its.measures}
    for ref in about.its.systems:
        name, comes_with = say.protected(ref)
        for measure in comes_with:
            systems.setdefault(measure, []).append(name)
    together: dict[str, list[str]] = {}
    for measure, names in systems.items():
        together.setdefault("; ".join(dict.fromkeys(names)), []).append(say.name("measure", measure))
    lines = [
        say.word("of", what=names, said="; ".join(those)) if names else "; ".join(those)
        for names, those in together.items()
    ]
    return say.or_answer(lines_of(lines), about.its, "measures")


@answers("assessment criteria")
def assessment_criteria(say: Speech, about: About) -> str:
    """Which of the nine criteria of WP 248 are met, which are not, how many are not answered. What follows is for a person to say."""
    from ropa.model.codes import vocabulary

    criteria = about.its.criteria
    if not criteria:
        return say.or_answer("", about.its, "criteria", "dpia")
    lines = [
        say.word("of", what=say.word(key), said="; ".join(those))
        for key, answer in (("criteria met", "met"), ("criteria not met", "not met"))
        if (those := [say.say(one, "criterion") or say.blank for one in criteria if one.answer == answer])
    ]
    answered = {one.criterion for one in criteria if one.answer and one.criterion}
    left = len(vocabulary("criterion").codes) - len(answered)
    return say.whole(lines, [say.word("criteria left", number=left)] if left else [])


@answers("assessment progress", "dpia.outcome", "dpia.date")
def assessment_progress(say: Speech, about: About) -> str:
    """How the impact assessment ended, and when."""
    said = ", ".join(filter(None, (say.say(about.its.dpia, name) for name in ("outcome", "date"))))
    return say.or_answer(said, about.its, "dpia")


@answers("assessment reference", "dpia.reference")
def assessment_reference(say: Speech, about: About) -> str:
    """Where the impact assessment is kept."""
    return say.or_answer(say.say(about.its.dpia, "reference"), about.its, "dpia.reference", "dpia")


@answers("kept inside")
def kept_inside(say: Speech, about: About) -> str:
    """What the register keeps in the house: the same words whether anything is recorded or not, for they must not tell."""
    return Blank(say.word("kept inside"))


@answers("notice addresses")
def notice_addresses(say: Speech, about: About) -> str:
    """Each privacy notice with where people find it."""
    from ropa.model.notice import Notice

    said: list[str] = []
    unsaid: list[str] = []
    for ref in about.its.notices:
        address = say.say(say.register.get(Notice, ref), "address")
        line = say.word("of", what=say.name("notice", ref), said=address or say.blank)
        (said if address else unsaid).append(line)
    return say.or_answer(say.whole(said, unsaid), about.its, "notices")
