"""Where files are brought in: choose, look how it was read, check every row, save."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from qiplatform.accounts.access import CurrentUser
from qiplatform.clock import Now
from qiplatform.errors import Invalid
from qiplatform.measures import actions, forms, pages
from qiplatform.measures.access import VisibleMeasure
from qiplatform.store.session import Db, attempt
from qiplatform.web.forms import AskedForm, SentFile, SentForm, read
from qiplatform.web.rendering import render, see

router = APIRouter()


@router.get("/measures/{measure}/import", name="measures:import")
def show_import(request: Request, measure: VisibleMeasure) -> Response:
    """Show where a file is chosen, or rows are pasted."""
    return render(request, "measures/import.jinja", pages.importing.choose(measure))


@router.post("/measures/{measure}/import", name="measures:keep_file")
def keep_file(
    *, request: Request, db: Db, now: Now, user: CurrentUser, measure: VisibleMeasure, sent: SentFile
) -> Response:
    """Take a file or pasted rows in, to be looked at; nothing of it is saved as numbers yet."""
    with attempt(db) as tried:
        name, content = forms.chosen_file(sent)
        kept = actions.keep_file(db, by=user, at=now, seen=measure, name=name, content=content)
    if tried.refusal is not None:
        page = pages.importing.choose(measure, sent, tried.refusal)
        return render(request, "measures/import.jinja", page, status=tried.refusal.status)
    return see(request, "measures:read_file", measure=measure.measure.id, file=kept.id)


@router.get("/measures/{measure}/import/{file}", name="measures:read_file")
def read_file(
    *,
    request: Request,
    db: Db,
    now: Now,
    user: CurrentUser,
    measure: VisibleMeasure,
    file: str,
    asked: AskedForm,
) -> Response:
    """Show how a file was read, as found or as chosen."""
    looked = None
    with attempt(db) as tried:
        choices = read(forms.ImportForm, asked).choices()
        looked = actions.look(db, by=user, at=now, seen=measure, file_id=file, choices=choices)
    if tried.refusal is not None and not isinstance(tried.refusal, Invalid):
        raise tried.refusal  # gone, or not theirs: there is nothing to choose about
    page = pages.importing.read(measure, file, asked, looked, tried.refusal)
    return render(request, "measures/import_read.jinja", page)


@router.get("/measures/{measure}/import/{file}/check", name="measures:check_file")
def check_file(
    *,
    request: Request,
    db: Db,
    now: Now,
    user: CurrentUser,
    measure: VisibleMeasure,
    file: str,
    asked: AskedForm,
) -> Response:
    """Show what would be saved, row by row."""
    choices = read(forms.ImportForm, asked).choices()
    looked = actions.look(db, by=user, at=now, seen=measure, file_id=file, choices=choices)
    return render(request, "measures/import_check.jinja", pages.importing.check(measure, asked, looked))


@router.post("/measures/{measure}/import/{file}", name="measures:put_file")
def put_file(
    *,
    request: Request,
    db: Db,
    now: Now,
    user: CurrentUser,
    measure: VisibleMeasure,
    file: str,
    sent: SentForm,
) -> Response:
    """Save every row, or none."""
    with attempt(db) as tried:
        form = read(forms.ImportForm, sent)
        actions.put_file(
            db,
            by=user,
            at=now,
            seen=measure,
            file_id=file,
            choices=form.choices(),
            data_version=form.data_version,
        )
    if tried.refusal is not None:
        looked = actions.look(
            db, by=user, at=now, seen=measure, file_id=file, choices=forms.choices_or_none(sent)
        )
        page = pages.importing.check(measure, sent, looked, tried.refusal)
        return render(request, "measures/import_check.jinja", page, status=tried.refusal.status)
    return see(request, "measures:show", measure=measure.measure.id)
