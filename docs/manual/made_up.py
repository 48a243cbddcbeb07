"""Made-up data for the pictures of charts whose worked example, done by hand, has too few points to look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import spc


@dataclass(frozen=True)
class MadeUp:
    """What a picture shows: a series, a title, and what one sees in it."""

    title: str
    series: spc.Series
    words: str
    options: Mapping[str, Any] = field(default_factory=dict)


_NAMES = ("Ash", "Birch", "Cedar", "Elder", "Elm", "Fir", "Hazel", "Holly", "Larch", "Lime", "Maple", "Oak")
_CASES = (42, 60, 88, 120, 150, 190, 240, 300, 370, 450, 560, 700)

MADE_UP: Mapping[str, MadeUp] = MappingProxyType(
    {
        "run": MadeUp(
            "Minutes until pain relief",
            spc.Series(
                value=[34, 41, 37, 29, 44, 38, 33, 40, 36, 42, 31, 39, 35, 27, 30, 25, 28, 32, 24, 29]
            ),
            "The last seven points are below the median: pain relief comes sooner.",
            {"direction": "decrease"},
        ),
        "i_median": MadeUp(
            "Length of stay, days",
            spc.Series(value=[6, 7, 5, 8, 6, 7, 24, 6, 5, 7, 8, 6, 7, 5, 6, 8, 7, 6, 5, 7]),
            "One very long stay is outside; the centre stays where most values lie, but the limits are wide.",
        ),
        "i_median_range": MadeUp(
            "Length of stay, days",
            spc.Series(value=[6, 7, 5, 8, 6, 7, 24, 6, 5, 7, 8, 6, 7, 5, 6, 8, 7, 6, 5, 7]),
            "The same stays; now the limits stay narrow too.",
        ),
        "i_prime": MadeUp(
            "Mean wait of the week, days",
            spc.Series(
                value=[21, 24, 19, 22, 26, 20, 18, 23, 27, 21, 22, 19, 25, 20, 34, 22, 21, 28, 20, 23],
                denominator=[40, 12, 38, 44, 8, 36, 42, 15, 9, 40, 37, 33, 14, 41, 39, 10, 42, 7, 38, 36],
            ),
            "Limits are wide in weeks with few patients. The 34 of week 15 rests on 39 patients and is outside.",
            {"direction": "decrease"},
        ),
        "p_prime": MadeUp(
            "Seen within four hours, thousands a month",
            spc.Series(
                numerator=[
                    8412,
                    8630,
                    8105,
                    8944,
                    8377,
                    8561,
                    8290,
                    8702,
                    8498,
                    8815,
                    8236,
                    8590,
                    7410,
                    8477,
                ],
                denominator=[
                    9310,
                    9480,
                    9120,
                    9760,
                    9290,
                    9400,
                    9230,
                    9550,
                    9370,
                    9640,
                    9150,
                    9450,
                    9300,
                    9360,
                ],
            ),
            "A p chart of these would have nearly every month outside; here only month 13 is.",
            {"direction": "increase"},
        ),
        "u_prime": MadeUp(
            "Calls per hour on duty",
            spc.Series(
                numerator=[
                    2110,
                    2250,
                    2040,
                    2330,
                    2180,
                    2090,
                    2290,
                    2150,
                    2060,
                    2240,
                    2120,
                    2200,
                    3300,
                    2170,
                    2230,
                    2110,
                    2280,
                    2140,
                ],
                denominator=[168] * 18,
            ),
            "Thousands of calls a week: chance alone is not all that makes weeks differ. Week 13 is outside.",
        ),
        "bernoulli_cusum": MadeUp(
            "Infection after insertion, case by case",
            spc.Series(
                value=[1.0 if case in {9, 31, 52, 58, 61, 63, 66, 69, 71} else 0.0 for case in range(1, 81)]
            ),
            "One case in twenty is usual. Infections come closer together from case 52 on, and the sum signals.",
            {"settings": {"p0": 0.05}, "direction": "decrease"},
        ),
        "g": MadeUp(
            "Operations between infections",
            spc.Series(value=[12, 30, 7, 18, 41, 3, 25, 16, 9, 33, 21, 5, 14, 60, 110, 48, 230, 39]),
            "After the thirteenth infection they become rarer, and one stretch is beyond the limit.",
            {"direction": "increase"},
        ),
        "t": MadeUp(
            "Days between falls with harm",
            spc.Series(value=[6, 14, 3, 9, 21, 5, 11, 2, 17, 8, 12, 4, 10, 31, 26, 44, 19, 38, 29, 52]),
            "Seven times in a row it took longer than the centre until the next fall.",
            {"direction": "increase"},
        ),
        "funnel_p": MadeUp(
            "Readmitted within 30 days",
            spc.Series(
                x=_NAMES,
                numerator=[5, 4, 11, 13, 14, 24, 22, 38, 36, 82, 55, 78],
                denominator=_CASES,
                ordered=False,
            ),
            "Twelve hospitals. Small ones differ widely by chance; Lime, with 450 discharges, is above the limit.",
            {"direction": "decrease"},
        ),
        "funnel_u": MadeUp(
            "Falls per 100 bed days",
            spc.Series(
                x=_NAMES,
                numerator=[16, 33, 36, 55, 66, 49, 108, 129, 163, 192, 251, 305],
                denominator=_CASES,
                ordered=False,
            ),
            "Twelve hospitals, their opportunity in hundreds of bed days. Fir, with 19,000 bed days, is below the limit.",
            {"direction": "decrease"},
        ),
    }
)
