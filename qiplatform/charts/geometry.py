"""What is drawn where: an analysed series and its marks -> one frozen geometry that the still and the live chart share.

All numbers are those people read (a proportion is in percent) and, on a time axis, milliseconds since 1970.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from qiplatform.charts import words
from qiplatform.charts.ends import End
from qiplatform.charts.ends import ends as name_ends
from qiplatform.charts.marks import Band, Flag
from qiplatform.charts.paths import XY, Path, line, steps
from qiplatform.charts.rows import Lane, lanes
from qiplatform.charts.scales import (
    Tick,
    calendar_ticks,
    milliseconds,
    nice_ticks,
    number_ticks,
    usual_step,
    written,
)
from qiplatform.charts.shapes import Shape
from spc import Result

_AIR = 0.06
_ALL = 100
"""Percent: there is no more."""
_LETTER = 0.61
_FLAG_ROOM = 18
"""Pixels two flags need beside each other."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One point: `kind` and `side` come from the verdict's words, `letter` stands at the first point of a signal."""

    row: int
    x: float
    y: float
    kind: str
    side: str
    letter: str
    included: bool


@dataclass(frozen=True, slots=True)
class Geometry:
    """Everything that is drawn, in data's own numbers."""

    shape: Shape
    title: str
    corner: str
    time: bool
    x_range: XY
    y_range: XY
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    left: float
    right: float
    values: tuple[Path, ...]
    centre: tuple[Path, ...]
    upper: tuple[Path, ...]
    lower: tuple[Path, ...]
    target: tuple[Path, ...]
    dots: tuple[Dot, ...]
    ends: tuple[End, ...]
    bands: tuple[Lane, ...]
    flags: tuple[Lane, ...]
    decimals: int
    factor: float

    @property
    def plot(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the plotting area in pixels."""
        shape = self.shape
        return self.left, shape.top, shape.width - self.right, shape.height - shape.bottom


def geometry(
    result: Result,
    shape: Shape,
    *,
    title: str,
    unit: str = "",
    bands: Sequence[Band] = (),
    flags: Sequence[Flag] = (),
) -> Geometry:
    """Return where everything stands; `unit` is written at ticks and line ends."""
    factor = words.factor(result)
    time, xs = positions(result.series.x)
    points = result.points
    # A spark shows the latest points only.
    first = max(0, len(xs) - shape.last) if shape.last else 0
    xs = xs[first:]
    centre, upper, lower, goal, value = (
        [one * factor for one in column[first:].tolist()]
        for column in (points.centre, points.upper, points.lower, points.target, points.value)
    )
    phase = points.phase[first:].tolist()
    step = usual_step(xs)
    half = (step or 0.0) / 2
    x_range = _x_range(xs, half or _half_alone(time))
    lines = (centre, upper, lower, goal) if shape.words else (centre,)
    known = [one for column in (value, *lines) for one in column if not math.isnan(one)]
    low, high = _padded(known, percent=unit == "%")
    decimals = words.decimals(result)
    unit_at_end = "%" if unit == "%" else ""
    shown_bands = lanes(bands, xs, x_range) if shape.marks and time else ()
    flag_lanes = (
        lanes(flags, xs, x_range, room=_FLAG_ROOM * (x_range[1] - x_range[0]) / shape.width)
        if shape.marks and time
        else ()
    )
    ticks = nice_ticks(low, high, shape.y_ticks) if shape.y_ticks else ()
    tick_decimals = _tick_decimals(ticks)
    y_ticks = tuple(
        (at, written(at, tick_decimals, unit_at_end)) for at in ticks if not (unit == "%" and at > _ALL)
    )
    low, high, per_pixel = _with_rows(low, high, shape, shown_bands, flag_lanes)
    found_ends = (
        name_ends(
            (
                ("upper", upper, "Upper"),
                ("centre", centre, words.centre_word(result)),
                ("lower", lower, "Lower"),
                ("target", goal, "Target"),
            ),
            decimals,
            unit_at_end,
            shape,
            per_pixel,
        )
        if shape.words
        else ()
    )
    return Geometry(
        shape=shape,
        title=title,
        corner=words.corner(result),
        time=time,
        x_range=x_range,
        y_range=(low, high),
        x_ticks=_x_ticks(time, xs, shape.x_ticks) if xs and shape.x_ticks else (),
        y_ticks=y_ticks,
        left=_text_width([text for _, text in y_ticks], shape) + 14 if shape.words else 4,
        right=_text_width([end.text for end in found_ends], shape) + 12 if shape.words else 4,
        values=line(xs, value, phase, step),
        centre=steps(xs, centre, phase, half),
        upper=steps(xs, upper, phase, half),
        lower=steps(xs, lower, phase, half),
        target=steps(xs, goal, [0] * len(xs), half),
        dots=tuple(_dots(first, xs, value, points.variation[first:], points.included[first:].tolist())),
        ends=found_ends,
        bands=shown_bands,
        flags=flag_lanes,
        decimals=decimals,
        factor=factor,
    )


def positions(periods: Sequence[object]) -> tuple[bool, list[float]]:
    """Return whether the axis is one of time, and where each period stands on it; words stand in their order."""
    if periods and all(isinstance(one, date) for one in periods):
        return True, [milliseconds(one) for one in periods if isinstance(one, date)]
    if all(isinstance(one, int | float) for one in periods):
        return False, [float(one) for one in periods if isinstance(one, int | float)]
    return False, [float(place) for place in range(1, len(periods) + 1)]


def _x_range(xs: list[float], half: float) -> XY:
    return (xs[0] - half, xs[-1] + half) if xs else (0.0, 1.0)


def _half_alone(time: bool) -> float:  # noqa: FBT001 - a kind of axis, asked for here only
    return 15 * 86_400_000.0 if time else 0.5


def _x_ticks(time: bool, xs: list[float], most: int) -> tuple[Tick, ...]:  # noqa: FBT001 - as above
    return (calendar_ticks if time else number_ticks)(xs[0], xs[-1], most)


def _padded(known: list[float], *, percent: bool) -> XY:
    """Leave air above and below; a percentage is not given room beyond what can be."""
    if not known:
        return 0.0, 100.0 if percent else 1.0
    low, high = min(known), max(known)
    span = high - low or abs(high) * 0.2 or 1.0
    air = _AIR * span if high > low else span / 2
    if percent and low >= 0 and high <= _ALL:
        return max(low - air, -air / 2), min(high + air, _ALL + air / 2)
    return low - air, high + air


def _tick_decimals(ticks: Sequence[float]) -> int:
    return max((len(f"{at:.6f}".rstrip("0").partition(".")[2]) for at in ticks), default=0)


def _with_rows(
    low: float, high: float, shape: Shape, bands: Sequence[Lane], flags: Sequence[Lane]
) -> tuple[float, float, float]:
    """Make room inside the plot: bands at its foot, flags at its head. Also return what one pixel is worth."""
    tall = shape.height - shape.top - shape.bottom
    foot = (max((one.row for one in bands), default=-1) + 1) * (shape.band + 2)
    head = (max((one.row for one in flags), default=-1) + 1) * shape.flag
    foot, head = min(foot, tall / 4), min(head, tall / 6)
    per_pixel = (high - low) / (tall - foot - head)
    return low - foot * per_pixel, high + head * per_pixel, per_pixel


def _dots(
    first: int, xs: list[float], ys: list[float], variation: Sequence[str], included: Sequence[bool]
) -> Iterator[Dot]:
    former = ""
    for row, (x, y, said, counted) in enumerate(zip(xs, ys, variation, included, strict=True), start=first):
        if math.isnan(y):
            former = ""
            continue
        kind, _, side = said.partition("_")
        letter = {"high": "H", "low": "L"}.get(side, "") if said != former else ""
        yield Dot(row, x, y, kind, side, letter, counted)
        former = said


def _text_width(texts: Sequence[str], shape: Shape) -> float:
    """Return about how wide the longest text is; a digit is about 0.6 as wide as it is high in wide fonts."""
    return max((len(text) for text in texts), default=0) * shape.font * _LETTER
