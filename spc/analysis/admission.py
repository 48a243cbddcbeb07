"""Which values a chart admits: what cannot be is refused, or taken as missing where the profile has it so."""

import numpy as np

from spc.charts import Chart
from spc.errors import NeedsDenominator, Negative, NoValues, NumeratorExceedsDenominator, RepeatedPeriod
from spc.profiles import Profile
from spc.series import BoolArray, FloatArray, Series


def admitted(series: Series, kind: Chart, profile: Profile) -> tuple[FloatArray, BoolArray | None]:
    """Return the values to chart, and the rows to be taken out altogether, if any.

    Raises Negative, NumeratorExceedsDenominator, NeedsDenominator, NoValues or RepeatedPeriod, naming the first row concerned.
    """
    _check_columns(series, kind)
    value, top, bottom = series.value, series.numerator, series.denominator
    anything = kind.needs in ("value", "subgroups")
    if anything and top is None and profile.missing == "break":
        return value, None
    measured = value if top is None else top
    impossible = np.zeros(len(value), dtype=np.bool_) if anything else measured < 0
    if kind.needs == "proportion" and top is not None and bottom is not None:
        impossible = impossible | (top > bottom)
    if profile.impossible == "refuse" and impossible.any():
        _refuse(series, int(impossible.argmax()))
    if profile.events_without_cases == "infinite" and top is not None and bottom is not None:
        without = (bottom == 0) & (top > 0)
        if without.any():
            value = np.where(without, np.inf, value)
    removed = None
    if profile.missing == "bridge":
        removed = np.isnan(measured)
        if bottom is not None:
            removed |= np.isnan(bottom)
    if profile.impossible == "missing" and impossible.any():
        value = np.where(impossible, np.nan, value)
        removed = impossible if removed is None else removed | impossible
    return value, removed if removed is not None and removed.any() else None


def _check_columns(series: Series, kind: Chart) -> None:
    """Refuse a series that has not what the chart needs, or two values for one period."""
    if kind.needs in ("proportion", "rate") and series.denominator is None:
        raise NeedsDenominator(chart=kind.title)
    if kind.needs == "subgroups" and series.size is None:
        raise NoValues(field="size")
    repeated = None if kind.repeats or not series.ordered else series.first_repeated()
    if repeated is not None:
        raise RepeatedPeriod(row=repeated, period=series.period(repeated))


def _refuse(series: Series, row: int) -> None:
    """Raise what is wrong with one row."""
    if series.numerator is None or series.denominator is None:
        raise Negative(field="value", row=row, found=float(series.value[row]))
    top, bottom = float(series.numerator[row]), float(series.denominator[row])
    if top < 0:
        raise Negative(field="numerator", row=row, found=top)
    raise NumeratorExceedsDenominator(row=row, numerator=top, denominator=bottom)
