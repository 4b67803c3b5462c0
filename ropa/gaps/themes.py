"""The themes of the rules, by the letter in a rule's id."""

from ropa.gaps.rule import Rule

THEMES = {
    "A": "Content of the record",
    "P": "Processor's record",
    "L": "Lawfulness",
    "C": "People and consent",
    "T": "Transfers",
    "R": "Retention",
    "V": "Vendors",
    "S": "Security",
    "D": "Impact assessment",
    "G": "Governance",
    "Q": "Wording",
    "X": "Contradictions",
}


def theme_of(rule: Rule) -> str:
    """The letter of a rule's theme."""
    return rule.id[5]
