"""Where measures are: defined, looked at, filled with numbers, decided about."""

from fastapi import APIRouter

from qiplatform.measures.routes import (
    cells,
    decisions,
    definitions,
    files,
    importing,
    numbers,
    steps,
    together,
)

router = APIRouter()
for _part in (definitions, numbers, cells, importing, decisions, steps, files, together):
    # Joined as plain routes, not router in router: the reviewed table of routes reads them one by one.
    router.routes.extend(_part.router.routes)
