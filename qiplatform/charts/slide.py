"""The chart as a slide: a title, the verdict's sentence, a chart that PowerPoint itself draws and lets people edit, and notes.

The file is made anew each time from numbers and words: it holds no author, no printer's settings, no picture. The
package that writes it is imported on first use; pages never need it.
"""

import io
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from qiplatform.charts import words
from qiplatform.charts.geometry import Geometry, geometry
from qiplatform.charts.marks import Band, Flag
from qiplatform.charts.palette import INK, QUIET
from qiplatform.charts.palette import palette as palette_of
from qiplatform.charts.scales import written
from qiplatform.charts.shapes import SHAPES
from spc import Result

KIND = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
"""The media type of the file."""
_TITLE = "A measure over time"
_WIDE, _TALL, _EDGE = 13.333, 7.5, 0.6
"""A slide of 16:9 and its margins, in inches."""
_LATEST = 12
_LAYOUT = "Title Only"
_NOT_OURS = ("/thumbnail", "/extended-properties", "/printerSettings")
_KEYS = {
    ("improvement", "high"): "▲ filled: special cause, improvement, high (H)",
    ("improvement", "low"): "■ filled: special cause, improvement, low (L)",
    ("concern", "high"): "△ hollow: special cause, concern, high (H)",
    ("concern", "low"): "□ hollow: special cause, concern, low (L)",
    ("neutral", "high"): "◆ special cause, high (H)",
    ("neutral", "low"): "◆ special cause, low (L)",
}


def slide(
    result: Result,
    *,
    title: str,
    project: str,
    on: date,
    unit: str = "",
    bands: Sequence[Band] = (),
    flags: Sequence[Flag] = (),
    palette: str = "nhs",
) -> bytes:
    """Return a presentation of one slide: the measure `title` of a `project`, as it was `on` a day."""
    from pptx import Presentation  # noqa: PLC0415 - loads an XML library and its templates, for this file only
    from pptx.util import Inches  # noqa: PLC0415 - as above

    from qiplatform.charts.slide_chart import add_chart  # noqa: PLC0415 - as above

    title, sign = _printable(title), _printable(words.unit_of(result, unit))
    made = geometry(result, SHAPES["wide"], title=title, unit=sign)
    show = Presentation()
    _clean(show, on)
    show.slide_width, show.slide_height = Inches(_WIDE), Inches(_TALL)
    page = show.slides.add_slide(show.slide_layouts[0])
    _head(page, title, words.caption(result))
    frame = add_chart(
        page,
        result,
        made,
        unit=sign,
        palette=palette_of(palette),
        place=(Inches(_EDGE), Inches(1.9), Inches(_WIDE - 2 * _EDGE), Inches(4.45)),
    )
    frame.name = "Chart"
    frame.element.nvGraphicFramePr.cNvPr.set("descr", _printable(words.alt(result, title, sign)))
    foot = "\n".join(
        filter(
            None,
            (
                key(made, trial=bool(words.trial_phases(result))),
                words.foot(result),
                f"{project} · {_day(on)}",
            ),
        )
    )
    _words(
        page,
        "Key, method and source",
        (_EDGE, 6.35, _WIDE - 2 * _EDGE, 1.0),
        text=foot,
        size=12,
        colour=QUIET,
    )
    page.notes_slide.notes_text_frame.text = "\n".join(
        notes(result, made, title, sign, bands=bands, flags=flags)
    )
    out = io.BytesIO()
    show.save(out)
    return out.getvalue()


def key(made: Geometry, *, trial: bool = False) -> str:
    """Return what the special shapes and dots on this chart mean; nothing where there are none."""
    shown = {(dot.kind, dot.side): None for dot in made.dots if dot.included}
    said = [text for kind, text in _KEYS.items() if kind in shown]
    if not all(dot.included for dot in made.dots):
        said.append("✕ left out of the limits")
    if trial:
        said.append("dotted limits: trial limits")
    return " · ".join(said)


