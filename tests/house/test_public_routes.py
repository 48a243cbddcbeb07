"""Whatever anybody may read is read behind the wall: no route without an account asks for the ordinary session."""

import pytest
from fastapi import APIRouter, FastAPI

from qiplatform.app import create_app
from qiplatform.settings import Settings
from qiplatform.store import session
from tests.house import access, routes
from tests.house.access import Who

ORDINARY = f"{session.__name__}.{session._open.__qualname__}"
WALLED = f"{session.__name__}.{session._open_public.__qualname__}"
TABLE = {**access.PAGES, **access.API}
ALLOWED = {"GET /", "GET /sign-in", "GET /.well-known/qiplatform.json", "GET /federation/published"}
"""The first page shows people who are signed in their own work, the second knows who is signed in already, and the last two
sign with a key that the public cannot read."""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[routes.Found]:
    app: FastAPI = create_app(Settings(data_dir=tmp_path_factory.mktemp("public")))
    return routes.of_house(app)


def past_the_wall(found: list[routes.Found]) -> set[str]:
    """Return the routes that show the public something and ask for the ordinary session."""
    return {
        one.key
        for one in found
        if one.method == "GET" and TABLE.get(one.key) is Who.ANYONE and ORDINARY in one.asks_for
    } - ALLOWED


def test_what_anybody_may_read_is_read_behind_the_wall(found: list[routes.Found]) -> None:
    assert past_the_wall(found) == set()
    walled = {one.key for one in found if WALLED in one.asks_for}
    assert {key for key in TABLE if key.startswith("GET") and "/published" in key} <= walled


def test_a_route_past_the_wall_would_be_seen(found: list[routes.Found]) -> None:
    path = next(one.path for one in found if one.key == "GET /published/{report}")

    def careless(report: str, db: session.Db) -> None:
        del report, db

    router = APIRouter()
    router.get(path)(careless)
    assert past_the_wall(list(routes.of_router(router))) == {f"GET {path}"}
