"""Tables of the room learning."""

import sqlalchemy as sa
from alembic import op

from qiplatform.store.base import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

STATUSES = "('draft', 'submitted', 'returned', 'published', 'withdrawn')"
RESULTS = "('improved', 'improved_and_held', 'no_change', 'worse', 'stopped_early')"


def _reference(name: str, to: str, *, key: bool = False, cascade: bool = False) -> sa.Column[str]:
    """Return a column that refers to a row of another table; `key` makes it part of the primary key."""
    goes = "CASCADE" if cascade else None
    return sa.Column(
        name, sa.String(20), sa.ForeignKey(f"{to}.id", ondelete=goes), nullable=False, primary_key=key
    )


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "report",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _reference("project_id", "project"),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("result", sa.String(40), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("summary", "problem", "did", "happened", "differently", "involvement")
        ),
        sa.Column("status", sa.String(40), nullable=False),
        _reference("written_by_id", "user_account"),
        sa.Column("begun_at", UtcDateTime(), nullable=False),
        sa.Column("submitted_at", UtcDateTime()),
        sa.CheckConstraint(f"result IN {RESULTS}", name=op.f("ck_report_result")),
        sa.CheckConstraint(f"status IN {STATUSES}", name=op.f("ck_report_status")),
    )
    op.create_index("ix_report_project_id", "report", ["project_id"])
    op.create_index("ix_report_status_submitted_at", "report", ["status", "submitted_at"])
    op.create_table(
        "report_measure",
        _reference("report_id", "report", key=True, cascade=True),
        _reference("measure_id", "measure", key=True),
        sa.Column("position", sa.Integer(), nullable=False),
    )
    op.create_table(
        "report_author",
        _reference("report_id", "report", key=True, cascade=True),
        _reference("user_id", "user_account", key=True, cascade=True),
        sa.Column("agreed_at", UtcDateTime(), nullable=False),
    )
    op.create_table(
        "report_move",
        sa.Column("id", sa.String(20), primary_key=True),
        _reference("report_id", "report", cascade=True),
        sa.Column("before", sa.String(40), nullable=False),
        sa.Column("after", sa.String(40), nullable=False),
        _reference("by_id", "user_account"),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(f"before IN {STATUSES}", name=op.f("ck_report_move_before")),
        sa.CheckConstraint(f"after IN {STATUSES}", name=op.f("ck_report_move_after")),
    )
    op.create_index("ix_report_move_report_id_at", "report_move", ["report_id", "at"])
    op.create_table(
        "published_version",
        sa.Column("id", sa.String(20), primary_key=True),
        _reference("report_id", "report"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        _reference("approved_by_id", "user_account"),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.UniqueConstraint("report_id", "number", name=op.f("uq_published_version_report_id_number")),
    )
    op.create_table(
        "protected_series",
        sa.Column("id", sa.String(20), primary_key=True),
        _reference("version_id", "published_version"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("treatment", sa.String(40), nullable=False),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("setup", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "treatment IN ('as_typed', 'rounded', 'withheld')", name=op.f("ck_protected_series_treatment")
        ),
        sa.UniqueConstraint("version_id", "position", name=op.f("uq_protected_series_version_id_position")),
    )
    op.create_table(
        "protected_point",
        _reference("series_id", "protected_series", key=True),
        sa.Column("period", sa.Date(), primary_key=True),
        *(sa.Column(name, sa.String(40), nullable=False) for name in ("value", "numerator", "denominator")),
    )
    op.create_table(
        "publication",
        _reference("report_id", "report", key=True),
        _reference("version_id", "published_version"),
    )
    op.create_table(
        "adoption",
        _reference("project_id", "project", key=True, cascade=True),
        _reference("report_id", "report"),
        _reference("version_id", "published_version"),
        _reference("by_id", "user_account"),
        sa.Column("at", UtcDateTime(), nullable=False),
    )
    op.create_index("ix_adoption_report_id", "adoption", ["report_id"])


def downgrade() -> None:
    """Take them away."""
    for table in (
        "adoption", "publication", "protected_point", "protected_series", "published_version",
        "report_move", "report_author", "report_measure", "report",
    ):  # fmt: skip
        op.drop_table(table)
