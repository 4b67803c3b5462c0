"""The sets of standard clauses of the Commission, and when a contract on one of them counts."""

from dataclasses import dataclass
from datetime import date

from ropa.reference.facts import day, table
from ropa.reference.shelf import kept


@dataclass(frozen=True, slots=True)
class ClauseSet:
    """One set. repealed_on: the day from which nobody can sign it. usable_until: the last day of contracts signed before."""

    name: str
    in_force_since: date | None
    repealed_on: date | None
    usable_until: date | None

    def could_be_signed(self, on: date) -> bool:
        """Whether the set was in force on that day."""
        since, repealed = self.in_force_since, self.repealed_on
        return since is not None and since <= on and (repealed is None or on < repealed)

    def usable(self, on: date) -> bool:
        """Whether a contract on it still counts on that day."""
        return self.usable_until is None or on <= self.usable_until


def clause_set(code: str) -> ClauseSet | None:
    """The set of that code ("scc-2021-914"), or None where it is no set of the Commission."""
    return _sets().get(code)


@kept
def _sets() -> dict[str, ClauseSet]:
    rows = [row for row in table("mechanisms") if row["id"].startswith("scc-") and row["kind"] == "safeguard"]
    return {
        row["id"].partition("-m")[0]: ClauseSet(
            row["short_name"],
            day("mechanisms", row, "in_force_since"),
            day("mechanisms", row, "repealed_on"),
            day("mechanisms", row, "usable_until"),
        )
        for row in rows
    }
