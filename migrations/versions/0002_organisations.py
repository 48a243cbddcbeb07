"""Organisations and memberships."""

import sqlalchemy as sa
from alembic import op

from qiplatform.store.base import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "organisation",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(160), nullable=False, unique=True),
        sa.Column("added_at", UtcDateTime(), nullable=False),
    )
    op.create_table(
        "membership",
        sa.Column(
            "organisation_id",
            sa.String(20),
            sa.ForeignKey("organisation.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column(
            "user_id", sa.String(20), sa.ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.CheckConstraint("role IN ('member', 'coach', 'admin')", name=op.f("ck_membership_role")),
    )
    op.create_index("ix_membership_user_id", "membership", ["user_id"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("membership")
    op.drop_table("organisation")
