"""Which chart is suggested, and why: what spc recommends, as far as it is drawn here."""

import pytest

import spc
from qiplatform.accounts.models import User
from qiplatform.measures.models import Frequency
from qiplatform.measures.rules import choosing, library
from qiplatform.measures.rules.choosing import Answers, Differs, Shape, answer_mistakes, shape_of, suggest
from qiplatform.measures.rules.definitions import CHART_REASONS
from qiplatform.measures.rules.record import series_of
from tests.support.measures import SHARE, Measures, pairs, rows

MUCH = Differs.MUCH


@pytest.mark.parametrize(
    ("answers", "chart"),
    [
        (Answers(Shape.VALUE), "xmr"),
        (Answers(Shape.PROPORTION), "xmr"),
        (Answers(Shape.PROPORTION, differs=MUCH), "p"),
        (Answers(Shape.PROPORTION, differs=Differs.LITTLE), "xmr"),
        (Answers(Shape.PROPORTION, Frequency.WEEKLY, MUCH, "30", "90"), "p"),
        (Answers(Shape.RATE, differs=MUCH), "u"),
        (Answers(Shape.COUNT), "c"),
        (Answers(Shape.VALUE, Frequency.QUARTERLY), "run"),
        (Answers(Shape.VALUE, Frequency.YEARLY), "run"),
        (Answers(Shape.TIME_BETWEEN), "run"),
        (Answers(Shape.RATE, Frequency.MONTHLY, MUCH, "0.1", "100"), "run"),
    ],
)
def test_the_answers_decide(answers: Answers, chart: str) -> None:
    found = suggest(answers)
    assert found is not None
    assert found.chart == chart
    assert found.words.endswith(".")


def test_nothing_is_suggested_before_it_is_said_which_numbers_there_will_be() -> None:
    assert suggest(Answers()) is None


def test_the_reason_is_that_of_spc_and_every_chart_named_is_drawn_here() -> None:
    for shape in Shape:
        for frequency in Frequency:
            for differs in (None, *Differs):
                found = suggest(Answers(shape, frequency, differs))
                assert found is not None
                assert {found.chart, *(name for name, _ in found.others)} <= set(CHART_REASONS)
    rare = suggest(Answers(Shape.TIME_BETWEEN))
    assert rare is not None
    assert (rare.instead_of, rare.words) == ("t chart", spc.recommend(spc.Description("time_between")).words)


def test_a_chart_of_one_number_for_two_says_so() -> None:
    one, two = suggest(Answers(Shape.PROPORTION)), suggest(Answers(Shape.PROPORTION, differs=MUCH))
    assert one is not None
    assert two is not None
    assert (one.one_of_two, two.one_of_two) == (True, False)


def test_numbers_that_are_there_decide(measures: Measures, lead: User) -> None:
    few = measures.measure(lead)
    measures.put(lead, few, rows(["30", "31", "29"]))
    found = suggest(choosing.answers_of(few), measures.record(few))
    assert found is not None
    assert (found.chart, found.cautions != ()) == ("run", True)
    share = measures.measure(lead, SHARE)
    counts = [(str(20 + at % 5), str(60 + 7 * (at % 4))) for at in range(24)]
    measures.put(lead, share, pairs(counts))
    drawn = suggest(choosing.answers_of(share), measures.record(share))
    assert drawn is not None
    assert drawn.chart == spc.recommend(series_of(measures.record(share))).chart


@pytest.mark.parametrize(
    ("answers", "at"),
    [
        (Answers(Shape.PROPORTION, usual_numerator="3O"), "usual_numerator"),
        (Answers(Shape.PROPORTION, usual_numerator="30", usual_denominator="20"), "usual_numerator"),
        (Answers(Shape.RATE, usual_numerator="3", usual_denominator="0"), "usual_denominator"),
        (Answers(Shape.COUNT, usual_numerator="-1"), "usual_numerator"),
        (Answers(Shape.COUNT, usual_denominator="many"), "usual_denominator"),
    ],
)
def test_usual_numbers_that_cannot_be_are_named(answers: Answers, at: str) -> None:
    assert [one.at for one in answer_mistakes(answers)] == [at]


def test_usual_numbers_that_can_be_are_not_refused() -> None:
    for shape in Shape:
        typed = Answers(shape, usual_numerator="9", usual_denominator="1310")
        assert answer_mistakes(typed) == []
        assert suggest(typed) is not None


def test_a_ready_definition_is_drawn_as_suggested_or_as_one_of_the_others() -> None:
    for one in library.library():
        found = suggest(one.answers)
        assert found is not None
        assert one.chart in {found.chart, *(name for name, _ in found.others)}, one.key
        assert shape_of(one.chart) is one.answers.shape
