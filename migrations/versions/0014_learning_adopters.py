"""What adopters tell: their own report, and a note."""

import sqlalchemy as sa
from alembic import op

from qiplatform.store.base import UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_RESULTS = "result IN ('improved', 'no_change', 'worse', 'stopped', 'too_early')"
_TOLD = "fk_adoption_told_by_id_report"


def upgrade() -> None:
    """Make them; projects that published already are joined with their report."""
    with op.batch_alter_table("adoption") as batch:
        batch.add_column(sa.Column("told_by_id", sa.String(20)))
        batch.create_foreign_key(op.f(_TOLD), "report", ["told_by_id"], ["id"])
    op.execute("""
        UPDATE adoption SET told_by_id = (
            SELECT min(report.id) FROM report
            JOIN publication ON publication.report_id = report.id
            WHERE report.project_id = adoption.project_id)
    """)
    op.create_table(
        "adopter_note",
        sa.Column(
            "project_id", sa.String(20), sa.ForeignKey("project.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("result", sa.String(40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.Column("written_by_id", sa.String(20), sa.ForeignKey("user_account.id"), nullable=False),
        sa.Column("settled_at", UtcDateTime()),
        sa.Column("settled_by_id", sa.String(20), sa.ForeignKey("user_account.id")),
        sa.CheckConstraint(_RESULTS, name=op.f("ck_adopter_note_result")),
    )
    op.create_index("ix_adopter_note_settled_at_written_at", "adopter_note", ["settled_at", "written_at"])
    op.create_table(
        "public_note",
        sa.Column(
            "project_id",
            sa.String(20),
            sa.ForeignKey("adoption.project_id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("report_id", sa.String(20), sa.ForeignKey("report.id"), nullable=False),
        sa.Column("result", sa.String(40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("organisation", sa.String(160), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(_RESULTS, name=op.f("ck_public_note_result")),
    )
    op.create_index("ix_public_note_report_id", "public_note", ["report_id"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("public_note")
    op.drop_table("adopter_note")
    with op.batch_alter_table("adoption") as batch:
        batch.drop_constraint(op.f(_TOLD), type_="foreignkey")
        batch.drop_column("told_by_id")
