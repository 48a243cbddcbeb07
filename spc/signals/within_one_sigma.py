"""Many points in a row within one standard deviation of the centre, lines included (Nelson 7).

Pattern: Fifteen points in a row lie in the inner third of the way from the centre to the limits, on either side.
Why it matters: It looks perfect and is suspicious: the limits are too wide for the data. Often each point mixes
sources that differ much, or the limits are those of an older, wilder time.
Marked: The fifteenth point and those after it that go on in the same way.
Ties and gaps: A point exactly on the one-sigma line is within. A missing value breaks the pattern.
Do not conclude: That the process has become wonderfully steady, before you have asked how the limits were found. If
it has, begin a new phase.
Source: Nelson 1984, Journal of Quality Technology 16:237.
"""

from spc.profiles import Use
from spc.signals.found import Found, View, in_a_row


def find(view: View, use: Use) -> Found:
    """Mark every stretch of `use.n` or more points; with mark="completing", from the n-th on.

    >>> from spc import Series, analyse
    >>> result = analyse(Series(value=[8, 10, 9] * 5), chart="c", profile="qcc_nelson", centre=9.0)
    >>> [signal.points for signal in result.signals if signal.rule == "within_one_sigma"]
    [(14,)]
    """
    lower, upper = view.line(1)
    held = (view.value >= lower) & (view.value <= upper)
    return in_a_row(view, held, use.n, completing=use.mark == "completing")
