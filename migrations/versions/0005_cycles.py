"""PDSA cycles and the measures they watch."""

import sqlalchemy as sa
from alembic import op

from qiplatform.store.base import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "cycle",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "project_id", sa.String(20), sa.ForeignKey("project.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("change_idea_id", sa.String(20), sa.ForeignKey("driver.id", ondelete="SET NULL")),
        sa.Column("change_idea", sa.String(400), nullable=False),
        sa.Column("objective", sa.String(40), nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("prediction", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("data_plan", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date()),
        sa.Column("ends_on", sa.Date()),
        sa.Column("did", sa.Text(), nullable=False),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.Column("studied", sa.Text(), nullable=False),
        sa.Column("learned", sa.Text(), nullable=False),
        sa.Column("prediction_held", sa.String(40)),
        sa.Column("act", sa.String(40)),
        sa.Column("act_reason", sa.Text(), nullable=False),
        sa.Column("follows_id", sa.String(20), sa.ForeignKey("cycle.id", ondelete="SET NULL")),
        sa.Column("planned_by_id", sa.String(20), sa.ForeignKey("user_account.id"), nullable=False),
        sa.Column("planned_at", UtcDateTime(), nullable=False),
        sa.Column("moved_at", UtcDateTime(), nullable=False),
        sa.UniqueConstraint("project_id", "number"),
        sa.CheckConstraint(
            "status IN ('planned', 'doing', 'studying', 'done')", name=op.f("ck_cycle_status")
        ),
        sa.CheckConstraint("objective IN ('test', 'implement')", name=op.f("ck_cycle_objective")),
        sa.CheckConstraint(
            "prediction_held IN ('yes', 'partly', 'no')", name=op.f("ck_cycle_prediction_held")
        ),
        sa.CheckConstraint("act IN ('adopt', 'adapt', 'abandon')", name=op.f("ck_cycle_act")),
        sa.CheckConstraint("prediction <> ''", name=op.f("ck_cycle_predicts")),
        sa.CheckConstraint("(status = 'done') = (act IS NOT NULL)", name=op.f("ck_cycle_done_is_acted")),
    )
    op.create_index("ix_cycle_change_idea_id", "cycle", ["change_idea_id"])
    op.create_table(
        "cycle_measure",
        sa.Column("cycle_id", sa.String(20), sa.ForeignKey("cycle.id", ondelete="CASCADE"), primary_key=True),
        sa.Column(
            "measure_id", sa.String(20), sa.ForeignKey("measure.id", ondelete="CASCADE"), primary_key=True
        ),
    )
    op.create_index("ix_cycle_measure_measure_id", "cycle_measure", ["measure_id"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("cycle_measure")
    op.drop_table("cycle")
