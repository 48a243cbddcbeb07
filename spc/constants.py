"""Numbers the methods rest on: bias constants of the normal distribution."""

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
