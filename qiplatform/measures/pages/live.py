"""What a grid says while somebody types: the verdict and the chart as they would be, and what became of each cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import spc
from qiplatform.errors import Refusal
from qiplatform.measures import rules
from qiplatform.measures.models import DataPoint
from qiplatform.measures.pages import drawing, signals
from qiplatform.measures.pages.signals import After
from qiplatform.measures.pages.words import local
from qiplatform.measures.rules import Places, PointRow, Record, grid, points


@dataclass(frozen=True, slots=True)
class LivePage:
    """The parts of a measure's page that change with every number."""

    verdict: spc.Verdict
    direction: str
    after: After | None
    drawing: str
    title: str = ""


def typed(
    record: Record, rows: Sequence[PointRow], places: Places, *, shape: str, palette: str
) -> tuple[LivePage, dict[str, object]]:
    """Return the page as it would be with these rows, none of them kept; what cannot be read is left out and said."""
    found = points.mistakes(record.measure, rows, places)
    faulty = {one.at.rpartition("/")[0] for one in found}
    good = [row for at, row in zip(places.at, rows, strict=True) if at not in faulty]
    page = _page(grid.with_typed(record, good), shape, palette)
    return page, {"mistakes": [{"at": one.at, "message": one.message} for one in found]}


def kept(
    record: Record, at: datetime, places: Places, refusal: Refusal | None, *, shape: str, palette: str
) -> tuple[LivePage, dict[str, object]]:
    """Return the page after rows were kept or refused, with each row as it is kept now."""
    held = {point.period.isoformat(): point for point in record.points}
    rows = {
        place: _row(held.get(place.rpartition("/")[2])) for place in places.at if place.startswith("points/")
    }
    mistakes = refusal.mistakes if refusal else ()
    said: dict[str, object] = {
        "saved": "" if refusal else f"Saved {local(at):%H:%M}",
        "words": refusal.words if refusal else "",
        "mistakes": [{"at": one.at, "message": one.message} for one in mistakes],
        "rows": rows,
        "version": record.measure.data_version,
    }
    return _page(record, shape, palette), said


def _page(record: Record, shape: str, palette: str) -> LivePage:
    result = rules.analyse(record)
    return LivePage(
        verdict=result.verdict,
        direction=record.measure.direction.value,
        after=signals.after(result, rules.link(record, result)),
        drawing=drawing.drawing(
            record, result, size="narrow" if shape == "narrow" else "wide", palette=palette
        )
        if record.points
        else "",
    )


def _row(point: DataPoint | None) -> dict[str, object]:
    cells = {one: getattr(point, one) if point else "" for one in grid.TYPED}
    return {"version": point.version if point else 0, "was": grid.was(list(cells.values())), "cells": cells}
