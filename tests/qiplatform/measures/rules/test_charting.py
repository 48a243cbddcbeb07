"""A record and its chart: gaps, phases, baselines, targets that change."""

from datetime import date

import pytest

from qiplatform.measures.models import (
    BaselineSpan,
    Counts,
    DataPoint,
    Direction,
    Exclusion,
    Frequency,
    Measure,
    PhaseStart,
    Target,
)
from qiplatform.measures.rules import Record, analyse, periods
from qiplatform.measures.rules.periods import add_months
from qiplatform.store.identifiers import holds_nhs_number


def record(values: dict[date, str], frequency: Frequency = Frequency.MONTHLY, chart: str = "xmr") -> Record:
    measure = Measure(
        chart=chart,
        profile="mdc",
        direction=Direction.INCREASE,
        unit="",
        frequency=frequency,
        counts=Counts.THINGS,
    )
    points = [
        DataPoint(period=on, value=value, numerator="", denominator="", note="")
        for on, value in sorted(values.items())
    ]
    return Record(measure, tuple(points))


def months(count: int) -> list[date]:
    return [add_months(date(2024, 1, 1), ahead) for ahead in range(count)]


def test_a_month_without_a_number_is_a_gap_and_not_dropped() -> None:
    result = analyse(record({date(2024, 1, 1): "1", date(2024, 2, 1): "2", date(2024, 5, 1): "3"}))
    assert [point["value"] for point in result.to_dict()["points"]] == [1, 2, None, None, 3]
    assert result.points.variation[2] == "missing"


@pytest.mark.parametrize(
    ("frequency", "known", "filled"),
    [
        (Frequency.DAILY, [date(2024, 3, 1), date(2024, 3, 4)], 2),
        (Frequency.WEEKLY, [date(2024, 3, 4), date(2024, 3, 25)], 4),
        (Frequency.MONTHLY, [date(2024, 1, 31), date(2024, 2, 29), date(2024, 4, 30)], 4),
        (Frequency.QUARTERLY, [date(2024, 1, 1), date(2024, 10, 1)], 4),
        (Frequency.YEARLY, [date(2020, 4, 1), date(2024, 4, 1)], 5),
        (Frequency.MONTHLY, [date(2024, 1, 1), date(2024, 1, 15), date(2024, 6, 1)], 3),
        (Frequency.MONTHLY, [date(1900, 1, 1), date(2099, 1, 1)], 2),
        (Frequency.MONTHLY, [], 0),
    ],
)
def test_what_is_left_out_is_known_from_the_calendar(
    frequency: Frequency, known: list[date], filled: int
) -> None:
    found = periods.with_gaps(frequency, known)
    assert len(found) == filled
    assert set(known) <= set(found)
    assert list(found) == sorted(found)


def test_a_record_without_numbers_has_a_kind_sentence() -> None:
    assert analyse(record({})).verdict.words


def test_decisions_reach_the_chart() -> None:
    values = dict(zip(months(10), ["10", "12", "11", "13", "50", "20", "22", "21", "23", "20"], strict=True))
    base = record(values)
    held = Record(
        base.measure,
        base.points,
        phases=(
            PhaseStart(from_on=date(2024, 6, 1)),
            PhaseStart(from_on=date(2024, 1, 1)),
            PhaseStart(from_on=date(2030, 1, 1)),
        ),
        exclusions=(Exclusion(from_on=date(2024, 5, 1)),),
        baseline=BaselineSpan(from_on=date(2024, 1, 1), to_on=date(2024, 3, 1)),
        targets=(Target(from_on=None, value="15"), Target(from_on=date(2024, 6, 1), value="25")),
    )
    result = analyse(held)
    assert result.points.phase.tolist() == [0] * 5 + [1] * 5
    assert result.points.included.tolist().index(False) == 4
    assert result.phases[0].centre == 11
    assert result.points.target.tolist() == [15] * 5 + [25] * 5
    assert analyse(base).points.phase.tolist() == [0] * 10


def test_a_baseline_before_all_numbers_changes_nothing() -> None:
    base = record(dict(zip(months(3), ["1", "2", "3"], strict=True)))
    held = Record(
        base.measure, base.points, baseline=BaselineSpan(from_on=date(2000, 1, 1), to_on=date(2000, 2, 1))
    )
    assert analyse(held).to_dict()["points"] == analyse(base).to_dict()["points"]


def test_the_next_periods_are_offered() -> None:
    today = date(2026, 3, 3)
    assert periods.following(Frequency.MONTHLY, [date(2025, 12, 1)], today, 3) == tuple(
        date(2026, month, 1) for month in (1, 2, 3)
    )
    assert periods.following(Frequency.MONTHLY, [date(2026, 3, 1)], today, 3) == (date(2026, 4, 1),)
    assert periods.following(Frequency.MONTHLY, [date(2026, 1, 31)], today, 3) == (date(2026, 2, 28),)
    assert periods.following(Frequency.WEEKLY, [], today, 2) == (date(2026, 2, 16), date(2026, 2, 23))


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("9990000018", True),
        ("999 000 0018", True),
        ("999-000-0026", True),
        ("NHS no. 9990000034.", True),
        ("9990000019", False),
        ("19990000018", False),
        ("99900000181", False),
        ("9990000018.5", False),
        ("12.9990000018", False),
        ("999 000 001 8", False),
        ("", False),
    ],
)
def test_an_nhs_number_is_known_by_its_check_digit(text: str, holds: bool) -> None:  # noqa: FBT001 - a table of cases
    assert holds_nhs_number(text) is holds
