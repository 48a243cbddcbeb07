"""Western Electric and Nelson rules: only the point that completes a pattern is marked, and those after it."""

import pytest

import spc

# One standard deviation is 1 about a centre of 0: moving ranges of 1.128 and a given centre.
CENTRE = 0.0
CALM = [0.564, -0.564] * 12


def marked(tail: list[float], rule: str, profile: str) -> list[int]:
    series = spc.Series(value=[*CALM, *tail])
    result = spc.analyse(series, profile=profile, centre=CENTRE, baseline=len(CALM))
    assert result.phases[0].sigma == pytest.approx(1)
    found = [row - len(CALM) for row, names in enumerate(result.points.signals) if rule in names]
    for signal in result.signals:
        assert signal.words
    return found


@pytest.mark.parametrize(
    ("rule", "profile", "tail", "found"),
    [
        ("two_in_three", "qcc_nelson", [2.1, 0.1, 2.1], [2]),
        ("two_in_three", "qcc_nelson", [2.1, -9.0, 2.1], [2]),
        ("two_in_three", "qcc_nelson", [2.1, 2.1, 0.1], [1]),
        ("two_in_three", "qcc_nelson", [2.1, 1.9, 1.9, 2.1], []),
        ("four_in_five", "qcc_nelson", [1.1, 1.1, 0.1, 1.1, 1.1], [4]),
        ("four_in_five", "qcc_nelson", [1.1, 1.1, 1.1, 1.1, 0.1], [3]),
        ("four_in_five", "qcc_nelson", [1.1, 1.1, 0.9, 0.9, 1.1], []),
        ("shift", "qcc_nelson", [0.1] * 10, [8, 9]),
        ("shift", "qcc_western_electric", [0.1] * 9, [7, 8]),
        ("trend", "qcc_nelson", [-0.6, 0.1, 0.2, 0.3, 0.4, 0.5], [5]),
        ("trend", "qcc_nelson", [-0.6, 0.1, 0.2, 0.3, 0.4], []),
        ("outside_one_sigma", "qcc_nelson", [1.1, -1.1, 1.2, -1.2, 1.3, -1.1, 1.1, -1.3], [7]),
        ("outside_one_sigma", "qcc_nelson", [1.1] * 8, []),
    ],
)
def test_patterns_of_qcc(rule: str, profile: str, tail: list[float], found: list[int]) -> None:
    assert marked(tail, rule, profile) == found


def test_fourteen_alternating_and_fifteen_close_to_the_centre() -> None:
    result = spc.analyse(spc.Series(value=CALM), profile="qcc_nelson", centre=CENTRE)
    rows = {
        rule: [row for row, names in enumerate(result.points.signals) if rule in names]
        for rule in ("alternating", "within_one_sigma")
    }
    assert rows["alternating"] == list(range(13, 24))
    assert rows["within_one_sigma"] == list(range(14, 24))
    assert {signal.direction for signal in result.signals} == {"none"}
    assert result.verdict.variation == "neutral_low"
    assert "up and down in turn" in result.verdict.words


def test_a_tie_breaks_an_alternating_pattern() -> None:
    values = [*CALM[:10], CALM[9], *CALM[:12]]
    result = spc.analyse(spc.Series(value=values), profile="qcc_nelson", centre=CENTRE)
    assert "alternating" not in dict(result.points.marks)


def test_the_pattern_form_marks_every_point() -> None:
    ours = spc.Profile(
        name="ours",
        title="Ours",
        words="All of every pattern.",
        rules=(spc.Use("outside_one_sigma", 8), spc.Use("four_in_five", 5), spc.Use("within_one_sigma", 15)),
    )
    tail = [1.1, -1.1, 1.2, -1.2, 1.3, -1.1, 1.1, -1.3]
    series = spc.Series(value=[*CALM, *tail])
    result = spc.analyse(series, profile=ours, centre=CENTRE, baseline=24)
    assert [row for row, names in enumerate(result.points.signals) if "outside_one_sigma" in names] == list(
        range(24, 32)
    )
    assert [row for row, names in enumerate(result.points.signals) if "within_one_sigma" in names] == list(
        range(24)
    )
