"""The index's columns in this process: numbers, meanings and facets of all documents, counted by NumPy instead of by questions.

They follow the database: every request asks for the index's stamp, inside its own transaction, and reads again what is newer.
Nothing is shown from here: what is shown is read, by report, from what is public now.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import Pool

from qiplatform.search.models import Facet, SearchDocument, SearchFacet, SearchState, SearchWord
from qiplatform.search.rules import DIMENSIONS, Vocabulary, unpacked

Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Codes:
    """One facet: which row has which value; a row may have several or none."""

    values: tuple[str, ...]
    rows: Rows
    codes: NDArray[np.int32]

    def mask(self, value: str, count: int) -> Mask:
        """Return which of all rows have a value, shape (count,)."""
        found = np.zeros(count, np.bool_)
        if value in self.values:
            found[self.rows[self.codes == self.values.index(value)]] = True
        return found

    def counts(self, among: Mask) -> list[tuple[str, int]]:
        """Return the values that stand among these rows with how many have each."""
        found = np.bincount(self.codes[among[self.rows]], minlength=len(self.values))
        return [(self.values[code], int(found[code])) for code in np.flatnonzero(found)]


@dataclass(frozen=True, slots=True)
class Columns:
    """All documents, by row in the order of their numbers. Never changed: a change makes another."""

    stamp: int = 0
    removed: int = 0
    numbers: Rows = field(default_factory=lambda: np.zeros(0, np.int64))
    reports: tuple[str, ...] = ()
    """Ids of reports, or of harvested ones; no two are alike."""
    published: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    came: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    vectors: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, DIMENSIONS), np.float32))
    facets: Mapping[Facet, Codes] = field(default_factory=dict)
    vocabulary: Vocabulary = field(default_factory=lambda: Vocabulary({}))

    def __len__(self) -> int:
        """Return how many documents there are."""
        return len(self.numbers)

    def rows_of(self, numbers: Rows) -> Rows:
        """Return the rows of documents; numbers that are not here are left out, the order is kept."""
        places = np.searchsorted(self.numbers, numbers)
        places[places == len(self)] = 0
        here = self.numbers[places] == numbers if len(self) else np.zeros(len(numbers), np.bool_)
        found: Rows = places[here]
        return found

    def counts(self, facet: Facet, among: Mask) -> list[tuple[str, int]]:
        """Return the values of a facet among these rows with how many have each."""
        return self.facets[facet].counts(among) if facet in self.facets else []

    def mask(self, facet: Facet, value: str) -> Mask:
        """Return which rows have a value of a facet."""
        one = self.facets.get(facet)
        return np.zeros(len(self), np.bool_) if one is None else one.mask(value, len(self))


CHANGED = "search index changed"
"""Noted in the session's `info` by whoever changes the index in it."""
_KEPT: WeakKeyDictionary[Pool, Columns] = WeakKeyDictionary()
_ONE_AT_A_TIME = Lock()


def state(db: Session) -> tuple[int, int]:
    """Return the index's stamp, and the stamp of removals."""
    row = db.execute(select(SearchState.stamp, SearchState.removed)).first()
    return (row[0], row[1]) if row else (0, 0)


def columns(db: Session) -> Columns:
    """Return all documents as they stand in this transaction."""
    bind = db.get_bind()
    pool = (bind if isinstance(bind, Engine) else bind.engine).pool
    now = state(db)
    held = _KEPT.get(pool, Columns())
    if (held.stamp, held.removed) == now:
        return held
    with _ONE_AT_A_TIME:
        held = _KEPT.get(pool, Columns())
        if (held.stamp, held.removed) == now:
            return held
        made = _read_again(db, held if held.stamp <= now[0] else Columns(), *now)
        # What this transaction wrote may be rolled back, and another would then give out its stamp for something else.
        if CHANGED not in db.info and _KEPT.get(pool, Columns()).stamp <= made.stamp:
            _KEPT[pool] = made
        return made


def _read_again(db: Session, held: Columns, stamp: int, removed: int) -> Columns:
    """Return what is held with everything that was written or taken away since."""
    whole = not len(held)
    changed = select(
        SearchDocument.number,
        func.coalesce(SearchDocument.report_id, SearchDocument.harvested_id),
        *(SearchDocument.published_at, SearchDocument.came_at, SearchDocument.vector),
    ).order_by(SearchDocument.number)
    facets = select(SearchFacet.number, SearchFacet.facet, SearchFacet.value)
    if not whole:
        changed = changed.where(SearchDocument.stamp > held.stamp)
        facets = facets.join(SearchDocument).where(SearchDocument.stamp > held.stamp)
    fresh = db.execute(changed).all()
    of_fresh = db.execute(facets).all()
    words = {row[0]: row[1] for row in db.execute(select(SearchWord.word, SearchWord.documents))}
    keep = ~np.isin(held.numbers, [row[0] for row in fresh])
    if removed != held.removed and not whole:
        keep &= np.isin(held.numbers, list(db.scalars(select(SearchDocument.number))))
    numbers = np.concatenate([held.numbers[keep], np.array([row[0] for row in fresh], np.int64)])
    order = np.argsort(numbers, kind="stable")
    reports = [report for report, kept in zip(held.reports, keep, strict=True) if kept]
    reports += [row[1] for row in fresh]
    vectors = unpacked([row[4] for row in fresh])
    if not whole:
        vectors = np.concatenate([held.vectors[keep], vectors])[order]
    numbers = numbers[order]
    return Columns(
        stamp=stamp,
        removed=removed,
        numbers=numbers,
        reports=tuple(reports[place] for place in order),
        published=np.concatenate([held.published[keep], [row[2].timestamp() for row in fresh]])[order],
        came=np.concatenate([held.came[keep], [row[3].timestamp() for row in fresh]])[order],
        vectors=vectors,
        facets=_codes(held, keep, of_fresh, numbers),
        vocabulary=held.vocabulary if words == held.vocabulary.words else Vocabulary(words),
    )


def _codes(held: Columns, keep: Mask, fresh: Sequence[Any], numbers: Rows) -> dict[Facet, Codes]:
    found: dict[Facet, Codes] = {}
    of: dict[Facet, tuple[list[int], list[str]]] = {facet: ([], []) for facet in Facet}
    for number, facet, value in fresh:
        of[facet][0].append(number)
        of[facet][1].append(value)
    for facet, (fresh_numbers, values) in of.items():
        before = held.facets.get(facet)
        place = {value: code for code, value in enumerate(before.values)} if before else {}
        codes = np.array([place.setdefault(value, len(place)) for value in values], np.int32)
        known = np.array(fresh_numbers, np.int64)
        if before is not None:
            stays = keep[before.rows]
            known = np.concatenate([held.numbers[before.rows[stays]], known])
            codes = np.concatenate([before.codes[stays], codes])
        here = np.isin(known, numbers)  # a facet whose document was taken away between two questions
        found[facet] = Codes(tuple(place), np.searchsorted(numbers, known[here]), codes[here])
    return found
