"""How much slower than its bare query is a search among 100,000 published reports?

    python -m benchmarks.search [--reports 100000] [--rounds 3] [--kinds postgresql sqlite]

Publishes invented reports (the relevance set's, their sentences mixed anew, each with a chart of twelve points), builds the index,
and serves. Every search of the relevance set is then asked in turn: the whole page over one kept connection, and the bare query (the
ten best by the database's own rank, with their titles) on the same machine, in the same process; they take turns in who goes first.
Printed are the 50th and 95th percentiles of both and the ratio of the 95th, once with every page asked for the first time and once
asked again.
"""

import argparse
import http.client
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import numpy as np
from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from benchmarks.pages import PORT, ask, serving
from qiplatform.app import create_app
from qiplatform.learning.models import (
    FeedEntry,
    FeedState,
    ProtectedPoint,
    ProtectedSeries,
    Publication,
    PublishedVersion,
    Report,
    ReportStatus,
)
from qiplatform.search import actions, queries
from qiplatform.search.pages import drawn
from qiplatform.search.rules import words_of
from qiplatform.settings import Settings
from qiplatform.store.base import new_id
from qiplatform.store.session import Store
from tests.support.databases import Databases
from tests.support.factories import AT, Factory
from tests.support.feeds import CONTENT
from tests.support.learning import Reports, reports
from tests.support.measures import rows as rows_of
from tests.support.relevance import relevance_set

AT_ONCE = 2000
POINTS = 12
BARE = {
    "postgresql": """SELECT d.number, d.title, count(*) OVER () FROM search_document d
        WHERE d.search_text @@ ({words}) ORDER BY ts_rank(d.search_text, {words}) DESC LIMIT 10""",
    "sqlite": """SELECT d.number, d.title, (SELECT count(*) FROM search_text WHERE search_text MATCH {words})
        FROM search_text JOIN search_document d ON d.number = search_text.rowid
        WHERE search_text MATCH {words} ORDER BY bm25(search_text) LIMIT 10""",
}
"""The ten best of those with all the words or their synonyms, and how many there are: the least any page of results must ask."""


def publish(kit: Reports, many: int) -> None:
    """Put so many reports before the public, straight into the tables, a few thousand at a time."""
    pattern = _pattern(kit)
    with kit.make.store.session() as db:
        for first in range(0, many, AT_ONCE):
            _publish(db, kit, pattern, range(first, min(first + AT_ONCE, many)))


def _publish(db: Session, kit: Reports, pattern: ProtectedSeries, numbers: range) -> None:
    chance = random.Random(numbers.start)  # noqa: S311 - made-up reports
    lead, curator = kit.team.lead.id, kit.team.curator.id
    rows: dict[type[Any], list[dict[str, Any]]] = {
        one: [] for one in (Report, PublishedVersion, Publication, FeedEntry, ProtectedSeries, ProtectedPoint)
    }
    for number in numbers:
        report, version, series = new_id(), new_id(), new_id()
        content, at = _content(number, chance), AT - timedelta(minutes=number)
        rows[Report].append(
            {
                "id": report,
                "project_id": kit.team.project.id,
                "title": content["title"],
                "result": content["result"],
                "status": ReportStatus.PUBLISHED,
                "written_by_id": lead,
                "begun_at": at,
            }
        )
        rows[PublishedVersion].append(
            {
                "id": version,
                "report_id": report,
                "number": 1,
                "published_at": at,
                "approved_by_id": curator,
                "reason": "",
                "content": content,
            }
        )
        rows[Publication].append({"report_id": report, "version_id": version})
        rows[FeedEntry].append(
            {
                "report_id": report,
                "state": FeedState.PUBLISHED,
                "version_id": version,
                "number": 1,
                "first_at": at,
                "at": at,
            }
        )
        rows[ProtectedSeries].append(
            {
                "id": series,
                "version_id": version,
                "position": 0,
                "treatment": pattern.treatment,
                "definition": pattern.definition,
                "setup": pattern.setup,
            }
        )
        rows[ProtectedPoint] += [
            {"series_id": series, "period": date(2025, month, 1), "value": str(chance.randint(20, 60))}
            for month in range(1, POINTS + 1)
        ]
    for table, held in rows.items():
        db.execute(insert(table), held)


