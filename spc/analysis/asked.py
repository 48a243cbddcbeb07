"""A question made plain: numbers of any kind as Python's own, and what is none refused by its name."""

import math
from collections.abc import Mapping

from spc.analysis.points import MEANING
from spc.analysis.question import Centre, Question
from spc.analysis.targets import plain_target
from spc.charts import CHARTS, Chart, chart_of
from spc.errors import NotFound, OutOfRange
from spc.phases import listed
from spc.profiles import PROFILES, Profile
from spc.series import numbers
from spc.single import alone, single
from spc.told import told


def settled(question: Question) -> Question:
    """Return the question in plain numbers; a typed SpcError names the argument that cannot be used.

    >>> settled(Question(multiplier=10, floor=math.nan, target="95"))
    Traceback (most recent call last):
    spc.errors.NotANumber: The target '95' is not a number.
    """
    if _plain(question):
        return question
    kind = chart_of(question.chart)
    if not isinstance(question.profile, (str, Profile)):
        raise NotFound(field="profile", asked=told(question.profile), known=PROFILES)
    direction: object = question.direction
    if not isinstance(direction, str) or direction not in MEANING:
        raise NotFound(field="direction", asked=told(direction), known=MEANING)
    return Question(
        chart=kind.name,
        profile=question.profile,
        direction=direction,
        target=plain_target("target", question.target),
        second_target=plain_target("second_target", question.second_target),
        phases=listed("phases", question.phases),
        baseline=question.baseline,
        excluded=listed("excluded", question.excluded),
        centre=_centre(question.centre),
        multiplier=_multiplier(question.multiplier),
        floor=_or_none(single("floor", question.floor)),
        settings=_settings(kind, question.settings),
        unit=question.unit,
    )


def _plain(question: Question) -> bool:
    """Whether a question is as plain as most: nothing set but a chart, a profile, a direction and one target."""
    chart: object = question.chart
    profile: object = question.profile
    direction: object = question.direction
    target: object = question.target
    unset = (question.second_target, question.centre, question.floor, question.settings)
    return (
        isinstance(chart, str)
        and chart in CHARTS
        and isinstance(profile, (str, Profile))
        and isinstance(direction, str)
        and direction in MEANING
        and (target is None or (type(target) is float and math.isfinite(target)))
        and all(entry is None for entry in unset)
        and all(isinstance(rows, tuple) and not rows for rows in (question.phases, question.excluded))
        and type(question.multiplier) is float
        and question.multiplier == 1
    )


def _or_none(number: float) -> float | None:
    """Return a number, or None where there is none."""
    return None if math.isnan(number) else number


def _centre(centre: Centre) -> Centre:
    """Return a centre decided beforehand as a number or a column; None where nothing was decided."""
    return _or_none(single("centre", centre)) if alone(centre) else numbers("centre", centre)  # type: ignore[arg-type]  # not alone: a column


def _multiplier(multiplier: object) -> float:
    """Return what lines and values are multiplied by; OutOfRange for zero, less or nothing."""
    number = single("multiplier", multiplier)
    if not number > 0:
        raise OutOfRange(
            field="multiplier", found=told(multiplier), allowed="a multiplier is above zero and finite"
        )
    return number


def _settings(kind: Chart, settings: object) -> dict[str, float] | None:
    """Return the settings asked for as numbers, NaN for those without one; NotFound for one the chart has not."""
    if settings is None:
        return None
    if not isinstance(settings, Mapping):
        raise OutOfRange(
            field="settings", found=told(settings), allowed="they are names, each with its number"
        )
    for name in settings:
        if name not in kind.settings:
            raise NotFound(field="settings", asked=told(name), known=kind.settings, called="setting")
    return {name: single(name, entry) for name, entry in settings.items()}
