"""A point so far from the others that anyone would ask about it (IHI run chart rule 4).

The rule is one of judgement. What is suggested here is a point beyond Tukey's outer fences, three quartile distances
outside the quartiles of the phase; it is for a person to say whether it is astronomical.
Source: Perla, Provost & Murray 2011, BMJ Qual Saf 20:46; Tukey, Exploratory Data Analysis (1977).
"""

import numpy as np

from spc.profiles import Use
from spc.signals.found import Found, View, nothing, stretches
from spc.sums import median

FEWEST = 10
FENCE = 3.0


def find(view: View, _: Use) -> Found:
    """Mark points beyond the outer fences; needs 10 values, and quartiles (Tukey's hinges) that differ."""
    ordered = np.sort(view.value[~np.isnan(view.value)]).tolist()
    n = len(ordered)
    if n < FEWEST:
        return nothing(len(view.value))
    half = (n + 1) // 2
    low, high = median(ordered[:half]), median(ordered[n - half :])
    reach = FENCE * (high - low)
    if not 0 < reach < np.inf:
        return nothing(len(view.value))
    above, below = view.value > high + reach, view.value < low - reach
    return stretches(above.view(np.int8) - below.view(np.int8))
