"""The routes of the application, read from its routers."""

import inspect
from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import APIRouter, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.routing import Mount

from qiplatform import app as house


@dataclass(frozen=True)
class Found:
    """One method of one address, and the function behind it."""

    method: str
    path: str
    route: APIRoute

    @property
    def key(self) -> str:
        """How the table of access names it."""
        return f"{self.method} {self.path}"

    @property
    def dependencies(self) -> list[Dependant]:
        """Everything the route depends on, at any depth."""
        return list(_below(self.route.dependant))

    @property
    def asks_for(self) -> set[str]:
        """The names of the functions it depends on, with their module."""
        return {
            f"{one.call.__module__}.{one.call.__qualname__}"
            for one in self.dependencies
            if inspect.isfunction(one.call)
        }


def of_router(router: APIRouter, prefix: str = "") -> Iterator[Found]:
    """Give each route of a router once for each of its methods."""
    for route in router.routes:
        assert isinstance(route, APIRoute), f"{route} is no plain route: teach this reader about it"
        yield from (Found(method, prefix + route.path, route) for method in sorted(route.methods or ()))


def of_house(app: FastAPI) -> list[Found]:
    """Return every route of the application but the files in /assets."""
    found = [one for router in house.PAGES for one in of_router(router)]
    found += [one for router in house.APIS for one in of_router(router, "/api/v1")]
    joined = 0
    for route in app.routes:
        if isinstance(route, APIRoute):
            found += [Found(method, route.path, route) for method in sorted(route.methods or ())]
        elif isinstance(route, Mount):
            assert route.path == "/assets"
        else:
            joined += 1
    assert joined == len(house.PAGES) + len(house.APIS), (
        "a router was joined that neither PAGES nor APIS names"
    )
    return found


def _below(dependant: Dependant) -> Iterator[Dependant]:
    for one in dependant.dependencies:
        yield one
        yield from _below(one)
