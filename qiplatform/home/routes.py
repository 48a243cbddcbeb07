"""Where a day begins, a project as a whole, and what the service says of itself."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from qiplatform.accounts.access import Reader
from qiplatform.home import queries
from qiplatform.home.pages import front, sample, work
from qiplatform.home.pages import project as project_page
from qiplatform.projects.access import VisibleProject
from qiplatform.search import pages as search_pages
from qiplatform.search import queries as search
from qiplatform.store.session import Db, PublicDb
from qiplatform.web.rendering import render

router = APIRouter()


@router.get("/", name="home:start")
def start(request: Request, db: Db, public: PublicDb, reader: Reader) -> Response:
    """Show their work to people who are signed in, and what this is to everybody else."""
    if reader is None:
        found = queries.front(public)
        cards = search_pages.cards(found.present, lambda missing: search.found_of(public, missing))
        return render(request, "home/front.jinja", front.front(found, cards))
    return render(request, "home/work.jinja", work.my_work(queries.my_work(db, reader), reader))


@router.get("/projects/{project}", name="home:project")
def show_project(request: Request, db: Db, project: VisibleProject) -> Response:
    """Show a project as a whole."""
    return render(request, "home/project.jinja", project_page.project(queries.whole(db, project)))


@router.get("/about", name="home:about")
def about(request: Request) -> Response:
    """Show what the service is for."""
    return render(request, "home/about.jinja", sample.AboutPage())


@router.get("/components", name="home:components")
def components(request: Request, palette: str = "nhs") -> Response:
    """Show every component, living."""
    return render(request, "home/components.jinja", sample.components(palette))


@router.get("/components/figure.json", name="home:components_figure")
def components_figure(palette: str = "nhs", shape: str = "wide") -> Response:
    """Return the live chart of the page of components."""
    return JSONResponse(sample.figure(palette, shape))
