"""Reports of other installations can be found: a document is of one of ours or of one that was harvested. Searches can be kept."""

import sqlalchemy as sa
from alembic import op

from qiplatform.store.base import UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

COLUMNS = ("title", "problem", "did", "happened", "body")
ONE = "(report_id IS NULL) <> (harvested_id IS NULL)"


def upgrade() -> None:
    """Let a document be of a harvested report, and know since when it can be found."""
    op.execute("UPDATE search_document SET came_at = published_at")
    with op.batch_alter_table("search_document") as batch:
        batch.alter_column("report_id", existing_type=sa.String(20), nullable=True)
        batch.alter_column("came_at", existing_type=UtcDateTime(), nullable=False)
        batch.add_column(sa.Column("harvested_id", sa.String(20)))
        batch.create_foreign_key(
            op.f("fk_search_document_harvested_id_harvested_report"),
            "harvested_report",
            ["harvested_id"],
            ["id"],
            ondelete="CASCADE",
        )
        batch.create_unique_constraint(op.f("uq_search_document_harvested_id"), ["harvested_id"])
        batch.create_check_constraint(op.f("ck_search_document_one_source"), ONE)
    _triggers_again()
    op.create_table(
        "saved_search",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column(
            "user_id", sa.String(20), sa.ForeignKey("user_account.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("told_at", UtcDateTime(), nullable=False),
        sa.UniqueConstraint("user_id", "query", name=op.f("uq_saved_search_user_id_query")),
    )


def downgrade() -> None:
    """Take the documents of harvested reports out, and the kept searches."""
    op.drop_table("saved_search")
    op.execute("DELETE FROM search_document WHERE report_id IS NULL")
    with op.batch_alter_table("search_document") as batch:
        batch.drop_constraint(op.f("ck_search_document_one_source"), type_="check")
        batch.drop_constraint(op.f("uq_search_document_harvested_id"), type_="unique")
        batch.drop_constraint(op.f("fk_search_document_harvested_id_harvested_report"), type_="foreignkey")
        batch.drop_column("harvested_id")
        batch.alter_column("came_at", existing_type=UtcDateTime(), nullable=True)
        batch.alter_column("report_id", existing_type=sa.String(20), nullable=False)
    _triggers_again()


def _triggers_again() -> None:
    """On SQLite a batch copies the table, and the triggers go with the old copy."""
    if op.get_bind().dialect.name == "sqlite":
        for statement in _SQLITE:
            op.execute(statement)


_NAMES = ", ".join(COLUMNS)
_NEW = ", ".join(f"new.{name}" for name in COLUMNS)
_OLD = ", ".join(f"old.{name}" for name in COLUMNS)
_ADD = f"INSERT INTO search_text (rowid, {_NAMES}) VALUES (new.number, {_NEW});"  # noqa: S608 - our own names
_TAKE = f"INSERT INTO search_text (search_text, rowid, {_NAMES}) VALUES ('delete', old.number, {_OLD});"  # noqa: S608 - as above
_NOTE = """INSERT INTO search_state (id, stamp, removed) VALUES (1, 1, 1)
    ON CONFLICT (id) DO UPDATE SET stamp = search_state.stamp + 1, removed = search_state.removed + 1"""
_SQLITE = (
    f"CREATE TRIGGER search_text_add AFTER INSERT ON search_document BEGIN {_ADD} END",
    f"CREATE TRIGGER search_text_take AFTER DELETE ON search_document BEGIN {_TAKE} END",
    f"CREATE TRIGGER search_text_change AFTER UPDATE ON search_document BEGIN {_TAKE} {_ADD} END",
    f"CREATE TRIGGER search_document_removed AFTER DELETE ON search_document BEGIN {_NOTE}; END",
)
