"""What a page of results shows of a report is kept beside what it is found by."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it. Documents that are there already are drawn when they are shown, until `qiplatform reindex`."""
    op.create_table(
        "search_card",
        sa.Column(
            "number",
            sa.Integer(),
            sa.ForeignKey("search_document.number", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("card", sa.JSON(), nullable=False),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("search_card")
