"""Step changes suggested from a chart, with the evidence a person needs to decide."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from spc.advice.step_changes import words
from spc.advice.step_changes.chance import Noise
from spc.advice.step_changes.search import Search, Step
from spc.advice.step_changes.stretch import Stretch, stretches
from spc.analysis.points import MEANING
from spc.assurance.result import Result
from spc.errors import OutOfRange

SEED = 20_260_801
SIMULATIONS = 1999
LEVEL = 0.05
# Points on either side from which on a step is firm.
FIRM = 12


@dataclass(frozen=True, slots=True)
class StepChange:
    """One step that a chart suggests; a person decides whether a new phase begins there.

    `row` is the index into the series of the first point after the step; it may have begun anywhere from `earliest` to
    `latest` (95 %). `last` is the row of the last point before the next step or the end of the phase. `before`, `after` and
    `size` (with its 95 % interval `lower` to `upper`) are in the units of the chart: means, also where the chart draws
    medians (on g and t charts means of the roots, brought back); `relative` is `size` as a share of
    `before`, None where that is not above zero. `rule` names the run signal it came from. `chance` says how often noise
    alone, with lag-1 autocorrelation `autocorrelation`, shows a step this clear on a chart of this many points, and
    `chance_words` the same in words. `n_before` and `n_after` count the points to the neighbouring steps or the ends of the
    phase; `firm` means 12 or more on both sides, otherwise the step is provisional.
    """

    row: int
    earliest: int
    latest: int
    last: int
    phase: int
    before: float
    after: float
    size: float
    lower: float
    upper: float
    relative: float | None
    rule: str
    chance: float
    chance_words: str
    autocorrelation: float
    n_before: int
    n_after: int
    firm: bool
    direction: Literal["high", "low"]
    variation: Literal["improvement", "concern", "neutral"]
    words: str


def suggest_step_changes(
    result: Result, *, level: float = LEVEL, seed: int = SEED, simulations: int = SIMULATIONS
) -> tuple[StepChange, ...]:
    """Suggest where the level of a chart changed, phase by phase in order of time; () where nothing stands.

    A suggestion begins at a run signal of the chart. It is made only if the step that fits best there is so clear that
    noise alone, with the autocorrelation the points have, shows one as clear somewhere on no more than a share `level` of
    charts as long as this one (all phases and all steps taken together). The noise is simulated `simulations` times from
    `seed`, so that the same chart always gives the same answer. A steady slope is not taken for steps. Charts of ranges,
    of sums over time (CUSUM, EWMA) and of units without an order give none.

    Raises OutOfRange for a `level` outside 0 to 1 or fewer than 99 `simulations`; the data are never refused.

    >>> from spc import Series, analyse
    >>> values = [
    ...     52,
    ...     48,
    ...     50,
    ...     51,
    ...     49,
    ...     50,
    ...     52,
    ...     47,
    ...     51,
    ...     50,
    ...     49,
    ...     51,
    ...     58,
    ...     55,
    ...     57,
    ...     56,
    ...     58,
    ...     54,
    ...     57,
    ...     56,
    ...     55,
    ...     59,
    ...     56,
    ...     57,
    ... ]
    >>> (step,) = suggest_step_changes(analyse(Series(value=values), direction="increase"))
    >>> step.row, step.before, round(step.size, 1), step.firm, step.variation
    (12, 50.0, 6.5, True, 'improvement')
    """
    if not 0 <= level <= 1:
        raise OutOfRange(field="level", found=level, allowed="a level is between 0 and 1")
    fewest = 99
    if simulations < fewest:
        raise OutOfRange(field="simulations", found=simulations, allowed="99 or more are needed")
    return suggested(result, level, Noise(seed, simulations))


def suggested(result: Result, level: float, noise: Noise) -> tuple[StepChange, ...]:
    """Suggest step changes against a given noise."""
    # Numbers at the ends of the range of a double leave it here and there; what is not finite is not suggested.
    found: list[StepChange] = []
    with np.errstate(all="ignore"):
        looked_at = stretches(result)
        search = Search(level, sum(map(len, looked_at)), noise)
        for stretch in looked_at:
            found += [_told(result, stretch, step, search.n) for step in search.steps(stretch)]
    return tuple(found)


def _told(result: Result, stretch: Stretch, step: Step, n: int) -> StepChange:
    """Put a step into the units and the words of its chart."""
    size = step.size
    n_before, n_after = step.place - step.first, step.stop - step.place
    up = size.size > 0
    meaning = MEANING[result.direction][0 if up else 1].split("_", maxsplit=1)[0]
    variation: Literal["improvement", "concern", "neutral"] = (
        "improvement" if meaning == "improvement" else "concern" if meaning == "concern" else "neutral"
    )
    relative = size.size / size.before if size.before > 0 else None
    change = StepChange(
        row=int(stretch.rows[step.place]),
        earliest=int(stretch.rows[step.earliest]),
        latest=int(stretch.rows[step.latest]),
        last=int(stretch.rows[step.stop - 1]),
        phase=stretch.phase,
        before=size.before,
        after=size.after,
        size=size.size,
        lower=size.lower,
        upper=size.upper,
        relative=relative if relative is None or np.isfinite(relative) else None,
        rule=step.rule,
        chance=step.chance,
        chance_words=words.often(step.chance, n, never=step.never),
        autocorrelation=step.rho,
        n_before=n_before,
        n_after=n_after,
        firm=min(n_before, n_after) >= FIRM,
        direction="high" if up else "low",
        variation=variation,
        words="",
    )
    return replace(change, words=words.sentence(result, change))
