"""Every route has its row of access, and the row holds."""

import inspect
from typing import Annotated

import pytest
from fastapi import APIRouter, Depends, FastAPI

from qiplatform.accounts import access as doors
from qiplatform.app import create_app
from qiplatform.settings import Settings
from tests.house import access, routes
from tests.house.access import Who

TABLE = {**access.PAGES, **access.API}
PERSON = f"{doors.__name__}.{doors._current.__qualname__}"
MACHINE = f"{doors.__name__}.{doors._machine.__qualname__}"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[routes.Found]:
    app: FastAPI = create_app(Settings(data_dir=tmp_path_factory.mktemp("routes")))
    return routes.of_house(app)


def without_row(found: list[routes.Found]) -> set[str]:
    """Return the routes that nobody gave a row, and the rows whose route is gone."""
    return {one.key for one in found} ^ set(TABLE)


def open_doors(found: list[routes.Found]) -> set[str]:
    """Return the routes whose row asks for a person but whose code does not, or the other way round."""
    return {
        one.key
        for one in found
        if (TABLE.get(one.key) is not Who.ANYONE) != bool({PERSON, MACHINE} & one.asks_for)
    }


def committing_late(found: list[routes.Found]) -> set[str]:
    """Return the routes with a dependency that ends after the answer has left."""
    return {
        one.key
        for one in found
        for dependency in one.dependencies
        if inspect.isgeneratorfunction(dependency.call) and dependency.scope != "function"
    }


def waiting_in_the_loop(found: list[routes.Found]) -> set[str]:
    """Return the routes that are not plain functions."""
    return {one.key for one in found if inspect.iscoroutinefunction(one.route.endpoint)}


def test_every_route_has_its_row(found: list[routes.Found]) -> None:
    assert without_row(found) == set()


def test_no_address_is_answered_twice(found: list[routes.Found]) -> None:
    keys = [one.key for one in found]
    assert sorted({key for key in keys if keys.count(key) > 1}) == []


def test_who_comes_in_is_asked_where_the_row_says(found: list[routes.Found]) -> None:
    assert open_doors(found) == set()


def test_machines_and_people_have_doors_of_their_own(found: list[routes.Found]) -> None:
    assert {one.key for one in found if (one.key in access.API) != one.path.startswith("/api/")} == set()
    assert {one.key for one in found if one.key in access.API and PERSON in one.asks_for} == set()


def test_every_session_is_closed_before_the_answer_leaves(found: list[routes.Found]) -> None:
    assert committing_late(found) == set()


def test_every_route_is_a_plain_function(found: list[routes.Found]) -> None:
    assert waiting_in_the_loop(found) == set()


def test_every_page_has_a_name(found: list[routes.Found]) -> None:
    pages = [one for one in found if one.key in access.PAGES and one.path not in {"/healthz", "/readyz"}]
    assert [one.key for one in pages if ":" not in one.route.name] == []


def _plant() -> list[routes.Found]:
    planted = APIRouter()

    def session() -> object:
        yield None

    @planted.get("/notices")
    async def planted_page(db: Annotated[object, Depends(session)]) -> None:
        del db

    @planted.get("/planted")
    def planted_route() -> None: ...

    return list(routes.of_router(planted))


def test_planted_faults_would_be_seen(found: list[routes.Found]) -> None:
    planted = _plant()
    assert "GET /planted" in without_row([*found, *planted])
    assert open_doors(planted) == {"GET /notices", "GET /planted"}
    assert committing_late(planted) == {"GET /notices"}
    assert waiting_in_the_loop(planted) == {"GET /notices"}