def _pattern(kit: Reports) -> ProtectedSeries:
    """Publish one report the ordinary way, and return its series: what all others are charted by."""
    measure = kit.measures.measure(kit.team.lead, project=kit.team.project)
    kit.measures.put(kit.team.lead, measure, rows_of(["30", "42", "28", "35", "40", "33", "52", "49", "55"]))
    version = kit.published(measures=[measure])
    with kit.make.store.session(reading=True) as db:
        found = db.scalars(select(ProtectedSeries).where(ProtectedSeries.version_id == version.id)).one()
        db.expunge(found)
    return found


SET = relevance_set()


def _content(number: int, chance: random.Random) -> dict[str, Any]:
    one, *others = chance.choices(SET.reports, k=4)
    sections = {
        "problem": f"{one.problem}. {others[0].problem}.",
        "did": f"{one.did}. {others[1].did}.",
        "happened": f"{one.happened}. {others[2].happened}.",
        "summary": f"{one.title}. {others[chance.randrange(3)].title}.",
        "differently": "",
        "involvement": "Two carers came to every meeting." if number % 3 == 0 else "",
    }
    return {
        **CONTENT,
        "title": f"{one.title} {number}",
        "result": one.result,
        "sections": sections,
        "organisation": f"Trust {chance.randrange(220)}",
        "setting": one.setting,
        "topics": [one.topic],
        "region": f"Region {chance.randrange(7)}",
        "strength": "special",
    }


def _bare(db: Session, kind: str, words: str) -> float:
    groups = words_of(words)
    if kind == "postgresql":
        parts = ["||".join(f"phraseto_tsquery('english', '{one}')" for one in group) for group in groups]
        asked = " && ".join(f"({one})" for one in parts)
    else:
        asked = " AND ".join("(" + " OR ".join(f'"{one}"' for one in group) + ")" for group in groups)
        asked = f"'{asked}'"
    begun = time.perf_counter()
    # Words hold letters and digits only (`words_of`), so they can stand in the statement as they are.
    db.execute(text(BARE[kind].format(words=asked))).all()
    return time.perf_counter() - begun


def _line(name: str, page: Sequence[float], bare: Sequence[float]) -> str:
    (p50, p95), (b50, b95) = (np.percentile(np.array(one) * 1000, [50, 95]) for one in (page, bare))
    return f"{name:<22}{p50:>9.1f}{p95:>9.1f}{b50:>10.1f}{b95:>9.1f}{p95 / b95:>9.2f}"


def _measure(store: Store, kind: str, rounds: int) -> Iterator[str]:
    app = create_app(store.settings, store=store)
    with serving(app), store.session(reading=True) as db:
        connection = http.client.HTTPConnection("127.0.0.1", PORT)
        begun = ask(connection, "/published", "")[0]
        yield f"first page of the process, with the arrays read: {begun:.1f} s"
        yield f"{'':22}{'page 50':>9}{'page 95':>9}{'bare 50':>10}{'bare 95':>9}{'ratio 95':>9}   ms"
        for turn in range(rounds):
            pages, bare = [], []
            for number, search in enumerate(SET.searches):
                path = f"/published?q={quote_plus(search.words)}"
                # Whoever asks first also waits for what the database has not in its memory yet.
                if number % 2:
                    bare.append(_bare(db, kind, search.words))
                pages.append(ask(connection, path, "")[0])
                if not number % 2:
                    bare.append(_bare(db, kind, search.words))
            yield _line("asked first" if turn == 0 else f"asked again ({turn})", pages, bare)


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--reports", type=int, default=100_000)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--kinds", nargs="+", default=["postgresql", "sqlite"])
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as place:
        databases = Databases(Path(place))
        for kind in given.kinds:
            folder = Path(place) / kind
            folder.mkdir()
            store = Store(Settings(data_dir=folder, database_url=databases.fresh(kind, folder), port=PORT))
            kit = reports(Factory(store))
            begun = time.perf_counter()
            publish(kit, given.reports)
            published = time.perf_counter()
            with store.session() as db:
                actions.reindex(db, at=AT, draw=drawn)
            with store.session(reading=True) as db:
                print(
                    f"\n{kind}: {len(queries.columns(db)):,} reports, published in {published - begun:.0f} s, "
                    f"indexed in {time.perf_counter() - published:.0f} s"
                )
            if kind == "postgresql":
                with store.session() as db:
                    db.execute(text("ANALYZE"))
            for line in _measure(store, kind, given.rounds):
                print(line, flush=True)
            store.close()
            databases.give_back(store.settings.database_url)


if __name__ == "__main__":
    main()
