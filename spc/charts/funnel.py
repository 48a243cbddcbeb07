"""What both funnel plots share: exact lines, over-dispersion, and lines at 95 % and 99.8 %.

A funnel plot compares units, such as hospitals, with one standard; its lines are narrower where there are more cases. The
lines that stand at two and three standard deviations on other charts stand here for 95 % and 99.8 % of units that differ
from the standard by chance alone: 1.96 and 3.09 standard deviations of a normal distribution.
Source: Spiegelhalter 2005, Statistics in Medicine 24:1185, appendix; Spiegelhalter 2005, Quality and Safety in Health
Care 14:347, for over-dispersion; Manktelow & Seaton 2012, PLoS ONE 7:e45723, for exact lines.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

import numpy as np

from spc.charts.limits import Limits
from spc.charts.p import pooled
from spc.errors import OutOfRange
from spc.phases import Span
from spc.series import FloatArray
from spc.sums import total

# P(events <= r) among so many cases of so large a share: (r, cases, share).
Distribution: TypeAlias = Callable[[FloatArray, FloatArray, FloatArray], FloatArray]

# By the number that asks for a line: the chance outside it on one side, and its standard deviations.
TAILS = MappingProxyType({2.0: (0.025, 1.959963984540054), 3.0: (0.001, 3.090232306167813)})
SETTINGS = MappingProxyType({"overdispersion": 0.0, "winsorised": 0.1, "exact": 1.0})
NONE, MULTIPLICATIVE, ADDITIVE = 0.0, 1.0, 2.0
# How surprising the spread must be before the lines are widened by a factor.
SIGNIFICANT = 0.05
# Beyond so many cases quantiles are taken from the normal distribution: whole numbers end, and both agree.
MANY = 1e12


@dataclass(frozen=True, slots=True)
class Dispersion:
    """How much more units differ than chance explains.

    `phi` is the mean square of the winsorised z-scores (1 if chance is all), `p` the chance of one so large or larger
    if it were, `tau2` the variance between units beyond chance, in squared units of the values, `n` the units counted.
    """

    phi: float
    tau2: float
    p: float
    n: int

    @property
    def significant(self) -> bool:
        """Whether the spread is more than chance explains, at 5 %."""
        return self.p < SIGNIFICANT


def funnel(
    span: Span,
    variance: FloatArray,
    below: Distribution,
    *,
    ceiling: float | None,
    centre: float | FloatArray,
) -> Limits:
    """Draw the lines of a funnel about its centre.

    `variance` is that of each row's value if the unit is as the standard says; `below` the distribution of its events.
    Over-dispersed limits are those of the normal distribution, as in the source. Raises OutOfRange for a setting that
    cannot be.

    >>> from spc import Series, analyse
    >>> units = Series(x=["Ash", "Elm", "Oak"], numerator=[4, 6, 5], denominator=[10] * 3, ordered=False)
    >>> points = analyse(units, chart="funnel_p", settings={"exact": 0}).points
    >>> [round(float(line[0]), 3) for line in (points.centre, points.lower, points.upper)]
    [0.5, 0.011, 0.989]
    """
    kind = span.settings["overdispersion"]
    _check(span)
    widened = variance
    if kind != NONE:
        found = dispersion(
            span.of_base(span.value - centre),
            span.of_base(variance),
            winsorised=span.settings["winsorised"],
            estimated=span.given is None,
        )
        if kind == MULTIPLICATIVE and found.significant:
            widened = variance * found.phi
        elif kind == ADDITIVE and found.tau2 > 0:
            widened = variance + found.tau2
    sigma = np.sqrt(widened)
    exact = span.settings["exact"] == 1 and widened is variance
    share = np.broadcast_to(np.asarray(centre, dtype=np.float64), span.value.shape)
    lines = {}
    for k, (tail, z) in TAILS.items():
        both = share - z * sigma, share + z * sigma
        if exact and span.denominator is not None:
            lower, upper = (
                exact_line(
                    tail,
                    line,
                    span.denominator,
                    upper=place == 1,
                    share=share,
                    variance=variance,
                    below=below,
                )
                for place, line in enumerate(both)
            )
        else:
            lower, upper = both
        top = math.inf if ceiling is None else ceiling
        lines[k] = np.clip(lower, 0.0, top), np.clip(upper, 0.0, top)
    return Limits(centre, sigma=sigma, floor=0.0, ceiling=ceiling, lines=lines)


def dispersion(
    distance: FloatArray, variance: FloatArray, *, winsorised: float = 0.1, estimated: bool = True
) -> Dispersion:
    """Estimate over-dispersion from each unit's distance to the centre and its variance by chance; missing ones are left out.

    Of the z-scores the share `winsorised` at either end is drawn in to the next one, so that the units that stand out do
    not hide themselves. phi is the mean of their squares; n * phi is compared with chi-squared on n - 1 degrees of freedom
    (n if the centre was not `estimated` from the units); tau2 is the moment estimate of DerSimonian & Laird.
    Source: Spiegelhalter 2005, Statistics in Medicine 24:1185, appendix on over-dispersion.

    >>> found = dispersion(np.array([-2.0, -1.0, 0.0, 1.0, 2.0]), np.ones(5), winsorised=0.0)
    >>> found.phi, round(found.tau2, 12), round(found.p, 4)
    (2.0, 1.5, 0.0404)
    """
    from scipy.special import gammaincc  # noqa: PLC0415 - only funnels pay for importing SciPy

    there = np.isfinite(distance) & np.isfinite(variance) & (variance > 0)
    n = int(there.sum())
    if n < 2:  # noqa: PLR2004 - one unit does not differ from another
        return Dispersion(1.0, 0.0, 1.0, n)
    scores = np.sort(distance[there] / np.sqrt(variance[there]))
    drawn_in = int(winsorised * n)
    scores = np.clip(scores, scores[drawn_in], scores[n - 1 - drawn_in])
    squares = total(scores**2)
    degrees = n - 1 if estimated else n
    weight = 1 / variance[there]
    spread = total(weight) - total(weight**2) / total(weight)
    tau2 = max(0.0, (squares - (n - 1)) / spread) if spread > 0 else 0.0
    return Dispersion(squares / n, tau2, float(gammaincc(degrees / 2, squares / 2)), n)


def exact_line(
    tail: float,
    normal: FloatArray,
    cases: FloatArray,
    *,
    upper: bool,
    share: FloatArray,
    variance: FloatArray,
    below: Distribution,
) -> FloatArray:
    """Line beyond which a unit falls by chance with probability `tail` at most, interpolated between whole numbers of events.

    Arrays have one entry a unit; `normal` is the same by the normal distribution, which stands where there is no chance to
    be had, or too many cases to count. With r the smallest number of events whose distribution function reaches `tail`
    and a the part of its step above `tail`, the lower line stands at (r - a) / cases; the upper is its mirror image.
    Source: Manktelow & Seaton 2012, PLoS ONE 7:e45723, first method. Spiegelhalter 2005 (appendix) has the same lower line;
    his upper line, read from the distribution function too, lies one event lower and lets chance pass more often than `tail`.

    >>> def fair(events, cases, share):
    ...     return np.where(events < 0, 0.0, np.where(events < 1, 0.5, 1.0))
    >>> one, half, quarter = np.ones(1), np.full(1, 0.5), np.full(1, 0.25)
    >>> lines = [
    ...     exact_line(0.125, half, one, upper=side, share=half, variance=quarter, below=fair)
    ...     for side in (False, True)
    ... ]
    >>> [line.tolist() for line in lines]
    [[-0.75], [1.75]]
    """
    line = normal.copy()
    whole = (cases > 0) & (cases <= MANY) & (cases * share <= MANY) & np.isfinite(variance) & (variance > 0)
    if not whole.any():
        return line
    chance = 1 - tail if upper else tail
    size, part = cases[whole], share[whole]
    middle = size * part
    # Chance leaves less than 0.001 beyond these, by Bernstein's inequality.
    reach = 5 * size * np.sqrt(variance[whole]) + 10
    low, high = np.maximum(np.floor(middle - reach), -1.0), np.ceil(middle + reach)
    while (high - low > 1).any():
        between = np.floor((low + high) / 2)
        reached = below(between, size, part) >= chance
        high, low = np.where(reached, between, high), np.where(reached, low, between)
    at, before = below(high, size, part), below(high - 1, size, part)
    line[whole] = (high - (at - chance) / (at - before) + upper) / size
    return line


def shares(span: Span) -> tuple[float | FloatArray, FloatArray]:
    """Return the centre, pooled or given, and each row's denominator (NaN where there were no cases).

    >>> top, bottom = np.array([4.0, 0.0]), np.array([10.0, 0.0])
    >>> centre, cases = shares(Span(0, slice(0, 2), top / 10, top, bottom, None))
    >>> centre, cases.tolist()
    (0.4, [10.0, nan])
    """
    cases = np.full(len(span.value), np.nan) if span.denominator is None else span.denominator
    return pooled(span), np.where(cases > 0, cases, np.nan)


def _check(span: Span) -> None:
    """Refuse settings that mean nothing."""
    for name, there in (("overdispersion", (NONE, MULTIPLICATIVE, ADDITIVE)), ("exact", (0.0, 1.0))):
        if span.settings[name] not in there:
            allowed = f"there are {', '.join(f'{entry:g}' for entry in there)}"
            raise OutOfRange(field=name, found=span.settings[name], allowed=allowed)
    if not 0 <= span.settings["winsorised"] < 0.5:  # noqa: PLR2004 - half from either end leaves nothing
        allowed = "a share from 0 up to, not including, 0.5"
        raise OutOfRange(field="winsorised", found=span.settings["winsorised"], allowed=allowed)
