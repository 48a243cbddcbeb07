"""Each rule speaks on its example, of exactly the points named, alone; and is silent once the cause is taken away."""

import pytest

import spc
from tests.spc.examples_of_rules import EXAMPLES, Fires


def heard(fires: Fires, series: spc.Series) -> list[tuple[str, tuple[int, ...]]]:
    """Return the rules that speak, each with the numbers of the points it marks."""
    result = spc.analyse(series, chart=fires.chart, profile=fires.profile)
    return [(signal.rule, tuple(row + 1 for row in signal.points)) for signal in result.signals]


def test_every_rule_has_an_example() -> None:
    assert set(EXAMPLES) == set(spc.RULES)


@pytest.mark.parametrize("fires", EXAMPLES.values(), ids=lambda fires: fires.rule)
def test_the_rule_speaks_alone_and_of_these_points(fires: Fires) -> None:
    assert heard(fires, fires.series()) == [(fires.rule, fires.marked)]


@pytest.mark.parametrize("fires", EXAMPLES.values(), ids=lambda fires: fires.rule)
def test_the_rule_is_silent_once_its_cause_is_taken_away(fires: Fires) -> None:
    assert fires.calm
    assert fires.rule not in [rule for rule, _ in heard(fires, fires.calmed())]
