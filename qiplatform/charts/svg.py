"""The still chart: a geometry -> SVG that needs no script, no style sheet and no style attribute.

Everything is a presentation attribute, so that the same text is right in a page under a strict policy, in a
downloaded file, in an e-mail and in print.
"""

from collections.abc import Iterable, Iterator

from markupsafe import Markup, escape

from qiplatform.charts.boxes import Box, Scale, band_boxes, flag_boxes, scales
from qiplatform.charts.geometry import Dot, Geometry
from qiplatform.charts.palette import BAND, DASHES, FAINT, INK, LIMIT, PAPER, QUIET, Palette
from qiplatform.charts.paths import Path
from qiplatform.charts.rows import Lane

_LINES = {
    "upper": LIMIT,
    "trial_upper": LIMIT,
    "centre": INK,
    "lower": LIMIT,
    "trial_lower": LIMIT,
    "target": INK,
    "second_target": INK,
}
_FONT = "system-ui,-apple-system,Segoe UI,Roboto,Arial,sans-serif"
_BASELINE = 0.35
"""How far below its middle a line of text stands, in heights of the font."""


def svg(geometry: Geometry, *, alt: str, palette: Palette) -> Markup:
    """Return the drawing; `alt` is what it says to those who do not see it."""
    shape = geometry.shape
    x, y = scales(geometry)
    parts = [_opening(geometry, alt)]
    if shape.words:
        parts.extend(_axes(geometry, x, y))
    parts.extend(_flags(geometry, x))
    parts.extend(_bands(geometry))
    roles = _LINES if shape.words else ("centre",)
    parts.extend(
        f'<path class="{role}" d="{_d(getattr(geometry, role), x, y)}" fill="none" {_stroke(role)}/>'
        for role in roles
        if getattr(geometry, role)
    )
    if geometry.values:
        drawn = _d(geometry.values, x, y)
        parts.append(
            f'<path class="values" d="{drawn}" fill="none" stroke="{palette.line}" stroke-width="1.5" stroke-linejoin="round"/>'
        )
    parts.extend(_dots(geometry, x, y, palette))
    parts.extend(_mine(geometry, x, y))
    if shape.words:
        parts.extend(_ends(geometry, y))
    parts.append("</svg>")
    # Every text in it was escaped above; all the rest is numbers and our own constants.
    return Markup("".join(parts))  # noqa: S704 - see the line before


def _opening(geometry: Geometry, alt: str) -> str:
    wide, tall = f"{geometry.shape.width:g}", f"{geometry.shape.height:g}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {tall}" width="{wide}" height="{tall}" role="img"'
        f' aria-label="{escape(alt)}" font-family="{_FONT}" font-size="{geometry.shape.font:g}" fill="{QUIET}">'
        f'<title>{escape(geometry.title)}</title><path fill="{PAPER}" d="M0 0H{wide}V{tall}H0Z"/>'
    )


def _stroke(role: str) -> str:
    dashes = " ".join(str(one) for one in DASHES.get(role, ()))
    return f'stroke="{_LINES[role]}" stroke-width="1.5"' + (f' stroke-dasharray="{dashes}"' if dashes else "")


def _d(paths: Iterable[Path], x: Scale, y: Scale) -> str:
    return "".join("M" + "L".join(f"{x(a):.1f} {y(b):.1f}" for a, b in path) for path in paths)


