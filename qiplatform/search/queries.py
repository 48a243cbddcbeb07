"""What is asked of the index: one way to ask, whichever database answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    column,
    exists,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    table,
    union_all,
)
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.elements import Grouping

from qiplatform.learning.models import Publication
from qiplatform.search.models import Facet, SearchDocument, SearchFacet
from qiplatform.search.rules import PAGE_SIZE, words_of

Words = Sequence[Sequence[str]]
Chosen = Mapping[Facet, str]
_TEXT = table("search_text", column("rowid"))
# Title, problem, did, happened, body.
_BM25 = "bm25(search_text, 10.0, 4.0, 4.0, 2.0, 1.0)"
_MOST_VALUES = 40


@dataclass(frozen=True, slots=True)
class Count:
    """One value of a facet and how many reports it would leave."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found: ids of reports, best first; `loosened` when no report had all the words."""

    total: int
    items: tuple[str, ...]
    facets: Mapping[Facet, tuple[Count, ...]] = field(default_factory=dict)
    loosened: bool = False


def find(db: Session, words: str = "", facets: Chosen | None = None, page: int = 1) -> Hits:
    """Return the reports with these words under these facets; without words the newest first.

    First those that have every word; when there is none, those that have any.
    """
    groups, chosen = words_of(words), facets or {}
    if words.strip() and not groups:
        # Nothing but signs: nothing can match.
        return Hits(0, (), _counts(db, None, {}, none=True))
    for loosened in (False, True):
        matching = _matching(db, groups, any_word=loosened) if groups else None
        total, items = _page(db, matching, chosen, page)
        if total or not groups or len(groups) == 1:
            break
    return Hits(total, items, _counts(db, matching, chosen), loosened=bool(loosened and total))


def similar(db: Session, report_id: str, *, most: int = 4) -> tuple[str, ...]:
    """Return reports that share topics, setting or words of the title with a report, most shared first."""
    one = db.scalar(select(SearchDocument).where(SearchDocument.report_id == report_id))
    if one is None:
        return ()
    theirs, ours = aliased(SearchFacet), aliased(SearchFacet)
    shared = (
        select(theirs.number, func.count().label("shared"))
        .join(ours, (ours.facet == theirs.facet) & (ours.value == theirs.value))
        .where(ours.number == one.number, theirs.facet.in_([Facet.TOPIC, Facet.SETTING]))
        .group_by(theirs.number)
        .subquery()
    )
    matching = _matching(db, words_of(one.title), any_word=True)
    query = (
        select(SearchDocument.report_id)
        .outerjoin(shared, shared.c.number == SearchDocument.number)
        .outerjoin(matching, matching.c.number == SearchDocument.number)
        .where(
            SearchDocument.number != one.number,
            or_(shared.c.number.is_not(None), matching.c.number.is_not(None)),
        )
        .order_by(
            func.coalesce(shared.c.shared, 0).desc(),
            func.coalesce(matching.c.score, 0).desc(),
            SearchDocument.number.desc(),
        )
        .limit(most)
    )
    return tuple(db.scalars(query))


def count_pending(db: Session) -> int:
    """Return how many published reports wait to be indexed."""
    waiting = select(func.count()).select_from(Publication)
    return db.scalar(waiting.where(Publication.report_id.not_in(select(SearchDocument.report_id)))) or 0


def _page(db: Session, matching: Subquery | None, chosen: Chosen, page: int) -> tuple[int, tuple[str, ...]]:
    query = select(SearchDocument.report_id, func.count().over()).where(*_under(chosen))
    if matching is not None:
        query = query.join(matching, matching.c.number == SearchDocument.number).order_by(
            matching.c.score.desc()
        )
    query = query.order_by(SearchDocument.published_at.desc(), SearchDocument.number.desc())
    rows = db.execute(query.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)).all()
    if not rows and page > 1:
        return _page(db, matching, chosen, 1)[0], ()
    return (rows[0][1] if rows else 0), tuple(row[0] for row in rows)


def _counts(
    db: Session, matching: Subquery | None, chosen: Chosen, *, none: bool = False
) -> dict[Facet, tuple[Count, ...]]:
    """Count, for every facet, its values among what the other facets and the words leave: one question for all."""
    parts: list[Select[Facet, str, int]] = []
    for facet in Facet:
        others = {name: value for name, value in chosen.items() if name != facet}
        query = (
            select(SearchFacet.facet, SearchFacet.value, func.count().label("count"))
            .join(SearchDocument, SearchDocument.number == SearchFacet.number)
            .where(SearchFacet.facet == facet, *_under(others))
            .group_by(SearchFacet.facet, SearchFacet.value)
        )
        if none:
            query = query.where(false())
        elif matching is not None:
            query = query.where(SearchDocument.number.in_(select(matching.c.number)))
        parts.append(query)
    found: dict[Facet, list[Count]] = {facet: [] for facet in Facet}
    for facet, value, count in db.execute(union_all(*parts)):
        found[Facet(facet)].append(Count(value, count))
    for facet, value in chosen.items():
        if all(one.value != value for one in found[facet]):
            found[facet].append(Count(value, 0))
    return {
        facet: tuple(sorted(counts, key=lambda one: (-one.count, one.value))[:_MOST_VALUES])
        for facet, counts in found.items()
    }


def _under(chosen: Chosen) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for facet, value in chosen.items():
        # Under a name of its own: the question around it may be about facets too.
        one = aliased(SearchFacet)
        found.append(
            exists().where(one.number == SearchDocument.number, one.facet == facet, one.value == value)
        )
    return found


def _matching(db: Session, groups: Words, *, any_word: bool) -> Subquery:
    """Select number and score (higher is better) of the documents that have every word, or any."""
    if db.get_bind().dialect.name == "postgresql":
        return _matching_in_postgresql(groups, any_word=any_word)
    joined = (" OR " if any_word else " AND ").join(
        "(" + " OR ".join(map(_quoted, group)) + ")" for group in groups
    )
    score = (literal(0) - literal_column(_BM25)).label("score")
    found = select(_TEXT.c.rowid.label("number"), score).where(
        literal_column("search_text").op("MATCH")(joined)
    )
    return found.subquery()


def _quoted(word: str) -> str:
    # Words hold letters and digits only; the quotes keep AND, OR, NOT and NEAR from being operators.
    return f'"{word}"'


def _matching_in_postgresql(groups: Words, *, any_word: bool) -> Subquery:
    def meant(group: Sequence[str]) -> ColumnElement[str]:
        return _joined([func.phraseto_tsquery(literal_column("'english'"), word) for word in group], "||")

    query = _joined([meant(group) for group in groups], "||" if any_word else "&&")
    text: ColumnElement[str] = literal_column("search_document.search_text")
    score = func.ts_rank(text, query).label("score")
    found = select(SearchDocument.number.label("number"), score).where(text.op("@@")(query))
    return found.subquery()


def _joined(queries: Sequence[ColumnElement[str]], operator: str) -> ColumnElement[str]:
    whole = queries[0]
    for one in queries[1:]:
        whole = Grouping(whole.op(operator)(one))
    return whole
