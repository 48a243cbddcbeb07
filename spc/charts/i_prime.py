"""I' chart: individual values that rest on denominators of different size, limits narrower where it is larger.

Shows: Single values, such as the mean wait of each week, with limits that are close together where many cases stand
behind a value and far apart where few do.
When to use: When your values are means or rates of groups that differ much in size, and you do not want to assume
that chance alone makes them vary. It serves percentages and rates with large denominators too.
When another is better: If the groups are about the same size, an XmR chart says the same and is easier to explain. If
small whole-number counts stand behind the values, a p or u chart is sharper.
Data: One value a period and, for each, how many cases stand behind it (the denominator). Without denominators all
count alike.
Formula:
    centre    = sum of value * cases / sum of cases
    step(i)   = |value(i) - value(i-1)| / sqrt(1 / cases(i-1) + 1 / cases(i))
    spread    = sqrt(pi / 2) * mean of the steps
    limits(i) = centre +/- 3 * spread / sqrt(cases(i))
Missing values: A missing value takes both of its steps away. The steps are those of the whole phase, excluded points
and points after the baseline among them; the centre is that of the baseline.
Source: Taylor 2017, Normalized Individuals (I_N) Chart; the I prime chart of qicharts2.
"""

import math

import numpy as np

from spc.charts.averages import weighted_mean
from spc.charts.limits import Limits, mean_range, present
from spc.charts.p import over_root
from spc.phases import Span
from spc.profiles import Profile

# Bound above which a step is screened out, with the decimals qicharts2 gives it on this chart.
SCREEN = 3.2665


def limits(span: Span, profile: Profile) -> Limits:
    """Mean weighted by the denominators of the baseline; spread from steps standardised by them, over the whole phase.

    >>> from spc import Series, analyse
    >>> points = analyse(Series(value=[6, 3, 6, 3], denominator=[8, 1, 8, 1]), chart="i_prime").points
    >>> [round(float(line[0]), 3) for line in (points.centre, points.lower, points.upper)]
    [5.667, 1.907, 9.427]
    >>> [round(float(line[1]), 3) for line in (points.centre, points.lower, points.upper)]
    [5.667, -4.968, 16.301]
    """
    sizes = span.denominator if span.denominator is not None else span.size
    if sizes is None:
        sizes = np.where(np.isnan(span.value), np.nan, 1.0)
    value = span.value
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        if span.given is not None:
            centre = span.given
        else:
            centre = weighted_mean(span.of_base(value), span.of_base(sizes))
        step = np.abs(value[1:] - value[:-1]) / np.sqrt(1 / sizes[:-1] + 1 / sizes[1:])
        typical = mean_range(present(math.sqrt(math.pi / 2) * step), screened=profile.screened, bound=SCREEN)
    return Limits(centre, sigma=over_root(typical, span, profile, sizes))
