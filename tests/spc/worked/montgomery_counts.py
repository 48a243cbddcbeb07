"""Examples from Montgomery, Introduction to Statistical Quality Control: counts, with figures as printed."""

from collections.abc import Sequence
from functools import partial

import spc
from tests.spc.worked import Worked
from tests.spc.worked.montgomery import FIFTH, SIXTH, numbers

# Leaking cans of frozen orange juice among 50: 30 samples, then 24 after the machine was adjusted.
JUICE = numbers("""
    12 15 8 10 4 7 16 9 14 10 5 6 17 12 22 8 10 5 13 11 20 18 24 15 9 12 7 13 9 6
    9 6 12 5 6 4 6 3 7 6 2 4 3 6 5 4 8 5 6 7 5 6 3 5
""")
# Purchase orders with an error, among how many in the week.
ORDERS = numbers("12 8 6 9 10 12 11 16 10 6 20 15 9 8 6 8 10 7 5 8 5 8 10 6 9")
ORDERS_IN_ALL = numbers("""
    100 80 80 100 110 110 100 100 90 90 110 120 120 120 110 80 80 80 90 100 100 100 100 90 90
""")
# Nonconformities on 100 printed circuit boards, 26 samples.
BOARDS = numbers("21 24 16 12 15 5 28 20 31 25 20 24 16 19 10 17 13 22 18 39 30 24 16 19 17 15")
# Errors in 50 shipments a week.
SHIPMENTS = numbers("2 3 8 1 1 4 1 4 5 1 8 2 4 3 4 1 8 3 7 4")
# Nonconformities on dyed cloth, over so many units of 50 square metres.
CLOTH = numbers("14 12 20 11 7 10 21 16 19 23")
CLOTH_UNITS = numbers("10 8 13 10 9.5 10 12 10.5 12 12.5")
# Nonconformities in samples of five personal computers.
COMPUTERS = numbers("10 12 8 14 10 16 11 7 10 15 9 5 7 11 12 6 8 10 7 5")


def out_of(events: Sequence[float], sizes: Sequence[float] | float) -> spc.Series:
    """Put counts over their denominators, or over one for all."""
    each = [sizes] * len(events) if isinstance(sizes, (int, float)) else sizes
    return spc.Series(numerator=events, denominator=each)


EXAMPLES = (
    Worked(
        chart="p",
        title="Leaking cans of orange juice",
        source=f"{SIXTH}, chapter 7, frozen orange juice concentrate, trial limits",
        series=partial(out_of, JUICE[:30], 50),
        centre=0.2313,
        lower=0.0524,
        upper=0.4102,
        digits=4,
        words="Samples 15 and 23 are above the upper limit, each with a cause that was found.",
    ),
    Worked(
        chart="p",
        title="Leaking cans of orange juice, revised limits",
        source=f"{SIXTH}, chapter 7, frozen orange juice concentrate, revised limits",
        series=partial(out_of, JUICE[:30], 50),
        centre=0.2150,
        lower=0.0407,
        upper=0.3893,
        digits=4,
        options={"excluded": [14, 22]},
        words="Two samples with a known cause are drawn and stand behind no limit.",
    ),
    Worked(
        chart="p",
        title="Leaking cans of orange juice, after the adjustment",
        source=f"{SIXTH}, chapter 7, frozen orange juice concentrate, new limits",
        series=partial(out_of, JUICE, 50),
        centre=0.1108,
        lower=0.0,
        upper=0.2440,
        digits=4,
        row=30,
        options={"phases": [30]},
        words="A second phase from the adjustment on: half as many cans leak.",
    ),
    Worked(
        chart="p",
        title="Purchase orders with an error",
        source=f"{SIXTH}, chapter 7, purchasing group, variable sample size (table 7.4)",
        series=partial(out_of, ORDERS, ORDERS_IN_ALL),
        centre=0.096,
        lower=0.007,
        upper=0.184,
        digits=3,
        words="Limits follow the number of orders in the week; week 11 is above them.",
    ),
    Worked(
        chart="np",
        title="Number of leaking cans of orange juice",
        source=f"{SIXTH}, chapter 7, section on the np chart, frozen orange juice concentrate",
        series=partial(out_of, JUICE[:30], 50),
        centre=11.565,
        lower=2.620,
        upper=20.510,
        digits=3,
        options={"centre": 0.2313},
        words="The p chart in counts. The book computes with p rounded to 0.2313; unrounded, the upper limit is 20.512.",
    ),
    Worked(
        chart="c",
        title="Nonconformities on circuit boards",
        source=f"{SIXTH}, chapter 7, printed circuit boards, trial limits",
        series=partial(spc.Series, value=BOARDS),
        centre=19.85,
        lower=6.48,
        upper=33.22,
        digits=1,
        words="Samples 6 and 20 are outside. The book computes with 19.85 for 516 / 26: unrounded, the upper limit is 33.21.",
    ),
    Worked(
        chart="c",
        title="Nonconformities on circuit boards, revised limits",
        source=f"{SIXTH}, chapter 7, printed circuit boards, revised limits",
        series=partial(spc.Series, value=BOARDS),
        centre=19.67,
        lower=6.36,
        upper=32.97,
        digits=2,
        options={"excluded": [5, 19]},
    ),
    Worked(
        chart="u",
        title="Errors in shipments",
        source=f"{SIXTH}, chapter 7, supply chain (table 7.10)",
        series=partial(out_of, SHIPMENTS, 50),
        centre=0.0740,
        lower=0.0,
        upper=0.1894,
        digits=4,
        words="Twenty weeks of 50 shipments, none outside; a lower limit below zero is zero.",
    ),
    Worked(
        chart="u",
        title="Nonconformities on dyed cloth",
        source=f"{SIXTH}, chapter 7, dyed cloth (table 7.11)",
        series=partial(out_of, CLOTH, CLOTH_UNITS),
        centre=1.42,
        lower=0.29,
        upper=2.55,
        digits=2,
        options={"centre": 1.42},
        words="Limits follow the size of the roll. The book computes with 1.42 for 153 / 107.5, which is given here as centre.",
    ),
    Worked(
        chart="u",
        title="Nonconformities in personal computers",
        source=f"{FIFTH}, chapter 6, personal computers",
        series=partial(out_of, COMPUTERS, 5),
        centre=1.93,
        lower=0.07,
        upper=3.79,
        digits=2,
    ),
)
