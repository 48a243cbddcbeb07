"""What the feeds are read from, filled with what is public already; signing keys, peers and what they published."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from qiplatform.store.base import UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

FACETS = "('result', 'setting', 'topic', 'organisation', 'method')"


def upgrade() -> None:
    """Make the tables and fill those of the feeds."""
    entry = op.create_table(
        "feed_entry",
        sa.Column("report_id", sa.String(20), sa.ForeignKey("report.id"), primary_key=True),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("version_id", sa.String(20), sa.ForeignKey("published_version.id")),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first_at", UtcDateTime(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("state IN ('published', 'withdrawn')", name=op.f("ck_feed_entry_state")),
    )
    op.create_index("ix_feed_entry_at_report_id", "feed_entry", ["at", "report_id"])
    op.create_index("ix_feed_entry_state_at_report_id", "feed_entry", ["state", "at", "report_id"])
    facet = op.create_table(
        "feed_facet",
        sa.Column(
            "report_id",
            sa.String(20),
            sa.ForeignKey("feed_entry.report_id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("facet", sa.String(40), primary_key=True),
        sa.Column("value", sa.String(200), primary_key=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(f"facet IN {FACETS}", name=op.f("ck_feed_facet_facet")),
    )
    op.create_index(
        "ix_feed_facet_facet_value_at_report_id", "feed_facet", ["facet", "value", "at", "report_id"]
    )
    _fill(entry, facet)
    op.create_table(
        "installation_key",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("public", sa.String(44), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("retired_at", UtcDateTime()),
    )
    op.create_table(
        "peer",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("address", sa.String(300), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("public_key", sa.String(44), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("cursor", sa.String(100), nullable=False),
        sa.Column("status", sa.String(300), nullable=False),
        sa.Column("asked_at", UtcDateTime()),
        sa.UniqueConstraint("address", name=op.f("uq_peer_address")),
    )
    op.create_table(
        "harvested_report",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("peer_id", sa.String(20), sa.ForeignKey("peer.id", ondelete="CASCADE"), nullable=False),
        sa.Column("remote_id", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("address", sa.String(400), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("signature", sa.String(88), nullable=False),
        sa.Column("harvested_at", UtcDateTime(), nullable=False),
        sa.UniqueConstraint("peer_id", "remote_id", name=op.f("uq_harvested_report_peer_id_remote_id")),
    )
    op.create_index("ix_harvested_report_harvested_at", "harvested_report", ["harvested_at"])


def downgrade() -> None:
    """Take them away."""
    for table in ("harvested_report", "peer", "installation_key", "feed_facet", "feed_entry"):
        op.drop_table(table)


def _fill(entry: sa.Table, facet: sa.Table) -> None:
    db = op.get_bind()
    first = sa.text(
        "SELECT report_id, number, published_at, id, content FROM published_version ORDER BY report_id, number"
    ).columns(published_at=UtcDateTime(), content=sa.JSON())
    versions: dict[str, list[Any]] = {}
    for row in db.execute(first):
        versions.setdefault(row.report_id, []).append(row)
    present = {
        row.report_id: row.version_id
        for row in db.execute(sa.text("SELECT report_id, version_id FROM publication"))
    }
    gone = sa.text(
        "SELECT report_id, at FROM report_move WHERE after = 'withdrawn' ORDER BY report_id, at"
    ).columns(at=UtcDateTime())
    withdrawn = {row.report_id: row.at for row in db.execute(gone)}
    entries, facets = [], []
    for report_id, rows in versions.items():
        shown = next((one for one in rows if one.id == present.get(report_id)), None)
        if shown is None and report_id not in withdrawn:
            continue
        last = shown or rows[-1]
        at = last.published_at if shown else withdrawn[report_id]
        state = "published" if shown else "withdrawn"
        of = {"report_id": report_id, "at": at}
        more = {"version_id": shown.id if shown else None, "first_at": rows[0].published_at}
        entries.append({**of, **more, "state": state, "number": last.number})
        kept = _facets(last.content) if shown else [("result", last.content["result"])]
        facets += [{**of, "facet": name, "value": value} for name, value in kept]
    op.bulk_insert(entry, entries)
    op.bulk_insert(facet, facets)


def _facets(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    # Copied as it was in this revision: a migration does not change with the code.
    found = [(name, content[name]) for name in ("result", "setting", "organisation")]
    found += [("topic", one) for one in content["topics"]] + [("method", one) for one in content["methods"]]
    return list(dict.fromkeys((name, kept) for name, value in found if (kept := value.strip()[:200])))
