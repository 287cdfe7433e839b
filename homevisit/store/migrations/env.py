"""Alembic runs this file; the connection comes from store.migrate."""

from __future__ import annotations

from alembic import context

from homevisit.store.migrate import VERSION_TABLE
from homevisit.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,  # SQLite cannot change a column in place
    transactional_ddl=True,  # Alembic thinks SQLite cannot; with our BEGIN it can
)
with context.begin_transaction():
    context.run_migrations()
