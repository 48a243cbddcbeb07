"""Examples from Montgomery, Introduction to Statistical Quality Control: measurements, with figures as printed."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import spc
from tests.spc.worked import Worked

SIXTH = "Montgomery, Introduction to Statistical Quality Control, sixth edition"
FIFTH = "Montgomery, Introduction to Statistical Quality Control, fifth edition"


def numbers(text: str) -> list[float]:
    """Read numbers from text."""
    return [float(word) for word in text.split()]


# Width of the resist on wafers after hard bake, microns: 25 samples of five.
FLOW_WIDTHS = numbers("""
    1.3235 1.4128 1.6744 1.4573 1.6914  1.4314 1.3592 1.6075 1.4666 1.6109  1.4284 1.4871 1.4932 1.4324 1.5674
    1.5028 1.6352 1.3841 1.2831 1.5507  1.5604 1.2735 1.5265 1.4363 1.6441  1.5955 1.5451 1.3574 1.3281 1.4198
    1.6274 1.5064 1.8366 1.4177 1.5144  1.4190 1.4303 1.6637 1.6067 1.5519  1.3884 1.7277 1.5355 1.5176 1.3688
    1.4039 1.6697 1.5089 1.4627 1.5220  1.4158 1.7667 1.4278 1.5928 1.4181  1.5821 1.3355 1.5777 1.3908 1.7559
    1.2856 1.4106 1.4447 1.6398 1.1928  1.4951 1.4036 1.5893 1.6458 1.4969  1.3589 1.2863 1.5996 1.2497 1.5471
    1.5747 1.5301 1.5171 1.1839 1.8662  1.3680 1.7269 1.3957 1.5014 1.4449  1.4163 1.3864 1.3057 1.6210 1.5573
    1.5796 1.4185 1.6541 1.5116 1.7247  1.7106 1.4412 1.2361 1.3820 1.7601  1.4371 1.5051 1.3485 1.5670 1.4880
    1.4738 1.5936 1.6583 1.4973 1.4720  1.5917 1.4333 1.5551 1.5295 1.6866  1.6399 1.5243 1.5705 1.5563 1.5530
    1.5797 1.3663 1.6240 1.3732 1.6887
""")
# Inside diameters of forged piston rings, mm: 25 samples of five.
RINGS = numbers("""
    74.030 74.002 74.019 73.992 74.008 73.995 73.992 74.001 74.011 74.004 73.988 74.024 74.021 74.005 74.002
    74.002 73.996 73.993 74.015 74.009 73.992 74.007 74.015 73.989 74.014 74.009 73.994 73.997 73.985 73.993
    73.995 74.006 73.994 74.000 74.005 73.985 74.003 73.993 74.015 73.988 74.008 73.995 74.009 74.005 74.004
    73.998 74.000 73.990 74.007 73.995 73.994 73.998 73.994 73.995 73.990 74.004 74.000 74.007 74.000 73.996
    73.983 74.002 73.998 73.997 74.012 74.006 73.967 73.994 74.000 73.984 74.012 74.014 73.998 73.999 74.007
    74.000 73.984 74.005 73.998 73.996 73.994 74.012 73.986 74.005 74.007 74.006 74.010 74.018 74.003 74.000
    73.984 74.002 74.003 74.005 73.997 74.000 74.010 74.013 74.020 74.003 73.982 74.001 74.015 74.005 73.996
    74.004 73.999 73.990 74.006 74.009 74.010 73.989 73.990 74.009 74.014 74.015 74.008 73.993 74.000 74.010
    73.982 73.984 73.995 74.017 74.013
""")
# Cost of processing mortgage loans, 40 weeks; the limits are from the first 20.
LOANS = numbers("""
    310 288 297 298 307 303 294 297 308 306 294 299 297 299 314 295 293 306 301 304 305 282 305 296 314 295
    287 301 298 311 310 292 305 299 304 310 304 305 333 328
""")
# Viscosity of aircraft primer paint, 15 batches.
PAINT = numbers("33.75 33.05 34.00 33.81 33.46 34.02 33.68 33.27 33.49 33.20 33.62 33.00 33.54 33.12 33.84")
# Twenty observations with mean 10, then ten with mean 11.
DRIFT = numbers("""
    9.45 7.99 9.29 11.66 12.16 10.18 8.04 11.46 9.20 10.34 9.03 11.47 10.51 9.40 10.08 9.37 10.62 10.31 8.52
    10.84 10.90 9.33 12.29 11.50 10.60 11.08 10.38 11.62 11.31 10.52
