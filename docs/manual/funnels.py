"""A funnel plot as a still picture: units by their size, and the lines between them where units of that size would be."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import escape

import spc
from qiplatform.charts.palette import FAINT, INK, LIMIT, PALETTES, PAPER, QUIET
from qiplatform.charts.scales import nice_ticks

WIDTH, HEIGHT, FONT, POINT = 960.0, 440.0, 14.0, 4.5
_LEFT, _RIGHT, _TOP, _BOTTOM = 64.0, 120.0, 34.0, 56.0
_STEPS = 160


@dataclass(frozen=True)
class Frame:
    """The plotting area: how sizes and values become pixels."""

    most: float
    high: float

    def x(self, size: float) -> float:
        """Return where a size stands."""
        return _LEFT + size / self.most * (WIDTH - _LEFT - _RIGHT)

    def y(self, value: float) -> float:
        """Return where a value stands."""
        return HEIGHT - _BOTTOM - value / self.high * (HEIGHT - _TOP - _BOTTOM)


def funnel(result: spc.Result, *, title: str) -> str:
    """Return the drawing as SVG that needs no style sheet."""
    points = result.points
    sizes = (points.denominator if points.denominator is not None else points.value).tolist()
    percent = result.kind.needs == "proportion"
    top = max(points.value.tolist())
    frame = Frame(max(sizes) * 1.04, min(top * 1.6, 1.0) if percent else top * 1.6)
    lines = _lines(result, min(sizes), frame)
    parts = [_opening(title, result), *_axes(frame, percent=percent)]
    parts += [f'<path d="{d}" fill="none" {stroke}/>' for d, stroke, _, _ in lines]
    middle = frame.y(float(points.centre[0]))
    # Names of lines that meet would lie on each other: each keeps its distance from the centre.
    for place, (_, _, at, words) in enumerate(lines, start=-2):
        apart = place * FONT * 1.15
        shown = min(at, middle + apart) if place < 0 else max(at, middle + apart)
        parts.append(f'<text x="{WIDTH - _RIGHT + 9:.1f}" y="{shown + FONT * 0.35:.1f}">{words}</text>')
    parts += _units(result, sizes, frame)
    return "".join([*parts, "</svg>\n"])


def _opening(title: str, result: spc.Result) -> str:
    """Write the paper, the title and what it says to those who do not see it."""
    said = escape(f"{result.kind.title} of {title}. {result.verdict.words}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" width="{WIDTH:g}" height="{HEIGHT:g}" role="img"'
        f' aria-label="{said}" font-family="system-ui,-apple-system,Segoe UI,Roboto,Arial,sans-serif" font-size="{FONT:g}" fill="{QUIET}">'
        f'<title>{escape(title)}</title><path fill="{PAPER}" d="M0 0H{WIDTH:g}V{HEIGHT:g}H0Z"/>'
        f'<text x="{WIDTH - 8:g}" y="{FONT + 4:g}" text-anchor="end">{escape(title)}, {len(result.points)} units</text>'
    )


def _axes(frame: Frame, *, percent: bool) -> list[str]:
    """Write grid, axis and numbers."""
    parts = []
    for at in nice_ticks(0.0, frame.high, 6):
        text = f"{at * 100:g}%" if percent else f"{at:g}"
        y = frame.y(at)
        parts.append(f'<path d="M{_LEFT:.1f} {y:.1f}H{WIDTH - _RIGHT:.1f}" stroke="{FAINT}"/>')
        parts.append(f'<text x="{_LEFT - 8:.1f}" y="{y + FONT * 0.35:.1f}" text-anchor="end">{text}</text>')
    foot = HEIGHT - _BOTTOM
    parts.append(f'<path d="M{_LEFT:.1f} {foot:.1f}H{WIDTH - _RIGHT:.1f}" stroke="{QUIET}"/>')
    parts += [
        f'<text x="{frame.x(at):.1f}" y="{foot + FONT * 1.5:.1f}" text-anchor="middle">{at:g}</text>'
        for at in nice_ticks(0.0, frame.most, 8)
    ]
    middle = (_LEFT + WIDTH - _RIGHT) / 2
    size = "cases" if percent else "opportunity"
    parts.append(f'<text x="{middle:.1f}" y="{HEIGHT - 10:.1f}" text-anchor="middle">{size}</text>')
    return parts


def _lines(result: spc.Result, least: float, frame: Frame) -> list[tuple[str, str, float, str]]:
    """Ask the engine for the lines at every size, with the centre it found: path, stroke, where it ends, its name."""
    centre = float(result.points.centre[0])
    sizes = [least + (frame.most - least) * step / _STEPS for step in range(_STEPS + 1)]
    # The two ends alone would pool to another centre, so the one that was found is given.
    every = spc.Series(
        x=list(range(len(sizes))), numerator=[0] * len(sizes), denominator=sizes, ordered=False
    )
    drawn = spc.analyse(every, chart=result.chart, centre=centre, settings={"exact": 0.0}).points
    plain, dashed = f'stroke="{LIMIT}" stroke-width="1.5"', f'stroke="{LIMIT}" stroke-dasharray="6 4"'
    columns: Sequence[tuple[Sequence[float], str, str]] = (
        (drawn.upper.tolist(), plain, "99.8%"),
        (drawn.upper_2s.tolist(), dashed, "95%"),
        ([centre] * len(sizes), f'stroke="{INK}" stroke-width="1.5"', "all units"),
        (drawn.lower_2s.tolist(), dashed, "95%"),
        (drawn.lower.tolist(), plain, "99.8%"),
    )
    return [
        (
            "M"
            + "L".join(
                f"{frame.x(a):.1f} {frame.y(min(b, frame.high)):.1f}"
                for a, b in zip(sizes, line, strict=True)
            ),
            stroke,
            frame.y(line[-1]),
            words,
        )
        for line, stroke, words in columns
    ]


def _units(result: spc.Result, sizes: Sequence[float], frame: Frame) -> list[str]:
    """Write a point a unit, and the names of those outside."""
    palette = PALETTES["nhs"]
    parts = []
    for row, (size, value) in enumerate(zip(sizes, result.points.value.tolist(), strict=True)):
        kind, _, side = result.points.variation[row].partition("_")
        x, y = frame.x(size), frame.y(value)
        if kind == "common":
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{POINT:g}" fill="{palette.common}" stroke="{INK}"/>'
            )
            continue
        up = -1 if side == "high" else 1
        tip, foot = y + up * POINT * 1.5, y - up * POINT * 0.9
        parts.append(
            f'<path d="M{x:.1f} {tip:.1f}L{x + POINT * 1.4:.1f} {foot:.1f}H{x - POINT * 1.4:.1f}Z"'
            f' fill="{palette.fill(kind)}" stroke="{INK}"/>'
            f'<text x="{x + 10:.1f}" y="{y + FONT * 0.35:.1f}" fill="{INK}">{escape(str(result.points.x[row]))}</text>'
        )
    return parts
