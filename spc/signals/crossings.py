"""Unusually few crossings of the centre line for the number of points there are (Anhøj).

Source: Anhøj & Olesen 2014, PLoS ONE 9:e113825.
"""

import numpy as np

from spc.constants import crossings_limit
from spc.profiles import Use
from spc.signals.found import Found, View, nothing


def find(view: View, _: Use) -> Found:
    """Find one pattern, the whole phase, if the line crosses less often than chance explains. No point is marked."""
    limit = crossings_limit(len(view.useful))
    if limit is None or len(view.useful_runs[0]) - 1 >= limit:
        return nothing(len(view.value))
    return whole(view)


def whole(view: View) -> Found:
    """Give the phase itself as the pattern, without direction and without marked points."""
    n = len(view.value)
    return Found(
        np.zeros(1, dtype=np.intp),
        np.full(1, n - 1, dtype=np.intp),
        np.zeros(1, dtype=np.int8),
        np.zeros(n, dtype=np.int8),
    )
