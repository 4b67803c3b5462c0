"""Theme X, third part: what an activity says of its end, and of the vendors of its systems."""

from collections.abc import Iterator

from ropa.gaps.case import Case
from ropa.gaps.rule import Answer, Gap, found, met, not_applicable, rule
from ropa.gaps.texts import shown
from ropa.model.activity import Activity
from ropa.model.catalogue import System


@rule(
    "ROPA-X105",
    severity="quality",
    on="activity closed",
    ask="When did the activity end, and what of it goes on?",
    explainable=True,
    law="GDPR Art. 5(1)(e), 5(2); Art. 28(3)(g); Art. 30(1), 30(2)",
    applies="an activity that has ended, by its status or by the day of its end",
    good="Ended in March, the host's transfer closed in April",
    bad="Ended in 2022, and the transfer to its old host still stands as current",
    fix="ropa activity set {ref} {field}=DATE",
    otherwise='ropa activity state {ref} ROPA-X105 --reason "…"',
)
def loose_ends(activity: Activity, case: Case) -> Answer:
    """Close what has ended.

    The day of the end is what periods of erasure are counted from. A transfer or a client that goes on after it is either
    forgotten, or needs its reason: a copy that stays with the host is still a transfer. A processor returns or erases the
    data after the end of its services (Art. 28(3)(g)): "until" is the day from which it has none.
    """
    over = activity.ended_on is not None and activity.ended_on < case.on
    if activity.status != "ended" and not over:
        return not_applicable("It has not ended.")
    return found(_loose(activity, case), "It has a day of its end, and nothing of it goes on.")


def _loose(activity: Activity, case: Case) -> Iterator[Gap]:
    if activity.ended_on is None:
        yield Gap("ended_on", "It has ended, and the day is not recorded.")
    elif activity.status != "ended":
        day = activity.ended_on
        say = f"It ended on {day}, and its status is '{shown(activity.status)}'."
        yield Gap("status", say, activity.status, fix="ropa activity set {ref} status=ended")
    for n, leg in case.legs(activity):
        say = f"The transfer to {case.where(leg)} goes on after the end of the activity."
        yield Gap(f"transfers.{n}.until", say, str(leg.until or ""))
    for n, client in case.clients_of(activity):
        whom = case.name("organisation", client.organisation) if client.organisation else "a client"
        say = f"It has ended, and {shown(whom)} still stands as a current client."
        yield Gap(f"clients.{n}.until", say, str(client.until or ""))
    for n, one in case.recipients(activity):
        if one.role == "processor" and one.organisation:
            whom = shown(case.name("organisation", one.organisation))
            say = f"It has ended, and {whom} still stands as a processor: are the data there returned or erased?"
            yield Gap(f"recipients.{n}.until", say, str(one.until or ""))


@rule(
    "ROPA-X110",
    severity="risk",
    on="activity",
    ask="Can the vendor of this system see the data?",
    law="GDPR Art. 4(9), 28(3); Art. 30(1)(d)",
    applies="an activity on a system that has a vendor other than its entity, where it is not said that the vendor has no access",
    good="HR tool in the cloud: its vendor is a processor among the recipients",
    bad="HR tool in the cloud among the systems, and recipients: 'only own staff'",
    fix="ropa activity set {ref} recipients+='{organisation: ORGANISATION, role: ROLE}'",
)
def vendors_of_systems(activity: Activity, case: Case) -> Answer:
    """List the vendors of the systems in use.

    Who can see the data receives them (Art. 4(9)), also for support alone. Only a plain "no access" on the system clears its
    vendor. Which role the vendor has is for you to say. That a vendor had access is not sure: a risk, not missing.
    """
    (seeing,) = case.once(_seeing)
    entity = activity.entity
    vendors = [
        (n, ref, vendor)
        for n, ref in enumerate(activity.systems, 1)
        if (vendor := seeing.get(ref)) is not None and vendor != entity
    ]
    if not vendors:
        return met("No vendor of its systems can see the data, as far as is recorded.")
    listed = {one.organisation for _, one in case.recipients(activity)}
    gaps = [case.once(_unlisted, n, ref, vendor)[0] for n, ref, vendor in vendors if vendor not in listed]
    return found(gaps, "The vendors of its systems are among the recipients.")


def _seeing(case: Case) -> Iterator[dict[str, str]]:
    """System → its vendor, where that one may see what is in it."""
    yield {
        ref: system.vendor
        for ref, system in case.register.all(System).items()
        if system.vendor and system.vendor_access is not False
    }


def _unlisted(case: Case, n: int, ref: str, vendor: str) -> Iterator[Gap]:
    system = shown(case.name("system", ref))
    yield Gap(
        f"systems.{n}",
        f"{shown(case.name('organisation', vendor))}, vendor of {system}, is not among the recipients.",
        vendor,
        fix=f"ropa activity set {{ref}} recipients+='{{organisation: {vendor}, role: ROLE}}'",
        otherwise=f"ropa system set {ref} vendor_access=no",
    )
