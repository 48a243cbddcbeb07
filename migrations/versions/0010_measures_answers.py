"""Measures: why a signal came, and answers to suggested steps with their evidence."""

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_CHECK = "ck_measure_decision_kind"
_BEFORE = ("phase", "exclusion", "annotation", "baseline")
_SINCE = (*_BEFORE, "why", "declined", "wait")


def _allow(table: BatchOperations, kinds: tuple[str, ...]) -> None:
    """Let these kinds of decision be kept, and no others."""
    words = ", ".join(f"'{kind}'" for kind in kinds)
    table.drop_constraint(op.f(_CHECK), type_="check")
    table.create_check_constraint(op.f(_CHECK), sa.text(f"kind IN ({words})"))


def upgrade() -> None:
    """Allow the new kinds, and keep what they are about."""
    with op.batch_alter_table("measure_decision") as table:
        table.add_column(sa.Column("rule", sa.String(40), nullable=False, server_default=""))
        table.add_column(sa.Column("direction", sa.String(10), nullable=False, server_default=""))
        table.add_column(sa.Column("evidence", sa.JSON(none_as_null=True)))
    with op.batch_alter_table("measure_decision") as table:
        table.alter_column("rule", server_default=None)
        table.alter_column("direction", server_default=None)
        _allow(table, _SINCE)


def downgrade() -> None:
    """Take the reasons and answers away; phases that came from a suggestion stay."""
    kept = sa.table("measure_decision", sa.column("kind"))
    op.execute(kept.delete().where(kept.c.kind.not_in(_BEFORE)))
    with op.batch_alter_table("measure_decision") as table:
        for name in ("rule", "direction", "evidence"):
            table.drop_column(name)
        _allow(table, _BEFORE)
