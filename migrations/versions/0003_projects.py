"""Projects: aims, teams, driver diagrams and courses."""

import sqlalchemy as sa
from alembic import op

from qiplatform.store.base import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_STATUSES = "('planning', 'testing', 'implementing', 'completed', 'stopped')"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "project",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.String(20), sa.ForeignKey("organisation.id")),
        sa.Column("setting", sa.String(120), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("measure_of_success", sa.String(300), nullable=False),
        sa.Column("baseline", sa.String(120), nullable=False),
        sa.Column("goal", sa.String(120), nullable=False),
        sa.Column("by_on", sa.Date()),
        sa.Column("for_whom", sa.String(200), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("credit_report_id", sa.String(20)),
        sa.Column("credit_words", sa.Text(), nullable=False),
        sa.Column("registered_by_id", sa.String(20), sa.ForeignKey("user_account.id"), nullable=False),
        sa.Column("registered_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(f"status IN {_STATUSES}", name=op.f("ck_project_status")),
    )
    op.create_index("ix_project_organisation_id", "project", ["organisation_id"])
    op.create_table(
        "team_member",
        sa.Column(
            "project_id", sa.String(20), sa.ForeignKey("project.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column(
            "user_id", sa.String(20), sa.ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.CheckConstraint("role IN ('member', 'lead')", name=op.f("ck_team_member_role")),
    )
    op.create_index("ix_team_member_user_id", "team_member", ["user_id"])
    op.create_table(
        "driver",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column(
            "project_id", sa.String(20), sa.ForeignKey("project.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("parent_id", sa.String(20), sa.ForeignKey("driver.id", ondelete="CASCADE")),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("text", sa.String(400), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40)),
        sa.CheckConstraint(
            "kind IN ('aim', 'primary', 'secondary', 'change_idea')", name=op.f("ck_driver_kind")
        ),
        sa.CheckConstraint(
            "state IN ('untried', 'testing', 'adopted', 'abandoned')", name=op.f("ck_driver_state")
        ),
    )
    op.create_index("ix_driver_project_id_position", "driver", ["project_id", "position"])
    op.create_table(
        "status_move",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column(
            "project_id", sa.String(20), sa.ForeignKey("project.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("from_status", sa.String(40), nullable=False),
        sa.Column("to_status", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.String(20), sa.ForeignKey("user_account.id"), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(f"from_status IN {_STATUSES}", name=op.f("ck_status_move_from_status")),
        sa.CheckConstraint(f"to_status IN {_STATUSES}", name=op.f("ck_status_move_to_status")),
        sa.CheckConstraint("from_status <> to_status", name=op.f("ck_status_move_moves")),
    )
    op.create_index("ix_status_move_project_id_at", "status_move", ["project_id", "at"])


def downgrade() -> None:
    """Take them away."""
    for table in ("status_move", "driver", "team_member", "project"):
        op.drop_table(table)
