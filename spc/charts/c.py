"""c chart: counts of events over an area of opportunity that stays about the same.

Source: Montgomery, Introduction to Statistical Quality Control, chapter on attributes.
"""

import numpy as np

from spc.charts.limits import Limits, present
from spc.phases import Span
from spc.profiles import Profile
from spc.sums import mean


def limits(span: Span, _: Profile) -> Limits:
    """Mean count of the baseline, Poisson limits, not below 0."""
    centre = span.given if span.given is not None else mean(present(span.of_base(span.value)))
    with np.errstate(invalid="ignore"):
        sigma = np.sqrt(centre)
    return Limits(centre, sigma=sigma if isinstance(centre, np.ndarray) else float(sigma), floor=0.0)
