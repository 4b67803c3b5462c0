"""Theme G, third part: what depends on how many people there are. Art. 30(5), and whether an officer is due."""

from ropa.gaps.case import Case
from ropa.gaps.rule import Answer, Gap, met, missing, not_applicable, rule
from ropa.gaps.tallies import tally
from ropa.model.activity import Activity
from ropa.model.organisation import Organisation
from ropa.reference.thresholds import threshold
from ropa.words import listing

_NAMED = 5
_LIVE = ("active", "suspended")


@rule(
    "ROPA-G105",
    severity="info",
    on="entity",
    ask="How many persons does this organisation employ?",
    sure="medium",
    facts=("thresholds",),
    law="GDPR Art. 30(5); recital 13; Article 29 Working Party, position paper on Art. 30(5) (19 April 2018)",
    applies="an organisation of ours below the number of persons that Art. 30(5) names, or with a number not recorded",
    good="40 employees: payroll is regular, so it is recorded",
    bad="Under 250, so no register",
    fix="ropa {noun} set {ref} employees=NUMBER",
)
def exemption(entity: Organisation, case: Case) -> Answer:
    """Tell honestly whether Art. 30(5) could help.

    Any one of three takes the exemption away: a likely risk, processing that is not occasional, special or criminal data; and
    then for those activities only. Hardly an employer gets by without one. No rule is hidden because of it: a record that need
    not be kept is still a good one.
    """
    limit = threshold("record", case.on)
    if limit is None:
        return not_applicable("The facts name no number of persons for that day.")
    if entity.employees is None:
        return missing(Gap("employees", "How many it employs is not recorded: Art. 30(5) cannot be told."))
    if entity.employees >= limit.persons:
        return not_applicable(f"It employs {limit.persons} persons or more.")
    sensitive, all_of_it = case.tally(_by_entity).get(entity.ref, ([], 0))
    if not sensitive:
        told = "none of its activities is recorded with special or criminal data"
    else:
        more = f" and {len(sensitive) - _NAMED} more" if len(sensitive) > _NAMED else ""
        told = f"special or criminal data take it away for {', '.join(sensitive[:_NAMED])}{more}"
    rest = "whether the others are occasional and without risk is not for the record to say"
    return met(f"Below {limit.persons} persons; of {all_of_it} activities {told}; {rest}.")


@tally(dict)
def _by_entity(found: dict[str | None, tuple[list[str], int]], activity: Activity, case: Case) -> None:
    """Entity → its live activities with special or criminal data, and how many live ones it has."""
    if activity.status in _LIVE:
        sensitive, many = found.get(activity.entity, ([], 0))
        if _is_sensitive(activity, case):
            sensitive.append(activity.ref)
        found[activity.entity] = sensitive, many + 1


def _is_sensitive(activity: Activity, case: Case) -> bool:
    return not case.sorts.keys().isdisjoint([line.category for line in activity.data])


@rule(
    "ROPA-G107",
    severity="risk",
    on="entity",
    ask="Do your core activities require a data protection officer?",
    sure="medium",
    facts=("thresholds",),
    explainable=True,
    silenced_by=("ROPA-A102",),
    law="GDPR Art. 37(1)(b)-(c), 37(4); recital 97; Article 29 Working Party, WP 243 rev.01 (5 April 2017); national law such as section 38 BDSG",
    applies="an organisation of ours, no public body, that monitors people or holds special or criminal data on a large scale, or reaches a number of persons that national law names",
    good="Hospital group: an officer is named",
    bad="Hospital group, and no officer",
    fix="ropa {noun} set {ref} dpo.name='…' dpo.email='…'",
    otherwise='ropa {noun} state {ref} ROPA-G107 --reason "…"',
)
def core_activities(entity: Organisation, case: Case) -> Answer:
    """Judge whether the core activities require a data protection officer.

    Large-scale monitoring, or special or criminal data on a large scale, ask for one where they are core activities: a guard at
    the gate may be ancillary. National law may ask for one from a number of persons on; who is counted is for that law, and is
    not always the head count. Where nothing is said of an officer at all ROPA-A102 asks, for the letter.
    """
    if entity.public_body:
        return not_applicable("Of a public body ROPA-G103 asks.")
    why = [f"{ref} {what}" for ref, what in case.tally(_at_scale).get(entity.ref, [])[:_NAMED]]
    limit = threshold("officer", case.on, entity.country) if entity.country else None
    if limit is not None and entity.employees is not None and entity.employees >= limit.persons:
        why.append(
            f"{entity.employees} employees, and {limit.persons} persons {limit.counts} are enough there ({limit.source.source})"
        )
    if not why:
        return not_applicable("Nothing recorded points to a duty to designate an officer.")
    if entity.dpo is not None:
        return met("An officer is recorded.")
    return missing(Gap("dpo", f"No officer is recorded, and this points to a duty: {listing(why)}."))


@tally(dict)
def _at_scale(found: dict[str | None, list[tuple[str, str]]], activity: Activity, case: Case) -> None:
    """Entity → its live activities as controller that monitor, or hold special or criminal data, on a large scale."""
    if activity.status not in _LIVE or activity.role == "processor" or not activity.criteria:
        return
    answered = {one.criterion for one in activity.criteria if one.answer == "met"}
    if "large-scale" in answered and (what := _what(activity, answered, case)):
        found.setdefault(activity.entity, []).append((activity.ref, what))


def _what(activity: Activity, answered: set[str | None], case: Case) -> str:
    if _is_sensitive(activity, case):
        return "holds special or criminal data on a large scale"
    return "monitors people on a large scale" if "monitoring" in answered else ""
