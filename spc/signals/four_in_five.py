"""Four in five: of five points in a row, four or more beyond one standard deviation on one side (Western Electric 3, Nelson 6)."""

from spc.profiles import Use
from spc.signals.found import Found, View
from spc.signals.zones import some_of


def find(view: View, use: Use) -> Found:
    """Mark points by `use.mark`; the other fields of `use` as for two in three."""
    lower, upper = view.line(1)
    return some_of(view, use, needed=4, window=5, lower=lower, upper=upper)
