"""Measures: definitions, targets, numbers with their history, decisions, bands and noted signals."""

import sqlalchemy as sa
from alembic import op

from qiplatform.store.base import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _of_measure(*, key: bool = False) -> sa.Column[str]:
    """Return the column that says of which measure a row is; `key` makes it part of the primary key."""
    refers = sa.ForeignKey("measure.id", ondelete="CASCADE")
    return sa.Column("measure_id", sa.String(20), refers, nullable=False, primary_key=key)


def _person(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(20), sa.ForeignKey("user_account.id"), nullable=nullable)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "measure",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.String(20), sa.ForeignKey("project.id"), nullable=False),
        sa.Column("name", sa.String(160), nullable=False),
        sa.Column("type", sa.String(40), nullable=False),
        sa.Column("chart", sa.String(40), nullable=False),
        sa.Column("profile", sa.String(40), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("direction", sa.String(40), nullable=False),
        sa.Column("counts", sa.String(40), nullable=False),
        sa.Column("frequency", sa.String(40), nullable=False),
        sa.Column("operational_definition", sa.Text(), nullable=False),
        *(
            sa.Column(name, sa.String(300), nullable=False)
            for name in ("numerator_words", "denominator_words", "source", "collected_by")
        ),
        sa.Column("why", sa.Text(), nullable=False),
        _person("defined_by_id"),
        sa.Column("defined_at", UtcDateTime(), nullable=False),
        sa.Column("data_version", sa.Integer(), nullable=False),
        sa.Column("signals_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("type IN ('outcome', 'process', 'balancing')", name=op.f("ck_measure_type")),
        sa.CheckConstraint(
            "direction IN ('increase', 'decrease', 'neutral')", name=op.f("ck_measure_direction")
        ),
        sa.CheckConstraint("counts IN ('people', 'events', 'things')", name=op.f("ck_measure_counts")),
        sa.CheckConstraint(
            "frequency IN ('daily', 'weekly', 'monthly', 'quarterly', 'yearly')",
            name=op.f("ck_measure_frequency"),
        ),
    )
    op.create_index("ix_measure_project_id", "measure", ["project_id"])
    op.create_table(
        "measure_target",
        sa.Column("id", sa.String(20), primary_key=True),
        _of_measure(),
        sa.Column("from_on", sa.Date()),
        sa.Column("value", sa.String(40), nullable=False),
        sa.UniqueConstraint("measure_id", "from_on", name=op.f("uq_measure_target_measure_id_from_on")),
    )
    op.create_table(
        "data_point",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _of_measure(),
        sa.Column("period", sa.Date(), nullable=False),
        *(sa.Column(name, sa.String(40), nullable=False) for name in ("value", "numerator", "denominator")),
        sa.Column("note", sa.Text(), nullable=False),
        sa.UniqueConstraint("measure_id", "period", name=op.f("uq_data_point_measure_id_period")),
    )
    op.create_table(
        "point_change",
        sa.Column("id", sa.String(20), primary_key=True),
        _of_measure(),
        sa.Column("period", sa.Date(), nullable=False),
        _person("by_id"),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True)),
        sa.Column("after", sa.JSON(), nullable=False),
    )
    op.create_index("ix_point_change_measure_id_at", "point_change", ["measure_id", "at"])
    op.create_table(
        "measure_decision",
        sa.Column("id", sa.String(20), primary_key=True),
        _of_measure(),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date()),
        sa.Column("text", sa.Text(), nullable=False),
        _person("by_id"),
        sa.Column("at", UtcDateTime(), nullable=False),
        _person("removed_by_id", nullable=True),
        sa.Column("removed_at", UtcDateTime()),
        sa.CheckConstraint(
            "kind IN ('phase', 'exclusion', 'annotation', 'baseline')", name=op.f("ck_measure_decision_kind")
        ),
    )
    op.create_index("ix_measure_decision_measure_id_from_on", "measure_decision", ["measure_id", "from_on"])
    op.create_table(
        "measure_band",
        _of_measure(key=True),
        sa.Column("key", sa.String(80), primary_key=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date()),
        sa.Column("label", sa.String(40), nullable=False),
        sa.Column("detail", sa.String(300), nullable=False),
        sa.Column("href", sa.String(200), nullable=False),
    )
    op.create_table(
        "signal_seen",
        _of_measure(key=True),
        sa.Column("rule", sa.String(40), primary_key=True),
        sa.Column("direction", sa.String(10), primary_key=True),
        sa.Column("first_on", sa.Date(), primary_key=True),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
    )


def downgrade() -> None:
    """Take them away."""
    for table in (
        "signal_seen", "measure_band", "measure_decision", "point_change", "data_point", "measure_target", "measure",
    ):  # fmt: skip
        op.drop_table(table)
