"""`ropa verify`: the proof that nothing was altered."""

import typer

from ropa.cli.options import AsJson, Db


def verify(as_json: AsJson = False, db: Db = "") -> None:
    """Recompute the chain of hashes, replay the history, and hold the tables against it. Exit 1 where something is wrong.

    Example: ropa verify
    """
    from ropa.cli import console, tables
    from ropa.cli.session import opened
    from ropa.store.verify import verify as prove

    verdict = prove(opened(db))
    if as_json:
        console.print_json(
            {
                "ok": verdict.ok,
                "revision": verdict.revision,
                "hash": verdict.hash,
                "problems": [{"where": p.where, "what": p.what} for p in verdict.problems],
            }
        )
    elif verdict.ok:
        console.say(f"Nothing was altered: r{verdict.revision}, hash {verdict.hash or 'none'}.")
    else:
        tables.table(["Where", "What"], [[p.where, p.what] for p in verdict.problems], empty="")
        console.talk("Keep this file as it is, and hold a backup against it.")
    if not verdict.ok:
        raise typer.Exit(1)
