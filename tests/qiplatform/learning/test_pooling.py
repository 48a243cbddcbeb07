"""The random-effects model gives what published analyses print, to their digits, and what it must give whatever the numbers."""

import math
from dataclasses import dataclass
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiplatform.learning.rules import pooling
from qiplatform.learning.rules.pooling import Method, pool

BCG = [
    *((4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619)),
    *((33, 5036, 47, 5761), (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892)),
    *((29, 7470, 45, 7232), (17, 1699, 65, 1600), (186, 50448, 141, 27197), (5, 2493, 3, 2338)),
    (27, 16886, 29, 17825),
]
"""BCG vaccine: ill and not ill among the vaccinated, the same among the others (Colditz et al., JAMA 1994;271:698-702, table 1)."""


def log_risks() -> tuple[list[float], list[float]]:
    """Return the log risk ratios of the vaccine and their variances."""
    y = [math.log((a / (a + b)) / (c / (c + d))) for a, b, c, d in BCG]
    v = [1 / a - 1 / (a + b) + 1 / c - 1 / (c + d) for a, b, c, d in BCG]
    return y, v


TEACHERS = (
    [0.03, 0.12, -0.14, 1.18, 0.26, -0.06, -0.02, -0.32, 0.27, 0.80, 0.54, 0.18, -0.02, 0.23, -0.18, -0.06, 0.30, 0.07, -0.07],
    [
        *(0.0156, 0.0216, 0.0279, 0.1391, 0.1362, 0.0106, 0.0106, 0.0484, 0.0269, 0.0630, 0.0912, 0.0497),
        *(0.0835, 0.0841, 0.0253, 0.0279, 0.0193, 0.0088, 0.0303),
    ],
)  # fmt: skip
LIDOCAINE = (
    [2.8026, 0.0, 1.9711, 1.7961, 3.5334, 4.4031],
    [17.7575, 37.5657, 8.1323, 10.8998, 8.0114, 6.1320],
)
STAYS = (
    [-20.0, -2, -55, -71, -4, 1, 11, -10, 7],
    [40.5863, 2.0468, 15.2809, 150.2222, 20.1923, 1.2235, 95.3756, 8.0321, 20.6936],
)


@dataclass(frozen=True)
class Printed:
    """What a publication prints of an analysis: name of the figure -> the figure as printed, digits included."""

    name: str
    data: tuple[list[float], list[float]]
    method: Method
    figures: dict[str, str]


PRINTED = [
    # Viechtbauer, J. Stat. Softw. 2010;36(3), section 3.1 (output on page 13) and the Q-profile on page 16.
    Printed(
        "BCG, REML",
        log_risks(),
        "reml",
        {
            "tau2": "0.3132",
            "mean": "-0.7145",
            "error": "0.1798",
            "q": "152.2330",
            "z_low": "-1.0669",
            "z_high": "-0.3622",
            "tau2_low": "0.1197",
            "tau2_high": "1.1115",
        },
    ),
    # Veroniki et al., Res. Synth. Methods 2016;7:55-79, methods compared on BCG; the same data.
    Printed("BCG, Paule-Mandel", log_risks(), "pm", {"tau2": "0.3181"}),
    # Raudenbush 1985, in Raudenbush, Handbook of Research Synthesis 2009, pages 301 to 304 (tables 16.2 and 16.3).
    Printed(
        "teacher expectancy",
        TEACHERS,
        "reml",
        {"tau2": "0.019", "mean": "0.084", "q": "35.83", "fixed": "0.060", "fixed_error": "0.036"},
    ),
    # Normand, Stat. Med. 1999;18:321-359, tables III and VII: lidocaine, percentage points.
    Printed(
        "lidocaine",
        LIDOCAINE,
        "reml",
        {"tau2": "0.00", "mean": "2.94", "fixed": "2.94", "z_low": "0.4", "z_high": "5.5"},
    ),
    # The same, tables VIII and IX: length of stay in days.
    Printed(
        "length of stay",
        STAYS,
        "reml",
        {"tau2": "685.2", "mean": "-15.12", "z_low": "-32.67", "z_high": "2.43", "fixed": "-3.49"},
    ),
]


@pytest.mark.parametrize("one", PRINTED, ids=lambda one: one.name)
def test_what_was_printed_is_what_comes_out(one: Printed) -> None:
    assert wrong(one, one.method) == {}


def wrong(one: Printed, method: Method) -> dict[str, tuple[str, str]]:
    """Return the figures that differ from the printed ones in a digit that was printed."""
    made = pool(*one.data, method=method)
    known = {"tau2_low": made.tau2_interval[0], "tau2_high": made.tau2_interval[1]}
    found = {}
    for name, printed in one.figures.items():
        digits = len(printed.partition(".")[2])
        got = f"{known.get(name, getattr(made, name, 0.0)):.{digits}f}"
        if got.replace("-0.00", "0.00") != printed:
            found[name] = (got, printed)
    return found


def test_another_method_would_be_seen() -> None:
    """The negative control: what Paule and Mandel's equation gives is not what was printed of REML."""
    assert "tau2" in wrong(PRINTED[0], "pm")
    assert "tau2" in wrong(PRINTED[4], "pm")


