"""Charts that are read side by side: their time axes and margins are brought into line, so that one period stands under the other."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from markupsafe import Markup

from qiplatform.charts import words
from qiplatform.charts.geometry import Geometry, geometry
from qiplatform.charts.palette import palette as palette_of
from qiplatform.charts.paths import XY
from qiplatform.charts.scales import calendar_ticks
from qiplatform.charts.shapes import SHAPES
from qiplatform.charts.svg import svg
from spc import Result


@dataclass(frozen=True, slots=True)
class Facet:
    """One chart among several: where everything stands, and what it says to those who do not see it."""

    geometry: Geometry
    alt: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What charts side by side share: the span of time with its first and last point, and the margins in pixels."""

    x_range: XY
    first: float
    last: float
    left: float
    right: float


def facet(
    result: Result, *, title: str, unit: str = "", size: str = "small", y_range: XY | None = None
) -> Facet:
    """Return one chart among several, on its own scale or on the one given.

    `KeyError` for a size there is none of.
    """
    sign = words.unit_of(result, unit)
    made = geometry(result, SHAPES[size], title=title, unit=sign, y_range=y_range)
    return Facet(made, words.alt(result, title, sign))


def frame(facets: Iterable[Facet]) -> Frame | None:
    """Return the frame that all of them fit into; none where nothing stands in time."""
    found = [one.geometry for one in facets if one.geometry.time and one.geometry.dots]
    if not found:
        return None
    return Frame(
        x_range=(min(one.x_range[0] for one in found), max(one.x_range[1] for one in found)),
        first=min(one.dots[0].x for one in found),
        last=max(one.dots[-1].x for one in found),
        left=max(one.left for one in found),
        right=max(one.right for one in found),
    )


def scale(facets: Iterable[Facet]) -> XY | None:
    """Return the span of values that all of them fit into, for charts of the same thing; none where there is no value."""
    spans = [one.geometry.y_range for one in facets if one.geometry.dots]
    return (min(low for low, _ in spans), max(high for _, high in spans)) if spans else None


def drawn(one: Facet, shared: Frame | None = None, *, palette: str = "nhs") -> Markup:
    """Return the drawing of one of them, in the frame it shares with others or in its own."""
    made = one.geometry
    if shared is not None and made.time and made.dots:
        made = replace(
            made,
            x_range=shared.x_range,
            x_ticks=calendar_ticks(shared.first, shared.last, made.shape.x_ticks),
            left=shared.left,
            right=shared.right,
        )
    return svg(made, alt=one.alt, palette=palette_of(palette))
