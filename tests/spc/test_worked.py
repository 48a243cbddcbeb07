"""Every chart gives the numbers that a book prints, or that were worked out by hand."""

from dataclasses import replace

import pytest

import spc
from tests.spc.worked import Worked
from tests.spc.worked.examples import WORKED


def wrong(example: Worked) -> list[str]:
    """Return what the engine gives otherwise than the example has it."""
    points = spc.analyse(example.series(), chart=example.chart, **example.options).points
    expected = {
        "centre": example.centre,
        "lower": example.lower,
        "upper": example.upper,
        "value": example.value,
    }
    # Half of the last place compared, and a hair for numbers that lie in the middle.
    near = 0.5000001 * 10.0**-example.digits
    return [
        f"{name} {getattr(points, name)[example.row]} for {number}"
        for name, number in expected.items()
        if number is not None and not abs(float(getattr(points, name)[example.row]) - number) <= near
    ]


@pytest.mark.parametrize("example", WORKED, ids=lambda example: f"{example.chart}: {example.title}")
def test_a_worked_example_comes_out_as_its_source_has_it(example: Worked) -> None:
    assert wrong(example) == []
    if example.lower is None and example.upper is None:
        assert not spc.CHARTS[example.chart].has_limits


PRINTED = [
    pytest.param(example, name, id=f"{example.chart}: {example.title}: {name}")
    for example in WORKED
    for name in ("centre", "lower", "upper", "value")
    if getattr(example, name) is not None
]


@pytest.mark.parametrize(("example", "name"), PRINTED)
def test_a_number_changed_by_one_in_its_last_place_is_found(example: Worked, name: str) -> None:
    above = replace(example, **{name: getattr(example, name) + 1.01 * 10.0**-example.digits})
    assert wrong(above)


def test_every_chart_has_a_worked_example() -> None:
    assert without_example(list(spc.CHARTS)) == []
    assert without_example([*spc.CHARTS, "pie"]) == ["pie"]


def without_example(charts: list[str]) -> list[str]:
    """Return the charts that no example is of."""
    return [name for name in charts if name not in {example.chart for example in WORKED}]


def test_the_textbook_charts_have_printed_examples() -> None:
    printed = {example.chart for example in WORKED if example.printed}
    assert printed >= {"xmr", "mr", "xbar", "r", "s", "p", "np", "c", "u", "cusum", "ewma"}


def test_examples_say_where_they_come_from_and_have_names_of_their_own() -> None:
    assert all(example.source and example.title for example in WORKED)
    assert all(example.words for example in WORKED if not example.printed)
    assert len({(example.chart, example.title) for example in WORKED}) == len(WORKED)


@pytest.mark.parametrize(
    ("title", "outside"),
    [
        ("Leaking cans of orange juice", [15, 23]),
        ("Purchase orders with an error", [11]),
        ("Number of leaking cans of orange juice", [15, 23]),
        ("Nonconformities on circuit boards", [6, 20]),
        ("Cost of processing a loan", [39, 40]),
        ("A shift of one standard deviation, by CUSUM", [29, 30]),
        ("A shift of one standard deviation, by EWMA", [29, 30]),
        ("Flow width after hard bake", []),
        ("Eight operations, eight deaths", [7]),
    ],
)
def test_the_points_a_source_names_are_outside(title: str, outside: list[int]) -> None:
    example = next(one for one in WORKED if one.title == title)
    result = spc.analyse(example.series(), chart=example.chart, **example.options)
    assert [
        row + 1 for row, names in enumerate(result.points.signals) if "outside_limits" in names
    ] == outside
