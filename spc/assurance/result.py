"""The result people hold: an analysis with its verdict, and the same as JSON."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from spc.analysis import Analysis, Direction, Question
from spc.analysis.asked import settled
from spc.analysis.compute import compute
from spc.analysis.question import Centre
from spc.analysis.targets import Target
from spc.assurance.verdict import Verdict, judge
from spc.phases import Baseline
from spc.profiles import Profile
from spc.series import FloatArray, Series

VERSION = "0.1"


@dataclass(frozen=True)
class Result(Analysis):
    """A charted series and its verdict: frozen; words, signals, phases and verdict are made when first asked for."""

    @property
    def engine(self) -> str:
        """Name and version of the engine."""
        return f"spc {VERSION}"

    @cached_property
    def verdict(self) -> Verdict:
        """The one reading behind icon, sentence, table, alt text and API."""
        return judge(self)

    def to_dict(self) -> dict[str, Any]:
        """The result as JSON carries it: no NaN, None instead; periods as ISO dates, numbers or words.

        >>> analyse(Series(value=[1, 2, 3]), chart="run").to_dict()["points"][0]["centre"]
        2.0
        """
        points, verdict = self.points, self.verdict
        columns = {
            "value": plain(points.value),
            "numerator": None if points.numerator is None else plain(points.numerator),
            "denominator": None if points.denominator is None else plain(points.denominator),
            "centre": plain(points.centre),
            "lower": plain(points.lower),
            "upper": plain(points.upper),
            "lower_2s": plain(points.lower_2s),
            "upper_2s": plain(points.upper_2s),
            "target": plain(points.target),
            "second_target": None if points.second_target is None else plain(points.second_target),
            "phase": points.phase.tolist(),
            "included": points.included.tolist(),
            "signals": [list(names) for names in points.signals],
            "variation": list(points.variation),
        }
        given = {name: column for name, column in columns.items() if column is not None}
        return {
            "engine": self.engine,
            "profile": self.profile,
            "chart": self.chart,
            "direction": self.direction,
            "unit": self.question.unit,
            "points": [
                {"period": period, **{name: column[row] for name, column in given.items()}}
                for row, period in enumerate(self.series.json_periods())
            ],
            "signals": [
                {
                    "rule": signal.rule,
                    "direction": signal.direction,
                    "first": signal.first,
                    "last": signal.last,
                    "points": list(signal.points),
                    "phase": signal.phase,
                    "words": signal.words,
                    "variation": signal.variation,
                }
                for signal in self.signals
            ],
            "phases": [{name: getattr(phase, name) for name in phase.__slots__} for phase in self.phases],
            "verdict": {
                "variation": verdict.variation,
                "assurance": verdict.assurance,
                "words": verdict.words,
                "assurance_words": verdict.assurance_words,
                "how_sure": verdict.how_sure,
                "not_to_conclude": verdict.not_to_conclude,
                "letter": verdict.letter,
                "row": verdict.row,
                "since": verdict.since,
                "rules": list(dict.fromkeys(signal.rule for signal in verdict.signals)),
                "earlier": verdict.earlier,
                "n": verdict.n,
                "trial": verdict.trial,
                "target": verdict.target,
                "second_target": verdict.second_target,
                "second_assurance": verdict.second_assurance,
                "lower": verdict.lower,
                "upper": verdict.upper,
            },
        }


def analyse(
    series: Series,
    chart: str = "xmr",
    profile: str | Profile = "mdc",
    direction: Direction | str = "neutral",
    *,
    target: Target = None,
    second_target: Target = None,
    phases: Sequence[int] = (),
    baseline: Baseline = None,
    excluded: Sequence[int] = (),
    centre: Centre = None,
    multiplier: float = 1.0,
    floor: float | None = None,
    settings: Mapping[str, float] | None = None,
    unit: str = "",
) -> Result:
    """Chart a series by a profile and read the verdict.

    `direction` is the one that is improvement. `target` is a number, or (period, number) pairs that each hold from their
    period on; `second_target` another, such as a stretch goal, judged beside it. `phases` are the indices where a new phase begins; `baseline` the number of points at the start of each
    phase behind its limits, or (first, last) rows; `excluded` points are drawn and count nowhere. `centre` is decided
    beforehand, not estimated. `multiplier` scales what is drawn (a rate per 1,000), not the target. Lower
    lines are not drawn below `floor`. `settings` are the numbers that `CHARTS[chart].settings` lists. All arrays of the result have one entry a point, in the units of the values; proportions are between 0 and 1.

    Raises a typed SpcError that names the field and the row.

    >>> result = analyse(Series(value=[52, 48, 50, 51, 49, 50, 53]), direction="increase")
    >>> result.verdict.words
    'Nothing unusual yet: ordinary variation, 7 points, trial limits.'
    """
    question = Question(
        chart=chart,
        profile=profile,
        direction=direction,
        target=target,
        second_target=second_target,
        phases=phases,
        baseline=baseline,
        excluded=excluded,
        centre=centre,
        multiplier=multiplier,
        floor=floor,
        settings=settings,
        unit=unit,
    )
    made = compute(series, settled(question))
    return Result(made.series, made.question, made.kind, made.conventions, made.points, made.parts)


def plain(column: FloatArray) -> list[float | None]:
    """Return a float column as a list with None for what is not there."""
    return [entry if math.isfinite(entry) else None for entry in column.tolist()]
