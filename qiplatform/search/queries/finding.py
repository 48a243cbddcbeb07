"""Finding: by words and by meaning, put together, narrowed by facets, counted under each of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from qiplatform.search.models import Facet
from qiplatform.search.queries.columns import Columns, columns
from qiplatform.search.queries.matching import NONE, Matches, unknown, with_all, with_some
from qiplatform.search.rules import BEST, NEWEST, PAGE_SIZE, Chosen, Synonyms, fused, query_vector, words_of

Groups = tuple[tuple[str, ...], ...]
Rows = NDArray[np.int64]
_MOST_VALUES = 40
FEW = 10
"""With fewer reports than this that have all the words, those with some of them come after."""
MOST_LOOSE = 50
MOST_NEAR = 50
MOST_RANKED = 1000
"""Reports that lack a word and are ranked all the same."""
NEAR = 0.25
"""How alike two meanings must be (cosine) for a report without the words to be shown: chosen on the relevance set."""


@dataclass(frozen=True, slots=True)
class Count:
    """One value of a facet and how many reports it would leave."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found: ids of reports, best first, and how."""

    total: int
    items: tuple[str, ...]
    facets: Mapping[Facet, tuple[Count, ...]] = field(default_factory=dict)
    loosened: bool = False
    """No report has all the words; these have some, or mean something near."""
    with_words: int = 0
    """How many of all have every word."""
    groups: Groups = ()
    """The words with their synonyms, to be marked."""
    corrected: Mapping[str, str] = field(default_factory=dict)
    """Words that no report has, and those that were searched in their place."""


@dataclass(frozen=True, slots=True)
class _Ranked:
    """Rows of all that was found, best first; `every` of the first kind."""

    rows: Rows
    every: Rows
    groups: Groups
    corrected: Mapping[str, str]


def find(
    db: Session,
    words: str = "",
    facets: Chosen | None = None,
    page: int = 1,
    *,
    sort: str = BEST,
    exactly: bool = False,
    certain: bool = False,
    since: datetime | None = None,
    synonyms: Synonyms | None = None,
) -> Hits:
    """Return the reports with these words or near to them in meaning under these facets; without words the newest first.

    `exactly` takes the words as typed, without mending what looks like a typing error. `certain` leaves out what lacks a
    word, and `since` what could be found before: for telling people of what is new, quietly.
    """
    held, chosen = columns(db), facets or {}
    asked = bool(words.strip())
    ranked = _ranked(db, held, words, exactly=exactly, synonyms=synonyms) if asked else None
    among = np.zeros(len(held), np.bool_)
    among[slice(None) if ranked is None else ranked.every if certain else ranked.rows] = True
    if since is not None:
        among &= held.came > since.timestamp()
    masks = {facet: held.mask(facet, value) for facet, value in chosen.items()}
    under = np.logical_and.reduce([among, *masks.values()])
    rows = _ordered(held, ranked, under, sort)
    first = (page - 1) * PAGE_SIZE
    every = int(under[ranked.every].sum()) if ranked else 0
    return Hits(
        total=len(rows),
        items=tuple(held.reports[row] for row in rows[first : first + PAGE_SIZE]),
        facets=_counts(held, among, masks, chosen),
        loosened=bool(asked and len(rows) and not every),
        with_words=every,
        groups=ranked.groups if ranked else (),
        corrected=ranked.corrected if ranked else {},
    )


def rank_words(db: Session, held: Columns, groups: Groups) -> tuple[Matches, Matches]:
    """Return the documents with all the words, and then those with some, where the first are few."""
    every = with_all(db, groups)
    if len(every) >= FEW or len(groups) == 1:
        return every, NONE
    return every, with_some(db, *_rarest(held, groups), MOST_LOOSE)


def rank_meaning(held: Columns, text: str, *, least: float = NEAR, most: int = MOST_NEAR) -> Rows:
    """Return the rows whose meaning is nearest to a text, nearest first."""
    vector = query_vector(text)
    return np.zeros(0, np.int64) if vector is None else nearest(held, vector, least=least, most=most)