def _axes(geometry: Geometry, x: Scale, y: Scale) -> Iterator[str]:
    left, _, right, bottom = geometry.plot
    font = geometry.shape.font
    grid = "".join(f"M{left:.1f} {y(at):.1f}H{right:.1f}" for at, _ in geometry.y_ticks)
    ticks = "".join(f"M{x(at):.1f} {bottom:.1f}v5" for at, _ in geometry.x_ticks)
    yield f'<path d="{grid}" stroke="{FAINT}"/><path d="M{left:.1f} {bottom:.1f}H{right:.1f}{ticks}" stroke="{QUIET}" fill="none"/>'
    yield '<g text-anchor="end">'
    for at, text in geometry.y_ticks:
        yield f'<text x="{left - 8:.1f}" y="{y(at) + font * _BASELINE:.1f}">{escape(text)}</text>'
    if geometry.shape.marks:
        yield f'<text x="{geometry.shape.width - 8:g}" y="{font + 4:g}">{escape(geometry.corner)}</text>'
    yield '</g><g text-anchor="middle">'
    for at, text in geometry.x_ticks:
        first, _, second = text.partition("\n")
        below = f'<tspan x="{x(at):.1f}" dy="{font * 1.2:.1f}">{escape(second)}</tspan>' if second else ""
        yield f'<text x="{x(at):.1f}" y="{bottom + font * 1.5:.1f}">{escape(first)}{below}</text>'
    yield "</g>"


def _bands(geometry: Geometry) -> Iterator[str]:
    font = geometry.shape.font
    for box in band_boxes(geometry):
        dashes = ' stroke-dasharray="4 3"' if box.lane.open else ""
        yield f'<g class="band"><title>{escape(_said(box.lane))}</title>{_rect(box)} fill="{BAND}" stroke="{QUIET}"{dashes}/>'
        if box.text:
            middle = (box.top + box.bottom) / 2
            yield f'<text x="{box.left + 4:.1f}" y="{middle + font * _BASELINE:.1f}" fill="{INK}">{escape(box.text)}</text>'
        yield "</g>"


def _flags(geometry: Geometry, x: Scale) -> Iterator[str]:
    boxes, font = flag_boxes(geometry), geometry.shape.font
    if boxes:
        # Lines first: one never runs over another flag's box.
        lines = "".join(f"M{x(box.lane.at):.1f} {box.bottom:.1f}V{geometry.foot:.1f}" for box in boxes)
        yield f'<path class="flag-lines" d="{lines}" stroke="{QUIET}" stroke-dasharray="1 3"/>'
    for box in boxes:
        middle = (box.top + box.bottom) / 2
        yield (
            f'<g class="flag"><title>{escape(_said(box.lane))}</title>{_rect(box)} rx="2" fill="{PAPER}" stroke="{INK}"/>'
            f'<text x="{(box.left + box.right) / 2:.1f}" y="{middle + font * _BASELINE:.1f}" text-anchor="middle" fill="{INK}">{escape(box.text)}</text></g>'
        )


def _rect(box: Box) -> str:
    wide, tall = box.right - box.left, box.bottom - box.top
    return f'<rect x="{box.left:.1f}" y="{box.top:.1f}" width="{wide:.1f}" height="{tall:.1f}"'


def _said(lane: Lane) -> str:
    return f"{lane.label}: {lane.detail}" if lane.detail else lane.label


def _dots(geometry: Geometry, x: Scale, y: Scale, palette: Palette) -> Iterator[str]:
    radius = geometry.shape.point
    kinds: dict[tuple[str, str, bool], list[Dot]] = {}
    for dot in geometry.dots:
        kinds.setdefault((dot.kind, dot.side if dot.kind != "common" else "", dot.included), []).append(dot)
    for (kind, side, included), dots in kinds.items():
        middles = [(x(dot.x), y(dot.y)) for dot in dots]
        if not included:
            yield f'<path class="excluded" d="{_each(middles, _cross(radius))}" stroke="{INK}" stroke-width="1.5" fill="none"/>'
            continue
        outline = _outline(kind, side, radius)
        yield f'<path class="{kind}{" " + side if side else ""}" d="{_each(middles, outline)}" fill="{palette.fill(kind)}" stroke="{INK}"/>'
        if kind == "concern":
            yield f'<path class="ring" d="{_each(middles, _circle(radius * 0.42))}" fill="{PAPER}"/>'
    if geometry.shape.marks:
        yield from _letters(geometry, x, y)


