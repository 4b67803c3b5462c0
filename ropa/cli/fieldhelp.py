"""The fields of a record in the help of `add` and `set`, from what they say about themselves."""

from collections.abc import Iterator
from typing import Any

from typer.core import TyperCommand

from ropa.cli.noun import Noun


def with_fields(noun: Noun) -> type[TyperCommand]:
    """A command whose help ends with the fields of the noun's records. They are looked up when the help is shown."""

    class FieldHelp(TyperCommand):
        def format_epilog(self, ctx: Any, formatter: Any) -> None:
            super().format_epilog(ctx, formatter)
            with formatter.section("Fields"):
                formatter.write_dl(list(field_lines(noun.cls)))

    return FieldHelp


def field_lines(cls: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Path and help of each field that can be set; N stands for the number of a part."""
    from ropa.model.walk import fields

    for said in fields(cls):
        if said.name in ("ref", "ours", "provenance", "statements", "sha256"):
            continue
        if said.part:
            yield from field_lines(said.part, f"{path}{said.name}.{'N.' if said.many else ''}")
            continue
        choices = ""
        if said.vocabulary:
            from ropa.model.codes import vocabulary

            codes = vocabulary(said.vocabulary).codes
            choices = f" One of: {', '.join(codes)}." if len(codes) <= 6 else ""
        article = f" [Art. {said.answers}]" if said.answers else ""
        yield f"{path}{said.name}", f"{said.help}{choices}{article}"