def test_a_wrong_likelihood_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the ordinary likelihood in place of the restricted one tau² of the vaccine is 0.2800, as is printed of ML."""

    def ordinary(y: pooling.Array, v: pooling.Array, tau2: float) -> float:
        w = 1 / (v + tau2)
        mean = float(np.sum(w * y) / np.sum(w))
        return float(np.sum(w**2 * (y - mean) ** 2) - np.sum(w)) / 2

    monkeypatch.setattr(pooling, "_slope", ordinary)
    monkeypatch.setattr(
        pooling,
        "_restricted",
        lambda y, v, tau2: float(np.sum(np.log(1 / (v + tau2)))) / 2 - pooling._q(y, v, tau2) / 2,
    )
    assert f"{pool(*log_risks()).tau2:.4f}" == "0.2800"
    assert "tau2" in wrong(PRINTED[0], "reml")


def test_hartung_and_knapp_and_the_prediction_of_the_vaccine() -> None:
    """Interval and prediction worked out by hand from the printed tau², mean and error (t of 12 and of 11 degrees)."""
    made = pool(*log_risks())
    assert (round(made.low, 3), round(made.high, 3)) == (-1.108, -0.321)
    assert made.predicted is not None
    far = 2.200985 * math.sqrt(0.3132433 + 0.1797815**2)
    assert made.predicted == pytest.approx((-0.7145323 - far, -0.7145323 + far), abs=2e-5)
    assert made.i2 == pytest.approx(0.9222, abs=5e-5)


@pytest.mark.parametrize("data", [log_risks(), TEACHERS, STAYS], ids=["vaccine", "teachers", "stays"])
def test_the_top_of_the_likelihood_is_found(data: tuple[list[float], list[float]]) -> None:
    """Independent of the search: no tau² of a fine grid is more likely."""
    y, v = (np.array(one) for one in data)
    made = pool(*data).tau2
    top = pooling._restricted(y, v, made)
    assert all(pooling._restricted(y, v, one) <= top + 1e-12 for one in np.linspace(0, 6 * made + 1, 4001))


numbers = st.floats(-100, 100, allow_nan=False).map(lambda one: round(one, 3))
errors = st.floats(0.01, 50).map(lambda one: round(one, 3))
places = st.lists(st.tuples(numbers, errors), min_size=2, max_size=12)


@given(places, st.sampled_from(["reml", "pm"]))
def test_whatever_the_numbers_the_figures_hang_together(
    given_: list[tuple[float, float]], method: Method
) -> None:
    y, v = zip(*given_, strict=True)
    made = pool(y, v, method)
    assert made.tau2 >= 0
    assert 0 <= made.i2 < 1
    assert sum(made.weights) == pytest.approx(1)
    assert min(y) - 1e-9 <= made.mean <= max(y) + 1e-9
    assert made.low <= made.z_low + 1e-9
    assert made.z_high <= made.high + 1e-9
    if made.predicted is not None:
        assert made.predicted[0] <= made.z_low + 1e-9
        assert made.predicted[1] >= made.z_high - 1e-9


@given(places, st.randoms(use_true_random=False))
def test_the_order_of_the_places_changes_nothing(given_: list[tuple[float, float]], random: Random) -> None:
    y, v = zip(*given_, strict=True)
    shuffled = list(given_)
    random.shuffle(shuffled)
    other_y, other_v = zip(*shuffled, strict=True)
    other = pool(other_y, other_v)
    assert other.mean == pytest.approx(pool(y, v).mean, rel=1e-6, abs=1e-6)


@given(places, st.sampled_from([0.001, 7.0, 1000.0]))
def test_another_unit_scales_everything(given_: list[tuple[float, float]], unit: float) -> None:
    y, v = zip(*given_, strict=True)
    one, other = pool(y, v), pool([x * unit for x in y], [x * unit**2 for x in v])
    assert other.mean == pytest.approx(one.mean * unit, rel=1e-5, abs=1e-6 * unit)
    assert other.tau2 == pytest.approx(one.tau2 * unit**2, rel=1e-4, abs=1e-6 * unit**2)


def test_a_place_that_knows_nothing_changes_nothing() -> None:
    y, v = log_risks()
    made, more = pool(y, v, "pm"), pool([*y, 50.0], [*v, 1e12], "pm")
    assert more.mean == pytest.approx(made.mean, abs=0.02)


def test_equal_places_have_no_scatter() -> None:
    made = pool([2.0, 2.0, 2.0], [1.0, 1.0, 1.0])
    assert (made.tau2, made.mean, made.i2) == (0.0, 2.0, 0.0)


def test_two_places_are_pooled_but_predict_nothing() -> None:
    assert pool([1.0, 2.0], [1.0, 1.0]).predicted is None


@pytest.mark.parametrize(
    ("y", "v"),
    [([1.0], [1.0]), ([1.0, 2.0], [1.0]), ([1.0, 2.0], [1.0, 0.0]), ([1.0, math.nan], [1.0, 1.0]), ([], [])],
)
def test_what_cannot_be_pooled_is_refused(y: list[float], v: list[float]) -> None:
    with pytest.raises(ValueError, match="variances"):
        pool(y, v)
