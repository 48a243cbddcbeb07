"""What may be published of numbers: TRUST's rules, one case each, and nobody's small number among them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiplatform.learning.models import Treatment
from qiplatform.learning.rules import Cells, Protected, protect, protect_count

DAY = date(2026, 1, 1)


def gate(
    *rows: Cells, counts: str = "people", chart: str = "xmr", unit: str = "", frequency: str = "monthly"
) -> Protected:
    return protect(counts=counts, chart=chart, unit=unit, frequency=frequency, rows=rows)


def value(text: str) -> Cells:
    return Cells(DAY, value=text)


def share(top: str, bottom: str) -> Cells:
    return Cells(DAY, numerator=top, denominator=bottom)


@pytest.mark.parametrize(
    ("typed", "public"),
    [
        ("0", "0"), ("1", "*"), ("7", "*"), ("7.0", "*"), ("8", "10"), ("12", "10"), ("13", "15"),
        ("17", "15"), ("18", "20"), ("2503", "2505"), ("0.0", "0"), ("", ""), ("-3", "*"), ("007", "*"),
    ],
)  # fmt: skip
def test_a_count_of_people(typed: str, public: str) -> None:
    assert protect_count(typed) == public


@pytest.mark.parametrize("chart", ["xmr", "run", "c", "mr"])
@pytest.mark.parametrize("counts", ["people", "events"])
def test_whole_numbers_of_people_or_events_are_counts_on_every_chart(chart: str, counts: str) -> None:
    found = gate(value("3"), value("41"), value("0"), counts=counts, chart=chart)
    assert (found.treatment, [row.value for row in found.rows]) == (Treatment.ROUNDED, ["*", "40", "0"])


def test_things_are_free() -> None:
    found = gate(value("3"), share("2", "5"), counts="things", chart="u")
    assert (found.treatment, found.rows) == (Treatment.AS_TYPED, (value("3"), share("2", "5")))


@pytest.mark.parametrize(
    ("row", "public"),
    [
        (share("12", "340"), share("10", "340")),
        (share("5", "340"), share("*", "340")),
        (share("0", "340"), share("0", "340")),
        (share("7", "12"), share("*", "10")),
        (share("3", "7"), Cells(DAY)),
        (share("0", "0"), Cells(DAY)),
        (share("8", "9"), share("10", "10")),
        (share("", ""), Cells(DAY)),
        (Cells(DAY, value="0.0147", numerator="5", denominator="340"), share("*", "340")),
    ],
)
def test_rates_are_made_of_rounded_parts_and_small_denominators_hide_the_point(
    row: Cells, public: Cells
) -> None:
    assert gate(share("100", "200"), row, chart="p").rows[1] == public


@pytest.mark.parametrize("chart", ["g", "t"])
def test_charts_of_single_people_are_never_published_point_by_point(chart: str) -> None:
    found = gate(value("31"), value("55"), chart=chart)
    assert (found.treatment, found.rows) == (Treatment.WITHHELD, ())
    assert found.warnings


@pytest.mark.parametrize(
    ("unit", "numbers"),
    [("%", ["3", "5"]), ("minutes", ["4", "6"]), ("", ["3.5", "4.25"]), ("per 1,000 bed days", ["2"])],
)
def test_means_and_rates_typed_as_one_number_stay_and_the_checker_is_told(
    unit: str, numbers: list[str]
) -> None:
    found = gate(*map(value, numbers), unit=unit)
    assert (found.treatment, [row.value for row in found.rows]) == (Treatment.AS_TYPED, numbers)
    assert "Check" in found.warnings[0]


def test_a_c_chart_is_of_counts_whatever_its_unit_says() -> None:
    assert gate(value("4"), chart="c", unit="falls per month").rows == (value("*"),)


def test_the_checker_is_told_of_a_longer_period_before_stars() -> None:
    found = gate(value("3"), value("41"), frequency="weekly")
    assert (found.starred, found.warnings) == (
        1,
        ("1 of 2 points are starred or left out. Counting by month would show more.",),
    )


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=30))
def test_no_small_number_ever_passes_and_no_part_exceeds_its_whole(pairs: list[tuple[int, int]]) -> None:
    rows = [share(str(min(pair)), str(max(pair))) for pair in pairs]
    for row in gate(*rows, chart="p").rows:
        for cell in (row.numerator, row.denominator):
            assert cell in {"", "*", "0"} or (int(cell) >= 10 and int(cell) % 5 == 0)
        if row.numerator.isdecimal():
            assert int(row.numerator) <= int(row.denominator)