def notes(
    result: Result, made: Geometry, title: str, unit: str, *, bands: Sequence[Band], flags: Sequence[Flag]
) -> Iterator[str]:
    """Give what a speaker may say, line by line: the chart in words, how sure it is, its signals, numbers and marks."""
    yield words.alt(result, title, unit)
    yield from filter(None, (result.verdict.how_sure, result.verdict.not_to_conclude))
    yield from (f"Signal: {signal.words}." for signal in result.signals)
    if made.dots:
        said = "; ".join(
            f"{result.series.period(dot.row)} {written(dot.y, made.decimals, unit)}"
            for dot in made.dots[-_LATEST:]
        )
        yield f"The latest values: {said}."
    for band in bands:
        until = ", going on" if band.ends_on is None else f" to {_day(band.ends_on)}"
        yield f"{band.label}: {_day(band.starts_on)}{until}. {band.detail}".strip()
    for flag in flags:
        yield f"Flag {flag.number}, {_day(flag.on)}: {flag.text}"
    if missing := sum(one == "missing" for one in result.points.variation):
        yield f"{words.points_in_words(missing)} without a value: a gap in the line."
    yield "The numbers lie behind the chart: select it and choose Edit data."


def _printable(text: str) -> str:
    """Return text without the signs that XML cannot hold."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def _clean(show: Any, on: date) -> None:
    """Take everything out of the empty presentation that speaks of somebody else, and the layouts that are not used."""
    for layout in [one for one in show.slide_layouts if one.name != _LAYOUT]:
        show.slide_layouts.remove(layout)
    package = show.part.package
    for owner in (package, show.part):
        for relation in list(package.iter_rels()):
            if relation.reltype.endswith(_NOT_OURS):
                _let_go(owner, relation)
    core = show.core_properties
    core.author = core.last_modified_by = core.comments = core.subject = core.keywords = core.category = ""
    core.title, core.language = _TITLE, "en-GB"
    core.created = core.modified = datetime.combine(on, time(), UTC).replace(tzinfo=None)
    for holder in (show.slide_master, show.slide_layouts[0]):
        for shape in list(holder.placeholders):
            if shape.placeholder_format.type in _furniture():
                shape.element.getparent().remove(shape.element)
            else:
                # The empty presentation is 4:3.
                shape.left, shape.width = shape.left * 4 // 3, shape.width * 4 // 3


def _let_go(owner: Any, relation: Any) -> None:
    """Drop a part if it belongs to this owner: what is not related to anything is not written."""
    try:
        held = owner.related_part(relation.rId)
    except KeyError:
        return
    if held is relation.target_part:
        owner.drop_rel(relation.rId)


def _furniture() -> tuple[Any, ...]:
    from pptx.enum.shapes import PP_PLACEHOLDER as KINDS  # noqa: PLC0415 - as above

    return KINDS.DATE, KINDS.FOOTER, KINDS.SLIDE_NUMBER


def _head(page: Any, title: str, said: str) -> None:
    from pptx.enum.text import MSO_ANCHOR  # noqa: PLC0415 - as above

    wide = _WIDE - 2 * _EDGE
    _place(page.shapes.title, (_EDGE, 0.35, wide, 0.75))
    frame = page.shapes.title.text_frame
    _write(frame, title, 30 if len(title) <= 60 else 22, INK, bold=True)  # noqa: PLR2004 - characters of one line
    frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    _words(page, "What the chart says", (_EDGE, 1.1, wide, 0.8), text=said, size=18, colour=INK)


def _words(
    page: Any, name: str, place: tuple[float, float, float, float], *, text: str, size: int, colour: str
) -> None:
    box = page.shapes.add_textbox(0, 0, 0, 0)
    box.name = name
    _place(box, place)
    _write(box.text_frame, text, size, colour)


def _place(shape: Any, place: tuple[float, float, float, float]) -> None:
    from pptx.util import Inches  # noqa: PLC0415 - as above

    shape.left, shape.top, shape.width, shape.height = (Inches(one) for one in place)


def _write(frame: Any, text: str, size: int, colour: str, *, bold: bool = False) -> None:
    from pptx.dml.color import RGBColor  # noqa: PLC0415 - as above
    from pptx.enum.lang import MSO_LANGUAGE_ID  # noqa: PLC0415 - as above
    from pptx.enum.text import MSO_AUTO_SIZE, PP_ALIGN  # noqa: PLC0415 - as above
    from pptx.util import Pt  # noqa: PLC0415 - as above

    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
    frame.margin_left = frame.margin_right = 0
    frame.text = text
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
        for run in paragraph.runs:
            run.font.size, run.font.bold = Pt(size), bold
            run.font.color.rgb = RGBColor(*bytes.fromhex(colour.removeprefix("#")))
            run.font.language_id = MSO_LANGUAGE_ID.ENGLISH_UK
