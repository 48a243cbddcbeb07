"""Run chart: the values about their median, no limits.

Source: Perla, Provost & Murray 2011, BMJ Qual Saf 20:46.
"""

from spc.charts.limits import Limits, present
from spc.phases import Span
from spc.profiles import Profile
from spc.sums import median


def limits(span: Span, _: Profile) -> Limits:
    """Median of the baseline, unless a centre is given; a run chart has no limits."""
    return Limits(span.given if span.given is not None else median(present(span.of_base(span.value))))
