"""Which documents hold the words: PostgreSQL's full text or SQLite's FTS5, answered as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, case, column, func, literal, literal_column, select, table, union_all
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import Grouping

from qiplatform.search.models import SearchDocument

Words = Sequence[Sequence[str]]
_TEXT = table("search_text", column("rowid"))
# Title, problem, did, happened, body.
_BM25 = "bm25(search_text, 10.0, 4.0, 4.0, 2.0, 1.0)"
_TELLING = 0.15
_DROPPED = frozenset(
    ["a", "at", "as", "did", "for", "in", "no", "not", "of", "on", "out", "the", "to", "too", "up", "was"]
)


@dataclass(frozen=True, slots=True)
class Matches:
    """Numbers of documents, the best first."""

    numbers: NDArray[np.int64]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.numbers)


NONE = Matches(np.zeros(0, np.int64))


def with_all(db: Session, groups: Words) -> Matches:
    """Return every document that has all the words."""
    return _postgresql(db, groups) if _is_postgresql(db) else _sqlite(db, groups, " AND ", None)


def with_some(db: Session, groups: Words, weights: Sequence[float], most: int) -> Matches:
    """Return the documents that have some of the words, at most so many; a weight says how telling each word is."""
    if _is_postgresql(db):
        return _some_in_postgresql(db, groups, weights, most)
    # bm25 weighs rare words more by itself.
    telling = _telling(groups, weights)
    return _sqlite(db, telling, " OR ", most)


def unknown(db: Session, words: Sequence[str]) -> set[str]:
    """Return those of some words that no document has in any form."""
    if not words:
        return set()
    parts = []
    for word in words:
        if _is_postgresql(db):
            text: ColumnElement[str] = literal_column("search_document.search_text")
            one = select(SearchDocument.number).where(text.op("@@")(_meant([word]))).limit(1)
        else:
            match = literal_column("search_text").op("MATCH")(_quoted(word))
            one = select(_TEXT.c.rowid).where(match).limit(1)
        parts.append(select(literal(word)).where(one.exists()))
    return set(words) - set(db.scalars(union_all(*parts)))


def _is_postgresql(db: Session) -> bool:
    return db.get_bind().dialect.name == "postgresql"


def _quoted(word: str) -> str:
    # Words hold letters and digits only; the quotes keep AND, OR, NOT and NEAR from being operators.
    return f'"{word}"'


def _sqlite(db: Session, groups: Words, joint: str, most: int | None) -> Matches:
    joined = joint.join("(" + " OR ".join(map(_quoted, group)) + ")" for group in groups)
    found = (
        select(_TEXT.c.rowid)
        .where(literal_column("search_text").op("MATCH")(joined))
        .order_by(literal_column(_BM25), _TEXT.c.rowid.desc())
        .limit(most)
    )
    return Matches(np.array([row[0] for row in db.execute(found)], np.int64))


def _telling(groups: Words, weights: Sequence[float]) -> list[Sequence[str]]:
    """Return the words to look for: one that stands in half of very many documents only costs time."""
    least = _TELLING * max(weights)
    return [group for group, weight in zip(groups, weights, strict=True) if weight >= least]


def _meant(group: Sequence[str]) -> ColumnElement[str]:
    words = [group[0], *(phrase for phrase in group[1:] if not _collapses(phrase))]
    return _joined([func.phraseto_tsquery(literal_column("'english'"), word) for word in words], "||")


def _collapses(phrase: str) -> bool:
    """Whether PostgreSQL, which drops small words, would take a phrase for one everyday word: "no show" for "show"."""
    words = phrase.split()
    return len(words) > 1 and len([word for word in words if word not in _DROPPED]) < 2  # noqa: PLR2004 - a phrase of two


def _postgresql(db: Session, groups: Words) -> Matches:
    """Ask for all numbers and ranks in one answer of few bytes: a row for each would take longer than finding them."""
    query = _joined([_meant(group) for group in groups], "&&")
    text: ColumnElement[str] = literal_column("search_document.search_text")
    matching = (
        select(
            func.int4send(SearchDocument.number).label("number"),
            func.float4send(func.ts_rank(text, query)).label("rank"),
        )
        .where(text.op("@@")(query))
        .subquery()
    )
    nothing: ColumnElement[bytes] = literal_column("''::bytea")
    # One aggregate of both keeps them in one order.
    whole = func.string_agg(matching.c.number.op("||")(matching.c.rank), nothing)
    got = db.execute(select(whole)).scalar()
    if not got:
        return NONE
    return _best_first(np.frombuffer(got, [("number", ">i4"), ("rank", ">f4")]))


def _some_in_postgresql(db: Session, groups: Words, weights: Sequence[float], most: int) -> Matches:
    text: ColumnElement[str] = literal_column("search_document.search_text")
    telling = _telling(groups, weights)
    query = _joined([_meant(group) for group in telling], "||")
    score: ColumnElement[float] = func.ts_rank(text, query)
    # What was found by one group has that group, so nothing needs to be looked at again.
    for group, weight in zip(groups, weights, strict=True) if len(groups) > 1 else ():
        score += case((text.op("@@")(_meant(group)), literal(weight)), else_=literal(0.0))
    found = select(SearchDocument.number).where(text.op("@@")(query)).order_by(score.desc()).limit(most)
    return Matches(np.array(db.scalars(found).all(), np.int64))


def _best_first(found: NDArray[np.void]) -> Matches:
    order = np.lexsort((-found["number"].astype(np.int64), -found["rank"]))
    return Matches(found["number"].astype(np.int64)[order])


def _joined(queries: Sequence[ColumnElement[str]], operator: str) -> ColumnElement[str]:
    whole = queries[0]
    for one in queries[1:]:
        whole = Grouping(whole.op(operator)(one))
    return whole
