"""What is drawn where: an analysed series and its marks -> one frozen geometry that the still and the live chart share.

All numbers are those people read (a proportion is in percent) and, on a time axis, milliseconds since 1970.
"""

import math
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from qiplatform.charts import words
from qiplatform.charts.ends import End
from qiplatform.charts.ends import ends as name_ends
from qiplatform.charts.marks import Band, Flag
from qiplatform.charts.paths import XY, Path, line, steps
from qiplatform.charts.places import places
from qiplatform.charts.room import most_flag_rows, with_room
from qiplatform.charts.rows import Lane, band_lanes, flag_lanes
from qiplatform.charts.scales import Tick, calendar_ticks, nice_ticks, number_ticks, written
from qiplatform.charts.shapes import Shape
from spc import Result

_AIR = 0.06
_ALL = 100
"""Percent: there is no more."""
_LETTER = 0.61
_LEAST_BAND = 3
"""Pixels of the shortest band."""
_ROOMY = 500
"""Pixels of a drawing that has room for longer names."""


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
    trial_upper: tuple[Path, ...]
    trial_lower: tuple[Path, ...]
    second_target: tuple[Path, ...]
    dots: tuple[Dot, ...]
    ends: tuple[End, ...]
    bands: tuple[Lane, ...]
    flags: tuple[Lane, ...]
    band_row: float
    """Height of a row of bands in pixels."""
    foot: float
    """Where, in pixels from the top, the rows of bands begin."""
    decimals: int
    factor: float
    mine: tuple[Dot, str] | None = None
    """The unit the reader asks about, and its name."""

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
    y_range: XY | None = None,
    mine: tuple[int, str] | None = None,
) -> Geometry:
    """Return where everything stands; `unit` is written at ticks and line ends, `y_range` given where charts share a scale.

    `mine` is the row of a unit that is marked, and its name.
    """
    factor = words.factor(result)
    points, stand = result.points, places(result, shape)
    time, xs, x_range = stand.time, stand.xs, stand.x_range
    second = points.target * math.nan if points.second_target is None else points.second_target
    centre, upper, lower, goal, other, value = (
        [column[row] * factor for row in stand.rows]
        for column in (
            one.tolist()
            for one in (points.centre, points.upper, points.lower, points.target, second, points.value)
        )
    )
    phase = [int(points.phase[row]) for row in stand.rows]
    dots = tuple(_dots(result, stand.rows, xs, value, each=not stand.joined))
    lines = (centre, upper, lower, goal, other) if shape.words else (centre,)
    known = [one for column in (value, *lines) for one in column if not math.isnan(one)]
    low, high = y_range or _padded(known, percent=unit == "%")
    decimals = words.decimals(result)
    unit_at_end = "%" if unit == "%" else ""
    # What is counted has whole numbers only.
    whole = unit != "%" and all(one.is_integer() for one in value if not math.isnan(one))
    ticks = nice_ticks(low, high, shape.y_ticks, whole=whole) if shape.y_ticks else ()
    tick_decimals = _tick_decimals(ticks)
    y_ticks = tuple(
        (at, written(at, tick_decimals, unit_at_end)) for at in ticks if not (unit == "%" and at > _ALL)
    )
    tried = words.trial_phases(result)
    named = (
        ("upper", upper, _limit("Upper", shape, trial=bool(phase) and phase[-1] in tried)),
        ("centre", centre, words.centre_word(result) + " {}"),
        ("lower", lower, _limit("Lower", shape, trial=bool(phase) and phase[-1] in tried)),
        ("target", goal, "Target {}"),
        ("second_target", other, "2nd target {}"),
    )

    def ends_at(per_pixel: float) -> tuple[End, ...]:
        return name_ends(named, decimals, unit_at_end, shape, per_pixel) if shape.words else ()

    left = _text_width([text for _, text in y_ticks], shape) + 14 if shape.words else 4
    right = _text_width([end.text for end in ends_at(0.0)], shape) + 12 if shape.words else 4
    pixel = (x_range[1] - x_range[0]) / (shape.width - left - right)
    marked = shape.marks and time
    shown_bands = band_lanes(bands if marked else (), xs, x_range, _LEAST_BAND * pixel)
    shown_flags = flag_lanes(
        flags if marked else (), xs, x_range, _flag_width(flags, shape) * pixel, most_flag_rows(shape)
    )
    room = with_room(
        (low, high), shape, bands=shown_bands, flags=shown_flags, dots=dots if shape.marks else ()
    )

    def level(ys: list[float], phases: list[int] = phase) -> tuple[Path, ...]:
        # Between units of different size the lines of a funnel go on; levels of periods are steps.
        if stand.by_size and xs and xs[0] == xs[-1]:
            # Units of one size have one level, which a line from the first to the last would not show.
            return line(list(x_range), [ys[0]] * 2, [0, 0], None)
        return line(xs, ys, phases, None) if stand.by_size else steps(xs, ys, phases, stand.half)

    return Geometry(
        shape=shape,
        title=title,
        corner=words.corner(result),
        time=time,
        x_range=x_range,
        y_range=(room.low, room.high),
        x_ticks=_x_ticks(time, xs, shape.x_ticks) if xs and shape.x_ticks else (),
        y_ticks=y_ticks,
        left=left,
        right=right,
        values=line(xs, value, phase, stand.step) if stand.joined else (),
        centre=level(centre),
        upper=level(_only(upper, phase, tried, inside=False)),
        lower=level(_only(lower, phase, tried, inside=False)),
        trial_upper=level(_only(upper, phase, tried, inside=True)),
        trial_lower=level(_only(lower, phase, tried, inside=True)),
        target=level(goal, [0] * len(xs)),
        second_target=level(other, [0] * len(xs)),
        dots=dots,
        ends=ends_at(room.per_pixel),
        bands=shown_bands,
        flags=shown_flags,
        band_row=room.band_row,
        foot=shape.height - shape.bottom - room.foot,
        decimals=decimals,
        factor=factor,
        mine=next(((dot, mine[1]) for dot in dots if dot.row == mine[0]), None) if mine else None,
    )


