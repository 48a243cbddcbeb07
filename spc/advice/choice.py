"""The choice of a chart: questions asked in order of what is known of a measure."""

from dataclasses import dataclass, replace

from spc.advice.evidence import FEW_EVENTS, LARGE
from spc.constants import TRIAL_BELOW

# Charts of chance alone, with other causes (Laney), between rare events, and across units.
_NAMES = {"proportion": ("p", "p_prime", "g", "funnel_p"), "rate": ("u", "u_prime", "t", "funnel_u")}


@dataclass(frozen=True, slots=True)
class Choice:
    """A chart, why, and what else may serve."""

    chart: str
    words: str
    alternatives: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """What is known of a measure from the data, the description or both. None is not known."""

    kind: str
    drawn: bool
    n: int | None
    ordered: bool = True
    vary: bool | None = None
    expected: float | None = None
    rare: bool = False
    size: float | None = None
    over: bool | None = None
    like_counts: bool = False
    skewed: bool = False


_BETWEEN = {
    "time_between": Choice(
        "t",
        "Each point is the time between two events; a t chart has limits that suit such times, and a longer time shows at once.",
        (
            ("run", "where nothing should be assumed"),
            ("xmr", "if the times are not of rare events, such as waits"),
        ),
    ),
    "opportunities_between": Choice(
        "g",
        "Each point is the number of cases between two events; a g chart has limits that suit such counts.",
        (
            ("run", "where nothing should be assumed"),
            ("t", "if it is easier to record the time between events"),
        ),
    ),
}
_RUN_LATER = "from 12 points on, when limits mean something"


def choose(measure: Measure) -> Choice:
    """Ask the questions in order; the first that is answered decides."""
    kind = measure.kind
    if not measure.ordered and kind != "subgroups":
        return _unordered(kind)
    if measure.n is not None and measure.n < TRIAL_BELOW and kind not in _BETWEEN:
        later = choose(replace(measure, n=None))
        words = (
            f"Begin with a run chart: it needs no assumption and is good from the first point on. With fewer than {TRIAL_BELOW}"
            " points, limits would move with every new one."
        )
        following = () if later.chart == "run" else ((later.chart, _RUN_LATER),)
        others = (other for other in later.alternatives if other[0] != "run")
        return Choice("run", words, (*following, *others))
    if kind in _BETWEEN:
        return _BETWEEN[kind]
    if kind == "subgroups":
        return Choice(
            "xbar",
            "Several measurements stand behind each point: an x-bar chart draws their mean, with limits from the spread within them.",
            (
                ("s", "beside it: is the spread within the points steady?"),
                ("xmr", "if the spread within a point is much smaller than between points"),
            ),
        )
    return (
        _by_chance(measure) if kind in _NAMES else _counts(measure) if kind == "count" else _values(measure)
    )


def _unordered(kind: str) -> Choice:
    """Units compared with one another."""
    if kind in _NAMES:
        return Choice(
            _NAMES[kind][3],
            "The points have no order in time: a funnel plot compares units with one another and allows the small ones more chance.",
            (("xmr", "for one unit over time, once its points are in order"),),
        )
    return Choice(
        "xmr",
        "Single values about their mean. The points have no order in time, so only single points far out can be judged, and roughly.",
        (("run", "once the points are in order of time"),),
    )


def _rare(measure: Measure) -> Choice:
    """Hardly an event a point: the events themselves are the better points."""
    between = "g" if measure.kind == "proportion" else "t"
    unit = "cases" if between == "g" else "days"
    if not measure.drawn:
        return Choice(
            between,
            f"Events are rare: draw the {unit} between one event and the next. On other charts most points would be zero.",
            (
                ("t" if between == "g" else "g", "if time, or cases, are easier to count"),
                ("run", "of counts over longer periods"),
            ),
        )
    return Choice(
        "run",
        "Most points have hardly an event (or hardly a case without one), so limits would say little: a run chart for now."
        " Recording each event shows more.",
        (
            (between, f"once each event is recorded, with the {unit} since the one before"),
            ("xmr", "of counts over longer periods, five or more events each"),
        ),
    )


