"""Run by Alembic: migrates over the connection that `ropa.store.migrate` hands it, inside its transaction."""

from alembic import context

from ropa.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata(),
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
