"""Where it is read who used an idea and what it did together, and where a team comes back with a note."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from qiplatform.accounts.access import CurrentUser
from qiplatform.clock import Now
from qiplatform.learning import actions, pages, queries
from qiplatform.learning.forms import NoteForm, ShowForm
from qiplatform.organisations.rules import Right, check_may
from qiplatform.projects.access import VisibleProject
from qiplatform.store.session import Db, PublicDb, attempt
from qiplatform.web.forms import SentForm, read
from qiplatform.web.rendering import render, see

router = APIRouter()


@router.get("/published/{report}/adopters", name="learning:adopters")
def adopters(request: Request, db: PublicDb, report: str) -> Response:
    """Show who used an idea."""
    tree = queries.lineage(db, queries.published(db, report))
    return render(request, "learning/adopters.jinja", pages.adopters.adopters(tree))


@router.get("/published/{report}/evidence", name="learning:evidence")
def evidence(request: Request, db: PublicDb, report: str) -> Response:
    """Show what the idea did at all places together."""
    tree = queries.lineage(db, queries.published(db, report))
    page = pages.evidence.evidence_page(pages.evidence.evidence(tree), tree.report)
    return render(request, "learning/evidence.jinja", page)


@router.get("/published/{report}/evidence.csv", name="learning:evidence_data")
def evidence_data(db: PublicDb, report: str) -> Response:
    """Return the effects as a table."""
    tree = queries.lineage(db, queries.published(db, report))
    headers = {
        "Content-Disposition": f'attachment; filename="{pages.file_name(tree.report, "evidence.csv")}"'
    }
    made = pages.evidence_files.evidence_csv(pages.evidence.evidence(tree))
    return Response(made, media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/projects/{project}/note", name="learning:note")
def show_note(request: Request, db: Db, project: VisibleProject) -> Response:
    """Show the form in which a team comes back."""
    check_may(Right.WORK_ON_PROJECT, project.roles)
    queries.begun_with(db, project.project.id)
    page = pages.adopters.note(project.project, queries.note_of(db, project.project.id))
    return render(request, "learning/note.jinja", page)


@router.post("/projects/{project}/note", name="learning:write_note")
def write_note(
    request: Request, db: Db, now: Now, user: CurrentUser, project: VisibleProject, sent: SentForm
) -> Response:
    """Write the note."""
    with attempt(db) as tried:
        form = read(NoteForm, sent)
        actions.write_note(
            db, by=user, at=now, seen=project, result=form.result, text=form.text, named=form.named
        )
    if tried.refusal is not None:
        row = queries.note_of(db, project.project.id)
        page = pages.adopters.note(project.project, row, sent, tried.refusal)
        return render(request, "learning/note.jinja", page, status=tried.refusal.status)
    return see(request, "learning:note", project=project.project.id)


@router.post("/projects/{project}/note/remove", name="learning:take_note_back")
def take_note_back(
    request: Request, db: Db, now: Now, user: CurrentUser, project: VisibleProject, sent: SentForm
) -> Response:
    """Take the note back."""
    del sent  # asked for, so that the form's token is checked
    actions.take_note_back(db, by=user, at=now, seen=project)
    return see(request, "learning:note", project=project.project.id)


@router.post("/notes/{project}/show", name="learning:show_note")
def decide_note(
    request: Request, db: Db, now: Now, user: CurrentUser, project: str, sent: SentForm
) -> Response:
    """Decide as a curator whether a note is public."""
    row = queries.waiting_note(db, user, project)
    actions.show_note(db, by=user, at=now, row=row, show=read(ShowForm, sent).show)
    return see(request, "learning:reports")
