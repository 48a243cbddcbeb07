"""Means, standard deviations and autocorrelations keep the digits that NIST certifies.

NIST Statistical Reference Datasets, univariate summary statistics: all nine sets. Four are kept as files, the others are
made here; every one is known to be right by its certified values. What is counted are correct digits, the log relative
error of McCullough 1998, American Statistician 52:358.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

import spc
from spc.sums import autocorrelation, deviation, mean

KEPT = Path(__file__).with_name("nist")
# More digits than these are not certified.
MOST = 15.0


def kept(name: str) -> list[float]:
    """Read a set that is kept as a file."""
    return [float(word) for word in (KEPT / f"{name}.txt").read_text(encoding="ascii").split()]


def pi_digits() -> list[float]:
    """Return the first 5,000 digits of pi, by Machin's formula in whole numbers, with the one digit that NIST has otherwise.

    The certified values are those of a set with 3 as 957th digit, where pi has 8: sum, sum of squares and products of
    neighbours all differ from pi's by what that digit makes.
    """
    unit = 10**5020

    def arctangent(inverse: int) -> int:
        term = unit // inverse
        found, place = term, 1
        while term:
            term //= -inverse * inverse
            place += 2
            found += term // place
        return found

    # Two halves: Python writes no whole number of more than 4,300 digits.
    front, back = divmod(4 * (4 * arctangent(5) - arctangent(239)), 10**2520)
    text = f"{front}{back:02520}"
    return [float(digit) for digit in f"{text[:956]}3{text[957:5000]}"]


def around(middle: str) -> list[float]:
    """Return a number, then 500 times a tenth below and a tenth above it."""
    whole, tenths = middle.split(".")
    low, high = (float(f"{whole}.{int(tenths) + step}") for step in (-1, 1))
    return [float(middle), *[low, high] * 500]


@dataclass(frozen=True)
class Certified:
    """A set, its certified mean, standard deviation and autocorrelation, and the digits that are reached of each.

    `digits` are the least that must be reached. Tenths are no binary fractions: of numbers near ten million 16 digits leave
    8 for a deviation of 0.1, whatever the arithmetic.
    """

    name: str
    values: Callable[[], list[float]]
    n: int
    mean: float
    deviation: float
    autocorrelation: float
    digits: tuple[float, float, float]


SETS = (
    Certified(
        "PiDigits",
        pi_digits,
        5000,
        4.53480000000000,
        2.86733906028871,
        -0.00355099287237972,
        (15, 14.5, 13.5),
    ),
    Certified(
        "Lottery",
        lambda: kept("lottery"),
        218,
        518.958715596330,
        291.699727470969,
        -0.120948622967393,
        (14.5, 14.5, 14.5),
    ),
    Certified(
        "Lew",
        lambda: kept("lew"),
        200,
        -177.435000000000,
        277.332168044316,
        -0.307304800605679,
        (15, 14.5, 14.5),
    ),
    Certified(
        "Mavro",
        lambda: kept("mavro"),
        50,
        2.00185600000000,
        0.000429123454003053,
        0.937989183438248,
        (15, 12.5, 13),
    ),
    Certified(
        "Michelso",
        lambda: kept("michelso"),
        100,
        299.852400000000,
        0.0790105478190518,
        0.535199668621283,
        (15, 13, 13),
    ),
    Certified(
        "NumAcc1", lambda: [10000001.0, 10000003.0, 10000002.0], 3, 10000002.0, 1.0, -0.5, (15, 15, 15)
    ),
    Certified("NumAcc2", lambda: around("1.2"), 1001, 1.2, 0.1, -0.999, (15, 15, 14)),
    Certified("NumAcc3", lambda: around("1000000.2"), 1001, 1000000.2, 0.1, -0.999, (15, 9, 9)),
    Certified("NumAcc4", lambda: around("10000000.2"), 1001, 10000000.2, 0.1, -0.999, (15, 8, 8)),
)


def digits(found: float, certified: float) -> float:
    """Count the correct digits of a number, 15 at most."""
    if found == certified:
        return MOST
    return min(MOST, -math.log10(abs(found - certified) / abs(certified)))


@pytest.mark.parametrize("known", SETS, ids=lambda known: known.name)
def test_the_certified_digits_are_reached(known: Certified, capsys: pytest.CaptureFixture[str]) -> None:
    values = known.values()
    assert len(values) == known.n
    reached = (
        digits(mean(values), known.mean),
        digits(deviation(values), known.deviation),
        digits(autocorrelation(values), known.autocorrelation),
    )
    with capsys.disabled():
        print(  # noqa: T201 - the table is what this test is read for
            f"\n{known.name:<9} mean {reached[0]:4.1f}  deviation {reached[1]:4.1f}  lag 1 {reached[2]:4.1f}",
            end="",
        )
    assert all(got >= least for got, least in zip(reached, known.digits, strict=True))


@pytest.mark.parametrize("known", SETS, ids=lambda known: known.name)
def test_an_array_gives_the_same_bits_as_a_list(known: Certified) -> None:
    values = known.values()
    array = np.array(values)
    for statistic in (mean, deviation, autocorrelation):
        assert statistic(array) == statistic(values)


@pytest.mark.parametrize("known", SETS, ids=lambda known: known.name)
def test_the_centre_of_a_chart_is_the_certified_mean(known: Certified) -> None:
    centre = spc.analyse(spc.Series(value=known.values())).points.centre[0]
    assert digits(float(centre), known.mean) >= known.digits[0]


def test_one_changed_number_in_a_set_is_found() -> None:
    for known in SETS:
        values = known.values()
        values[-1] += abs(values[-1]) * 1e-6
        assert digits(mean(values), known.mean) < known.digits[0]


def test_sums_of_squares_in_one_pass_would_lose_the_digits() -> None:
    hard = next(known for known in SETS if known.name == "NumAcc4")
    values = np.array(hard.values())
    naive = math.sqrt(abs((values**2).sum() - len(values) * values.mean() ** 2) / (len(values) - 1))
    assert digits(naive, hard.deviation) < 3


def test_autocorrelation_of_constant_few_or_endless_numbers_is_not_a_number() -> None:
    for values in ([], [1.0], [3.0] * 8, [1e308, -1e308, 1e308]):
        assert math.isnan(autocorrelation(values))
