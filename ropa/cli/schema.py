"""`ropa schema`: the records as JSON Schema."""

from typing import Annotated

import typer


def schema(
    noun: Annotated[
        str, typer.Argument(help="activity, organisation, retention_rule …; all where none is named.")
    ] = "",
) -> None:
    """JSON Schema of the records, with each field's title, help and Article.

    Example: ropa schema activity
    """
    from ropa.cli.console import print_json
    from ropa.errors import Refused
    from ropa.model.register import KINDS
    from ropa.words import nearest

    also = {
        "vendor": "organisation",
        "entity": "organisation",
        "data": "data_category",
        "subject": "subject_category",
        "retention": "retention_rule",
    }
    if not noun:
        return print_json({kind: cls.model_json_schema() for kind, cls in KINDS.items()})
    kind = also.get(noun, noun)
    if kind not in KINDS:
        near = nearest(noun, [*KINDS, *also])
        raise Refused(f"there is no kind of record '{noun}'.", do=f"Did you mean {', '.join(near or KINDS)}?")
    return print_json(KINDS[kind].model_json_schema())
