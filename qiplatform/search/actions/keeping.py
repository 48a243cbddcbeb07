"""Searches kept by people, and the quiet word once a week when one of them finds something new."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from qiplatform.accounts.models import User
from qiplatform.errors import NotFound, NotNow
from qiplatform.notices import actions as notices
from qiplatform.search.models import SavedSearch
from qiplatform.search.queries import Hits, count_saved, find, saved_by
from qiplatform.search.rules import NEWEST, Question, Synonyms

MOST_SAVED = 50
"""Searches one person keeps."""
_PAGE = 500
_LONGEST_HREF = 300


def keep(db: Session, *, by: User, at: datetime, query: str) -> SavedSearch:
    """Keep a search; one that is kept already stays as it is. `NotNow` where a person keeps too many."""
    asked = Question.read(query).query
    kept = db.scalar(saved_by(by).where(SavedSearch.query == asked))
    if kept is not None:
        return kept
    if count_saved(db, by) >= MOST_SAVED:
        words = f"You keep {MOST_SAVED} searches already. Let one go first."
        raise NotNow(words)
    kept = SavedSearch(user_id=by.id, query=asked, told_at=at)
    db.add(kept)
    db.flush()
    return kept


def let_go(db: Session, *, by: User, saved_id: str) -> None:
    """Keep a search no longer; `NotFound` for one that is not this person's."""
    kept = db.scalar(saved_by(by).where(SavedSearch.id == saved_id))
    if kept is None:
        raise NotFound
    db.delete(kept)
    db.flush()


def tell_searches(db: Session, *, at: datetime, synonyms: Synonyms | None = None) -> int:
    """Tell people of what is new for the searches they keep, a sentence each, and return how many were told.

    Only reports with every word count, and each is told of once; a search that finds nothing new says nothing. Without
    `synonyms` those that come with the platform are used.
    """
    told, after, found = 0, "", dict[tuple[str, datetime], Hits]()
    while page := _page(db, after):
        for one in page:
            hits = _new(db, one, found, synonyms)
            if hits.total:
                told += notices.tell(
                    db,
                    at=at,
                    user_ids=[one.user_id],
                    text=_sentence(hits.total, Question.read(one.query)),
                    href=_leads_to(Question.read(one.query)),
                    key=f"search {one.id} {at.isoformat()}",
                )
            one.told_at = at
        after = page[-1].id
        db.flush()
    return told


def _page(db: Session, after: str) -> list[SavedSearch]:
    query = select(SavedSearch).where(SavedSearch.id > after).order_by(SavedSearch.id).limit(_PAGE)
    return list(db.scalars(query))


def _new(
    db: Session, one: SavedSearch, found: dict[tuple[str, datetime], Hits], synonyms: Synonyms | None
) -> Hits:
    """Ask once for searches that are alike."""
    alike = one.query, one.told_at
    if alike not in found:
        asked = Question.read(one.query)
        found[alike] = find(
            db,
            asked.q,
            asked.chosen,
            sort=NEWEST,
            exactly=asked.exactly,
            certain=True,
            since=one.told_at,
            synonyms=synonyms,
        )
    return found[alike]


def _leads_to(asked: Question) -> str:
    href = asked.href(sort=NEWEST)
    return href if len(href) <= _LONGEST_HREF else "/searches"


def _sentence(count: int, asked: Question) -> str:
    what = "1 report is" if count == 1 else f"{count} reports are"
    return f"{what} new for your search {asked.words}."
