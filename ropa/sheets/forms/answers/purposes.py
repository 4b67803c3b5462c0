"""Going through the purposes of an activity, each with its number where there are several."""

from collections.abc import Callable

from ropa.model.activity import Activity
from ropa.model.parts import Purpose
from ropa.sheets.forms.speech import Speech

CONSENT, CONTRACT, INTERESTS = "6(1)(a)", "6(1)(b)", "6(1)(f)"


def each_purpose(
    say: Speech,
    activity: Activity,
    cell: Callable[[Purpose, int], str],
    wanted: Callable[[Purpose], bool] = lambda _: True,
) -> str:
    """What a cell says of each purpose that is wanted, a line each; those of which it says nothing last, as missing. "" for none."""
    several = len(activity.purposes) > 1
    said: list[str] = []
    unsaid: list[str] = []
    for number, purpose in enumerate(activity.purposes, 1):
        if wanted(purpose):
            text = cell(purpose, number)
            (said if text else unsaid).append(f"{f'{number}. ' if several else ''}{text or say.blank}")
    return say.whole(said, unsaid) if said else say.blank if unsaid else ""


def is_special(say: Speech, activity: Activity) -> bool | None:
    """Whether special categories (Art. 9) or data of Art. 10 are processed; None where the records do not say it of all the data."""
    from ropa.model.catalogue import DataCategory

    if any(one.art9_condition or one.art10_authority for one in activity.purposes):
        return True
    found = [say.register.get(DataCategory, line.category) for line in activity.data]
    sorts = [category.special if category else None for category in found]
    if any(sort not in (None, "none") for sort in sorts):
        return True
    return False if sorts and None not in sorts else None
