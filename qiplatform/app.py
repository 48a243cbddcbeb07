"""The only place where rooms are joined: routers, middleware, the error table."""

from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from typing import Any

import anyio.to_thread
from fastapi import Depends, FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse

import qiplatform.accounts.routes
import qiplatform.cycles.api
import qiplatform.cycles.routes
import qiplatform.federation.routes
import qiplatform.home.routes
import qiplatform.learning.api
import qiplatform.learning.routes
import qiplatform.measures.api
import qiplatform.measures.routes
import qiplatform.notices.routes
import qiplatform.organisations.api
import qiplatform.projects.api
import qiplatform.projects.routes
import qiplatform.search.api
import qiplatform.search.routes
from qiplatform import __version__
from qiplatform.accounts.access import find_reader
from qiplatform.schema import readiness
from qiplatform.search.rules import chosen_synonyms
from qiplatform.settings import Settings, from_environment
from qiplatform.store.session import Store
from qiplatform.web import errors
from qiplatform.web.security_headers import SecurityHeaders
from qiplatform.web.static import FOLDER, Assets

PAGES = (
    qiplatform.accounts.routes.router,
    qiplatform.measures.routes.router,
    qiplatform.notices.routes.router,
    qiplatform.projects.routes.router,
    qiplatform.cycles.routes.router,
    *qiplatform.learning.routes.ROUTERS,
    qiplatform.federation.routes.router,
    qiplatform.search.routes.router,
    # Last: its /projects/{project} would take /projects/new.
    qiplatform.home.routes.router,
)
APIS = (
    qiplatform.measures.api.router,
    qiplatform.organisations.api.router,
    qiplatform.projects.api.router,
    qiplatform.cycles.api.router,
    qiplatform.learning.api.router,
    qiplatform.search.api.router,
)
THREADS = 4
"""Routes are synchronous: few threads on few cores serve more pages than many that wait for each other."""


def create_app(
    settings: Settings | None = None,
    *,
    store: Store | None = None,
    background: AbstractContextManager[object] | None = None,
) -> FastAPI:
    """Return the application; `background` is whatever works beside it while it serves."""
    settings = settings or from_environment()
    store = store or Store(settings)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
        with background or nullcontext():
            yield
        store.close()

    app = FastAPI(
        title="qiplatform",
        version=__version__,
        lifespan=lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    app.state.settings = settings
    app.state.store = store
    app.state.synonyms = chosen_synonyms(settings.synonyms)
    app.add_middleware(SecurityHeaders, https=settings.public_url.startswith("https://"))
    app.mount("/assets", Assets(directory=FOLDER, check_dir=False), name="assets")
    errors.install(app)
    for pages in PAGES:
        # Every page knows its reader, so that its frame can greet them.
        app.include_router(pages, include_in_schema=False, dependencies=[Depends(find_reader)])
    for api in APIS:
        app.include_router(api, prefix="/api/v1")
    _add_machine_pages(app)
    return app


def _add_machine_pages(app: FastAPI) -> None:
    """Add what other machines ask of the installation itself."""

    @app.get("/api/v1/openapi.json", include_in_schema=False)
    def openapi() -> dict[str, Any]:
        return get_openapi(title=app.title, version=app.version, routes=app.routes)

    @app.get("/healthz", include_in_schema=False)
    def healthz() -> dict[str, str]:
        return {"status": "up"}

    @app.get("/readyz", include_in_schema=False)
    def readyz() -> JSONResponse:
        found = readiness(app.state.store)
        return JSONResponse(
            {"ready": not any(found.values()), "faults": found}, 503 if any(found.values()) else 200
        )
