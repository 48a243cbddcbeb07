"""Files between being chosen and being saved."""

import sqlalchemy as sa
from alembic import op

from qiplatform.store.base import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "import_file",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column(
            "measure_id", sa.String(20), sa.ForeignKey("measure.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column(
            "by_id", sa.String(20), sa.ForeignKey("user_account.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_import_file_measure_id_by_id", "import_file", ["measure_id", "by_id"])
    op.create_index("ix_import_file_at", "import_file", ["at"])


def downgrade() -> None:
    """Take it away."""
    op.drop_table("import_file")
