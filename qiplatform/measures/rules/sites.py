"""One measure in several places: which measures are the same, and their numbers added up for a funnel."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import spc
from qiplatform.measures.models import Direction
from qiplatform.measures.rules.numbers import number
from qiplatform.measures.rules.record import Record

FEWEST_SITES = 5
"""Fewer are compared more honestly by looking at each of them."""
LAST = (3, 6, 12)
"""How many of the latest periods may be added up."""
_FUNNELS = {"proportion": "funnel_p", "rate": "funnel_u"}
_ADDED_VARIANCE = 2.0
_FEW_SITES = 10
"""Below so many sites a tenth of them is none, and the one that stands out would widen the lines until it does not."""


class NotDrawn(StrEnum):
    """Why a site is not in the funnel."""

    NO_NUMBERS = "no_numbers"
    NO_CASES = "no_cases"


class NoFunnel(StrEnum):
    """Why there is no funnel at all."""

    OTHER_CHART = "other_chart"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Pooled:
    """A site's latest periods added up; `periods` are those that went in."""

    numerator: float
    denominator: float
    periods: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """A place and what it counted."""

    name: str
    pooled: Pooled


def key(name: str) -> str:
    """Return what two names of the same measure have in common: neither capitals nor spaces count.

    >>> key(" Seen within  four hours "), key("Seen Within Four Hours")
    ('seen within four hours', 'seen within four hours')
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def funnel_chart(chart: str) -> str | None:
    """Return the funnel for what a chart shows; none where it does not show cases out of how many.

    >>> funnel_chart("p"), funnel_chart("u_prime"), funnel_chart("xmr")
    ('funnel_p', 'funnel_u', None)
    """
    return _FUNNELS.get(spc.CHARTS[chart].needs)


def pooled(record: Record, last: int) -> Pooled | NotDrawn:
    """Add up a measure's `last` periods that have numbers; those a team left out of its limits are left out here too."""
    left_out = {one.from_on for one in record.exclusions}
    there = []
    for point in record.points:
        top, bottom = number(point.numerator), number(point.denominator)
        if top is not None and bottom is not None and point.period not in left_out:
            there.append((point.period, top, bottom))
    # Events without cases have no share to add to.
    counted = [(on, top, bottom) for on, top, bottom in there[-last:] if bottom > 0]
    if not counted:
        return NotDrawn.NO_CASES if there else NotDrawn.NO_NUMBERS
    return Pooled(
        numerator=float(sum(top for _, top, _ in counted)),
        denominator=float(sum(bottom for _, _, bottom in counted)),
        periods=tuple(on for on, _, _ in counted),
    )


def funnel(chart: str, direction: Direction, unit: str, sites: Sequence[Site]) -> spc.Result | NoFunnel:
    """Return the funnel of sites, or why there is none.

    Where sites differ by more than chance explains, the lines are widened by the variance between them (Spiegelhalter
    2005, Quality and Safety in Health Care 14:347), so that what remains outside is unusual even among unlike sites.
    """
    name = funnel_chart(chart)
    if name is None:
        return NoFunnel.OTHER_CHART
    if len(sites) < FEWEST_SITES:
        return NoFunnel.TOO_FEW
    series = spc.Series(
        numerator=[one.pooled.numerator for one in sites],
        denominator=[one.pooled.denominator for one in sites],
        labels=[one.name for one in sites],
        ordered=False,
    )
    settings = {
        "overdispersion": _ADDED_VARIANCE,
        "winsorised": 0.2 if len(sites) < _FEW_SITES else 0.1,
    }
    return spc.analyse(series, chart=name, direction=direction.value, unit=unit, settings=settings)
