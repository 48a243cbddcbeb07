"""Two in three: of three points in a row, two or more beyond the two-sigma line on one side."""

from spc.profiles import Use
from spc.signals.found import Found, View
from spc.signals.zones import some_of


def find(view: View, use: Use) -> Found:
    """Mark points by `use.mark`; `use.third` and `use.beyond_counts` say which form of the rule is meant.

    The NHS form: all three on one side of the mean, two of them beyond the two-sigma line but inside the limits, and
    only these two marked.
    """
    return some_of(view, use, needed=2, window=3, lower=view.lower_2s, upper=view.upper_2s)
