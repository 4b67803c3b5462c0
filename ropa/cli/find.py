"""`ropa find`: any record, any field, and where it matched."""

from typing import Annotated

import typer

from ropa.cli.options import AsCsv, AsJson, AsOf, Db


def find(
    words: Annotated[list[str], typer.Argument(help="Words that must all stand in the record.")],
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_of: AsOf = "",
    db: Db = "",
) -> None:
    """Find records by any words, and say where they stand. Case and accents do not count.

    Example: ropa find newsletter
    """
    from ropa.cli import console, tables
    from ropa.cli.session import loaded
    from ropa.errors import Refused
    from ropa.model.search import search

    if not any(word.strip() for word in words):
        raise Refused("no words to look for.", do="Say them: ropa find newsletter")
    register = loaded(db, as_of)
    found = search(register, words)
    if as_json:
        return console.print_json(
            [
                {
                    "kind": f.record.kind,
                    "ref": f.record.ref,
                    "name": f.record.name,
                    "field": f.path,
                    "text": f.text,
                }
                for f in found
            ]
        )
    rows = [
        [f.record.noun, f.record.ref, f.record.name, f.title, f.text if as_csv else f.around()] for f in found
    ]
    columns = ["Kind", "Ref", "Name", "Where", "Text"]
    if as_csv:
        return console.print_csv([c.lower() for c in columns], rows)
    tables.table(columns, rows, empty="" if found else _nothing(register, words))
    return None


def _nothing(register: object, words: list[str]) -> str:
    from ropa.model.search import near_words

    near = near_words(register, words)  # type: ignore[arg-type]
    return f"Nothing says '{' '.join(words)}'." + (f" Near in spelling: {', '.join(near)}." if near else "")
