"""Where the data go: countries, safeguards, systems and where they are hosted."""

from ropa.model.catalogue import System
from ropa.model.parts import Transfer
from ropa.sheets.forms.answers.registry import About, answers
from ropa.sheets.forms.speech import Speech
from ropa.sheets.saying import lines_of


@answers("destinations")
def destinations(say: Speech, about: About) -> str:
    """Each third country or international organisation once (Art. 30(1)(e))."""
    places = [where(say, leg) for leg in about.its.transfers]
    if not any(places):
        return say.or_answer("", about.its, "transfers")
    return say.whole(places, [say.blank] if not all(places) else [])


def where(say: Speech, leg: Transfer) -> str:
    """The country or international organisation of a leg; "" where neither is recorded."""
    return ", ".join(filter(None, (say.say(leg, n) for n in ("destination", "international_organisation"))))


@answers("safeguards", "transfers.mechanism", "transfers.art49_assessment", "transfers.art49_safeguards")
def safeguards(say: Speech, about: About) -> str:
    """What each leg rests on, and what is documented of one for compelling interests (Art. 49(1) second subparagraph).

    A form may ask for the safeguards of exceptional transfers alone; an ordinary one is said too, under the name of its Article.
    """
    lines, gap = [], False
    for number, leg in enumerate(about.its.transfers, 1):
        how = say.say(leg, "mechanism") or say.part_answer(about.its, "transfers", number, "mechanism")
        rest = [how or say.missing(say.word("mechanism"))]
        rest += [say.say(leg, name) for name in ("art49_assessment", "art49_safeguards")]
        to = ", ".join(filter(None, (where(say, leg) or say.blank, say.say(leg, "recipient"))))
        lines.append(say.word("of", what=to, said="; ".join(filter(None, rest))))
        gap = gap or not how or not where(say, leg)
    return say.or_answer(say.partly(lines_of(lines), gap=gap), about.its, "transfers")


@answers("systems", "systems")
def systems(say: Speech, about: About) -> str:
    """Each system with the countries that host it."""
    lines = []
    for ref in about.its.systems:
        name, hosts = say.name("system", ref), say.say(say.register.get(System, ref), "hosting_countries")
        lines.append(f"{name} ({hosts})" if hosts else name)
    return say.or_answer(lines_of(lines), about.its, "systems")
