"""How many points until a change of a given size shows: the power of a chart, by simulation."""

import math
from dataclasses import dataclass
from datetime import date

import numpy as np

from spc.advice.chances import drawn, limits_of, shown, table_of
from spc.advice.process import Baseline, Process, check_level, described, known, observed
from spc.assurance import Result, analyse
from spc.assurance.words import rounded
from spc.errors import OutOfRange
from spc.profiles import Profile, profile_of
from spc.series import FloatArray, Period, Series

_NORMAL_95 = 1.959963984540054
# Days between two periods that people call by a name.
_RHYTHMS = {1: "daily", 7: "weekly", 14: "fortnightly"}
_MONTH = (28, 31)
_QUARTER = (89, 93)
_MOST_CELLS = 8_000_000


@dataclass(frozen=True, slots=True)
class Plan:
    """How soon a change would show. Tuples have one entry for each point after the change, from the first on.

    `power` is the chance that a rule has signalled in the direction of the change by that point, `false_alarm` the same
    chance with no change at all. `power_interval` are 95 % Monte Carlo intervals (Wilson) of `power`. `points_needed` is
    the first number of points with the power asked for, None if that is not reached; `points_interval` the same read from
    the upper and from the lower ends of the intervals. `before` and `after` are the levels; `assumes` says in words what
    was simulated.
    """

    chart: str
    profile: str
    baseline_points: int
    before: float
    after: float
    power_asked: float
    points_needed: int | None
    points_interval: tuple[int | None, int | None]
    power: tuple[float, ...]
    power_interval: tuple[tuple[float, float], ...]
    false_alarm: tuple[float, ...]
    simulations: int
    seed: int
    words: str
    assumes: str


def plan(
    baseline: Series | Result | Baseline,
    *,
    change: float,
    chart: str | None = None,
    profile: str | Profile | None = None,
    power: float = 0.8,
    longest: int = 40,
    simulations: int = 5000,
    seed: int = 1,
) -> Plan:
    """How many points until a lasting change of this size shows on the chart, by simulation.

    Each simulated team has a baseline of its own, limits frozen at it, and looks after every new point: so the noise of
    estimated limits is counted in. Of a Series or a Result the last phase is the baseline (excluded points left out; a
    centre decided beforehand is not used). `change` is signed and in the units of the values: -5 is a fall from 20 to
    15, -0.05 on a p chart one from 20 % to 15 %. `chart` ("xmr", "run", "p", "u", "c") and `profile` are those of the
    Result, else "xmr" and "mdc". Only signals in the direction of the change count. The rules that have no direction,
    and astronomical points, never count; a whole-phase rule counts from when it is new. One seed gives one answer.

    Raises NotFound (chart, profile) or OutOfRange naming the field; for a Series what `analyse` raises.
    Sources: Montgomery, Introduction to Statistical Quality Control, on average run lengths; Champ & Woodall 1987,
    Technometrics 29:393, on rules used together; Jensen et al. 2006, J Qual Technol 38:349, on estimated limits.

    >>> found = plan(Baseline(points=24, centre=20, sigma=4), change=-8)
    >>> found.points_needed, found.words[:60]
    (5, 'With 24 points behind you, a fall from 20 to 12 would show w')
    """
    for field, asked, low, high in (
        ("power", power, 0.01, 0.999),
        ("longest", longest, 1, 500),
        ("simulations", simulations, 100, 100_000),
        ("seed", seed, 0, 2**63),
    ):
        if not low <= asked <= high:
            raise OutOfRange(field=field, found=asked, allowed=f"it lies between {low:g} and {high:g}")
    if not math.isfinite(change) or change == 0:
        raise OutOfRange(field="change", found=change, allowed="a change is a number other than zero")
    if isinstance(baseline, Series):
        baseline = analyse(baseline, known(chart or "xmr"), "mdc" if profile is None else profile)
    rhythm, scale = "", 1.0
    if isinstance(baseline, Result):
        chart, profile = chart or baseline.chart, profile_of(profile or baseline.conventions)
        rhythm, scale = _rhythm(baseline.series.x), baseline.question.multiplier
        process = observed(baseline, known(chart), profile, change / scale)
    else:
        profile = profile_of(profile or "mdc")
        process = described(baseline, known(chart or "xmr"), change)
    check_level(process)
    if simulations * (process.points + longest) > _MOST_CELLS:
        allowed = f"at most {_MOST_CELLS // (process.points + longest)} with {process.points} points behind"
        raise OutOfRange(field="simulations", found=simulations, allowed=allowed)
    counts = tuple(_counted(process, profile, longest, simulations, seed))
    powers, alarms = ([int(count) / simulations for count in column] for column in counts)
    intervals = [_wilson(share, simulations) for share in powers]
    needed = _first(powers, power)
    levels = process.centre * scale, (process.centre + process.change) * scale
    return Plan(
        chart=process.chart,
        profile=profile.name,
        baseline_points=process.points,
        before=levels[0],
        after=levels[1],
        power_asked=power,
        points_needed=needed,
        points_interval=(
            _first([high for _, high in intervals], power),
            _first([low for low, _ in intervals], power),
        ),
        power=tuple(powers),
        power_interval=tuple(intervals),
        false_alarm=tuple(alarms),
        simulations=simulations,
        seed=seed,
        words=_words(
            process, scale=scale, rhythm=rhythm, asked=power, needed=needed, powers=powers, alarms=alarms
        ),
        assumes=_assumes(process, profile),
    )


