"""Too few or too many runs about the median for the number of points there are (IHI run chart rule 3).

Source: Perla, Provost & Murray 2011, BMJ Qual Saf 20:46; limits from the distribution of Swed & Eisenhart 1943.
"""

from spc.constants import number_of_runs_limits
from spc.profiles import Use
from spc.signals.crossings import whole
from spc.signals.found import Found, View, nothing


def find(view: View, _: Use) -> Found:
    """Find one pattern, the whole phase, if chance does not explain the number of runs. Needs 10 points off the median."""
    expected = number_of_runs_limits(len(view.useful))
    if expected is None or expected[0] <= len(view.useful_runs[0]) <= expected[1]:
        return nothing(len(view.value))
    return whole(view)