""")

# The textbook estimates the spread of an x-bar chart from ranges.
FROM_RANGES = replace(spc.PROFILES["mdc"], name="mdc_ranges", subgroup_spread="UWAVE-R")


def fives(measured: Sequence[float]) -> spc.Series:
    """Gather measurements five by five."""
    return spc.gather([place // 5 + 1 for place in range(len(measured))], measured)


EXAMPLES = (
    Worked(
        chart="xbar",
        title="Flow width after hard bake",
        source=f"{SIXTH}, chapter 6, example 6.1 and table 6.1",
        series=partial(fives, FLOW_WIDTHS),
        centre=1.5056,
        lower=1.31795,
        upper=1.69325,
        digits=3,
        options={"profile": FROM_RANGES},
        words="No sample is outside. The book's A2 of 0.577 is rounded, so its limits are 0.0001 wider than the formula's.",
    ),
    Worked(
        chart="r",
        title="Range of flow width after hard bake",
        source=f"{SIXTH}, chapter 6, example 6.1 and table 6.1",
        series=partial(fives, FLOW_WIDTHS),
        centre=0.32521,
        lower=0.0,
        upper=0.68749,
        digits=3,
        words="The spread within samples is steady. The book's D4 of 2.114 is rounded: the formula gives 0.68764.",
    ),
    Worked(
        chart="r",
        title="Range of piston rings",
        source=f"{FIFTH}, chapter 5, piston rings",
        series=partial(fives, RINGS),
        centre=0.023,
        lower=0.0,
        upper=0.049,
        digits=3,
    ),
    Worked(
        chart="s",
        title="Standard deviation of piston rings",
        source=f"{SIXTH}, chapter 6, piston rings (table 6.3)",
        series=partial(fives, RINGS),
        centre=0.0094,
        lower=0.0,
        upper=0.0196,
        digits=4,
        words="The spread within samples is steady, so that limits for the means can be had from it.",
    ),
    Worked(
        chart="xmr",
        title="Cost of processing a loan",
        source=f"{SIXTH}, chapter 6, loan processing costs",
        series=partial(spc.Series, value=LOANS),
        centre=300.5,
        lower=279.78,
        upper=321.22,
        digits=2,
        row=38,
        options={"baseline": 20},
        words="Limits from the first 20 weeks; weeks 39 and 40 are above them.",
    ),
    Worked(
        chart="mr",
        title="Steps in the cost of processing a loan",
        source=f"{SIXTH}, chapter 6, loan processing costs",
        series=partial(spc.Series, value=LOANS),
        centre=7.79,
        lower=0.0,
        upper=25.45,
        digits=2,
        options={"baseline": 20},
    ),
    Worked(
        chart="xmr",
        title="Viscosity of primer paint",
        source=f"{FIFTH}, chapter 5, viscosity of aircraft primer paint",
        series=partial(spc.Series, value=PAINT),
        centre=33.52,
        lower=32.24,
        upper=34.80,
        digits=2,
        options={"profile": "qcc_nelson"},
        words="Fifteen batches, none outside. Limits by 3 / 1.128, as the book has them, not by 2.66.",
    ),
    Worked(
        chart="mr",
        title="Steps in the viscosity of primer paint",
        source=f"{FIFTH}, chapter 5, viscosity of aircraft primer paint",
        series=partial(spc.Series, value=PAINT),
        centre=0.48,
        lower=0.0,
        upper=1.57,
        digits=2,
    ),
    Worked(
        chart="cusum",
        title="A shift of one standard deviation, by CUSUM",
        source=f"{SIXTH}, chapter 9, example 9.1 and table 9.1",
        series=partial(spc.Series, value=DRIFT),
        centre=0.0,
        lower=-5.0,
        upper=5.0,
        digits=2,
        row=28,
        options={"centre": 10.0, "settings": {"sigma": 1.0, "shift": 1.0, "interval": 5.0}},
        value=5.28,
        words="The mean rises by one standard deviation after observation 20; the upper sum passes 5 at observation 29.",
    ),
    Worked(
        chart="ewma",
        title="A shift of one standard deviation, by EWMA",
        source=f"{SIXTH}, chapter 9, EWMA of the data of table 9.1",
        series=partial(spc.Series, value=DRIFT),
        centre=10.0,
        lower=9.73,
        upper=10.27,
        digits=3,
        options={"centre": 10.0, "settings": {"sigma": 1.0, "weight": 0.1, "width": 2.7}},
        value=9.945,
        words="The first limits are narrow and widen to 9.38 and 10.62.",
    ),
    Worked(
        chart="ewma",
        title="A shift of one standard deviation, by EWMA, once the limits are steady",
        source=f"{SIXTH}, chapter 9, EWMA of the data of table 9.1",
        series=partial(spc.Series, value=DRIFT),
        centre=10.0,
        lower=9.38,
        upper=10.62,
        digits=2,
        row=28,
        options={"centre": 10.0, "settings": {"sigma": 1.0, "weight": 0.1, "width": 2.7}},
        words="The EWMA passes its upper limit at observation 29.",
    ),
)