def _counted(
    process: Process, profile: Profile, longest: int, simulations: int, seed: int
) -> tuple[FloatArray, FloatArray]:
    """How many simulated series have signalled by each point: with the change, and without."""
    # Values near the ends of the range of a double overflow into lines that are not there.
    with np.errstate(over="ignore", invalid="ignore"):
        base, later, same, sizes = drawn(process, longest, simulations, seed)
        limits = limits_of(process.chart, base, sizes, profile)
        uses, falling = profile.rules_for(process.chart), process.change < 0
        found = [
            shown(
                table_of(
                    np.concatenate((base, column)),
                    limits,
                    len(base),
                    falling=falling,
                    method=profile.run_limits,
                ),
                uses,
            )
            for column in (later, same)
        ]
    return found[0].sum(axis=1), found[1].sum(axis=1)


def _wilson(share: float, n: int) -> tuple[float, float]:
    """Interval of 95 % for a share of n independent trials (Wilson 1927, J Am Stat Assoc 22:209)."""
    z2 = _NORMAL_95**2 / n
    middle = (share + z2 / 2) / (1 + z2)
    reach = math.sqrt(max(share * (1 - share), 0) * z2 + z2**2 / 4) / (1 + z2)
    return max(middle - reach, 0.0), min(middle + reach, 1.0)


def _first(shares: list[float], wanted: float) -> int | None:
    """First number of points at which a share reaches what is wanted."""
    return next((k for k, share in enumerate(shares, start=1) if share >= wanted), None)


def _rhythm(x: tuple[Period, ...]) -> str:
    """Say "weekly" or "monthly" where the dates do."""
    if len(x) < 2 or not all(isinstance(day, date) for day in x):  # noqa: PLR2004 - two dates make a step
        return ""
    days = np.array([day.toordinal() for day in x if isinstance(day, date)])
    step = int(np.median(np.diff(days)))
    if _MONTH[0] <= step <= _MONTH[1]:
        return "monthly"
    return "quarterly" if _QUARTER[0] <= step <= _QUARTER[1] else _RHYTHMS.get(step, "")


def _words(
    process: Process,
    *,
    scale: float,
    rhythm: str,
    asked: float,
    needed: int | None,
    powers: list[float],
    alarms: list[float],
) -> str:
    """Say it as one would to a team."""

    def level(number: float) -> str:
        """Percent for proportions as they stand."""
        return f"{rounded(number * 100)}%" if process.chart == "p" and scale == 1 else rounded(number * scale)

    behind = f"With {process.points} {rhythm + ' ' if rhythm else ''}points behind you"
    way = "fall" if process.change < 0 else "rise"
    what = f"a {way} from {level(process.centre)} to {level(process.centre + process.change)}"
    k = needed or len(powers)
    points = f"{k} point{'' if k == 1 else 's'}"
    if needed is None:
        told = f"{behind}, {what} would show within {points} in only {_odds(powers[-1])}, not in {_odds(asked)}: wait longer, or aim for a larger change."
    else:
        told = f"{behind}, {what} would show within about {points} in {_odds(asked)}."
    alarm = alarms[k - 1]
    false = f"in {_odds(alarm)}" if alarm > 0 else "hardly ever"
    return f"{told} With no change at all, the chart would signal a {way} {false} within the same {points}."


def _odds(share: float) -> str:
    """Words for a chance: "8 of 10 cases", "1 of 40 cases".

    >>> _odds(0.8), _odds(0.85), _odds(0.025)
    ('8 of 10 cases', '85 of 100 cases', '1 of 40 cases')
    """
    if share <= 0:
        return "no case"
    if share < 0.1:  # noqa: PLR2004 - below one in ten people count one of so many
        return f"1 of {round(1 / share)} cases"
    tenths = share * 10
    return (
        f"{tenths:.0f} of 10 cases"
        if math.isclose(tenths, round(tenths))
        else f"{share * 100:.0f} of 100 cases"
    )


def _assumes(process: Process, profile: Profile) -> str:
    """Say what was simulated, and so what may make the answer too hopeful."""
    spread = {
        "p": "binomial, the spread of chance alone",
        "u": "Poisson, the spread of chance alone",
        "c": "Poisson, the spread of chance alone",
    }
    kind = spread.get(process.chart, f"normal with a standard deviation of {rounded(process.sigma)}")
    return f"Values are independent and {kind}; limits stay those of the baseline ({profile.title}); the change comes at once and lasts."
