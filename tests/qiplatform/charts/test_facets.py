"""Charts side by side: shared axes change where things stand, never what they say; a unit that is asked about is ringed."""

import re
from xml.etree import ElementTree as ET

import pytest

import spc
from qiplatform.charts import drawing, drawn, facet, figure, frame, scale
from tests.qiplatform.charts.examples import every_kind, monthly, waits

SIZES = {"Ash": (70, 100), "Birch": (30, 50), "Cedar": (140, 200), "Elm": (90, 120), "Fir": (299, 300)}


def units(sizes: dict[str, tuple[int, int]]) -> spc.Result:
    """Analyse units in a funnel."""
    tops, bottoms = zip(*sizes.values(), strict=True)
    series = spc.Series(numerator=tops, denominator=bottoms, labels=list(sizes), ordered=False)
    return spc.analyse(series, chart="funnel_p", direction="increase")


def d_of(svg: str, kind: str) -> str:
    """Return the path of a line."""
    found = re.search(rf'<path class="{kind}" d="([^"]*)"', svg)
    assert found
    return found[1]


@pytest.mark.parametrize("result", every_kind())
def test_alone_a_facet_is_the_small_drawing(result: spc.Result) -> None:
    assert drawn(facet(result, title="A measure")) == drawing(result, title="A measure", size="small")
    ET.fromstring(drawn(facet(result, title="A measure"), frame([facet(waits(), title="")])))  # noqa: S314 - our own


def test_a_frame_holds_the_first_and_the_last_of_all() -> None:
    long, short, none = (
        facet(waits(), title="a"),
        facet(monthly(5, 6, 7), title="b"),
        facet(monthly(), title="c"),
    )
    shared = frame([none, short, long])
    assert shared is not None
    assert shared.first == long.geometry.dots[0].x
    assert shared.last == short.geometry.dots[-1].x
    assert shared.x_range == (long.geometry.x_range[0], short.geometry.x_range[1])
    assert shared.left == max(long.geometry.left, short.geometry.left)
    assert frame([none]) is None
    assert frame([]) is None


def test_a_shared_time_axis_moves_points_across_and_not_up_or_down() -> None:
    one = facet(monthly(5, 6, 7, 5, 6), title="b")
    alone, framed = (
        re.findall(r"[ML]([\d.]+) ([\d.]+)", d_of(drawn(one, shared), "values"))
        for shared in (None, frame([one, facet(waits(), title="a")]))
    )
    assert [y for _, y in alone] == [y for _, y in framed]
    assert [x for x, _ in alone] != [x for x, _ in framed]


def test_a_shared_scale_fits_all() -> None:
    low, high = facet(monthly(5, 6, 7, 5), title="a"), facet(monthly(500, 600, 550), title="b")
    shared = scale([low, high])
    assert shared == (low.geometry.y_range[0], high.geometry.y_range[1])
    again = [facet(monthly(*values), title="x", y_range=shared) for values in ((5, 6, 7, 5), (500, 600, 550))]
    assert {one.geometry.y_range for one in again} == {shared}
    assert again[0].geometry.y_ticks == again[1].geometry.y_ticks
    assert scale([facet(monthly(), title="c")]) is None


def test_the_unit_that_is_asked_about_is_ringed_and_named() -> None:
    made = figure(units(SIZES), title="Seen", mine=(1, "Birch & Co"))
    assert made.wide.count('class="mine"') == made.narrow.count('class="mine"') == 1
    assert ">Birch &amp; Co</text>" in made.wide
    assert made.alt.endswith("Birch & Co is ringed and named.")
    without = figure(units(SIZES), title="Seen")
    assert 'class="mine"' not in without.wide
    assert "ringed" not in without.alt


def test_the_ring_stands_where_the_unit_does() -> None:
    made = figure(units(SIZES), title="Seen", mine=(4, "Fir")).wide
    ring = re.search(r'<circle cx="([\d.]+)" cy="([\d.]+)"', made)
    assert ring
    assert f"M{ring[1]} {ring[2]}" in d_of(made, "improvement high")
    other = re.search(r'<circle cx="([\d.]+)"', figure(units(SIZES), title="Seen", mine=(0, "Ash")).wide)
    assert other
    assert other[1] != ring[1]


def test_a_long_name_is_cut_to_what_fits_and_whole_in_its_title() -> None:
    name = "The assessment unit for older people at the hospital by the river, first and second floor"
    made = figure(units(SIZES), title="Seen", mine=(0, name)).narrow
    assert f"<title>{name}</title>" in made
    assert re.search(r">The ass[^<]*\N{HORIZONTAL ELLIPSIS}</text>", made)


def test_a_unit_without_cases_is_not_ringed() -> None:
    made = figure(units(SIZES | {"None": (0, 0)}), title="Seen", mine=(5, "None"))
    assert 'class="mine"' not in made.wide


def test_units_of_one_size_have_lines_from_side_to_side() -> None:
    made = figure(units({name: (60 + len(name), 100) for name in SIZES}), title="Seen").wide
    for kind in ("upper", "centre", "lower"):
        (left, height), (right, again) = re.findall(r"[ML]([\d.]+) ([\d.]+)", d_of(made, kind))
        assert float(right) - float(left) > 500
        assert height == again
    unlike = d_of(figure(units(SIZES), title="Seen").wide, "upper")
    assert unlike.count("L") == len(SIZES) - 1
