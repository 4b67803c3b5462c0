"""Every noun with every verb, from one mechanism: what a field says about itself makes it settable and listable."""

import typer

from ropa.cli import verbs
from ropa.cli.activity import add_end, add_review
from ropa.cli.copy import add_copy
from ropa.cli.edit import add_edit
from ropa.cli.noun import Noun
from ropa.cli.options import commands
from ropa.cli.remove import add_remove
from ropa.cli.rename import add_rename


def _app(noun: Noun) -> typer.Typer:
    app = commands()
    for add in (
        verbs.add_list,
        verbs.add_show,
        verbs.add_add,
        verbs.add_set,
        add_edit,
        verbs.add_state,
        verbs.add_unstate,
        add_copy,
        add_rename,
        add_remove,
    ):
        add(app, noun)
    return app


NOUNS = {
    noun.word: noun
    for noun in (
        Noun("activity", "activity"),
        Noun("vendor", "organisation", ours=False),
        Noun("entity", "organisation", ours=True),
        Noun("data", "data_category", catalogue=True),
        Noun("subject", "subject_category", catalogue=True),
        Noun("retention", "retention_rule"),
        Noun("system", "system"),
        Noun("measure", "measure", catalogue=True),
        Noun("notice", "notice"),
    )
}
"""Every noun by its word."""


def __getattr__(word: str) -> typer.Typer:
    """The commands of a noun, made when they are asked for: a command line uses one noun of the nine."""
    if word not in NOUNS:
        raise AttributeError(word)
    app = _app(NOUNS[word])
    if word == "activity":
        add_end(app)
        add_review(app)
    return app
