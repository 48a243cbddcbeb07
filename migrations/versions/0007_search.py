"""Tables of the room search, and the database's own full-text index, which follows them by itself."""

import sqlalchemy as sa
from alembic import op

from qiplatform.store.base import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

COLUMNS = ("title", "problem", "did", "happened", "body")
FACETS = "('result', 'setting', 'topic', 'organisation', 'method')"


def upgrade() -> None:
    """Make the tables and the index."""
    op.create_table(
        "search_document",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column(
            "report_id",
            sa.String(20),
            sa.ForeignKey("publication.report_id", ondelete="CASCADE"),
            nullable=False,
            unique=True,
        ),
        *(sa.Column(name, sa.Text(), nullable=False) for name in COLUMNS),
        sa.Column("published_at", UtcDateTime(), nullable=False),
    )
    op.create_index("ix_search_document_published_at", "search_document", ["published_at"])
    op.create_table(
        "search_facet",
        sa.Column(
            "number",
            sa.Integer(),
            sa.ForeignKey("search_document.number", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("facet", sa.String(40), primary_key=True),
        sa.Column("value", sa.String(200), primary_key=True),
        sa.CheckConstraint(f"facet IN {FACETS}", name=op.f("ck_search_facet_facet")),
    )
    op.create_index("ix_search_facet_facet_value", "search_facet", ["facet", "value"])
    for statement in _POSTGRESQL if op.get_bind().dialect.name == "postgresql" else _SQLITE:
        op.execute(statement)


def downgrade() -> None:
    """Take them away."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_text")
    op.drop_table("search_facet")
    op.drop_table("search_document")


_POSTGRESQL = (
    # The title weighs most, then what was done and what came of it.
    """ALTER TABLE search_document ADD COLUMN search_text tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', problem), 'B') ||
        setweight(to_tsvector('english', did), 'B') || setweight(to_tsvector('english', happened), 'C') ||
        setweight(to_tsvector('english', body), 'D')) STORED""",
    "CREATE INDEX search_text_words ON search_document USING gin (search_text)",
)
_NAMES = ", ".join(COLUMNS)
_NEW = ", ".join(f"new.{name}" for name in COLUMNS)
_OLD = ", ".join(f"old.{name}" for name in COLUMNS)
_ADD = f"INSERT INTO search_text (rowid, {_NAMES}) VALUES (new.number, {_NEW});"  # noqa: S608 - our own names
_TAKE = f"INSERT INTO search_text (search_text, rowid, {_NAMES}) VALUES ('delete', old.number, {_OLD});"  # noqa: S608 - as above
# A migration that copies search_document in a batch must make these triggers again: they go with the old copy.
_SQLITE = (
    f"""CREATE VIRTUAL TABLE search_text USING fts5(
        {_NAMES}, content='search_document', content_rowid='number', tokenize='porter unicode61 remove_diacritics 2')""",
    f"CREATE TRIGGER search_text_add AFTER INSERT ON search_document BEGIN {_ADD} END",
    f"CREATE TRIGGER search_text_take AFTER DELETE ON search_document BEGIN {_TAKE} END",
    f"CREATE TRIGGER search_text_change AFTER UPDATE ON search_document BEGIN {_TAKE} {_ADD} END",
)
