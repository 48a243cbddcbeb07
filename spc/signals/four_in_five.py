"""Four in five: of five points in a row, four or more beyond one standard deviation on one side (Western Electric 3, Nelson 6).

Pattern: Of five points in a row, four lie more than a third of the way from the centre to the limit, on the same
side.
Why it matters: It finds a level that has moved by about one standard deviation sooner than a shift does.
Marked: The point that completes the pattern, and those after it that complete it again.
Ties and gaps: A point exactly on the one-sigma line is not beyond it. A missing value among the five takes the window away.
Do not conclude: Too much, from this rule alone. It raises more false alarms than the rules of Making Data Count; use
it when missing a small change costs more than looking twice.
Source: Western Electric, Statistical Quality Control Handbook (1956), rule 3; Nelson 1984, Journal of Quality
Technology 16:237, test 6.
"""

from spc.profiles import Use
from spc.signals.found import Found, View
from spc.signals.zones import some_of


def find(view: View, use: Use) -> Found:
    """Mark points by `use.mark`; the other fields of `use` as for two in three.

    >>> from spc import Series, analyse
    >>> result = analyse(
    ...     Series(value=[3, 5, 4, 13, 13, 4, 13, 13]), chart="c", profile="qcc_western_electric", centre=9.0
    ... )
    >>> [signal.points for signal in result.signals if signal.rule == "four_in_five"]
    [(7,)]
    """
    lower, upper = view.line(1)
    return some_of(view, use, needed=4, window=5, lower=lower, upper=upper)
