"""Many series of one length charted at once, block by block."""

from collections.abc import Sequence

from spc.charts import Chart, chart_of
from spc.errors import NotFound, OutOfRange
from spc.many import given
from spc.many.batch import Batch
from spc.many.block import block_of, width
from spc.many.columns import ON_RUNS, Columns, asked_of
from spc.many.lines import LINES
from spc.many.rules import MARKS
from spc.profiles import PROFILES, Profile, Use, profile_of
from spc.series import FloatArray
from spc.told import told


def analyse_many(
    value: given.Table | None = None,
    *,
    numerator: given.Table | None = None,
    denominator: given.Table | None = None,
    chart: str = "xmr",
    profile: str | Profile = "mdc",
    direction: str | Sequence[str] = "neutral",
    target: float | Sequence[float | None] | FloatArray | None = None,
) -> Batch:
    """Chart many series of the same length at once, each as `analyse` would.

    `value` has the shape (m series, n points), NaN or None for missing; or `numerator` and `denominator` have, as p and u
    charts need. Charts: xmr, p, u, c and run. `direction` and `target` are one for all or one for each series, the target
    in the units of the values. Profiles whose rules are outside_limits, shift, trend, two_in_three (Making Data Count's
    form), longest_run and crossings, and in which a missing value breaks what it interrupts: mdc, nhsr_plotthedots, anhoej,
    and those made from them.

    Raises NotFound or OutOfRange for a chart, profile or direction it does not do, and what Series and analyse raise,
    with the series named: `error.series` counts from 0, the sentence from 1.

    >>> batch = analyse_many(
    ...     [[5, 5, 6, 5, 4, 5, 9], [1, 2, None, 3, 1, 2, 2]], direction="increase", target=[4, None]
    ... )
    >>> batch.variation, batch.centre[:, 0].tolist()
    (('common', 'common'), [5.571428571428571, 1.8333333333333333])
    """
    kind, conventions = _known(chart, profile)
    tables = given.tables(kind, value, numerator, denominator)
    m, n = tables.shape
    asked = asked_of(kind, conventions, given.directions(direction, m), given.targets(target, m))
    made, wide = Columns(tables, asked), width(n)
    for first in range(0, max(m, 1), wide):
        part = slice(first, min(first + wide, m))
        cut = tables.rows(part)
        given.check(kind, conventions, cut, first)
        made.add(part, block_of(cut.measured, cut.top, cut.bottom))
    return made.batch()


def _known(chart: object, profile: object) -> tuple[Chart, Profile]:
    """Return chart and profile, or say kindly which can be asked for."""
    kind = chart_of(chart)
    if kind.name not in LINES:
        raise NotFound(field="chart", asked=kind.name, known=LINES, called="chart for many series at once")
    if not isinstance(profile, (str, Profile)):
        raise NotFound(field="profile", asked=told(profile), known=PROFILES)
    conventions = profile_of(profile)
    done = conventions.missing == "break" and conventions.spread_from == "moving_range"
    done = done and conventions.impossible == "refuse" and conventions.events_without_cases == "missing"
    done = done and conventions.zero_denominator == "missing"
    if not done or not all(_does(use) for use in conventions.rules_for(kind.name)):
        allowed = (
            "many series at once are read by mdc, nhsr_plotthedots, anhoej and profiles made from them;"
            " chart the others one by one"
        )
        raise OutOfRange(field="profile", found=conventions.name, allowed=allowed)
    return kind, conventions


def _does(use: Use) -> bool:
    """Whether a rule is done here in the form the profile has."""
    if use.rule in ON_RUNS or use.rule == "outside_limits":
        return True
    if use.rule == "two_in_three":
        return (use.third, use.mark, use.lines, use.n) == ("same_side", "beyond", "own", 3)
    return use.rule in MARKS and use.mark == "pattern" and use.n > 1
