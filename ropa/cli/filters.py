"""The filters that every list has, each stated once, and how a list is laid out."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

_HELP = {
    "role": "controller or processor.",
    "entity": "An organisation of ours.",
    "department": "Department.",
    "owner": "Owner.",
    "status": "draft, active, suspended, ended.",
    "vendor": "An organisation outside.",
    "data": "A data category, with those under it.",
    "subject": "A data-subject category, with those under it.",
    "country": "A country that it touches.",
    "basis": "A legal basis, such as consent or 6(1)(a).",
    "retention": "A retention rule.",
    "system": "A system.",
    "tag": "A tag.",
}


def _repeated(word: str, metavar: str, meaning: str) -> Any:
    return Annotated[list[str] | None, typer.Option(f"--{word}", metavar=metavar, help=meaning)]


BY_WORD: Mapping[str, Any] = {word: _repeated(word, "WORD", meaning) for word, meaning in _HELP.items()}
"""Word of a filter → its option."""
Where = _repeated(
    "where", "FIELD=WORD", "Any field, also of a part: purposes.legal_basis=consent, email!=, notes=."
)
Text = Annotated[str, typer.Option("--text", metavar="TEXT", help="Words that stand anywhere in the record.")]
Sort = Annotated[
    str, typer.Option("--sort", metavar="FIELD", help="Column to sort by; -FIELD for the other way round.")
]
Columns = Annotated[
    str,
    typer.Option(
        "--columns",
        metavar="FIELD,…",
        help="Columns, with commas between: fields, purposes.legal_basis, recipients.count, gaps, activities.",
    ),
]
GroupBy = Annotated[
    str, typer.Option("--group-by", metavar="FIELD", help="How many for each value of a column, and which.")
]

TODAY = "today"
"""What --due means where no day follows it."""
Due = Annotated[
    str,
    typer.Option(
        "--due",
        metavar="[DATE]",
        help="Only those whose review is due by that day; by today where none follows.",
    ),
]

Shipped = Annotated[
    bool,
    typer.Option("--shipped", help="The terms of the shipped catalogue in place of those in the register."),
]


def chosen(options: Mapping[str, Any]) -> tuple[dict[str, list[str]], dict[str, Any]]:
    """The filters by word among a command's options, and the other options."""
    wanted = {word: list(options.get(word) or []) for word in BY_WORD}
    return wanted, {name: value for name, value in options.items() if name not in BY_WORD}
