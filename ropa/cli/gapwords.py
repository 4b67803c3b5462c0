"""The gap report on the terminal: what matters most first, one line for one question, then the counts and the next step."""

from ropa.cli import console, tables
from ropa.cli.gapshares import few
from ropa.gaps import Memo
from ropa.gaps.grouping import Group
from ropa.gaps.groupwords import closing, headed, where

_STATES = {"missing": "open", "waived": "waived", "met": "met", "not_applicable": "do not apply"}


def print_memo(memo: Memo, *, given: bool) -> None:
    """Print the memo. given: of a file that was never imported, for which no command can mend anything."""
    console.say(f"Gaps of {memo.about}, as of {memo.as_of}", style="bold")
    for notice in memo.notices:
        console.say(f"Note: {notice}")
    for heading, groups in headed(memo.groups):
        console.say()
        console.say(heading, style="bold")
        for group in groups:
            _print_group(group, given=given)
    if memo.waived:
        console.say()
        console.say("WAIVED: accepted on purpose", style="bold")
        for group in memo.waived:
            console.say(f"  {group.title}: {where(group)} ({group.until})")
    _print_answered(memo)
    _print_counts(memo)
    if memo.next and not given:
        console.say()
        console.say("Next", style="bold")
        what, _, command = memo.next.partition(" Begin with: ")
        console.say(f"  {what}")
        if command:
            console.say(f"  {command}", whole=True)


def _print_group(group: Group, *, given: bool) -> None:
    console.say()
    console.say(f"  {group.title}: {where(group)}")
    lines = [("", group.say)] if group.say else []
    lines.append(("law", f"{group.law}  [{group.rule}]"))
    lines.append(("ask", ": ".join(filter(None, (", ".join(group.ask), group.question)))))
    if group.do and not given:
        lines.append(("do", group.do))
        if rest := closing(group):
            lines.append(("", rest))
    if group.otherwise and not given:
        lines.append(("or", group.otherwise))
    tables.pairs(lines, indent=6, whole=("do", "or"))


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
