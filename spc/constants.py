"""Numbers the methods rest on: bias constants of the normal distribution and the limits of run analysis."""

import math
from functools import lru_cache

# Mean range of two normal values in standard deviations, to the three decimals every textbook and tool uses.
D2_OF_TWO = 1.128
# Mean and standard deviation of the range of n normal values in standard deviations, as tabulated (d2 to three decimals).
D2 = {
    2: 1.128,
    3: 1.693,
    4: 2.059,
    5: 2.326,
    6: 2.534,
    7: 2.704,
    8: 2.847,
    9: 2.97,
    10: 3.078,
    11: 3.173,
    12: 3.258,
    13: 3.336,
    14: 3.407,
    15: 3.472,
    16: 3.532,
    17: 3.588,
    18: 3.64,
    19: 3.689,
    20: 3.735,
    21: 3.778,
    22: 3.819,
    23: 3.858,
    24: 3.895,
    25: 3.931,
}
D3 = {
    2: 0.8525033,
    3: 0.8883697,
    4: 0.8798108,
    5: 0.8640855,
    6: 0.8480442,
    7: 0.8332108,
    8: 0.8198378,
    9: 0.8078413,
    10: 0.7970584,
    11: 0.787323,
    12: 0.7784873,
    13: 0.7704257,
    14: 0.763033,
    15: 0.7562217,
    16: 0.7499188,
    17: 0.7440627,
    18: 0.7386021,
    19: 0.7334929,
    20: 0.728698,
    21: 0.7241851,
    22: 0.7199267,
    23: 0.7158987,
    24: 0.7120802,
    25: 0.7084528,
}
# Upper limit of a moving range of two, in mean moving ranges (D4); also the bound above which one is screened out.
D4_OF_TWO = 3.267
# 3 / 1.128 as the NHS spreadsheets print it: limits are 0.016 % wider than with the quotient.
NHS_LIMIT_FACTOR = 2.66
# Nelson 1994: times between rare events are nearly normal after this root.
T_EXPONENT = 3.6
# Fewer points than this behind the limits: they are trial limits (Making Data Count).
TRIAL_BELOW = 12

_EXACT_UP_TO = 1000


@lru_cache(maxsize=4096)
def c4(n: int) -> float:
    """Mean of the sample standard deviation of n normal values, in standard deviations.

    Source: Montgomery, Introduction to Statistical Quality Control, appendix VI.

    >>> round(c4(5), 4)
    0.94
    """
    if n <= 1:
        return math.nan
    if n > _EXACT_UP_TO:
        # The logarithms below lose digits as they grow; of this series the next term is below 1e-13.
        return 1 - 1 / (4 * n) - 7 / (32 * n**2) - 19 / (128 * n**3)
    return math.sqrt(2 / (n - 1)) * math.exp(math.lgamma(n / 2) - math.lgamma((n - 1) / 2))


@lru_cache(maxsize=4096)
def longest_run_limit(n_useful: int) -> int | None:
    """Longest run that chance explains among n points off the centre line: round(log2 n) + 3; None for none.

    Source: Anhøj & Olesen 2014, PLoS ONE 9:e113825.

    >>> longest_run_limit(24)
    8
    """
    return None if n_useful < 1 else round(math.log2(n_useful)) + 3


@lru_cache(maxsize=4096)
def crossings_limit(n_useful: int) -> int | None:
    """Fewest crossings of the centre line that chance explains: the 5 % point of Bin(n - 1, 1/2); None for none.

    Source: Anhøj & Olesen 2014, PLoS ONE 9:e113825.

    >>> crossings_limit(24)
    8
    """
    if n_useful < 1:
        return None
    trials = n_useful - 1
    if trials > _EXACT_UP_TO:
        return _binomial_five_percent(trials)
    total, term = 0, 1
    for crossings in range(trials + 1):
        total += term
        if total * 20 >= 1 << trials:
            return crossings
        term = term * (trials - crossings) // (crossings + 1)
    return trials


def _binomial_five_percent(trials: int) -> int:
    """Find the 5 % point of Bin(trials, 1/2) by bisection of its distribution function."""
    from scipy.special import bdtr  # noqa: PLC0415 - only series beyond 1,000 points pay for importing SciPy

    low, high = 0, trials
    while low < high:
        middle = (low + high) // 2
        if bdtr(middle, trials, 0.5) >= 0.05:  # noqa: PLR2004 - the five percent of the name
            high = middle
        else:
            low = middle + 1
    return low


@lru_cache(maxsize=4096)
def number_of_runs_limits(n_useful: int) -> tuple[int, int] | None:
    """Fewest and most runs about the median that chance explains at 2.5 % a side; None below 10 useful points.

    Exact distribution of runs of two equally frequent sides (an odd point goes to one of them). Printed tables in use differ
    from it, and from each other, by one run at some lengths.
    Source: Swed & Eisenhart 1943, Ann Math Stat 14:66; as used by Perla, Provost & Murray 2011, BMJ Qual Saf 20:46.

    >>> number_of_runs_limits(20)
    (7, 15)
    """
    fewest_points = 10
    if n_useful < fewest_points:
        return None
    above = n_useful // 2
    below = n_useful - above
    ways = [0, 0]
    for runs in range(2, n_useful + 1):
        half = runs // 2
        if runs % 2 == 0:
            ways.append(2 * math.comb(above - 1, half - 1) * math.comb(below - 1, half - 1))
        else:
            ways.append(
                math.comb(above - 1, half) * math.comb(below - 1, half - 1)
                + math.comb(above - 1, half - 1) * math.comb(below - 1, half)
            )
    every = sum(ways)
    fewest, cumulated = 0, 0
    while cumulated * 40 <= every:
        cumulated += ways[fewest]
        fewest += 1
    most, cumulated = len(ways), 0
    while cumulated * 40 <= every:
        most -= 1
        cumulated += ways[most]
    return fewest - 1, most
