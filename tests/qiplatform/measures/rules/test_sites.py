"""The same measure in several places: what is the same, what is added up, and when there is a funnel."""

from datetime import date

import pytest

import spc
from qiplatform.measures.models import DataPoint, Direction, Exclusion, Measure
from qiplatform.measures.rules import Record
from qiplatform.measures.rules.sites import NoFunnel, NotDrawn, Pooled, Site, funnel, key, pooled
from tests.support.measures import months

ALIKE = ("Ash", "Birch", "Cedar", "Elm", "Fir", "Hazel")


def record(counts: list[tuple[str, str]], *, without: tuple[date, ...] = ()) -> Record:
    points = [
        DataPoint(period=on, value="", numerator=top, denominator=bottom, note="")
        for on, (top, bottom) in zip(months(len(counts)), counts, strict=True)
    ]
    left_out = tuple(Exclusion(from_on=on) for on in without)
    return Record(Measure(chart="p"), points=tuple(points), exclusions=left_out)


def sites(counts: dict[str, tuple[float, float]]) -> list[Site]:
    return [Site(name, Pooled(top, bottom, ())) for name, (top, bottom) in counts.items()]


def found(counts: dict[str, tuple[float, float]], chart: str = "p") -> spc.Result:
    result = funnel(chart, Direction.INCREASE, "", sites(counts))
    assert isinstance(result, spc.Result)
    return result


@pytest.mark.parametrize("name", ["Falls ", "FALLS", "\N{FULLWIDTH LATIN SMALL LETTER F}alls"])
def test_capitals_and_spaces_make_no_other_measure(name: str) -> None:
    assert key(name) == key("Falls")
    assert key(f"{name} with harm") != key("Falls")


def test_the_last_periods_that_have_numbers_are_added_up() -> None:
    kept = record([("9", "10"), ("1", "10"), ("", ""), ("2", "10"), ("3.5", "10")])
    assert pooled(kept, 3) == Pooled(6.5, 30.0, (months(5)[1], months(5)[3], months(5)[4]))
    assert pooled(kept, 12) == Pooled(15.5, 40.0, (months(5)[0], months(5)[1], months(5)[3], months(5)[4]))


def test_what_the_team_left_out_is_left_out() -> None:
    kept = record([("1", "10"), ("9", "10")], without=(months(2)[1],))
    assert pooled(kept, 12) == Pooled(1.0, 10.0, (months(1)[0],))


def test_sums_are_exact() -> None:
    kept = record([("0.1", "1")] * 10)
    assert pooled(kept, 12) == Pooled(1.0, 10.0, tuple(months(10)))


@pytest.mark.parametrize(
    ("counts", "why"),
    [
        ([], NotDrawn.NO_NUMBERS),
        ([("", "")], NotDrawn.NO_NUMBERS),
        ([("3", "")], NotDrawn.NO_NUMBERS),
        ([("0", "0"), ("0", "0")], NotDrawn.NO_CASES),
        ([("5", "9"), ("0", "0"), ("0", "0")], NotDrawn.NO_CASES),
    ],
)
def test_why_a_site_is_not_drawn(counts: list[tuple[str, str]], why: NotDrawn) -> None:
    assert pooled(record(counts), 2) is why


def test_a_period_without_cases_adds_nothing() -> None:
    assert pooled(record([("5", "9"), ("0", "0")]), 2) == Pooled(5.0, 9.0, (months(1)[0],))


def test_there_is_no_funnel_of_four_or_of_single_numbers() -> None:
    four = dict.fromkeys(ALIKE[:4], (50.0, 100.0))
    assert funnel("p", Direction.INCREASE, "", sites(four)) is NoFunnel.TOO_FEW
    assert funnel("xmr", Direction.INCREASE, "", sites(four)) is NoFunnel.OTHER_CHART
    assert isinstance(funnel("p", Direction.INCREASE, "", sites(four | {"Yew": (50.0, 100.0)})), spc.Result)


def test_proportions_and_rates_have_their_own_funnels() -> None:
    counts = dict.fromkeys(ALIKE, (50.0, 100.0))
    assert {chart: found(counts, chart).chart for chart in ("p", "p_prime", "u", "u_prime")} == {
        "p": "funnel_p",
        "p_prime": "funnel_p",
        "u": "funnel_u",
        "u_prime": "funnel_u",
    }


def test_sites_that_differ_more_than_chance_widen_the_limits() -> None:
    alike = dict.fromkeys(ALIKE, (500.0, 1000.0))
    unlike = {name: (400.0 + 40 * place, 1000.0) for place, name in enumerate(ALIKE)}
    widths = [float(one.points.upper[0] - one.points.lower[0]) for one in (found(alike), found(unlike))]
    assert widths[1] > 2 * widths[0]
    assert set(found(unlike).points.variation) == {"common"}


@pytest.mark.parametrize("others", [5, 8, 12])
def test_one_that_stands_out_does_not_hide_itself(others: int) -> None:
    counts = {f"Site {place}": (500.0 + place % 3, 1000.0) for place in range(others)}
    result = found(counts | {"Out": (800.0, 1000.0)})
    assert result.points.variation[-1] == "improvement_high"
    assert set(result.points.variation[:-1]) == {"common"}
    # Without drawing the extremes in, one among few widens the limits until it lies inside: the test can tell.
    if others == 5:
        careless = spc.analyse(
            result.series,
            chart="funnel_p",
            direction="increase",
            settings={"overdispersion": 2.0, "winsorised": 0.0},
        )
        assert careless.points.variation[-1] == "common"
