"""Every noun with every verb, from one mechanism: what a field says about itself makes it settable and listable."""

import typer

from ropa.cli import verbs
from ropa.cli.activity import add_end, add_review
from ropa.cli.noun import Noun
from ropa.cli.options import commands


def _app(noun: Noun) -> typer.Typer:
    app = commands()
    for add in (
        verbs.add_list,
        verbs.add_show,
        verbs.add_add,
        verbs.add_set,
        verbs.add_state,
        verbs.add_unstate,
    ):
        add(app, noun)
    return app


activity = _app(Noun("activity", "activity"))
add_end(activity)
add_review(activity)
vendor = _app(Noun("vendor", "organisation", ours=False))
entity = _app(Noun("entity", "organisation", ours=True))
data = _app(Noun("data", "data_category"))
subject = _app(Noun("subject", "subject_category"))
retention = _app(Noun("retention", "retention_rule"))
system = _app(Noun("system", "system"))
measure = _app(Noun("measure", "measure"))
notice = _app(Noun("notice", "notice"))
