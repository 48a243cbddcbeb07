"""Search by meaning: a vector beside each document, the order of changes, a vocabulary, more facets."""

import sqlalchemy as sa
from alembic import op

from qiplatform.store.base import UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

OLD = "facet IN ('result', 'setting', 'topic', 'organisation', 'method')"
NEW = "facet IN ('result', 'setting', 'topic', 'organisation', 'method', 'region', 'strength', 'year', 'involvement')"


def upgrade() -> None:
    """Add them. Documents that are there already get their vector from `qiplatform reindex`."""
    # Not in a batch: the triggers of the full-text index hang on this table and would go with its copy.
    op.add_column("search_document", sa.Column("vector", sa.LargeBinary()))
    op.add_column("search_document", sa.Column("stamp", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("search_document", sa.Column("came_at", UtcDateTime()))
    op.create_index("ix_search_document_stamp", "search_document", ["stamp"])
    _facets(NEW)
    op.create_table(
        "search_state",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("stamp", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
    )
    op.create_table(
        "search_word",
        sa.Column("word", sa.String(40), primary_key=True),
        sa.Column("documents", sa.Integer(), nullable=False),
    )
    for statement in _POSTGRESQL if op.get_bind().dialect.name == "postgresql" else _SQLITE:
        op.execute(statement)


def downgrade() -> None:
    """Take them away."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER search_document_removed ON search_document")
        op.execute("DROP FUNCTION search_document_removed()")
    else:
        op.execute("DROP TRIGGER search_document_removed")
    op.drop_table("search_word")
    op.drop_table("search_state")
    op.execute("DELETE FROM search_facet WHERE facet IN ('region', 'strength', 'year', 'involvement')")
    _facets(OLD)
    op.drop_index("ix_search_document_stamp", "search_document")
    for name in ("came_at", "stamp", "vector"):
        op.drop_column("search_document", name)


def _facets(allowed: str) -> None:
    with op.batch_alter_table("search_facet") as batch:
        batch.drop_constraint(op.f("ck_search_facet_facet"), type_="check")
        batch.create_check_constraint(op.f("ck_search_facet_facet"), allowed)


_NOTE = """INSERT INTO search_state (id, stamp, removed) VALUES (1, 1, 1)
    ON CONFLICT (id) DO UPDATE SET stamp = search_state.stamp + 1, removed = search_state.removed + 1"""
_POSTGRESQL = (
    f"""CREATE FUNCTION search_document_removed() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN {_NOTE}; RETURN NULL; END $$""",
    """CREATE TRIGGER search_document_removed AFTER DELETE ON search_document
        FOR EACH STATEMENT EXECUTE FUNCTION search_document_removed()""",
    # Words are looked up far more often than reports are published: no list of pending entries to read through.
    "ALTER INDEX search_text_words SET (fastupdate = off)",
)
_SQLITE = (f"CREATE TRIGGER search_document_removed AFTER DELETE ON search_document BEGIN {_NOTE}; END",)
