"""What a page of results shows of a report is kept beside what it is found by."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it. Documents that are there already are drawn when they are shown, until `qiplatform reindex`."""
    # Not in a batch: the triggers of the full-text index hang on this table and would go with its copy.
    op.add_column("search_document", sa.Column("card", sa.JSON()))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("search_document", "card")
