"""Where the data go: countries, safeguards, systems and where they are hosted."""

from ropa.model.catalogue import System
from ropa.model.parts import Transfer
from ropa.sheets.forms.answers.registry import About, answers
from ropa.sheets.forms.speech import Speech
from ropa.sheets.saying import lines_of

COMPELLING = "49-1-sub2"
"""The mechanism of Art. 49(1) second subparagraph, in the table of mechanisms."""


@answers("destinations")
def destinations(say: Speech, about: About) -> str:
    """Each third country or international organisation once (Art. 30(1)(e))."""
    places = [where(say, leg) for _, leg in _legs(about)]
    if not places and about.its.transfers:
        return say.none("none for this controller")
    if not any(places):
        return say.or_answer("", about.its, "transfers")
    return say.whole(places, [say.blank] if not all(places) else [])


def _legs(about: About) -> list[tuple[int, Transfer]]:
    """The legs with their numbers; of a processor's client those that do not go to another one of its clients."""
    legs = list(enumerate(about.its.transfers, 1))
    if about.field != "clients" or about.part is None:
        return legs
    others = {one.organisation for one in about.its.clients if one.organisation} - {about.part.organisation}
    return [(number, leg) for number, leg in legs if leg.recipient not in others]


def where(say: Speech, leg: Transfer) -> str:
    """The country or international organisation of a leg; "" where neither is recorded."""
    return ", ".join(filter(None, (say.say(leg, n) for n in ("destination", "international_organisation"))))


@answers("safeguards", "transfers.mechanism", "transfers.art49_assessment", "transfers.art49_safeguards")
def safeguards(say: Speech, about: About) -> str:
    """What each leg rests on, and what is documented of one for compelling interests (Art. 49(1) second subparagraph).

    A form may ask for the safeguards of exceptional transfers alone; an ordinary one is said too, under the name of its Article.
    """
    lines, gap = [], False
    if about.its.transfers and not _legs(about):
        return say.none("none for this controller")
    for number, leg in _legs(about):
        how = say.say(leg, "mechanism") or say.part_answer(about.its, "transfers", number, "mechanism")
        rest = [how or say.missing(say.word("mechanism"))]
        rest += [say.say(leg, name) for name in ("art49_assessment", "art49_safeguards")]
        to = ", ".join(filter(None, (where(say, leg) or say.blank, say.say(leg, "recipient"))))
        lines.append(say.word("of", what=to, said="; ".join(filter(None, rest))))
        gap = gap or not how or not where(say, leg)
    return say.or_answer(say.partly(lines_of(lines), gap=gap), about.its, "transfers")


@answers("transfers take place")
def transfers_take_place(say: Speech, about: About) -> str:
    """Whether there are transfers; the reason where it is stated that there are none."""
    if about.its.transfers:
        return say.word("takes place")
    return say.or_answer("", about.its, "transfers")


@answers("transfer recipients", "transfers.recipient")
def transfer_recipients(say: Speech, about: About) -> str:
    """Who receives the data in the third country."""
    legs = _legs(about)
    names = [say.say(leg, "recipient") for _, leg in legs]
    if not any(names):
        return say.or_answer("", about.its, "transfers.recipient", "transfers")
    return say.whole(names, [say.blank] if not all(names) else [])


@answers("exceptional safeguards", "transfers.art49_assessment", "transfers.art49_safeguards")
def exceptional_safeguards(say: Speech, about: About) -> str:
    """What is documented of a transfer for compelling interests (Art. 49(1) second subparagraph); that there is no such transfer."""
    lines, gap, known = [], False, True
    for _, leg in _legs(about):
        said = [say.say(leg, name) for name in ("art49_assessment", "art49_safeguards")]
        if leg.mechanism == COMPELLING or any(said):
            text = "; ".join(filter(None, said)) or say.blank
            lines.append(say.word("of", what=where(say, leg) or say.blank, said=text))
            gap = gap or not all(said)
        known = known and leg.mechanism is not None
    if not lines and about.its.transfers and known:
        return say.none("no compelling interest")
    return say.or_answer(say.partly(lines_of(lines), gap=gap), about.its, "transfers")


@answers(
    "transfers",
    "transfers.destination",
    "transfers.international_organisation",
    "transfers.recipient",
    "transfers.mechanism",
)
def transfers(say: Speech, about: About) -> str:
    """Each leg with its recipient and what it rests on, in one cell."""
    return safeguards(say, about)


@answers("systems", "systems")
def systems(say: Speech, about: About) -> str:
    """Each system with the countries that host it."""
    lines = []
    for ref in about.its.systems:
        name, hosts = say.name("system", ref), say.say(say.register.get(System, ref), "hosting_countries")
        lines.append(f"{name} ({hosts})" if hosts else name)
    return say.or_answer(lines_of(lines), about.its, "systems")


@answers("leg", "transfers.destination", "transfers.international_organisation")
def leg(say: Speech, about: About) -> str:
    """The country or international organisation of one leg."""
    if about.part is None:
        return say.or_answer("", about.its, "transfers")
    return where(say, about.part) or say.blank
