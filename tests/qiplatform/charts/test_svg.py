"""The still chart: safe anywhere, small, quick, the same every time, and readable without colour."""

import re
import sys
import time
from xml.etree import ElementTree as ET

import pytest

import spc
from qiplatform.charts import drawing, figure, png
from tests.qiplatform.charts.examples import BANDS, FLAGS, every_kind, monthly, waits

SVG = "{http://www.w3.org/2000/svg}"
_INLINE = re.compile(r"\sstyle=|<style|<script|\son\w+=|javascript:|href=", re.IGNORECASE)


def unsafe(svg: str) -> list[str]:
    """Return what a strict policy would refuse, or what would reach outside."""
    return _INLINE.findall(svg)


@pytest.mark.parametrize("size", ["wide", "narrow", "small", "spark"])
@pytest.mark.parametrize("result", every_kind())
def test_every_drawing_is_well_formed_and_needs_nothing_inline(result: spc.Result, size: str) -> None:
    made = drawing(result, title="Seen within four hours", size=size, bands=BANDS, flags=FLAGS)
    root = ET.fromstring(made)  # noqa: S314 - our own drawing
    assert root.get("role") == "img"
    assert root.get("aria-label", "").startswith(
        ("XmR chart of Seen", "p chart of Seen", "Run chart of Seen")
    )
    assert root.findtext(f"{SVG}title") == "Seen within four hours"
    assert unsafe(made) == []
    assert "nan" not in made
    assert "inf" not in re.sub(r">[^<]*<|\"[^\"]*[a-z]{4}[^\"]*\"", "", made)


def test_what_a_policy_would_refuse_is_noticed() -> None:
    for planted in ('<g style="fill:red">', "<script>", '<a onclick="x">', '<a href="x">'):
        assert unsafe(planted)


def test_hostile_words_are_only_words() -> None:
    hostile = '"><script>alert(1)</script>&'
    bands = tuple(type(band)(band.starts_on, band.ends_on, hostile, hostile) for band in BANDS)
    flags = tuple(type(flag)(flag.on, flag.number, hostile) for flag in FLAGS)
    made = drawing(waits(), title=hostile, unit=hostile, bands=bands, flags=flags)
    root = ET.fromstring(made)  # noqa: S314 - our own drawing
    assert root.findtext(f"{SVG}title") == hostile
    assert root.findall(f".//{SVG}script") == []


def test_the_same_result_gives_the_same_drawing() -> None:
    assert figure(waits(), title="Seen", bands=BANDS) == figure(waits(), title="Seen", bands=BANDS)


def test_each_kind_of_point_has_a_shape_of_its_own() -> None:
    """Without colour: circle, triangle up or down, ringed triangle, diamond, cross."""
    outlines: dict[str, set[str]] = {}
    for result in (*every_kind(), waits("xmr", direction="neutral"), waits("xmr", direction="decrease")):
        made = drawing(result, title="Seen")
        for kind, path in re.findall(
            r'<path class="((?:common|improvement|concern|neutral|excluded)[^"]*)" d="M\S+ [\d.]+(m[^M"]*)',
            made,
        ):
            outlines.setdefault(kind, set()).add(path)
        ringed = 'class="ring"' in made
        assert ringed == ('class="concern' in made)
    assert all(len(one) == 1 for one in outlines.values())
    high, low, plain = outlines["improvement high"], outlines["improvement low"], outlines["common"]
    diamond, cross = outlines["neutral high"], outlines["excluded"]
    assert len(high | low | plain | diamond | cross) == 5
    assert outlines["concern high"] == high
    assert outlines["concern low"] == low


def test_a_palette_changes_colours_and_nothing_else() -> None:
    usual, strong = (drawing(waits(), title="Seen", palette=name) for name in ("nhs", "contrast"))
    assert usual != strong
    assert re.sub(r"#[0-9a-f]{6}", "", usual) == re.sub(r"#[0-9a-f]{6}", "", strong)


def test_a_palette_there_is_none_of_is_the_usual_one() -> None:
    assert drawing(waits(), title="Seen", palette="'><") == drawing(waits(), title="Seen")


def test_the_profile_and_the_number_of_points_stand_on_the_chart() -> None:
    for result in (waits(), waits("run", profile="ihi_run")):
        assert f"{spc.PROFILES[result.profile].title} · 36 points</text>" in drawing(result, title="Seen")


def test_the_lines_are_named_at_their_ends() -> None:
    made = drawing(waits("xmr"), title="Seen", unit="%")
    texts = [one.text or "" for one in ET.fromstring(made).iter(f"{SVG}text")]  # noqa: S314 - our own drawing
    names = [text for text in texts if text.startswith(("Upper ", "Mean ", "Lower ", "Target "))]
    assert sorted(name.split()[0] for name in names) == ["Lower", "Mean", "Target", "Upper"]
    assert "Target 95%" in names


def test_a_chart_of_36_points_is_small_and_quick(capsys: pytest.CaptureFixture[str]) -> None:
    """Sizes are what is promised; the time is printed, and held only against getting ten times worse."""
    result = waits("xmr")
    made = drawing(result, title="Seen within four hours")
    took = min(_timed(result) for _ in range(5))
    with capsys.disabled():
        sys.stdout.write(f"\n  still chart of 36 points: {took * 1000:.2f} ms, {len(made)} bytes\n")
    assert len(made) < 8_000
    assert len(drawing(result, title="Seen", size="spark")) < 2_500
    assert took < 0.01


def _timed(result: spc.Result) -> float:
    start = time.perf_counter()
    for _ in range(20):
        drawing(result, title="Seen within four hours")
    return (time.perf_counter() - start) / 20


def test_no_points_still_make_a_chart() -> None:
    made = figure(monthly(), title="Seen")
    assert made.rows == ()
    assert "0 points" in made.foot
    assert made.wide.startswith("<svg")


def test_a_drawing_becomes_a_picture() -> None:
    made = png(drawing(waits(), title="Seen", bands=BANDS, flags=FLAGS), width=960)
    assert made.startswith(b"\x89PNG")
    assert int.from_bytes(made[16:20], "big") == 960
    assert int.from_bytes(made[20:24], "big") == 400
