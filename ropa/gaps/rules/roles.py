"""Theme V, on the side: in which role each recipient that is named acts."""

from ropa.gaps.case import Case
from ropa.gaps.rule import Answer, Gap, found, not_applicable, rule
from ropa.gaps.texts import blank, shown
from ropa.model.activity import Activity


@rule(
    "ROPA-V108",
    severity="risk",
    on="activity",
    ask="In which role does this recipient act: on our instructions, jointly with us, or for its own purposes?",
    explainable=True,
    law="GDPR Art. 4(7)-(8), 26, 28; EDPB Guidelines 07/2020 (7 July 2021)",
    applies="an activity with a current recipient that is named as an organisation",
    good="Payroll Bureau GmbH: processor",
    bad="Payroll Bureau GmbH, and nothing says whether it is bound by our instructions",
    fix="ropa activity set {ref} {field}=ROLE",
)
def role_of_recipient(activity: Activity, case: Case) -> Answer:
    """Say in which role each named recipient acts.

    Art. 30(1)(d) is met by the name. But whether a contract (Art. 28(3)), an arrangement (Art. 26) or a legal basis for
    the disclosure is wanted depends on the role, and the rules that ask for these pass by a recipient whose role is blank.
    A sub-processor of a processor among the recipients is bound through that one, and is not asked.
    """
    named = [(n, one) for n, one in case.recipients(activity) if one.organisation]
    if not named:
        return not_applicable("No organisation is named among the recipients.")
    bound = {
        sub.organisation
        for _, one in named
        if one.role == "processor" and (processor := case.organisation(one.organisation))
        for sub in processor.sub_processors
    }
    gaps = []
    for n, one in named:
        if blank(one.role) and one.organisation not in bound:
            known = case.organisation(one.organisation)
            who = shown(known.name if known else one.organisation)
            gaps.append(Gap(f"recipients.{n}.role", f"It is not recorded in which role {who} acts.", who))
    return found(gaps, "The role of each recipient that is named is recorded.")
