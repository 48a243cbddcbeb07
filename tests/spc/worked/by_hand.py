"""Examples worked out by hand from the formula, for charts of which no printed figures were at hand."""

from functools import partial

import spc
from tests.spc.worked import Worked

HAND = "Worked by hand from the formula of"
# Times whose 3.6th roots are 2, 3, 2, 3.
TIMES = [root**3.6 for root in (2.0, 3.0, 2.0, 3.0)]
STEPS = [4.0, 6.0, 5.0, 7.0, 23.0]

EXAMPLES = (
    Worked(
        chart="run",
        title="A run chart of seven weeks",
        source=f"{HAND} Perla, Provost & Murray 2011, BMJ Quality & Safety 20:46",
        series=partial(spc.Series, value=[12, 15, 11, 30, 14, 13, 16]),
        centre=14.0,
        lower=None,
        upper=None,
        digits=9,
        words="In order 11, 12, 13, 14, 15, 16, 30: the fourth is the median, and the 30 does not move it.",
        printed=False,
    ),
    Worked(
        chart="i_median",
        title="Individuals about their median",
        source=f"{HAND} Wheeler, Understanding Statistical Process Control",
        series=partial(spc.Series, value=STEPS),
        centre=6.0,
        lower=-7.965,
        upper=19.965,
        digits=9,
        words="Median 6; steps 2, 1, 2, 16 with mean 5.25; 2.66 * 5.25 = 13.965.",
        printed=False,
    ),
    Worked(
        chart="i_median_range",
        title="Individuals about their median, median range",
        source=f"{HAND} the engine's own definition, 3 / 1.128 median moving ranges",
        series=partial(spc.Series, value=STEPS),
        centre=6.0,
        lower=0.680851,
        upper=11.319149,
        digits=6,
        words="The same data with the median step, 2: 6 / 1.128 = 5.319149. Now the last point is outside.",
        printed=False,
    ),
    Worked(
        chart="i_prime",
        title="Mean waits of clinics large and small",
        source=f"{HAND} Taylor 2017, Normalized Individuals chart",
        series=partial(spc.Series, value=[6, 3, 6, 3], denominator=[8, 1, 8, 1]),
        centre=17 / 3,
        lower=1.906724,
        upper=9.426609,
        digits=6,
        words="Centre (48 + 3 + 48 + 3) / 18. Every step is 3 / sqrt(1 / 8 + 1) = 2 sqrt(2), times sqrt(pi / 2) that is"
        " 2 sqrt(pi); over sqrt(8) and three times it is 3.759942 for a clinic of eight.",
        printed=False,
    ),
    Worked(
        chart="p_prime",
        title="Proportions out of 100, by Laney",
        source=f"{HAND} Laney 2002, Quality Engineering 14:531",
        series=partial(spc.Series, numerator=[45, 55, 50, 60, 40], denominator=[100] * 5),
        centre=0.5,
        lower=0.200798,
        upper=0.799202,
        digits=6,
        words="With equal denominators it is an XmR chart of the proportions:"
        " mean step 0.1125, times 3 / 1.128 is 0.299202.",
        printed=False,
    ),
    Worked(
        chart="u_prime",
        title="Rates over equal opportunity, by Laney",
        source=f"{HAND} Laney 2002, Quality Engineering 14:531",
        series=partial(spc.Series, numerator=[4, 6, 5, 7, 3], denominator=[1] * 5),
        centre=5.0,
        lower=0.0,
        upper=10.984043,
        digits=6,
        words="With equal denominators it is an XmR chart of the rates: mean step 2.25, times 3 / 1.128 is 5.984043.",
        printed=False,
    ),
    Worked(
        chart="g",
        title="Operations between deaths",
        source=f"{HAND} Benneyan 2001, Health Care Management Science 4:305",
        series=partial(spc.Series, value=[10, 20, 30, 5, 35]),
        centre=20.0,
        lower=0.0,
        upper=81.481705,
        digits=6,
        words="Mean 20: 20 + 3 sqrt(20 * 21) = 81.481705. The centre drawn is the median, here 20 as well.",
        printed=False,
    ),
    Worked(
        chart="t",
        title="Days between falls",
        source=f"{HAND} Nelson 1994, Journal of Quality Technology 26:227",
        series=partial(spc.Series, value=TIMES),
        centre=27.07597,
        lower=0.0,
        upper=367.62919,
        digits=5,
        words="Roots 2, 3, 2, 3: mean 2.5, steps of 1, so 2.5 + 3 / 1.128 = 5.159574, raised to the power 3.6.",
        printed=False,
    ),
    Worked(
        chart="bernoulli_cusum",
        title="Eight operations, eight deaths",
        source=f"{HAND} Reynolds & Stoumbos 1999, Journal of Quality Technology 31:87",
        series=partial(spc.Series, value=[1] * 8),
        centre=0.0,
        lower=-3.5,
        upper=3.5,
        digits=6,
        row=6,
        options={"settings": {"p0": 0.2, "odds_ratio": 2.0}},
        value=3.575779,
        words="A death at 20 % against odds of twice that adds ln(2 / 1.2) = 0.510826. The seventh makes 3.575779, past the"
        " limit of 3.5; the eighth begins again from 0.",
        printed=False,
    ),
    Worked(
        chart="funnel_p",
        title="Three hospitals with ten cases each against 50 %",
        source=f"{HAND} Spiegelhalter 2005, Statistics in Medicine 24:1185, appendix",
        series=partial(
            spc.Series,
            x=["Ash", "Elm", "Oak"],
            numerator=[5, 2, 8],
            denominator=[10, 10, 10],
            ordered=False,
        ),
        centre=0.5,
        lower=0.00024,
        upper=0.99976,
        digits=9,
        options={"centre": 0.5},
        words="In 1,024ths: P(0) = 1 is below 0.001 and P(0 or 1) = 11 above it, so r = 1 and a = (11 - 1.024) / 10 = 0.9976;"
        " the lower 99.8 % limit is (1 - 0.9976) / 10, and the upper its mirror image.",
        printed=False,
    ),
    Worked(
        chart="funnel_u",
        title="Three wards with four falls expected in each",
        source=f"{HAND} Spiegelhalter 2005, Statistics in Medicine 24:1185, appendix",
        series=partial(
            spc.Series, x=["Ash", "Elm", "Oak"], numerator=[5, 2, 4], denominator=[4, 4, 4], ordered=False
        ),
        centre=1.0,
        lower=0.0,
        upper=2.988988,
        digits=6,
        options={"centre": 1.0},
        words="Poisson with mean 4: P(11 or fewer) = 0.999085 is the first above 0.999; the step there is 0.001925, of which"
        " a = 0.044047 lies above; (11 - 0.044047 + 1) / 4 = 2.988988. Twelve falls would be beyond it, with a chance of 0.0009.",
        printed=False,
    ),
)
