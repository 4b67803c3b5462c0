"""The fields of a record in the help of `add` and `set`, from what they say about themselves."""

from collections.abc import Iterator
from typing import Any

from typer.core import TyperCommand

from ropa.cli.noun import Noun

_NEVER_SET = ("ref", "ours", "provenance", "statements", "sha256")


def with_fields(noun: Noun) -> type[TyperCommand]:
    """A command whose help ends with the fields of the noun's records. They are looked up when the help is shown."""

    class FieldHelp(TyperCommand):
        def format_epilog(self, ctx: Any, formatter: Any) -> None:
            super().format_epilog(ctx, formatter)
            with formatter.section("Fields (N is the number of a part, or * for each)"):
                formatter.write_dl(list(field_lines(noun.cls)))

    return FieldHelp


def with_filters(noun: Noun) -> type[TyperCommand]:
    """A command whose help tells which filters ask the activities that touch the noun's records, and --due may stand alone."""

    class FilterHelp(TyperCommand):
        def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
            return super().parse_args(ctx, list(_with_today(args)))

        def format_options(self, ctx: Any, formatter: Any) -> None:
            from ropa.cli.filters import BY_WORD
            from ropa.model.filterwords import says_something

            for option in self.params:
                if option.name in BY_WORD and not says_something(noun.cls, option.name):
                    said = vars(option)["help"].rstrip(".")
                    vars(option)["help"] = f"{said} (of its activities)."
            super().format_options(ctx, formatter)

    return FilterHelp


def _with_today(args: list[str]) -> Iterator[str]:
    """The words with a day after a --due that none follows: an option that may stand alone is no kind that typer has."""
    from ropa.cli.filters import TODAY

    for word, after in zip(args, [*args, "-"][1:], strict=True):
        yield word
        if word == "--due" and after.startswith("-"):
            yield TODAY


def settable(cls: Any) -> Iterator[Any]:
    """The fields of a record or part that a person sets; the others are the program's own."""
    from ropa.model.walk import fields

    return (said for said in fields(cls) if said.name not in _NEVER_SET)


def field_lines(cls: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Path and help of each field that can be set; N stands for the number of a part."""
    for said in settable(cls):
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
