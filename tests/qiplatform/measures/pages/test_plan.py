"""How many points until a change could be seen: the measure's own spread, or one that is typed."""

import re

import pytest

import spc
from qiplatform.accounts.models import User
from qiplatform.measures.rules import analyse, planning
from qiplatform.measures.rules.definitions import CHART_REASONS
from tests.support.client import Client
from tests.support.measure_pages import text, with_numbers
from tests.support.measures import SHARE, Measures, pairs, rows
from tests.support.queries import counted

OWN = [str(30 + (7 * at) % 11) for at in range(20)]
TYPED = {"change": "5", "level": "30", "step": "4", "size": "100", "points": "12"}


def asked(**typed: str) -> str:
    """Return the question as a browser sends it."""
    return "?" + "&".join(f"{name}={value}" for name, value in typed.items())


def test_with_enough_numbers_only_the_size_is_asked_and_spc_answers(
    page: Client, measures: Measures, lead: User
) -> None:
    measure = with_numbers(measures, lead, OWN)
    address = f"/measures/{measure.id}/plan"
    empty = page.get(address).text
    assert re.findall(r'<input[^>]*name="(\w+)"[^>]*inputmode', empty) == ["change"]
    assert "The answer" not in empty
    answer = text(page.get(address + asked(change="5")).text)
    wanted = spc.plan(analyse(measures.record(measure)), change=-5, longest=40)
    assert wanted.words in answer
    assert wanted.assumes in answer
    assert "A fall of Points needed After 4" in answer
    assert all(f"{size} minutes" in answer for size in ("2.5", "5", "10"))
    assert f"{wanted.power[7]:.0%}" in answer
    rise = text(page.get(address + asked(change="%2B5")).text)
    assert "a rise from" in rise


def test_with_few_numbers_the_spread_is_typed(page: Client, measures: Measures, lead: User) -> None:
    measure = with_numbers(measures, lead, OWN[:7])
    address = f"/measures/{measure.id}/plan"
    form = page.get(address).text
    assert re.findall(r'<input[^>]*name="(\w+)"[^>]*inputmode', form) == ["change", "level", "step", "points"]
    answer = text(page.get(address + asked(**TYPED)).text)
    baseline = spc.Baseline(points=12, centre=30, sigma=4 / 1.128)
    assert spc.plan(baseline, change=-5, longest=40).words in answer


@pytest.mark.parametrize("chart", list(CHART_REASONS))
def test_every_chart_that_can_be_chosen_is_planned_for(
    *, page: Client, measures: Measures, lead: User, chart: str
) -> None:
    needs = spc.CHARTS[chart].needs
    measure = measures.measure(lead, name="Seen", chart=chart, unit="")
    before = page.get(f"/measures/{measure.id}/plan" + asked(**TYPED))
    assert (before.status_code, "points behind you" in text(before.text)) == (200, True)
    counts = [(str(20 + at % 6), str(90 + 7 * (at % 4))) for at in range(20)]
    measures.put(lead, measure, pairs(counts) if needs in {"rate", "proportion"} else rows(OWN))
    change = "0.05" if needs == "rate" else "5"
    after = page.get(f"/measures/{measure.id}/plan" + asked(change=change))
    assert (after.status_code, "With 20 monthly points behind you" in text(after.text)) == (200, True)
    said = "on an XmR chart" in text(after.text)
    assert said is (planning.chart_planned(chart) != chart)


def test_percent_is_typed_as_people_say_it(page: Client, measures: Measures, lead: User) -> None:
    share = measures.measure(lead, SHARE)
    measures.put(lead, share, pairs([(str(60 + at % 5), "100") for at in range(20)]))
    answer = text(page.get(f"/measures/{share.id}/plan" + asked(change="5%25")).text)
    assert "a rise from 62% to 67%" in answer
    assert "A rise of Points needed" in answer
    assert "2.5 percentage points" in answer


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"change": ""}, "Enter how large a change."),
        ({"change": "0"}, "A change of zero is none"),
        ({"change": "lots"}, "The change “lots” is not a number."),
        ({"change": "9O"}, "has a letter where a digit should be"),
        ({"change": "60"}, "A change of this size cannot be"),
        ({"change": "1e99"}, "A change of this size cannot be"),
        ({"level": "140"}, "This level cannot be"),
        ({"points": "2"}, "is a whole number from 4 to 1000"),
        ({"points": "1e9"}, "is a whole number from 4 to 1000"),
        ({"points": "12.5"}, "is a whole number from 4 to 1000"),
        ({"size": "0"}, "The usual lower number is above zero"),
        ({"size": "10.5"}, "The usual lower number is above zero"),
    ],
)
def test_what_cannot_be_is_named_kindly_and_kept(
    *, page: Client, measures: Measures, lead: User, typed: dict[str, str], words: str
) -> None:
    measure = measures.measure(lead, SHARE)
    sent = {**TYPED, "level": "60", **typed}
    answer = page.get(f"/measures/{measure.id}/plan" + asked(**sent))
    assert answer.status_code == 422
    assert words in text(answer.text)
    assert "The answer" not in answer.text
    (name, value) = next(iter(typed.items()))
    assert f'href="#{name}"' in answer.text
    assert not value or f'value="{value}"' in answer.text


def test_twice_the_change_is_left_out_where_it_cannot_be(
    page: Client, measures: Measures, lead: User
) -> None:
    measure = measures.measure(lead, SHARE)
    answer = text(
        page.get(f"/measures/{measure.id}/plan" + asked(**{**TYPED, "level": "60", "change": "30"})).text
    )
    assert "15 percentage points" in answer
    assert "60 percentage points" not in answer


def test_the_page_asks_the_database_no_more_than_the_measure_itself(
    page: Client, measures: Measures, lead: User
) -> None:
    measure = with_numbers(measures, lead, OWN)
    with counted(measures.store) as statements:
        page.get(f"/measures/{measure.id}/plan" + asked(change="5"))
    assert 0 < len(statements) <= 10, statements