def _x_ticks(time: bool, xs: list[float], most: int) -> tuple[Tick, ...]:  # noqa: FBT001 - as above
    return (calendar_ticks if time else number_ticks)(xs[0], xs[-1], most)


def _only(level: list[float], phase: list[int], tried: AbstractSet[int], *, inside: bool) -> list[float]:
    """Return a level only where its phase is among those with trial limits, or only where it is not."""
    return [
        one if (number in tried) == inside else math.nan for one, number in zip(level, phase, strict=True)
    ]


def _limit(name: str, shape: Shape, *, trial: bool) -> str:
    """Return how a limit is called at its end, with the place of its number; there is little room on a phone."""
    if not trial:
        return f"{name} {{}}"
    return f"{name} {{}} (trial)" if shape.width > _ROOMY else "Trial {}"


def _flag_width(flags: Sequence[Flag], shape: Shape) -> float:
    """Return how many pixels a flag's box takes: its number, and a sign for those that joined it."""
    signs = max((len(str(one.number)) for one in flags), default=1) + 1
    return max(shape.font * 1.4, signs * shape.font * _LETTER + 4)


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


def _dots(
    result: Result, rows: Sequence[int], xs: list[float], ys: list[float], *, each: bool
) -> Iterator[Dot]:
    """Return the points; a letter stands at the first of each signal, or at `each` point that has one."""
    variation, included = result.points.variation, result.points.included
    former = ""
    for row, x, y in zip(rows, xs, ys, strict=True):
        if math.isnan(y):
            former = ""
            continue
        said = variation[row]
        kind, _, side = said.partition("_")
        letter = {"high": "H", "low": "L"}.get(side, "") if each or said != former else ""
        yield Dot(row, x, y, kind, side, letter, bool(included[row]))
        former = said


def _text_width(texts: Sequence[str], shape: Shape) -> float:
    """Return about how wide the longest text is; a digit is about 0.6 as wide as it is high in wide fonts, a % is 0.95."""
    return max((len(text) + text.count("%") / 2 for text in texts), default=0) * shape.font * _LETTER
