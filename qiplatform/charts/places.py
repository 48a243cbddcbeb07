"""Which points are drawn, in which order, and where they stand across: in time, in order, or by the size of their unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qiplatform.charts.scales import milliseconds, usual_step
from qiplatform.charts.shapes import Shape
from spc import Result

_AIR = 0.04
_REACH, _PLOT = 1.6, 0.6
"""How far a point reaches, in radii, and about how much of a drawing's width is its plot."""
_ALONE = {True: 15 * 86_400_000.0, False: 0.5}
"""Half the room of a point that has no neighbour, on an axis of time and on one that counts."""


@dataclass(frozen=True, slots=True)
class Places:
    """The rows of the series that are drawn and where each stands; `time` says that the axis is one of time.

    `joined` says that points follow each other and are joined by a line; `by_size` that they are units which stand at
    their denominators. `step` is the usual distance between neighbours, `half` what a level reaches to either side.
    """

    rows: Sequence[int]
    xs: list[float]
    time: bool
    joined: bool
    by_size: bool
    step: float | None
    half: float
    x_range: tuple[float, float]


def places(result: Result, shape: Shape) -> Places:
    """Return where the points of a drawing stand; a spark shows the latest points only."""
    if result.kind.across_units:
        return _by_size(result)
    time, xs = positions(result.series.x)
    joined = result.series.ordered
    first = max(0, len(xs) - shape.last) if shape.last and joined else 0
    xs = xs[first:]
    step = usual_step(xs)
    half = (step or 0.0) / 2
    around = half or _ALONE[time]
    if shape.words and xs:
        # On a phone half a month is less than half a point.
        around = max(around, (xs[-1] - xs[0]) * _REACH * shape.point / (_PLOT * shape.width))
    return Places(
        rows=range(first, first + len(xs)),
        xs=xs,
        time=time,
        joined=joined,
        by_size=False,
        step=step,
        half=half,
        x_range=(xs[0] - around, xs[-1] + around) if xs else (0.0, 1.0),
    )


def _by_size(result: Result) -> Places:
    """Put units in order of their denominators, so that the lines between them make a funnel; those without one are left out."""
    sizes = [] if result.points.denominator is None else result.points.denominator.tolist()
    rows = sorted((row for row, size in enumerate(sizes) if size > 0), key=lambda row: sizes[row])
    xs = [sizes[row] for row in rows]
    air = (xs[-1] - xs[0]) * _AIR or _ALONE[False] if xs else 0.0
    x_range = (xs[0] - air, xs[-1] + air) if xs else (0.0, 1.0)
    return Places(rows, xs, time=False, joined=False, by_size=True, step=None, half=0.0, x_range=x_range)


def positions(periods: Sequence[object]) -> tuple[bool, list[float]]:
    """Return whether the axis is one of time, and where each period stands on it; words stand in their order."""
    if periods and all(isinstance(one, date) for one in periods):
        return True, [milliseconds(one) for one in periods if isinstance(one, date)]
    if all(isinstance(one, int | float) for one in periods):
        return False, [float(one) for one in periods if isinstance(one, int | float)]
    return False, [float(place) for place in range(1, len(periods) + 1)]
