"""What a measure leaves out, how it samples, what it is for, and the minutes it takes."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_GUARD = "ck_measure_purpose"


def upgrade() -> None:
    """Add the columns; what is there already is for improvement."""
    with op.batch_alter_table("measure") as batch:
        batch.add_column(sa.Column("exclusion_words", sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("sampling", sa.String(300), nullable=False, server_default=""))
        batch.add_column(sa.Column("purpose", sa.String(40), nullable=False, server_default="improvement"))
        batch.add_column(sa.Column("minutes_a_month", sa.Integer()))
        batch.create_check_constraint(op.f(_GUARD), "purpose IN ('improvement', 'assurance', 'both')")
    with op.batch_alter_table("measure") as batch:
        for name in ("exclusion_words", "sampling", "purpose"):
            batch.alter_column(name, server_default=None)


def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table("measure") as batch:
        batch.drop_constraint(op.f(_GUARD), type_="check")
        for name in ("minutes_a_month", "purpose", "sampling", "exclusion_words"):
            batch.drop_column(name)