def _by_chance(measure: Measure) -> Choice:
    """Proportions and rates."""
    plain, widened, _, _ = _NAMES[measure.kind]
    what = "the number of cases" if measure.kind == "proportion" else "the opportunity"
    if measure.rare:
        return _rare(measure)
    if measure.over and not measure.vary:
        return Choice(
            "xmr",
            f"The values vary more than chance alone makes them, and {what} is about the same at every point: an XmR chart"
            " takes its limits from the variation there is.",
            (
                (widened, f"gives nearly the same limits, and allows for {what}"),
                ("run", "where nothing should be assumed"),
            ),
        )
    if measure.vary and (measure.over or (measure.over is None and (measure.size or 0) > LARGE)):
        why = (
            "The values vary more than chance alone makes them"
            if measure.over
            else "With so many cases a point, chance alone explains little of the variation"
        )
        return Choice(
            widened,
            f"{why}, and {what} differs from point to point: a {widened[0]}' chart takes both into account.",
            (
                ("xmr", "simpler, where the limits need not follow the denominators"),
                ("run", "where nothing should be assumed"),
            ),
        )
    few = measure.expected is not None and measure.expected < FEW_EVENTS
    if measure.vary or (few and measure.over is not True):
        why = (
            f"{what.capitalize()} differs from point to point"
            if measure.vary
            else "There are few events at each point"
        )
        others = [("xmr", "simpler, and serves nearly any measure")]
        if few:
            others.insert(
                0,
                (
                    _NAMES[measure.kind][2],
                    "shows a change sooner where events are few, once each event is recorded",
                ),
            )
        if measure.over is None:
            others.append((widened, "if the data vary more than chance alone makes them"))
        return Choice(
            plain,
            f"{why}, and nothing says that the values vary more than chance makes them: a {plain} chart gives each point the"
            " limits that its size deserves.",
            tuple(others),
        )
    steady = (
        f"{what.capitalize()} is about the same at every point"
        if measure.vary is False
        else "It serves nearly any measure"
    )
    return Choice(
        "xmr",
        f"{steady}: an XmR chart takes its limits from the variation there is, and is the same for every measure you follow.",
        ((plain, f"if {what} differs much from point to point"), ("run", "where nothing should be assumed")),
    )


def _counts(measure: Measure) -> Choice:
    """Counts of events where the opportunity stays the same."""
    if measure.rare:
        return _rare(measure)
    if measure.over:
        return Choice(
            "xmr",
            "The counts vary more than chance alone makes them: an XmR chart takes its limits from the variation there is.",
            (
                ("u_prime", "with the opportunity of each point as denominator"),
                ("run", "where nothing should be assumed"),
            ),
        )
    return Choice(
        "c",
        "Counts of events where the opportunity stays about the same: a c chart has the limits of chance alone.",
        (
            ("u", "if the opportunity differs from point to point"),
            ("xmr", "if the counts vary more than chance alone makes them"),
        ),
    )


def _values(measure: Measure) -> Choice:
    """Measured values, and whatever else there is."""
    others = [("run", "where nothing should be assumed")]
    if measure.like_counts:
        others.insert(
            0,
            (
                "c",
                "if these are counts of events with the same opportunity at each point; they vary as such counts do",
            ),
        )
    if measure.skewed:
        others.insert(0, ("i_median", "if a few extreme values pull the mean away"))
    if measure.vary:
        return Choice(
            "i_prime",
            "The values rest on denominators of different size: an I' chart gives wider limits to points with less behind them.",
            (("xmr", "simpler, where the limits need not follow the denominators"), *others),
        )
    return Choice(
        "xmr",
        "Single values in order of time: an XmR chart serves nearly any measure, with limits from the steps between neighbours.",
        tuple(others),
    )
