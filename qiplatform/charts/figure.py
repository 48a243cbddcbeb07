"""One analysed measure -> everything a page shows of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from qiplatform.charts import table, words
from qiplatform.charts.geometry import geometry
from qiplatform.charts.marks import Band, Flag
from qiplatform.charts.palette import palette as palette_of
from qiplatform.charts.shapes import SHAPES
from qiplatform.charts.svg import svg
from spc import Result


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its words and its table; all of it read from one verdict."""

    wide: Markup
    narrow: Markup
    alt: str
    caption: str
    foot: str
    table_caption: str
    columns: tuple[table.Column, ...]
    rows: tuple[tuple[table.Cell, ...], ...]
    palette: str


def figure(
    result: Result,
    *,
    title: str,
    unit: str = "",
    bands: Sequence[Band] = (),
    flags: Sequence[Flag] = (),
    palette: str = "nhs",
    typed: Sequence[str] | None = None,
    mine: tuple[int, str] | None = None,
) -> Figure:
    """Return the figure of a measure called `title`.

    `unit` is written beside numbers ("%", "minutes"); a proportion is in percent whatever it says. `bands` and `flags`
    are what people wrote onto the chart; `typed` are the values as they typed them, row for row, for the table. `mine` is the row
    of the unit the reader asks about, and its name: it is ringed and named.
    """
    sign = words.unit_of(result, unit)
    said = words.alt(result, title, sign)
    if mine is not None:
        said = f"{said} {mine[1]} is ringed and named."
    colours = palette_of(palette)
    wide, narrow = (
        svg(
            geometry(result, SHAPES[name], title=title, unit=sign, bands=bands, flags=flags, mine=mine),
            alt=said,
            palette=colours,
        )
        for name in ("wide", "narrow")
    )
    return Figure(
        wide=wide,
        narrow=narrow,
        alt=said,
        caption=words.caption(result),
        foot=words.foot(result),
        table_caption=f"{title}: the numbers of the chart",
        columns=table.columns(result, sign),
        rows=table.rows(result, typed),
        palette=colours.name,
    )


def drawn_before(text: str) -> Markup:
    """Return a drawing again that `drawing` made before, and that was kept as text."""
    return Markup(text)  # noqa: S704 - our own drawing, every word in it escaped when it was made


def drawing(
    result: Result,
    *,
    title: str,
    unit: str = "",
    size: str = "wide",
    bands: Sequence[Band] = (),
    flags: Sequence[Flag] = (),
    palette: str = "nhs",
) -> Markup:
    """Return one drawing alone: `size` is wide, narrow, small (lists and cards) or spark (tables).

    `KeyError` for a size there is none of.
    """
    sign = words.unit_of(result, unit)
    made = geometry(result, SHAPES[size], title=title, unit=sign, bands=bands, flags=flags)
    return svg(made, alt=words.alt(result, title, sign), palette=palette_of(palette))
