"""The lettered points of Art. 30(1) and 30(2), each as one cell of an activity's row."""

from ropa.model.activity import Activity
from ropa.model.organisation import Organisation
from ropa.model.parts import Client, DataLine
from ropa.sheets.saying import Words, lines_of, without_country
from ropa.sheets.table import NOT_RECORDED, Partly


def responsible(words: Words, activity: Activity, role: str) -> str:
    """30(1)(a), 30(2)(a): the organisation of ours with its contact, its representative, its DPO."""
    if not activity.entity:
        return words.or_answer("", activity, "entity")
    entity = words.register.organisations.get(activity.entity)
    lines = [words.contact(activity.entity)]
    if role == "controller":
        lines += joint_controllers(words, activity)
    missing = []
    for part in ("representative", "dpo"):
        said = officer(words, entity, part)
        if said.endswith(NOT_RECORDED):
            missing.append(said)
        else:
            lines.append(said)
    return lines_of(lines, "\n".join(missing))


def joint_controllers(words: Words, activity: Activity) -> list[str]:
    """30(1)(a): joint controllers among the recipients, with contact."""
    return [
        f"Joint controller: {_in_line(words.contact(one.organisation)) if one.organisation else one.category}"
        for one in activity.recipients
        if one.role == "joint controller" and (one.organisation or one.category)
    ]


def _in_line(contact: str) -> str:
    return contact.replace("\n", ", ")


def officer(words: Words, organisation: Organisation | None, part: str) -> str:
    """Who the DPO or the representative is, with contact; the statement that there is none; or that nothing is recorded.

    "" for a representative nobody needs to ask for: of an organisation established in the EEA (Art. 27(1)). Where its
    country is not recorded, neither is whether it needs one.
    """
    title = {"dpo": "Data protection officer", "representative": "Representative (Art. 27)"}[part]
    person = getattr(organisation, part, None)
    names = ("name", "address", "country", "email", "phone")
    said = ""
    if person:
        told = {name: words.say(person, name) for name in names}
        told["address"] = without_country(told["address"], told["country"])
        said = ", ".join(filter(None, told.values()))
    if not said and organisation:
        said = words.answer(organisation, part, title) or ""
    if not said and part == "representative" and not _outside(words, organisation):
        return ""
    return f"{title}: {said or NOT_RECORDED}"


def _outside(words: Words, organisation: Organisation | None) -> bool:
    from ropa.reference.countries import in_eea

    if organisation is None:
        return False
    return organisation.country is None or not in_eea(organisation.country, words.on)


def purposes(words: Words, activity: Activity) -> str:
    """30(1)(b): the purposes, numbered where there are several."""
    lines, unsaid = _numbered([words.say(one, "text") for one in activity.purposes])
    return lines_of(lines, "\n".join(unsaid)) if lines else words.or_answer("", activity, "purposes")


def grounds(words: Words, activity: Activity) -> str:
    """Legal basis of each purpose, with all that the purpose says about it; the numbers are those of the purposes."""
    lines, unsaid = _numbered([_ground(words, activity, n) for n in range(len(activity.purposes))])
    if not lines:
        return words.or_answer("", activity, "purposes", "legal basis", "purposes.legal_basis")
    text = lines_of(lines, "\n".join(unsaid))
    return Partly(text) if any(f"Legal basis {NOT_RECORDED}" in line for line in lines) else text


def _ground(words: Words, activity: Activity, place: int) -> str:
    purpose = activity.purposes[place]
    basis = words.say(purpose, "legal_basis") or words.part_answer(
        activity, "purposes", place + 1, "legal_basis"
    )
    more = words.details(purpose, but=("text", "legal_basis"))
    if not more:
        return basis or ""
    return f"{basis or f'Legal basis {NOT_RECORDED}'}; {more}"


def _numbered(texts: list[str]) -> tuple[list[str], list[str]]:
    """What is said, and what is not, each line with its number where there are several."""
    number = [f"{n}. " if len(texts) > 1 else "" for n in range(1, len(texts) + 1)]
    said = [f"{n}{text}" for n, text in zip(number, texts, strict=True) if text]
    unsaid = [f"{n}{NOT_RECORDED}" for n, text in zip(number, texts, strict=True) if not text]
    return said, unsaid


def people_and_data(words: Words, activity: Activity) -> str:
    """30(1)(c): the categories of data, grouped by whose they are, with what is special (Art. 9, 10)."""
    groups: dict[str, list[str]] = {}
    for line in activity.data:
        whose = words.name("subject_category", line.subjects)
        groups.setdefault(whose, []).append(category(words, line))
    lines = [
        f"{whose or f'People {NOT_RECORDED}'}: {'; '.join(dict.fromkeys(filter(None, data))) or f'data {NOT_RECORDED}'}"
        for whose, data in groups.items()
    ]
    if not lines:
        return words.or_answer("", activity, "data")
    text = lines_of(lines)
    return Partly(text) if any(not one.subjects or not one.category for one in activity.data) else text


