"""The gap report on the terminal: what matters most first, one line for one question, then the counts and the next step."""

from ropa.cli import console, tables
from ropa.cli.gapshares import few
from ropa.gaps import Memo
from ropa.gaps.grouping import Group
from ropa.words import listing

_EXPIRED = "RAN OUT: act first"
_TITLES = {
    "missing": "MISSING: the law asks for it",
    "risk": "AT RISK: a person must look",
    "quality": "QUALITY: wording and upkeep",
}
_STATES = {"missing": "open", "waived": "waived", "met": "met", "not_applicable": "do not apply"}


def print_memo(memo: Memo, *, given: bool) -> None:
    """Print the memo. given: of a file that was never imported, for which no command can mend anything."""
    console.say(f"Gaps of {memo.about}, as of {memo.as_of}", style="bold")
    for notice in memo.notices:
        console.say(f"Note: {notice}")
    title = ""
    for group in sorted(memo.groups, key=_rank):
        if (now := _title(group)) != title:
            title = now
            console.say()
            console.say(title, style="bold")
        _print_group(group, given=given)
    if memo.waived:
        console.say()
        console.say("WAIVED: accepted on purpose", style="bold")
        for group in memo.waived:
            console.say(f"  {group.title}: {_where(group)} ({group.until})")
    _print_answered(memo)
    _print_counts(memo)
    if memo.next and not given:
        console.say()
        console.say("Next", style="bold")
        what, _, command = memo.next.partition(" Begin with: ")
        console.say(f"  {what}")
        if command:
            console.say(f"  {command}", whole=True)


def _title(group: Group) -> str:
    return _EXPIRED if group.expired else _TITLES[group.severity]


def _rank(group: Group) -> int:
    """What ran out first, then by severity; within these the memo's own order stays."""
    return -1 if group.expired else list(_TITLES).index(group.severity)


def _print_group(group: Group, *, given: bool) -> None:
    console.say()
    console.say(f"  {group.title}: {_where(group)}")
    lines = [("", group.say)] if group.say else []
    lines.append(("law", f"{group.law}  [{group.rule}]"))
    lines.append(("ask", ": ".join(filter(None, (", ".join(group.ask), group.question)))))
    if group.do and not given:
        lines.append(("do", group.do))
        if group.closes < group.count:
            lines.append(("", f"closes {group.closes} of {group.count}{_together(group)}"))
    if group.otherwise and not given:
        lines.append(("or", group.otherwise))
    tables.pairs(lines, indent=6, whole=("do", "or"))


def _together(group: Group) -> str:
    return "; it takes several refs" if group.together else "; each wants words or numbers of its own"


def _where(group: Group) -> str:
    """Which records: names where they are few, the number and the first refs where they are many."""
    drafts = _drafts(group)
    if group.count <= 2:
        return listing([f"{ref} {name}" for ref, name in zip(group.refs, group.names, strict=True)]) + drafts
    more = f" and {group.more} more" if group.more else ""
    return f"{group.count} {group.noun}{drafts} ({', '.join(group.refs)}{more})"


def _drafts(group: Group) -> str:
    if not group.drafts:
        return ""
    if group.drafts < group.count:
        return ", one of them a draft" if group.drafts == 1 else f", {group.drafts} of them drafts"
    return {1: ", draft", 2: ", both drafts"}.get(group.count, ", all drafts")


def _print_answered(memo: Memo) -> None:
    if memo.answered:
        console.say()
        console.say("ANSWERED", style="bold")
        tables.pairs(
            [
                (f"{rule} {'met' if state == 'met' else 'n/a'}", f"{title}: {reason}")
                for rule, title, state, reason in memo.answered
            ]
        )


def _print_counts(memo: Memo) -> None:
    console.say()
    if memo.verdict:
        console.say(memo.verdict)
    for unchecked in memo.unchecked:
        console.say(f"Not judged: {unchecked}.")
    rows = [
        [severity, *(str(counts[state]) for state in _STATES)]
        for severity, counts in memo.counts.items()
        if severity != "info" and any(counts.values())
    ]
    tables.table(["", *_STATES.values()], rows, empty="There is nothing to check yet.")
    full, live = memo.full
    if live:
        console.say(f"Answered of what the law asks: {memo.score}. Drafts are not scored.")
        if live > 1:
            worst = ", ".join(f"{ref} {score}" for ref, score in memo.worst[:3])
            console.say(
                f"{full} of {live} records are complete." + (f" Least complete: {worst}." if worst else "")
            )
    elif not memo.unchecked:
        console.say("No score: only active and suspended activities are scored.")
    if memo.without_basis:
        console.say(f"No share outweighs this: a purpose without a legal basis in {few(memo.without_basis)}.")
