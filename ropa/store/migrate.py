"""Migrations: how the tables of a register come to stand where this program wants them."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from ropa.store.open import Store


def upgrade(store: Store) -> None:
    """Bring the tables to the newest version, in one transaction."""
    with store.writing() as connection:
        config = Config()
        config.set_main_option(
            "script_location", str(Path(__file__).parent / "migrations").replace("%", "%%")
        )
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def bring_up(store: Store) -> Path | None:
    """Copy a register of an earlier version, then bring it to this one. Where the copy is; None for a server's database.

    Raises Refused where no copy can be made: then nothing is moved.
    """
    from ropa.store.backup import MIGRATION, keep_copy

    kept = keep_copy(store, MIGRATION)
    upgrade(store)
    return kept
