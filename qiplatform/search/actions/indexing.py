"""The index kept in step with what is public here and with what other installations published."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from qiplatform.errors import NotFound
from qiplatform.federation import queries as federation
from qiplatform.learning import queries
from qiplatform.learning.models import Publication
from qiplatform.learning.rules import NotPublic
from qiplatform.search.actions.documents import Document, of_ours, of_theirs
from qiplatform.search.models import SearchCard, SearchDocument, SearchFacet, SearchState, SearchWord
from qiplatform.search.queries import CHANGED, Found
from qiplatform.search.rules import document_vector, packed, vocabulary_of

PAGE = 200
"""Reports read and written at once when everything is indexed again."""
_Page = list[tuple[dict[str, str], Document, Mapping[str, Any]]]
_TEXTS = ("title", "problem", "did", "happened", "body", "published_at", "came_at")
Draw = Callable[[Found], Mapping[str, Any]]
"""Makes what is kept to be shown of a report. Given by whoever asks: how a card looks is a matter of pages."""


def index(db: Session, *, at: datetime, report_id: str, draw: Draw) -> None:
    """Put a report's present version into the index in place of what stood there; a withdrawn one is taken out.

    Idempotent: done twice it leaves what it left once.
    """
    del at  # every job is told the time
    # The stamp's row first: whoever holds it reads what is public after everybody who held it before.
    stamp = _next_stamp(db)
    try:
        report = queries.published(db, report_id)
    except (NotFound, NotPublic):
        remove(db, report_id=report_id)
        return
    row = db.scalar(select(SearchDocument).where(SearchDocument.report_id == report_id))
    _put(db, row or SearchDocument(report_id=report_id), of_ours(report), stamp, draw(report))


def index_harvested(db: Session, *, ids: Sequence[str], draw: Draw) -> None:
    """Put reports of other installations into the index as they are held now; those withdrawn there are taken out.

    Idempotent, as `index` is.
    """
    if not ids:
        return
    stamp = _next_stamp(db)
    held = federation.harvested_of(db, ids)
    gone = [one for one in ids if one not in held]
    db.execute(delete(SearchDocument).where(SearchDocument.harvested_id.in_(gone)))
    found = db.scalars(select(SearchDocument).where(SearchDocument.harvested_id.in_(list(held))))
    rows = {row.harvested_id: row for row in found}
    for one, report in held.items():
        _put(db, rows.get(one) or SearchDocument(harvested_id=one), of_theirs(report), stamp, draw(report))


def remove(db: Session, *, report_id: str) -> None:
    """Take a report out of the index. A withdrawal does so by itself: the database takes the row with the publication."""
    db.execute(delete(SearchDocument).where(SearchDocument.report_id == report_id))


def reindex(db: Session, *, at: datetime, draw: Draw) -> int:
    """Index everything again, and return how many reports: the published versions and the harvested records are the record."""
    del at  # as above
    stamp = _next_stamp(db)
    for table in (SearchFacet, SearchCard, SearchDocument, SearchWord):
        db.execute(delete(table))
    counted, count = Counter[str](), 0
    for page in chain(_ours(db, draw), _theirs(db, draw)):
        count += len(page)
        rows = [{**names, **_columns(document, stamp)} for names, document, _ in page]
        made = insert(SearchDocument).returning(SearchDocument.number, sort_by_parameter_order=True)
        numbers = db.scalars(made, rows).all()
        facets = [
            {"number": number, "facet": facet, "value": value}
            for number, (_, document, _) in zip(numbers, page, strict=True)
            for facet, value in document.facets
        ]
        cards = [{"number": number, "card": card} for number, (_, _, card) in zip(numbers, page, strict=True)]
        db.execute(insert(SearchFacet), facets)
        db.execute(insert(SearchCard), cards)
        for _, document, _ in page:
            counted.update(vocabulary_of(document.whole))
        db.expunge_all()  # a long walk must not hold what it has passed
    words = [{"word": word, "documents": number} for word, number in counted.items()]
    if words:
        db.execute(insert(SearchWord), words)
    return count


def _ours(db: Session, draw: Draw) -> Iterator[_Page]:
    ids = db.scalars(select(Publication.report_id).order_by(Publication.report_id)).all()
    for first in range(0, len(ids), PAGE):
        found = queries.public_of(db, ids[first : first + PAGE])
        yield [({"report_id": one}, of_ours(report), draw(report)) for one, report in found.items()]


def _theirs(db: Session, draw: Draw) -> Iterator[_Page]:
    after = ""
    while page := federation.harvested(db, after=after, size=PAGE):
        yield [({"harvested_id": one.id}, of_theirs(one), draw(one)) for one in page]
        after = page[-1].id


def _put(db: Session, row: SearchDocument, document: Document, stamp: int, card: Mapping[str, Any]) -> None:
    for name, value in _columns(document, stamp).items():
        setattr(row, name, value)
    if row not in db:
        db.add(row)
        _count_words(db, document.whole)
    db.flush()
    for table in (SearchFacet, SearchCard):
        db.execute(delete(table).where(table.number == row.number))
    db.add(SearchCard(number=row.number, card=dict(card)))
    db.add_all(SearchFacet(number=row.number, facet=facet, value=value) for facet, value in document.facets)
    db.flush()


def _columns(document: Document, stamp: int) -> dict[str, Any]:
    meaning = document_vector([document.title, document.problem, document.did, document.happened])
    texts = {name: getattr(document, name) for name in _TEXTS}
    return {**texts, "vector": packed(meaning), "stamp": stamp}


def _next_stamp(db: Session) -> int:
    """Raise the index's stamp; the row stays locked until the change is committed, so stamps are committed in order."""
    made = _insert(db)(SearchState).values(id=1, stamp=1, removed=0)
    raised = made.on_conflict_do_update(
        index_elements=["id"], set_={"stamp": SearchState.stamp + 1}
    ).returning(SearchState.stamp)
    stamp: int = db.execute(raised).scalar_one()
    db.info[CHANGED] = True
    return stamp


def _count_words(db: Session, text: str) -> None:
    rows = [{"word": word, "documents": 1} for word in sorted(vocabulary_of(text))]
    if rows:
        counted = _insert(db)(SearchWord).values(rows)
        db.execute(
            counted.on_conflict_do_update(
                index_elements=["word"], set_={"documents": SearchWord.documents + 1}
            )
        )


def _insert(db: Session) -> Any:
    return postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
