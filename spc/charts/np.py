"""np chart: counts of events out of denominators that stay about the same.

Shows: The p chart in whole numbers: how many cases had the thing, not which share.
When to use: When the denominator is the same each time, such as fifty forms looked at every week, and people find
"six forms" easier than "12 %".
When another is better: When the denominators differ, use a p chart: here centre and limits would move about with
them. When there is no denominator at all, use a c chart.
Data: A numerator and a denominator for each period; the denominators stay about the same.
Formula:
    value(i)  = events(i)
    p         = sum of events / sum of cases, over the baseline
    centre(i) = cases(i) * p
    limits(i) = centre(i) +/- 3 * sqrt(cases(i) * p * (1 - p)), inside 0 and cases(i)
Missing values: If the numerator or the denominator is missing, the point is. A period with no cases has no value and
no limits.
Source: Montgomery, Introduction to Statistical Quality Control, chapter on attributes, section on the np control
chart.
"""

import numpy as np

from spc.charts.limits import Limits, present
from spc.charts.p import pooled
from spc.errors import NoValues
from spc.phases import Span
from spc.profiles import Profile
from spc.sums import total


def limits(span: Span, profile: Profile) -> Limits:
    """Plot counts; centre n * p, binomial limits, not below 0 and not above n.

    p is the pooled proportion of the baseline, or the centre given (a proportion). With denominators that vary, centre and
    limits follow them; a p chart is easier to read then. Arrays have one entry a row of the phase, in events. Raises
    NoValues where the series has no counts of events.

    >>> from spc import Series, analyse
    >>> points = analyse(Series(numerator=[4, 6, 5, 5], denominator=[50] * 4), chart="np").points
    >>> round(float(points.centre[0]), 3), round(float(points.upper[0]), 3), float(points.lower[0])
    (5.0, 11.364, 0.0)
    """
    if span.numerator is None or span.denominator is None:
        raise NoValues(field="numerator")
    cases = span.denominator
    share = pooled(span)
    with np.errstate(invalid="ignore", over="ignore"):
        centre = np.asarray(cases * share)
        if span.given is None:
            # Rounded once: where every count is n * p, every point is on the line.
            events, every = (total(present(span.of_base(column))) for column in (span.numerator, cases))
            once = cases * events / every if every > 0 else centre
            centre = np.where(np.isfinite(once), once, centre)
        centre = np.where(np.isfinite(centre), centre, np.nan)
        sigma = np.sqrt(cases) * np.sqrt(share * (1 - np.asarray(share)))
    # A quotient that cannot be had is no cases, or a count beyond the range of a double: nothing is plotted either.
    value = np.where(np.isfinite(span.value), span.numerator, np.nan)
    if profile.zero_denominator == "missing":
        sigma[cases == 0] = np.nan
    return Limits(centre, sigma=sigma, floor=0.0, ceiling=cases, value=value)
