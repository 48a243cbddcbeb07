"""Two in three: of three points in a row, two or more beyond the two-sigma line on one side.

Pattern: Of three points in a row, two lie close to the same limit: in the outer third of the way from the centre to
it.
Why it matters: A point so far out comes by chance about once in forty on either side; two of three nearly never do.
It finds changes a little too small for a point outside the limits.
Marked: In the NHS form the points close to the limit, and all three must lie on one side of the centre. Other tools
mark the completing point only, or let the third point lie anywhere.
Ties and gaps: A point exactly on the two-sigma line is not beyond it. A missing value among the three takes the
window away. Points outside the limits do not count as close: they have a signal of their own.
Do not conclude: That the third point was ordinary, or that two single points have two single causes. Look at what
happened over the three together.
Source: Western Electric, Statistical Quality Control Handbook (1956), rule 2; Nelson 5; the NHS form as
NHSRplotthedots has it.
"""

from spc.profiles import Use
from spc.signals.found import Found, View
from spc.signals.zones import some_of


def find(view: View, use: Use) -> Found:
    """Mark points by `use.mark`; `use.third` and `use.beyond_counts` say which form of the rule is meant.

    The NHS form: all three on one side of the mean, two of them beyond the two-sigma line but inside the limits, and
    only these two marked.

    >>> from spc import Series, analyse
    >>> result = analyse(Series(value=[9, 8, 10, 16, 12, 16]), chart="c", profile="mdc", centre=9.0)
    >>> [(signal.rule, signal.points) for signal in result.signals]
    [('two_in_three', (3, 5))]
    """
    return some_of(view, use, needed=2, window=3, lower=view.lower_2s, upper=view.upper_2s)
