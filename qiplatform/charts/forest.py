"""The forest plot: an effect a place with its interval, what they show together, and where one more place would lie."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from qiplatform.charts.palette import FAINT, INK, PAPER, QUIET
from qiplatform.charts.scales import nice_ticks

_FONT = "system-ui,-apple-system,Segoe UI,Roboto,Arial,sans-serif"
_BASELINE = 0.35
_LONGEST = {"wide": 34, "narrow": 24}


@dataclass(frozen=True, slots=True)
class ForestRow:
    """One place: name, effect, its 95 % interval, and its share of the whole (0 to 1)."""

    name: str
    low: float
    middle: float
    high: float
    weight: float


@dataclass(frozen=True, slots=True)
class Forest:
    """Everything that is drawn; `pooled` and `predicted` are low, middle and high in the unit of the rows."""

    rows: Sequence[ForestRow]
    pooled: tuple[float, float, float]
    predicted: tuple[float, float] | None
    unit: str
    left: str
    """What an effect below zero is called."""
    right: str
    alt: str


@dataclass(frozen=True, slots=True)
class _Frame:
    shape: str
    width: float
    font: float
    line: float
    names: float
    """Where the plot begins: names stand left of it, or above their lines on a phone."""
    end: float
    low: float
    high: float

    def x(self, value: float) -> float:
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.names + share * (self.end - self.names)


def forest(plot: Forest, shape: str = "wide") -> Markup:
    """Return the drawing, `wide` for a sheet and `narrow` for a phone. Squares are as large as the place's weight."""
    frame = _frame(plot, shape)
    rows = len(plot.rows) + 1 + (plot.predicted is not None)
    top = frame.line * 0.5
    foot = top + rows * frame.line
    height = foot + frame.font * 4.4
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width:g} {height:.1f}" role="img" font-family="{_FONT}" font-size="{frame.font:g}">',
        f"<title>{escape(plot.alt)}</title>",
        f'<rect width="{frame.width:g}" height="{height:.1f}" fill="{PAPER}"/>',
        *_axis(plot, frame, top, foot),
    ]
    for number, row in enumerate(plot.rows):
        parts += _place(row, frame, top + number * frame.line)
    parts += _together(plot, frame, top + len(plot.rows) * frame.line)
    if plot.predicted is not None:
        parts += _next(plot.predicted, frame, top + (len(plot.rows) + 1) * frame.line)
    parts.append("</svg>")
    # Every text in it was escaped; all the rest is numbers and our own constants.
    return Markup("".join(parts))  # noqa: S704 - see the line before


def _frame(plot: Forest, shape: str) -> _Frame:
    ends = [end for row in plot.rows for end in (row.low, row.high)] + [0.0, plot.pooled[0], plot.pooled[2]]
    ends += list(plot.predicted or ())
    low, high = min(ends), max(ends)
    room = (high - low) * 0.04 or 1.0
    if shape == "narrow":
        return _Frame(shape, 390, 13, 46, 14, 376, low - room, high + room)
    return _Frame(shape, 960, 15, 34, 300, 940, low - room, high + room)


def _axis(plot: Forest, frame: _Frame, top: float, foot: float) -> Iterator[str]:
    ticks = nice_ticks(frame.low, frame.high, 5 if frame.shape == "wide" else 4)
    for tick in ticks:
        x = frame.x(tick)
        colour, wide = (INK, 1.5) if tick == 0 else (FAINT, 1.0)
        yield f'<path d="M{x:.1f} {top:.1f}V{foot:.1f}" stroke="{colour}" stroke-width="{wide}"/>'
        yield _text(
            x,
            foot + frame.font * 1.2,
            f"{tick:g}{plot.unit}".replace("-", "\u2212"),
            anchor="middle",
            fill=QUIET,
        )
    zero = frame.x(0.0)
    y = foot + frame.font * 2.7
    if zero - frame.names > 0.12 * (frame.end - frame.names):
        yield _text(zero - 8, y, f"← {plot.left}", anchor="end")
    if frame.end - zero > 0.12 * (frame.end - frame.names):
        yield _text(zero + 8, y, f"{plot.right} →")


def _place(row: ForestRow, frame: _Frame, top: float) -> Iterator[str]:
    y = _middle(frame, top)
    yield _name(row.name, frame, top)
    x, half = frame.x(row.middle), 3.0 + 7.0 * min(1.0, row.weight) ** 0.5
    yield f'<path d="M{frame.x(row.low):.1f} {y:.1f}H{frame.x(row.high):.1f}" stroke="{INK}" stroke-width="1.5"/>'
    yield f'<rect x="{x - half:.1f}" y="{y - half:.1f}" width="{2 * half:.1f}" height="{2 * half:.1f}" fill="{INK}"/>'


def _together(plot: Forest, frame: _Frame, top: float) -> Iterator[str]:
    y = _middle(frame, top)
    low, middle, high = (frame.x(one) for one in plot.pooled)
    yield _name("Together", frame, top, bold=True)
    yield f'<path d="M{low:.1f} {y:.1f}L{middle:.1f} {y - 9:.1f}L{high:.1f} {y:.1f}L{middle:.1f} {y + 9:.1f}Z" fill="{PAPER}" stroke="{INK}" stroke-width="2"/>'


def _next(predicted: tuple[float, float], frame: _Frame, top: float) -> Iterator[str]:
    y = _middle(frame, top)
    low, high = (frame.x(one) for one in predicted)
    yield _name("One more place (prediction)", frame, top)
    yield f'<path d="M{low:.1f} {y - 5:.1f}V{y + 5:.1f}M{low:.1f} {y:.1f}H{high:.1f}M{high:.1f} {y - 5:.1f}V{y + 5:.1f}" fill="none" stroke="{INK}" stroke-width="1.5" stroke-dasharray="5 3"/>'


def _middle(frame: _Frame, top: float) -> float:
    return top + (frame.line / 2 if frame.shape == "wide" else frame.line - 14)


def _name(words: str, frame: _Frame, top: float, *, bold: bool = False) -> str:
    most = _LONGEST[frame.shape] + (14 if frame.shape == "narrow" else 0)
    short = words if len(words) <= most else words[: most - 1].rstrip() + "…"
    if frame.shape == "wide":
        return _text(frame.names - 20, _middle(frame, top), short, anchor="end", bold=bold)
    return _text(frame.names, top + frame.font, short, bold=bold)


def _text(
    x: float, y: float, words: str, *, anchor: str = "start", fill: str = INK, bold: bool = False
) -> str:
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" dy="{_BASELINE}em" text-anchor="{anchor}" fill="{fill}"{weight} paint-order="stroke" stroke="{PAPER}" stroke-width="4">{escape(words)}</text>'
