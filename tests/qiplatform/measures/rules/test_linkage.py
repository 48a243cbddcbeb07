"""PDSA cycles and signals side by side: what came before, how long before, and how often chance comes as close."""

import random
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from qiplatform.measures import pages
from qiplatform.measures.models import Band, Frequency
from qiplatform.measures.rules import Linkage, Record, analyse, link, linkage
from qiplatform.measures.rules.linkage import _Span, as_close, lag_of
from qiplatform.measures.rules.periods import add_months
from tests.qiplatform.measures.rules.test_charting import record

FIRST = date(2024, 1, 1)
LOW = ["50", "52", "49", "51", "48", "50", "52", "49", "51", "50"]
HIGH = ["58", "60", "59", "57", "60", "58", "59", "61", "58", "60"]
CAUSAL = re.compile(r"caused?\b|because of|due to|led to|thanks to|resulted in", re.IGNORECASE)


def stepped(
    *starts: date,
    values: list[str] | None = None,
    frequency: Frequency = Frequency.MONTHLY,
    firsts: list[date] | None = None,
) -> Linkage:
    """Return the linkage of a chart that steps up at the eleventh number, with cycles begun on some days."""
    values = values or [*LOW, *HIGH]
    firsts = firsts or [add_months(FIRST, ahead) for ahead in range(len(values))]
    plain = record(dict(zip(firsts, values, strict=True)), frequency)
    bands = tuple(
        Band(
            measure_id="m",
            key=f"cycle:{number}",
            starts_on=on,
            label=f"PDSA {number}",
            href=f"/cycles/{number}",
        )
        for number, on in enumerate(starts, start=1)
    )
    whole = Record(plain.measure, plain.points, bands=bands)
    return link(whole, analyse(whole))


def up(found: Linkage, number: int) -> list[tuple[int, str]]:
    """Return what was found between a cycle and the run upwards."""
    return [
        (one.days, one.timing)
        for one in found.pairs
        if one.band.key == f"cycle:{number}" and (one.signal.rule, one.signal.direction) == ("shift", "high")
    ]


def test_a_cycle_nine_days_before_a_signal_is_named_with_it() -> None:
    assert up(stepped(date(2024, 10, 23)), 1) == [(9, "began 9 days after PDSA 1 started")]


@pytest.mark.parametrize(
    ("start", "found"),
    [
        (date(2024, 10, 31), [(1, "began 1 day after PDSA 1 started")]),
        (date(2024, 11, 1), [(0, "began in the month in which PDSA 1 started")]),
        (date(2024, 11, 30), [(0, "began in the month in which PDSA 1 started")]),
        (date(2024, 12, 1), []),
        (date(2024, 8, 1), [(92, "began about 3 months after PDSA 1 started")]),
        (date(2024, 5, 2), [(183, "began about 6 months after PDSA 1 started")]),
        (date(2024, 5, 1), []),
    ],
)
def test_only_what_came_before_within_the_lag_counts(start: date, found: list[tuple[int, str]]) -> None:
    assert up(stepped(start), 1) == found


def test_months_called_by_their_last_day_give_the_same_days() -> None:
    ends = [add_months(FIRST, ahead + 1) - timedelta(days=1) for ahead in range(20)]
    assert up(stepped(date(2024, 10, 23), firsts=ends), 1) == up(stepped(date(2024, 10, 23)), 1)


def test_the_lag_is_that_of_the_frequency() -> None:
    weeks = [FIRST + timedelta(weeks=ahead) for ahead in range(20)]
    inside, outside = weeks[10] - timedelta(days=42), weeks[10] - timedelta(days=43)
    found = stepped(inside, outside, firsts=weeks, frequency=Frequency.WEEKLY)
    assert [len(up(found, number)) for number in (1, 2)] == [1, 0]
    assert lag_of(Frequency.DAILY) == 28


def test_a_band_that_is_no_cycle_is_left_out() -> None:
    found = stepped(date(2024, 10, 23))
    assert found.cycles == 1
    plain = record({add_months(FIRST, ahead): value for ahead, value in enumerate([*LOW, *HIGH])})
    other = Band(measure_id="m", key="season:winter", starts_on=date(2024, 10, 23), label="Winter")
    whole = Record(plain.measure, plain.points, bands=(other,))
    assert link(whole, analyse(whole)).pairs == ()


def test_a_statement_about_the_whole_phase_has_no_moment() -> None:
    plain = record(
        {add_months(FIRST, ahead): value for ahead, value in enumerate([*LOW, *HIGH])}, chart="run"
    )
    plain.measure.profile = "anhoej"
    band = Band(measure_id="m", key="cycle:1", starts_on=FIRST, label="PDSA 1", href="/cycles/1")
    whole = Record(plain.measure, plain.points, bands=(band,))
    result = analyse(whole)
    assert "crossings" in {one.rule for one in result.signals}
    assert "crossings" not in {one.signal.rule for one in link(whole, result).pairs}