def _letters(geometry: Geometry, x: Scale, y: Scale) -> Iterator[str]:
    font, radius = geometry.shape.font, geometry.shape.point
    lettered = [dot for dot in geometry.dots if dot.letter]
    if lettered:
        yield f'<g text-anchor="middle" font-weight="700" fill="{INK}">'
        for dot in lettered:
            away = -radius - 5 if dot.side == "high" else radius + font
            yield f'<text x="{x(dot.x):.1f}" y="{y(dot.y) + away:.1f}">{dot.letter}</text>'
        yield "</g>"


def _mine(geometry: Geometry, x: Scale, y: Scale) -> Iterator[str]:
    """Ring the unit the reader asks about, and write its name over it, on the side with more room."""
    if geometry.mine is None:
        return
    dot, name = geometry.mine
    font, ring = geometry.shape.font, geometry.shape.point * 1.9
    left, _, right, _ = geometry.plot
    at, height = x(dot.x), y(dot.y)
    before = at - left > right - at
    most = int((at - left if before else right - at) / (font * 0.6))
    shown = name if len(name) <= most else f"{name[: max(most - 1, 1)].rstrip()}\N{HORIZONTAL ELLIPSIS}"
    # The letter of a high point stands over it: its name then stands under it.
    beside = height + ring + font if dot.letter == "H" else height - ring - 4
    yield (
        f'<g class="mine"><title>{escape(name)}</title><circle cx="{at:.1f}" cy="{height:.1f}" r="{ring:.1f}" fill="none" stroke="{INK}" stroke-width="2.5"/>'
        f'<text x="{at + (ring if before else -ring):.1f}" y="{beside:.1f}" text-anchor="{"end" if before else "start"}" font-weight="700" fill="{INK}"'
        f' stroke="{PAPER}" stroke-width="4" stroke-linejoin="round" paint-order="stroke">{escape(shown)}</text></g>'
    )


def _each(middles: Iterable[tuple[float, float]], outline: str) -> str:
    return "".join(f"M{a:.1f} {b:.1f}{outline}" for a, b in middles)


def _outline(kind: str, side: str, radius: float) -> str:
    """Return the outline of a kind of point, drawn from its middle."""
    if kind == "common":
        return _circle(radius)
    if kind == "neutral":
        reach = radius * 1.35
        return f"m0 {-reach:.1f}l{reach:.1f} {reach:.1f}l{-reach:.1f} {reach:.1f}l{-reach:.1f} {-reach:.1f}z"
    up = -1 if side == "high" else 1
    tall, wide = radius * 1.5, radius * 1.4
    return f"m0 {up * tall:.1f}l{wide:.1f} {-up * tall * 1.6:.1f}h{-2 * wide:.1f}z"


def _circle(radius: float) -> str:
    return f"m{-radius:.1f} 0a{radius:.1f} {radius:.1f} 0 1 0 {2 * radius:.1f} 0a{radius:.1f} {radius:.1f} 0 1 0 {-2 * radius:.1f} 0"


def _cross(radius: float) -> str:
    return f"m{-radius:.1f} {-radius:.1f}l{2 * radius:.1f} {2 * radius:.1f}m0 {-2 * radius:.1f}l{-2 * radius:.1f} {2 * radius:.1f}"


def _ends(geometry: Geometry, y: Scale) -> Iterator[str]:
    right = geometry.plot[2]
    font = geometry.shape.font
    for end in geometry.ends:
        colour = INK if end.role in {"centre", "target", "second_target"} else QUIET
        yield (
            f'<path d="M{right:.1f} {y(end.y):.1f}L{right + 6:.1f} {y(end.at):.1f}" stroke="{LIMIT}" fill="none"/>'
            f'<text x="{right + 9:.1f}" y="{y(end.at) + font * _BASELINE:.1f}" fill="{colour}">{escape(end.text)}</text>'
        )
