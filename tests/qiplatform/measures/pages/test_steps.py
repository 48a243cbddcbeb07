"""A suggested step: shown with its evidence, answered once with a reason, kept, flagged, taken back."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

import spc
from qiplatform.accounts.models import User
from qiplatform.measures.models import Exclusion, Measure, PhaseStart, StepAwaited
from qiplatform.measures.rules import Record, analyse, steps
from qiplatform.measures.rules.periods import add_months
from tests.support.client import Client
from tests.support.factories import Factory
from tests.support.measure_pages import text, with_numbers
from tests.support.measures import FIRST, SHARE, Measures, pairs, rows
from tests.support.queries import counted

LOW = ["50", "52", "49", "51", "48", "50", "52", "49", "51", "50", "49", "51", "50", "48"]
HIGH = ["58", "60", "59", "57", "60", "58", "59", "61"]
STEP = date(2025, 3, 1)


@pytest.fixture
def stepped(measures: Measures, lead: User) -> Measure:
    return with_numbers(measures, lead, [*LOW, *HIGH])


def asked(page: Client, measure: Measure) -> bool:
    return "Suggested:" in page.get(f"/measures/{measure.id}").text


def answer(page: Client, measure: Measure, given: str, reason: str = "The new rota", on: date = STEP) -> Any:
    return page.submit(f"/measures/{measure.id}/steps/{on}", {"answer": given, "text": reason})


def test_a_step_is_suggested_with_its_evidence(page: Client, stepped: Measure) -> None:
    words = text(page.get(f"/measures/{stepped.id}").text)
    assert re.search(
        r"Suggested: a step from March 2025 \(\+[\d.]+ minutes, 95% interval \+[\d.]+ to \+[\d.]+; noise alone would show one "
        r"this clear on (about|fewer than) 1 in [\d,]+ charts of 22 points",
        words,
    )
    assert "There are 8 points since then and 14 before; 12 on both sides make it firm." in words
    for given in ("accept", "decline", "wait"):
        assert (
            f"/measures/{stepped.id}/steps/2025-03-01?answer={given}"
            in page.get(f"/measures/{stepped.id}").text
        )


def test_percentages_differ_by_percentage_points(page: Client, measures: Measures, lead: User) -> None:
    measure = measures.measure(lead, SHARE)
    shares = [*("70", "72", "68", "71", "69", "70", "72"), *("90", "91", "89", "92", "90", "91", "90", "89")]
    measures.put(lead, measure, pairs([(top, "100") for top in shares]))
    assert re.search(
        r"a step from August 2024 \(\+[\d.]+ percentage points,",
        text(page.get(f"/measures/{measure.id}").text),
    )


def test_an_ordinary_chart_suggests_nothing(page: Client, measures: Measures, lead: User) -> None:
    calm = with_numbers(measures, lead, LOW)
    assert not asked(page, calm)
    form = text(page.get(f"/measures/{calm.id}/steps/{STEP}").text)
    assert "The chart suggests no step from this period now." in form
    assert answer(page, calm, "accept").status_code == 409


def test_accepting_starts_new_limits_and_keeps_the_evidence(
    page: Client, stepped: Measure, measures: Measures
) -> None:
    assert answer(page, stepped, "accept").status_code == 303
    record = measures.record(stepped)
    (phase,) = record.phases
    assert (phase.from_on, phase.text) == (STEP, "The new rota")
    assert phase.evidence is not None
    assert (phase.evidence["points_before"], phase.evidence["points_after"]) == (14, 8)
    assert phase.evidence["lower"] < phase.evidence["size"] < phase.evidence["upper"]
    assert [one.n for one in analyse(record).phases] == [14, 8]
    shown = page.get(f"/measures/{stepped.id}").text
    assert "New limits from March 2025: suggested step accepted" in text(shown)
    assert f"The evidence on that day: {phase.evidence['line']}." in text(shown)
    assert "New limits: The new rota" in shown  # the chart's flag
    assert not asked(page, stepped)


@pytest.mark.parametrize(
    ("given", "flag", "line"),
    [
        ("decline", "No step: The new rota", "Suggested step from March 2025 declined"),
        ("wait", "Waiting: The new rota", "Suggested step from March 2025: waiting for more numbers"),
    ],
)
def test_declining_and_waiting_are_kept_and_flagged(
    *, page: Client, stepped: Measure, measures: Measures, given: str, flag: str, line: str
) -> None:
    assert answer(page, stepped, given).status_code == 303
    shown = page.get(f"/measures/{stepped.id}").text
    assert flag in shown
    assert line in text(shown)
    assert "The evidence on that day: +" in text(shown)
    assert not asked(page, stepped)
    assert len(analyse(measures.record(stepped)).phases) == 1
    assert answer(page, stepped, given).status_code == 409


def test_a_declined_step_stays_away_with_more_numbers_and_returns_when_taken_back(
    page: Client, stepped: Measure, measures: Measures, lead: User
) -> None:
    answer(page, stepped, "decline")
    measures.put(lead, stepped, rows([*LOW, *HIGH, "59", "60", "58", "59", "61"]))
    assert not asked(page, stepped)
    (declined,) = measures.record(stepped).declined
    page.submit(f"/measures/{stepped.id}/decisions/{declined.id}/remove")
    assert asked(page, stepped)
    assert "Taken back: Suggested step from March 2025 declined" in text(
        page.get(f"/measures/{stepped.id}").text
    )


def test_a_step_that_moves_a_little_is_the_same_step(stepped: Measure, measures: Measures) -> None:
    """New numbers may shift where the fit puts it: within the span of the evidence, and the same way, it was answered."""
    record = measures.record(stepped)
    (found,) = steps.suggestions(record, analyse(record))
    kept = steps.evidence(record, found)
    with_moved = [
        steps._is_same(
            StepAwaited(from_on=on, evidence={**kept, "direction": way}), found.from_on, found.step
        )
        for on, way in ((STEP, "high"), (add_months(STEP, -1), "high"), (add_months(STEP, -1), "low"))
    ]
    assert with_moved == [True, True, False]
    elsewhere = {**kept, "earliest": "2024-05-01", "latest": "2024-08-01"}
    assert not steps._is_same(
        StepAwaited(from_on=date(2024, 6, 1), evidence=elsewhere), found.from_on, found.step
    )


def test_a_step_that_was_waited_for_returns_after_three_numbers_and_says_so(
    page: Client, stepped: Measure, measures: Measures, lead: User
) -> None:
    answer(page, stepped, "wait", "Is it winter?")
    for more in (1, 2):
        measures.put(lead, stepped, rows([*LOW, *HIGH, *["59", "60"][:more]]))
        assert not asked(page, stepped), more
    measures.put(lead, stepped, rows([*LOW, *HIGH, "59", "60", "58"]))
    words = text(page.get(f"/measures/{stepped.id}").text)
    assert "Lead chose to wait for 3 more numbers (“Is it winter?”). They are in." in words
    assert answer(page, stepped, "wait", "Still winter").status_code == 303
    assert not asked(page, stepped)


def test_earlier_periods_filled_in_do_not_end_the_wait(
    page: Client, stepped: Measure, measures: Measures, lead: User
) -> None:
    answer(page, stepped, "wait")
    measures.put(lead, stepped, rows(["50", "51", "49"], add_months(FIRST, -3)))
    assert not asked(page, stepped)


@pytest.mark.parametrize("given", ["accept", "decline", "wait"])
def test_a_reason_of_blanks_is_refused_and_the_choice_kept(
    page: Client, stepped: Measure, measures: Measures, given: str
) -> None:
    refused = answer(page, stepped, given, "  \n ")
    assert refused.status_code == 422
    assert "Write why, so that others understand it later." in text(refused.text)
    assert re.search(rf'value="{given}"[^>]*checked', refused.text)
    assert measures.record(stepped).decisions == ()


def test_no_choice_is_a_mistake_with_a_name(page: Client, stepped: Measure) -> None:
    refused = page.submit(f"/measures/{stepped.id}/steps/{STEP}", {"text": "The new rota"})
    assert refused.status_code == 422
    assert "what you decide" in text(refused.text)
    assert "The new rota" in refused.text


def test_a_period_that_is_not_suggested_is_refused_with_the_words_kept(
    page: Client, stepped: Measure, measures: Measures
) -> None:
    for on in (date(2024, 5, 1), date(2031, 1, 1), date(2025, 3, 2)):
        refused = answer(page, stepped, "accept", "The new rota", on)
        assert refused.status_code == 409
        assert "You wrote: The new rota" in text(refused.text)
    assert measures.record(stepped).decisions == ()


def test_those_who_may_not_decide_see_why_the_buttons_are_off(
    client: Client, measures: Measures, make: Factory
) -> None:
    lead, admin = make.user("Lead"), make.user("Admin")
    organisation = make.organisation(member=lead, admin=admin)
    measure = measures.measure(lead, project=measures.project(lead, organisation_id=organisation.id))
    measures.put(lead, measure, rows([*LOW, *HIGH]))
    client.as_(admin)
    shown = client.get(f"/measures/{measure.id}").text
    assert "Suggested:" in shown
    assert "?answer=" not in shown
    assert "You cannot change how this chart&#39;s limits are worked out." in shown
    assert client.get(f"/measures/{measure.id}/steps/{STEP}").status_code == 403
    assert answer(client, measure, "accept").status_code == 403
    assert measures.record(measure).decisions == ()


def test_only_the_current_phase_is_looked_at(page: Client, measures: Measures, lead: User) -> None:
    later = ("44", "42", "43", "45", "41", "44", "42", "43", "44", "42", "43", "41")
    twice = with_numbers(measures, lead, [*LOW, *HIGH, "59", "60", "58", "59", *later])
    record = measures.record(twice)
    found = [one.from_on for one in steps.suggestions(record, analyse(record))]
    assert found == [STEP, date(2026, 3, 1)]
    assert answer(page, twice, "accept", on=found[1]).status_code == 303
    assert not asked(page, twice)


def test_the_suggestion_asks_the_database_nothing(
    page: Client, stepped: Measure, measures: Measures, lead: User
) -> None:
    calm = with_numbers(measures, lead, [*LOW, *LOW[:8]])
    counts = []
    for measure in (calm, stepped):
        with counted(measures.store) as statements:
            page.get(f"/measures/{measure.id}")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def engine(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count how often the engine is asked."""
    calls: list[int] = []
    real = spc.suggest_step_changes

    def counting(result: spc.Result) -> Sequence[spc.StepChange]:
        calls.append(1)
        return real(result)

    monkeypatch.setattr(spc, "suggest_step_changes", counting)
    return calls


