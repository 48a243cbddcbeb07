"""Many points in a row within one standard deviation of the centre, lines included (Nelson 7).

Source: Nelson 1984, Journal of Quality Technology 16:237.
"""

from spc.profiles import Use
from spc.signals.found import Found, View, in_a_row


def find(view: View, use: Use) -> Found:
    """Mark every stretch of `use.n` or more points; with mark="completing", from the n-th on."""
    lower, upper = view.line(1)
    held = (view.value >= lower) & (view.value <= upper)
    return in_a_row(view, held, use.n, completing=use.mark == "completing")
