"""Where notices are read and marked as seen."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from qiplatform.accounts.access import CurrentUser
from qiplatform.clock import Now
from qiplatform.notices import actions, pages, queries
from qiplatform.notices.forms import SeenForm
from qiplatform.notices.models import Notice
from qiplatform.store.base import ID_LENGTH
from qiplatform.store.session import Db
from qiplatform.web.forms import SentForm, read
from qiplatform.web.pagination import piece
from qiplatform.web.rendering import render, see

router = APIRouter()


@router.get("/notices", name="notices:list")
def show(
    request: Request,
    db: Db,
    user: CurrentUser,
    after: Annotated[str | None, Query(max_length=ID_LENGTH)] = None,
) -> Response:
    """Show what this person was told."""
    found = piece(db, queries.visible_to(user), by=Notice.id, key=lambda row: row.id, after=after)
    return render(request, "notices/list.jinja", pages.notices(found, queries.count_unseen(db, user)))


@router.post("/notices/seen", name="notices:seen")
def mark_seen(request: Request, db: Db, now: Now, user: CurrentUser, sent: SentForm) -> Response:
    """Mark one notice, or everything on the page, as seen."""
    form = read(SeenForm, sent)
    if form.notice is not None:
        actions.see(db, by=user, at=now, notice_id=form.notice)
    elif form.newest is not None:
        actions.see_all(db, by=user, at=now, newest=form.newest)
    return see(request, "notices:list")