def test_the_engine_is_asked_once_for_the_same_numbers(
    stepped: Measure, measures: Measures, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps._asked.cache_clear()
    record, calls = measures.record(stepped), engine(monkeypatch)
    first = steps.suggestions(record, analyse(record))
    assert steps.suggestions(record, analyse(record)) == first
    assert len(calls) == 1
    changed = replace(record, points=record.points[:-1])
    steps.suggestions(changed, analyse(changed))
    assert len(calls) == 2


def test_what_is_kept_of_one_record_is_not_told_of_another(stepped: Measure, measures: Measures) -> None:
    """Every part of a record that changes its phases or numbers makes another question."""
    record = measures.record(stepped)
    others: list[Record] = [
        replace(record, points=record.points[1:]),
        replace(record, phases=(PhaseStart(from_on=STEP),)),
        replace(record, exclusions=(Exclusion(from_on=STEP),)),
    ]
    keys = {steps._key(one) for one in (record, *others)}
    assert len(keys) == 4


def test_two_answers_to_one_step_end_with_one(
    page: Client, stepped: Measure, measures: Measures, lead: User
) -> None:
    assert answer(page, stepped, "decline", "No change was made").status_code == 303
    late = answer(page, stepped, "accept", "The new rota")
    assert late.status_code == 409
    assert "Somebody may have answered it" in text(late.text)
    assert len(measures.record(stepped).decisions) == 1
