"""Marks never stand over points, letters, lines or each other, whatever the record; trial limits and second targets are drawn as such."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qiplatform.charts import Band, Flag, drawing, figure, figure_json
from qiplatform.charts.boxes import Box, band_boxes, flag_boxes, scales
from qiplatform.charts.geometry import Geometry, geometry
from qiplatform.charts.palette import DASHES, PALETTES, PAPER
from qiplatform.charts.scales import DAY
from qiplatform.charts.shapes import SHAPES
from tests.qiplatform.charts.examples import BANDS, FLAGS, monthly, waits

Rectangle = tuple[float, float, float, float]
DAYS = st.integers(-40, 1300).map(lambda ahead: date(2024, 1, 1) + timedelta(days=ahead))
TINY = 0.01


def _band(start: date, length: int | None, number: int) -> Band:
    return Band(start, None if length is None else start + timedelta(days=length), f"PDSA {number}")


RECORDS = st.fixed_dictionaries(
    {
        "values": st.lists(st.none() | st.integers(0, 100).map(float), min_size=1, max_size=40),
        "shape": st.sampled_from(["wide", "narrow"]),
        "direction": st.sampled_from(["increase", "decrease", "neutral"]),
        "target": st.none() | st.integers(0, 100).map(float),
        "unit": st.sampled_from(["%", "minutes"]),
        "phase": st.none() | st.integers(1, 39),
        "bands": st.lists(
            st.builds(_band, DAYS, st.none() | st.integers(0, 400), st.integers(1, 30)), max_size=14
        ),
        "flags": st.lists(st.builds(Flag, DAYS, st.integers(1, 120), st.just("Said")), max_size=14),
    }
)


def drawn(record: dict[str, object]) -> Geometry:
    values = record["values"]
    assert isinstance(values, list)
    phase = record["phase"]
    begins = [phase] if isinstance(phase, int) and phase < len(values) else []
    result = monthly(*values, direction=record["direction"], target=record["target"], phases=begins)
    marks = {name: record[name] for name in ("bands", "flags")}
    return geometry(result, SHAPES[str(record["shape"])], title="Seen", unit=str(record["unit"]), **marks)  # type: ignore[arg-type]  # as built above


def _over(one: Rectangle, other: Rectangle) -> bool:
    return (
        min(one[2], other[2]) - max(one[0], other[0]) > TINY
        and min(one[3], other[3]) - max(one[1], other[1]) > TINY
    )


def _sides(box: Box) -> Rectangle:
    return box.left, box.top, box.right, box.bottom


def faults(found: Geometry) -> list[str]:
    """Return every mark that stands over a point, a letter, a line or another mark, or sticks out of the plot."""
    x, y = scales(found)
    shape, (left, top, right, bottom) = found.shape, found.plot
    marks = [("band", _sides(box)) for box in band_boxes(found)]
    marks += [("flag", _sides(box)) for box in flag_boxes(found)]
    said = [f"{a} over {b}" for (a, one), (b, two) in combinations(marks, 2) if _over(one, two)]
    things: list[tuple[str, Rectangle]] = []
    for dot in found.dots:
        reach = shape.point * (1 if dot.kind == "common" else 1.5)
        across, down = x(dot.x), y(dot.y)
        things.append(("point", (across - reach, down - reach, across + reach, down + reach)))
        if dot.letter:
            away = -shape.point - shape.font if dot.side == "high" else shape.point
            half = shape.font * 0.4
            things.append(("letter", (across - half, down + away, across + half, down + away + shape.font)))
    for role in (
        "values",
        "centre",
        "upper",
        "lower",
        "trial_upper",
        "trial_lower",
        "target",
        "second_target",
    ):
        for path in getattr(found, role):
            for (a, b), (c, d) in pairwise(path):
                low, high = sorted((y(b), y(d)))
                things.append((role, (x(a), low - 0.5, x(c), high + 0.5)))
    said += [f"{a} over {b}" for a, one in marks for b, two in things if _over(one, two)]
    plot = (left - TINY, top - TINY, right + TINY, bottom + TINY)
    said += [
        f"{a} sticks out"
        for a, one in (*marks, *(thing for thing in things if thing[0] in {"point", "letter"}))
        if not (
            plot[1] <= one[1]
            and one[3] <= plot[3]
            and (a not in {"band", "flag"} or (plot[0] <= one[0] and one[2] <= plot[2]))
        )
    ]
    for box in band_boxes(found):
        if box.text and len(box.text) * shape.font * 0.5 + 4 > box.right - box.left:
            said.append("words stick out of a band")
    return said


@settings(max_examples=300, deadline=None)
@given(RECORDS)
def test_no_mark_stands_over_a_point_a_letter_a_line_or_another_mark(record: dict[str, object]) -> None:
    assert faults(drawn(record)) == []


@pytest.mark.parametrize("shape", ["wide", "narrow"])
def test_marks_without_room_of_their_own_would_be_noticed(shape: str) -> None:
    """The planted fault: the same marks on a plot that made no room for them, and rows that are all the first."""
    found = geometry(waits("xmr"), SHAPES[shape], title="Seen", unit="%", bands=BANDS, flags=FLAGS)
    bare = geometry(waits("xmr"), SHAPES[shape], title="Seen", unit="%")
    assert faults(found) == []
    assert {"band over lower", "band over point"} & set(
        faults(replace(bare, bands=found.bands, band_row=80.0))
    )
    assert "flag over values" in faults(replace(found, y_range=(found.y_range[0], found.y_range[1] - 12)))
    assert "band over band" in faults(replace(found, bands=tuple(replace(one, row=0) for one in found.bands)))


def test_many_cycles_at_once_stay_at_the_foot_and_many_notes_join() -> None:
    bands = [Band(date(2016, 5, 1), None, f"PDSA {number}") for number in range(1, 13)]
    flags = [Flag(date(2017, 3, 1) + timedelta(days=day), day + 1, f"Said {day + 1}") for day in range(9)]
    found = geometry(waits("xmr"), SHAPES["wide"], title="Seen", unit="%", bands=bands, flags=flags)
    assert len(found.bands) == 12
    assert found.foot > found.plot[1] + 0.6 * (found.plot[3] - found.plot[1])
    assert not [box for box in band_boxes(found) if box.text]
    assert faults(found) == []
    labels = [lane.label for lane in found.flags]
    assert len(labels) < len(flags)
    assert [label for label in labels if label.endswith("+")]
    said = " ".join(lane.detail for lane in found.flags)
    assert all(f"Said {number}" in said for number in range(1, 10))


def test_trial_limits_are_lines_of_their_own() -> None:
    trial, firm = monthly(*[5.0, 6, 7, 5, 6, 8]), waits("xmr")
    first, second = (geometry(one, SHAPES["wide"], title="Seen") for one in (trial, firm))
    assert (first.upper, first.lower, second.trial_upper, second.trial_lower) == ((), (), (), ())
    assert len(first.trial_upper) == len(first.trial_lower) == len(second.upper) == 1
    mixed = geometry(waits("xmr", phases=[30]), SHAPES["wide"], title="Seen")
    assert len(mixed.upper) == len(mixed.trial_upper) == 1
    assert mixed.upper[0][-1][0] == pytest.approx(mixed.trial_upper[0][0][0], abs=DAY)


@pytest.mark.parametrize("size", ["wide", "narrow", "small"])
def test_trial_limits_look_and_are_called_so(size: str) -> None:
    trial, firm = (
        drawing(one, title="Seen", size=size) for one in (monthly(*[5.0, 6, 7, 5, 6, 8]), waits("xmr"))
    )
    texts = [re.findall(r"<text[^>]*>([^<]*)</text>", one) for one in (trial, firm)]
    assert len([text for text in texts[0] if "trial" in text.lower() and any(map(str.isdigit, text))]) >= 2
    assert not [text for text in texts[1] if "trial" in text.lower()]
    if size != "small":
        assert [text for text in texts[0] if text.endswith("· 6 points · trial limits")]
    dashes = dict(re.findall(r'<path class="(\w+)"[^>]*stroke-dasharray="([^"]*)"', trial))
    assert dashes["trial_upper"] == dashes["trial_lower"] == "2 3"
    assert max(DASHES["trial_upper"]) < min(DASHES["target"])


def test_a_run_chart_and_a_funnel_have_no_trial_limits() -> None:
    made = geometry(monthly(5, 6, 7, 5, chart="run", profile="ihi_run"), SHAPES["wide"], title="Seen")
    assert (made.trial_upper, made.trial_lower) == ((), ())
    assert "trial" not in made.corner


def test_two_targets_are_two_lines_with_two_names() -> None:
    result = waits("xmr", target=95.0, second_target=[(date(2016, 4, 1), 90.0), (date(2018, 1, 1), 94.5)])
    found = geometry(result, SHAPES["wide"], title="Seen", unit="%")
    assert [y for _, y in found.target[0]] == [95, 95]
    assert [y for _, y in found.second_target[0]] == [90, 90, 94.5, 94.5]
    names = {end.role: end.text for end in found.ends}
    assert (names["target"], names["second_target"]) == ("Target 95%", "2nd target 94.5%")
    spots = sorted(end.at for end in found.ends)
    _, y = scales(found)
    assert all(y(low) - y(high) >= found.shape.font for low, high in pairwise(spots))
    made = figure(result, title="Seen", unit="%")
    assert 'class="second_target"' in made.wide
    assert ("Second target", "number") in made.columns
    assert {row[-2] for row in made.rows} == {"90.0", "94.5"}
    assert "Second target 94.5%." in made.alt
    assert "2nd target 94.5%" in str(figure_json(result, title="Seen", unit="%"))


def test_a_changing_target_is_a_step() -> None:
    result = waits("xmr", target=[(date(2016, 4, 1), 90.0), (date(2018, 1, 1), 95.0)])
    (path,) = geometry(result, SHAPES["wide"], title="Seen").target
    assert [y for _, y in path] == [90, 90, 95, 95]
    assert path[1][0] == path[2][0]


def _light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the ratio of WCAG between two colours."""
    high, low = sorted((_light(one), _light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_colour_of_the_high_contrast_palette_is_seen_on_paper() -> None:
    strong, usual = PALETTES["contrast"], PALETTES["nhs"]
    for kind in ("common", "improvement", "concern", "neutral", "line"):
        assert contrast(getattr(strong, kind), PAPER) >= 4.5, kind
    assert contrast(usual.improvement, PAPER) < 3  # the planted fault: the usual look does not reach it
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