def category(words: Words, line: DataLine) -> str:
    """A category of data, with the sort of special data that it is."""
    if not line.category:
        return ""
    special = words.special(line.category)
    name = words.name("data_category", line.category)
    return f"{name} [{special}]" if special else name


def recipients(words: Words, activity: Activity) -> str:
    """30(1)(d): each recipient with its role and what for."""
    lines = []
    for one in activity.recipients:
        name = words.say(one, "organisation") or words.say(one, "category") or f"Name {NOT_RECORDED}"
        inside = ", ".join(filter(None, (words.say(one, "role"), words.say(one, "what_for"))))
        lines.append(f"{name} ({inside})" if inside else name)
    return lines_of(lines) or words.or_answer("", activity, "recipients")


def transfers(words: Words, activity: Activity, served: Client | None = None) -> str:
    """30(1)(e), 30(2)(c): each leg with its mechanism, and the safeguards of Art. 49(1) second subparagraph.

    served: of a processor, the controller whose row it is; a leg to another one of its controllers is not its concern.
    """
    lines, gap = [], False
    others = {one.organisation for one in activity.clients if one.organisation} if served else set()
    others -= {served.organisation} if served else set()
    for number, leg in enumerate(activity.transfers, 1):
        if leg.recipient in others:
            continue
        where = ", ".join(
            filter(None, (words.say(leg, n) for n in ("destination", "international_organisation")))
        )
        rest = [f"to {who}" if (who := words.say(leg, "recipient")) else ""]
        how = words.say(leg, "mechanism") or words.part_answer(activity, "transfers", number, "mechanism")
        rest.append(how or f"mechanism {NOT_RECORDED}")
        rest += [
            words.labelled(leg, (name,), bare_first=False)
            for name in ("art49_assessment", "art49_safeguards")
        ]
        lines.append(f"{where or f'Destination {NOT_RECORDED}'}: {'; '.join(filter(None, rest))}")
        gap = gap or not where or not how
    text = lines_of(lines)
    if not text and activity.transfers:
        return "None recorded for this controller"
    return (Partly(text) if gap else text) if text else words.or_answer("", activity, "transfers")


def time_limits(words: Words, activity: Activity) -> str:
    """30(1)(f): each time limit with the categories of data it is for; what has none is said last."""
    groups: dict[str, list[str]] = {}
    for number, line in enumerate(activity.data, 1):
        limit = words.time_limit(line.retention) if line.retention else ""
        limit = limit or words.part_answer(activity, "data", number, "retention") or ""
        groups.setdefault(limit, []).append(
            words.name("data_category", line.category) or f"data {NOT_RECORDED}"
        )
    lines = [f"{_each(names)} — {limit}" for limit, names in groups.items() if limit]
    if not lines:
        return words.or_answer("", activity, "retention", "data", "time limits")
    return lines_of(lines, f"{_each(groups[''])} — {NOT_RECORDED}" if "" in groups else "")


def _each(names: list[str]) -> str:
    return "; ".join(dict.fromkeys(names))


def security(words: Words, activity: Activity) -> str:
    """30(1)(g), 30(2)(d): each measure once by name, after the systems that it comes with. What it is: sheet "Measures"."""
    systems: dict[str, list[str]] = {measure: [] for measure in activity.measures}
    for ref in activity.systems:
        name, measures = words.protected(ref)
        for measure in measures:
            systems.setdefault(measure, []).append(name)
    together: dict[str, list[str]] = {}
    for measure, names in systems.items():
        together.setdefault(_each(names), []).append(words.name("measure", measure))
    lines = (
        f"{names}: {_each(measures)}" if names else _each(measures) for names, measures in together.items()
    )
    return lines_of(lines) or words.or_answer("", activity, "measures")


def client(words: Words, one: Client) -> str:
    """30(2)(a): a controller served, with contact, its representative and its DPO where they are recorded."""
    if not one.organisation:
        return words.say(one, "described_as") or NOT_RECORDED
    organisation = words.register.organisations.get(one.organisation)
    lines = [words.contact(one.organisation), words.labelled(one, ("described_as",), bare_first=False)]
    officers = [part for part in ("representative", "dpo") if getattr(organisation, part, None)]
    return lines_of([*lines, *(officer(words, organisation, part) for part in officers)])


def status(words: Words, activity: Activity) -> str:
    """Status, first and last day, a line each."""
    return words.labelled(activity, ("status", "started_on", "ended_on"))