def nearest(held: Columns, vector: NDArray[np.float32], *, least: float, most: int) -> Rows:
    """Return the rows with the highest cosine to a vector of length 1, shape (256,), that reach `least`."""
    alike = held.vectors @ vector
    likely = np.flatnonzero(alike >= least)
    if len(likely) > most:
        likely = likely[np.argpartition(-alike[likely], most - 1)[:most]]
    return likely[np.argsort(-alike[likely], kind="stable")]


def meant_by(groups: Groups) -> str:
    """Return what stands for a search's meaning: its telling words, an abbreviation with its longest synonym beside it."""
    more = [max(group, key=len) for group in groups if len(group) > 1 and " " not in group[0]]
    return " ".join([*(group[0] for group in groups), *more])


def _ranked(db: Session, held: Columns, words: str, *, exactly: bool, synonyms: Synonyms | None) -> _Ranked:
    groups = words_of(words, synonyms)
    none = np.zeros(0, np.int64)
    if not groups:
        return _Ranked(none, none, (), {})  # nothing but signs: nothing can match
    corrected: dict[str, str] = {}
    if not exactly:
        corrected = _corrected(db, held, groups)
        if corrected:
            text = " ".join(corrected.get(group[0], group[0]) for group in groups)
            groups, words = words_of(text, synonyms), text
    every, some = rank_words(db, held, groups)
    of_words = held.rows_of(np.concatenate([every.numbers, some.numbers]))
    of_words = of_words[np.sort(np.unique(of_words, return_index=True)[1])]
    of_meaning = rank_meaning(held, meant_by(groups))
    return _Ranked(fused(of_words, of_meaning), held.rows_of(every.numbers), groups, corrected)


def _corrected(db: Session, held: Columns, groups: Groups) -> dict[str, str]:
    single = [group[0] for group in groups if len(group) == 1 and group[0] not in held.vocabulary.words]
    wrong = unknown(db, single)
    return {word: near for word in single if word in wrong and (near := held.vocabulary.nearest(word))}


def _rarest(held: Columns, groups: Groups) -> tuple[Groups, list[float]]:
    """Return the words to look for where a report need not have all, and how telling each is: the rarer, the more.

    Words that stand in many documents are left out where rarer ones bring enough: ranking what they bring is most of the work
    and none of the first results.
    """
    counts = [sum(map(held.vocabulary.documents, group)) for group in groups]
    kept, brought = set[int](), 0
    for place in np.argsort(counts, kind="stable"):
        if brought >= MOST_LOOSE and brought + counts[place] > MOST_RANKED:
            break
        kept.add(int(place))
        brought += counts[place]
    weights = [float(np.log(1 + len(held) / (1 + min(count, len(held))))) for count in counts]
    places = sorted(kept)
    return tuple(groups[place] for place in places), [weights[place] for place in places]


def _ordered(held: Columns, ranked: _Ranked | None, under: NDArray[np.bool_], sort: str) -> Rows:
    if ranked is not None and sort != NEWEST:
        best: Rows = ranked.rows[under[ranked.rows]]
        return best
    rows = np.flatnonzero(under)
    newest: Rows = rows[np.lexsort((-held.numbers[rows], -held.published[rows]))]
    return newest


def _counts(
    held: Columns, among: NDArray[np.bool_], masks: Mapping[Facet, NDArray[np.bool_]], chosen: Chosen
) -> dict[Facet, tuple[Count, ...]]:
    """Count, for every facet, its values among what the other facets and the words leave."""
    found = {}
    for facet in Facet:
        others = np.logical_and.reduce([among, *(mask for name, mask in masks.items() if name != facet)])
        counts = [Count(value, count) for value, count in held.counts(facet, others)]
        if facet in chosen and all(one.value != chosen[facet] for one in counts):
            counts.append(Count(chosen[facet], 0))
        found[facet] = tuple(sorted(counts, key=lambda one: (-one.count, one.value))[:_MOST_VALUES])
    return found
