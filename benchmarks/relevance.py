"""How well a search answers, by words, by meaning and by both: `python -m benchmarks.relevance`.

Every other search (the first, the third, ...) may be tuned on; the others are only measured.
"""

import argparse
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from unittest.mock import patch

import numpy as np
from sqlalchemy.orm import Session

from qiplatform import schema
from qiplatform.search import queries
from qiplatform.search.queries.finding import rank_meaning
from qiplatform.search.rules import PAGE_SIZE, meaning
from qiplatform.settings import Settings
from qiplatform.store.session import Store
from tests.support.relevance import Judged, indexed, ndcg, recall, relevance_set, second_set

MOST = 20
Answer = Callable[[str], list[str]]


def by_words(db: Session, text: str) -> list[str]:
    """Return the first results of a search where the model of meaning is not installed."""
    with patch.object(meaning, "model", lambda: None):
        return by_both(db, text)


def by_meaning(db: Session, text: str) -> list[str]:
    """Return the reports nearest in meaning, however far."""
    held = queries.columns(db)
    return [held.reports[row] for row in rank_meaning(held, text, least=-1.0, most=MOST)]


def by_both(db: Session, text: str) -> list[str]:
    """Return the first results of a search as people get them."""
    pages = range(1, 1 + MOST // PAGE_SIZE)
    return [one for page in pages for one in queries.find(db, text, page=page).items]


WAYS: Mapping[str, Callable[[Session, str], list[str]]] = {
    "words": by_words,
    "meaning": by_meaning,
    "both": by_both,
}


def scores(
    db: Session, names: Mapping[str, str], searches: Sequence[Judged], way: str
) -> tuple[np.ndarray, np.ndarray]:
    """Return nDCG@10 and recall@20 of each search, shape (searches,), one way."""
    found = [[names[one] for one in WAYS[way](db, search.words)] for search in searches]
    pairs = list(zip(found, searches, strict=True))
    return (
        np.array([ndcg(got, search.gains) for got, search in pairs]),
        np.array([recall(got, search.gains) for got, search in pairs]),
    )


def main() -> None:
    """Print the figures for each database."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--url", default="", help="a PostgreSQL database that may be filled; else SQLite")
    asked.add_argument("--worst", type=int, default=0, help="also print so many of the worst searches")
    given = asked.parse_args()
    held = relevance_set()
    with tempfile.TemporaryDirectory() as folder:
        url = given.url or f"sqlite:///{folder}/relevance.sqlite3"
        store = Store(Settings(data_dir=Path(folder), database_url=url))
        schema.migrate(store)
        with store.session() as db:
            names = indexed(db, held.reports)
            print(f"{len(held.reports)} reports, {len(held.searches)} searches, {db.get_bind().dialect.name}")
            print("                 tuned on           measured only      all")
            print("way        nDCG@10  rec@20    nDCG@10  rec@20    nDCG@10  rec@20")
            for way in WAYS:
                gain, got = scores(db, names, held.searches, way)
                parts = [slice(0, None, 2), slice(1, None, 2), slice(None)]
                print(f"{way:9}", *(f"{gain[one].mean():9.3f} {got[one].mean():7.3f} " for one in parts))
                for row in np.argsort(gain)[: given.worst]:
                    print(f"    {gain[row]:.2f} {held.searches[row].words}")
            db.rollback()
        with store.session() as db:
            held = second_set()
            names = indexed(db, held.reports)
            print(f"\n{len(held.searches)} searches by another writer, nothing tuned on them")
            for way in WAYS:
                gain, got = scores(db, names, held.searches, way)
                print(f"{way:9}{gain.mean():9.3f} {got.mean():7.3f}")
            db.rollback()
        store.close()


if __name__ == "__main__":
    main()
