"""The whole report: more sections, changes one by one, a second checker, corrections, tombstones, concerns, questions."""

import sqlalchemy as sa
from alembic import op

from qiplatform.store.base import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_SECTIONS = (
    *("known", "rationale", "context", "studied", "ethics", "meaning", "limits"),
    *("sustaining", "cost", "funding", "correction"),
)
_BEFORE = ("draft", "submitted", "returned", "published", "withdrawn")
_AFTER = ("draft", "submitted", "returned", "published", "correcting", "withdrawn")
_GUARDS = (("report", "status"), ("report_move", "before"), ("report_move", "after"))


def _key(to: str, name: str, *, cascade: bool = False, primary: bool = False) -> sa.Column[str]:
    goes = "CASCADE" if cascade else None
    return sa.Column(
        name, sa.String(20), sa.ForeignKey(to, ondelete=goes), nullable=False, primary_key=primary
    )


def _allow(statuses: tuple[str, ...]) -> None:
    for table, column in _GUARDS:
        name = op.f(f"ck_{table}_{column}")
        listed = ", ".join(f"'{one}'" for one in statuses)
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(name, type_="check")
            batch.create_check_constraint(name, f"{column} IN ({listed})")


def upgrade() -> None:
    """Make them; what was withdrawn gets its tombstone."""
    _allow(_AFTER)
    with op.batch_alter_table("report") as batch:
        for name in _SECTIONS:
            batch.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("region", sa.String(60), nullable=False, server_default=""))
        batch.add_column(sa.Column("contact", sa.String(200), nullable=False, server_default=""))
        batch.add_column(sa.Column("sensitive", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("report") as batch:
        for name in (*_SECTIONS, "region", "contact", "sensitive"):
            batch.alter_column(name, server_default=None)
    with op.batch_alter_table("published_version") as batch:
        batch.add_column(sa.Column("reason", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("published_version") as batch:
        batch.alter_column("reason", server_default=None)
    with op.batch_alter_table("protected_series") as batch:
        batch.add_column(sa.Column("measure_id", sa.String(20)))
    op.create_table(
        "report_change",
        sa.Column("id", sa.String(20), primary_key=True),
        _key("report.id", "report_id", cascade=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(400), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
    )
    op.create_index("ix_report_change_report_id_position", "report_change", ["report_id", "position"])
    op.create_table(
        "report_approval",
        _key("report.id", "report_id", cascade=True, primary=True),
        _key("user_account.id", "by_id", primary=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
    )
    op.create_table(
        "tombstone",
        _key("report.id", "report_id", primary=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        _key("published_version.id", "version_id"),
        sa.CheckConstraint("kind IN ('withdrawn', 'hidden')", name=op.f("ck_tombstone_kind")),
    )
    op.create_index("ix_tombstone_at", "tombstone", ["at"])
    op.create_table(
        "retired_version",
        _key("published_version.id", "version_id", primary=True),
        sa.Column("at", UtcDateTime(), nullable=False),
    )
    _make_answers()
    op.execute("""
        INSERT INTO tombstone (report_id, kind, at, reason, version_id)
        SELECT report_move.report_id, 'withdrawn', report_move.at, report_move.reason, published_version.id
        FROM report_move
        JOIN report ON report.id = report_move.report_id AND report.status = 'withdrawn'
        JOIN published_version ON published_version.report_id = report_move.report_id
        WHERE report_move.after = 'withdrawn' AND published_version.number = (
            SELECT max(other.number) FROM published_version AS other WHERE other.report_id = report_move.report_id)
    """)


def _make_answers() -> None:
    op.create_table(
        "concern",
        sa.Column("id", sa.String(20), primary_key=True),
        _key("report.id", "report_id"),
        _key("published_version.id", "version_id"),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("hid", sa.Boolean(), nullable=False),
        sa.Column("settled_at", UtcDateTime()),
        sa.Column("settled_by_id", sa.String(20), sa.ForeignKey("user_account.id")),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('person', 'wrong', 'other')", name=op.f("ck_concern_kind")),
    )
    op.create_index("ix_concern_report_id", "concern", ["report_id"])
    op.create_index("ix_concern_settled_at_at", "concern", ["settled_at", "at"])
    op.create_table(
        "question",
        sa.Column("id", sa.String(20), primary_key=True),
        _key("report.id", "report_id"),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", UtcDateTime()),
        sa.Column("answered_by_id", sa.String(20), sa.ForeignKey("user_account.id")),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("settled_at", UtcDateTime()),
        sa.Column("settled_by_id", sa.String(20), sa.ForeignKey("user_account.id")),
    )
    op.create_index("ix_question_report_id", "question", ["report_id"])
    op.create_index("ix_question_answered_at_settled_at", "question", ["answered_at", "settled_at"])
    op.create_table(
        "public_answer",
        sa.Column("id", sa.String(20), primary_key=True),
        _key("publication.report_id", "report_id", cascade=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
    )
    op.create_index("ix_public_answer_report_id", "public_answer", ["report_id"])


def downgrade() -> None:
    """Take them away; a correction under way is given up."""
    for table in (
        *("public_answer", "question", "concern", "retired_version", "tombstone"),
        *("report_approval", "report_change"),
    ):
        op.drop_table(table)
    with op.batch_alter_table("protected_series") as batch:
        batch.drop_column("measure_id")
    with op.batch_alter_table("published_version") as batch:
        batch.drop_column("reason")
    with op.batch_alter_table("report") as batch:
        for name in (*_SECTIONS, "region", "contact", "sensitive"):
            batch.drop_column(name)
    for table, column in _GUARDS:
        op.execute(f"UPDATE {table} SET {column} = 'published' WHERE {column} = 'correcting'")  # noqa: S608 - our own names
    _allow(_BEFORE)
