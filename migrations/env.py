"""Alembic's entry: the same revisions on SQLite and PostgreSQL."""

from alembic import context
from sqlalchemy import Connection

from qiplatform.schema import metadata, ours
from qiplatform.store import public

connection: Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata(),
    # SQLite cannot alter most things in place: a batch copies the table.
    render_as_batch=True,
    compare_type=True,
    include_object=ours,
)
with context.begin_transaction():
    context.run_migrations()
    # After every step, up or down: what is public may have changed.
    public.grant(connection)