def simulated(gap: int, begins: list[_Span], chart: _Span, *, cycles: int, times: int = 20_000) -> float:
    """Draw dates and count how often one of them comes as close."""
    draw = random.Random(20_260_803)  # noqa: S311 - a simulation
    hits = 0
    for _ in range(times):
        dates = [chart.first + timedelta(days=draw.randrange(len(chart))) for _ in range(cycles)]
        hits += any((one.first - on).days <= gap and on <= one.last for on in dates for one in begins)
    return hits / times


@pytest.mark.parametrize(
    ("gap", "starts", "cycles"),
    [
        (0, [150], 1),
        (9, [150], 4),
        (9, [150, 170, 300], 4),
        (40, [5, 150, 151], 2),
        (183, [150], 3),
        (9, [350], 6),
    ],
)
def test_the_chance_is_that_of_a_simulation(gap: int, starts: list[int], cycles: int) -> None:
    chart = _Span(FIRST, FIRST + timedelta(days=364))
    begins = [_Span(FIRST + timedelta(days=one), FIRST + timedelta(days=one + 29)) for one in starts]
    chance = as_close(gap, begins, chart, cycles=cycles)
    drawn = simulated(gap, begins, chart, cycles=cycles)
    # Four standard errors of 20,000 draws.
    assert abs(chance - drawn) < 4 * (0.25 / 20_000) ** 0.5
    # Counting signals that lie together twice, or one cycle only, would be seen.
    if len(starts) > 1 or cycles > 1:
        wrong = sum(as_close(gap, [one], chart, cycles=1) for one in begins)
        assert abs(wrong - drawn) > 4 * (0.25 / 20_000) ** 0.5


def test_more_cycles_and_more_signals_make_a_coincidence_likelier_and_are_told() -> None:
    day = date(2024, 10, 23)
    one = stepped(day).pairs[0]
    four = stepped(day, date(2024, 2, 1), date(2024, 3, 1), date(2025, 3, 1)).pairs[0]
    assert (one.days, four.days) == (9, 9)
    assert four.chance > one.chance
    assert re.match(r"with 1 cycle and \d+ signals, a random date would come as close about 1 time", one.odds)
    assert re.match(r"with 4 cycles and \d+ signals, random dates would come as close ", four.odds)


@pytest.mark.parametrize(
    ("start", "values", "words"),
    [
        (date(2024, 10, 23), None, ""),
        (date(2023, 12, 1), None, "PDSA 1 started before the first number: nothing to compare with."),
        (date(2024, 1, 2), LOW, "Too early to say"),
        (date(2026, 9, 1), None, "Too early to say"),
        (date(2024, 2, 1), LOW * 3, "No signal began within 6 months of the start of PDSA 1."),
    ],
)
def test_for_each_cycle_what_followed_is_said(start: date, values: list[str] | None, words: str) -> None:
    (found,) = stepped(start, values=values).followed
    assert bool(found.signals) == (not words)
    assert found.words.startswith(words)


def test_too_early_lasts_until_a_late_signal_would_have_shown() -> None:
    """A run of seven that begins six months after the start is seen another six months later."""
    said = [stepped(date(2024, 1, 1), values=(LOW * 2)[:months]).followed[0].words[:3] for months in (12, 13)]
    assert said == ["Too", "No "]


def test_before_the_first_number_it_is_too_early() -> None:
    empty = record({})
    band = Band(measure_id="m", key="cycle:1", starts_on=FIRST, label="PDSA 1", href="/cycles/1")
    found = link(Record(empty.measure, bands=(band,)), analyse(empty))
    assert found.after("cycle:1") is not None
    assert found.followed[0].words.startswith("Too early to say")


def causal(words: list[str]) -> list[str]:
    """Return the sentences that claim a cause."""
    return [one for one in words if CAUSAL.search(one)]


def test_no_word_claims_a_cause() -> None:
    said: list[str] = []
    for start in (
        date(2024, 10, 23),
        date(2024, 11, 3),
        date(2024, 2, 1),
        date(2023, 1, 1),
        date(2026, 1, 1),
    ):
        found = stepped(start, date(2024, 8, 1))
        said += [one.timing + one.odds for one in found.pairs] + [one.words for one in found.followed]
    assert len(set(said)) > 4
    assert causal(said) == []
    for module in (linkage, pages.signals):
        text = Path(str(module.__file__)).read_text()
        assert causal(re.findall(r'f?"[^"\n]+"', text)) == []


def test_a_claim_of_cause_would_be_seen() -> None:
    planted = ["It was caused by PDSA 3.", "Higher because of PDSA 3", "PDSA 3 led to it", "due to PDSA 3"]
    assert causal(planted) == planted
