"""Each law is broken on purpose, to see that its test would notice."""

import functools
import itertools
import math
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import hypothesis
import numpy as np
import pytest
from hypothesis.errors import Flaky

from spc.analysis.points import CODES
from spc.analysis.sheet import Sheet
from spc.charts.limits import Limits
from spc.signals import RULES
from spc.sums import mean
from tests.spc.laws import test_lines as lines
from tests.spc.laws import test_order as order
from tests.spc.laws import test_phases as phases
from tests.spc.laws import test_plain_rules as plain
from tests.spc.laws import test_results as results

MEANS = ("spc.charts.xmr.mean", "spc.charts.c.mean", "spc.charts.ewma.mean", "spc.charts.mr.mean")
MEDIANS = ("spc.charts.run.median", "spc.charts.i_median.median", "spc.charts.g.median")
ticks = itertools.count()
draw = Sheet._draw


def first(entries: Any) -> float:
    """The first of all instead of their mean."""
    return float(entries[0]) if len(entries) else math.nan


def moment(_: Any) -> float:
    """Something else every time."""
    return float(next(ticks))


def careless(entries: Any) -> float:
    """A mean whose last bit is wrong."""
    return math.nextafter(mean(entries), math.inf)


def without_ceiling(*given: Any, **named: Any) -> Limits:
    return Limits(*given, **{name: entry for name, entry in named.items() if name != "ceiling"})


def short(view: Any, use: Any) -> Any:
    """A shift of three points fewer."""
    return RULES["shift"].find(view, replace(use, n=use.n - 3))


def unscaled(sheet: Any, span: Any, limits: Any) -> None:
    """Lines are multiplied, points are not."""
    draw(sheet, span, limits)
    if sheet.multiplier != 1:
        sheet.value[span.rows] /= sheet.multiplier


FAULTS: list[tuple[Any, str | tuple[str, ...], Any]] = [
    (
        lines.test_adding_a_number_moves_the_lines_by_it_and_no_signal,
        MEANS,
        lambda entries: mean(entries) * 1.5,
    ),
    (
        lines.test_values_stretched_by_a_power_of_two_stretch_the_lines_exactly,
        MEANS,
        lambda entries: mean(entries) + 0.01,
    ),
    (
        lines.test_opportunity_in_another_unit_gives_rates_in_that_unit,
        "spc.charts.u.pooled",
        lambda _: 1.0,
    ),
    (
        lines.test_a_multiplier_stretches_what_is_drawn_and_changes_no_signal,
        "spc.analysis.sheet.Sheet._draw",
        unscaled,
    ),
    (
        lines.test_values_turned_over_turn_high_into_low,
        "spc.charts.xmr.Limits",
        functools.partial(Limits, floor=0.0),
    ),
    (
        lines.test_limits_stand_on_either_side_of_the_centre_and_inside_what_can_be,
        "spc.charts.p.Limits",
        without_ceiling,
    ),
    (lines.test_constant_data_never_signal, MEANS, careless),
    (lines.test_subgroups_that_are_all_alike_never_signal, "spc.charts.subgroups.mean", careless),
    (order.test_raw_rows_may_come_in_any_order, "spc.gathering.mean", first),
    (order.test_units_may_stand_in_any_order, "spc.charts.c.mean", first),
    (order.test_pooled_limits_follow_their_rows, "spc.charts.p.total", first),
    (
        order.test_reading_backwards_keeps_lines_and_patterns_and_turns_rises_into_falls,
        (*MEANS, *MEDIANS),
        first,
    ),
    (phases.test_phases_are_charts_of_their_own, MEANS, moment),
    (
        phases.test_a_later_point_leaves_a_frozen_baseline_and_the_marks_before_it_alone,
        "spc.phases.in_baseline",
        lambda *_: None,
    ),
    (phases.test_a_later_point_never_touches_an_earlier_phase, (*MEANS, *MEDIANS), moment),
    (
        phases.test_what_an_excluded_point_says_changes_no_other,
        "spc.phases.Span.of_base",
        lambda _, column: column,
    ),
    (phases.test_what_an_excluded_point_says_changes_no_other, "spc.phases.Span.counts", lambda *_: True),
    (
        phases.test_missing_values_at_the_ends_change_nothing,
        tuple(place.replace("mean", "present") for place in MEANS),
        np.nan_to_num,
    ),
    (
        plain.test_a_chart_carries_the_marks_of_the_plain_loops,
        "spc.analysis.sheet.RULES",
        {**RULES, "shift": replace(RULES["shift"], find=short)},
    ),
    (results.test_a_result_is_the_same_again_and_loads_from_json, (*MEANS, *MEDIANS), moment),
    (
        results.test_a_result_is_the_same_again_and_loads_from_json,
        "spc.assurance.result.plain",
        np.ndarray.tolist,
    ),
    (
        results.test_columns_of_numpy_are_read_and_left_alone,
        "spc.series.numbers",
        lambda _, column: np.asarray(column, dtype=np.float64),
    ),
    (
        results.test_a_chart_file_gives_the_same_verdict_again,
        "spc.chart_file._read",
        lambda written: [str(entry) for entry in written["entries"]],
    ),
    (
        results.test_increase_and_decrease_mirror_each_other,
        "spc.analysis.compute.CODES",
        {**CODES, "decrease": CODES["increase"]},
    ),
    (
        results.test_higher_turned_over_is_lower,
        "spc.assurance.verdict._assurance",
        lambda analysis, *_: "pass" if analysis.direction == "increase" else "fail",
    ),
]


@pytest.mark.parametrize(("law", "places", "fault"), FAULTS, ids=[law.__name__ for law, _, _ in FAULTS])
def test_a_law_notices_when_it_is_broken(
    law: Callable[[], None], places: str | tuple[str, ...], fault: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    quickly = hypothesis.settings(
        max_examples=3000,
        deadline=None,
        derandomize=True,
        phases=[hypothesis.Phase.generate],
        report_multiple_bugs=False,
    )
    monkeypatch.setattr(law, "_hypothesis_internal_use_settings", quickly)
    for place in (places,) if isinstance(places, str) else places:
        # `spc.chart_file` is a function, too: the module is looked up by its name.
        owner = max((name for name in sys.modules if place.startswith(f"{name}.")), key=len)
        *inside, name = place.removeprefix(f"{owner}.").split(".")
        monkeypatch.setattr(functools.reduce(getattr, inside, sys.modules[owner]), name, fault)
    refused = ValueError if "spc.assurance.result.plain" in places else AssertionError
    with pytest.raises((refused, Flaky)):
        law()


def test_every_law_is_broken_once() -> None:
    broken = {law.__name__ for law, _, _ in FAULTS}
    laws = {
        name
        for module in (lines, order, phases, results)
        for name, law in vars(module).items()
        if name.startswith("test_") and hypothesis.is_hypothesis_test(law)
    }
    assert laws <= broken
