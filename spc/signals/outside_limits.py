"""A point outside the process limits. A point on a limit is inside."""

import numpy as np

from spc.profiles import Use
from spc.signals.found import Found, View, nothing, stretches


def find(view: View, _: Use) -> Found:
    """Mark every point strictly above the upper or below the lower limit."""
    above, below = view.value > view.upper, view.value < view.lower
    if not (above.any() or below.any()):
        return nothing(len(view.value))
    return stretches(above.view(np.int8) - below.view(np.int8))
