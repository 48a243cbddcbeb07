"""Questions about the centre and the limits."""

from tests.spc.disagreements import Row

_UPPER = "round(float(result.points.upper[-1]), 4)"

ROWS = (
    Row(
        question="By how many mean steps are XmR limits away from the centre?",
        tools=("3 / 1.128", "2.66", "3 / 1.128", "3 / 1.128"),
        ours="2.66, as the NHS prints it.",
        why="The two differ by 0.016 %: no decision hangs on it, but a team that checks by hand should get our number.",
        shows="The upper limit",
        code=(
            "series = spc.Series(value=[10, 12] * 6)",
            "result = spc.analyse(series, profile=PROFILE)",
            _UPPER,
        ),
        gives={
            "mdc": "16.32",
            "nhsr_plotthedots": "16.32",
            "qicharts2": "16.3191",
            "powerbi_spc": "16.3191",
            "qcc_western_electric": "16.3191",
        },
    ),
    Row(
        question="Are very large steps left out before the limits are drawn?",
        tools=(
            "yes, once, steps of 3.267 times their mean or more; only if the package was attached",
            "yes, can be switched off",
            "yes, can be switched off",
            "no",
        ),
        ours="No. Every step counts.",
        why="The NHS spreadsheets count every step. Leaving steps out makes limits narrower just when something happened, and"
        " nobody sees that it was done. Exclude a point with a known cause, with the reason, instead.",
        shows="The upper limit of twelve steady values and a wild one",
        code=(
            "series = spc.Series(value=[10, 12] * 6 + [40])",
            "result = spc.analyse(series, profile=PROFILE)",
            _UPPER,
        ),
        gives={
            "mdc": "24.3141",
            "nhsr_plotthedots": "18.5508",
            "qicharts2": "18.5499",
            "powerbi_spc": "18.5499",
            "qcc_western_electric": "24.3123",
        },
    ),
    Row(
        question="What does a missing value do to the steps?",
        tools=(
            "takes both of its steps away",
            "takes both of its steps away",
            "is taken out, so that its neighbours make a step",
            "cannot be given",
        ),
        ours="It takes both of its steps away.",
        why="The values on both sides of a gap are not neighbours in time; what lies between them is not known.",
        shows="The upper limit",
        code=(
            "series = spc.Series(value=[10, 12, None, 18, 20])",
            "result = spc.analyse(series, profile=PROFILE)",
            _UPPER,
        ),
        gives={"mdc": "20.32", "nhsr_plotthedots": "20.32", "qicharts2": "20.3191", "powerbi_spc": "23.8652"},
    ),
    Row(
        question="What does an excluded point do?",
        tools=(
            "leaves limits and runs, and can still be outside",
            "cannot be given",
            "cannot be given",
            "cannot be given",
        ),
        ours="It is drawn and counts nowhere: not in the limits, not in runs, not as a signal.",
        why="It was taken out because its cause is known. Its neighbours meet, in the steps and in the runs.",
        shows="The upper limit, and the rules that mark the excluded point",
        code=(
            "series = spc.Series(value=[10, 12, 40, 10, 12])",
            "result = spc.analyse(series, profile=PROFILE, excluded=[2])",
            "round(float(result.points.upper[0]), 4), result.points.signals[2]",
        ),
        gives={"mdc": "(16.32, ())", "qicharts2": "(16.3191, ('outside_limits',))"},
    ),
    Row(
        question="What are the limits of a series in which all values are equal?",
        tools=(
            "there are none",
            "there are none",
            "none; about the median, equal to the centre",
            "equal to the centre",
        ),
        ours="Equal to the centre, and the sentence says that there is no variation.",
        why="A process that always gives 5 can be expected to give 5: a target of 5 is met. A chart without limits would"
        " hide that.",
        shows="The upper limit, nan for none",
        code=(
            "series = spc.Series(value=[5] * 12)",
            "result = spc.analyse(series, profile=PROFILE)",
            "float(result.points.upper[0])",
        ),
        gives={
            "mdc": "5.0",
            "nhsr_plotthedots": "nan",
            "qicharts2": "nan",
            "powerbi_spc": "nan",
            "qcc_western_electric": "5.0",
        },
    ),
    Row(
        question="How many points does a phase need before it has limits?",
        tools=(
            "two",
            "two; a warning below 13",
            "two",
            "two",
        ),
        ours="Three; fewer than twelve are called trial limits.",
        why="With one step the limits are that step and nothing else. Nobody is turned away for having few points: the chart"
        " says what cannot be said yet.",
        shows="The upper limit of two points, nan for none",
        code=(
            "result = spc.analyse(spc.Series(value=[10, 12]), profile=PROFILE)",
            _UPPER,
        ),
        gives={
            "mdc": "nan",
            "nhsr_plotthedots": "16.32",
            "qicharts2": "16.3191",
            "powerbi_spc": "16.3191",
            "qcc_western_electric": "16.3191",
        },
    ),
    Row(
        question="What is the spread of subgroups that all have one size found from?",
        tools=(
            "the mean of their standard deviations (pooled if sizes differ)",
            "has no such chart",
            "always the pooled standard deviation",
            "range / d2 or standard deviation / c4, averaged",
        ),
        ours="The mean of their standard deviations; pooled where sizes differ.",
        why="It is the textbook's number, and the one people get by hand.",
        shows="The centre of the s chart",
        code=(
            "series = spc.Series(value=[5, 5, 5], size=[4, 4, 4], deviation=[1, 2, 3])",
            'result = spc.analyse(series, chart="s", profile=PROFILE)',
            "round(float(result.points.centre[0]), 4)",
        ),
        gives={"mdc": "2.0", "qicharts2": "2.0", "powerbi_spc": "2.1602", "qcc_western_electric": "2.0"},
    ),
    Row(
        question="Can the lower limit of an s chart be below zero?",
        tools=("no", "has no such chart", "yes", "no"),
        ours="No.",
        why="A standard deviation cannot be below zero, so a limit there says nothing.",
        shows="The lower limit",
        code=(
            "series = spc.Series(value=[5, 5, 5], size=[3, 3, 3], deviation=[1, 1, 1])",
            'result = spc.analyse(series, chart="s", profile=PROFILE)',
            "round(float(result.points.lower[0]), 4)",
        ),
        gives={"mdc": "0.0", "qicharts2": "0.0", "powerbi_spc": "-0.5682", "qcc_western_electric": "0.0"},
    ),
    Row(
        question="What is the centre of a g chart?",
        tools=(
            "the median; limits stand about the mean",
            "has no such chart",
            "the median",
            "the mean; its limits fail",
        ),
        ours="The median, with limits about the mean.",
        why="Counts between rare events lean to the right: most of them lie below their mean, and runs about it would be no"
        " surprise. Half of them lie above the median.",
        shows="The centre",
        code=(
            "series = spc.Series(value=[1, 2, 3, 4, 20])",
            'result = spc.analyse(series, chart="g", profile=PROFILE)',
            "float(result.points.centre[0])",
        ),
        gives={"mdc": "3.0", "qicharts2": "3.0", "powerbi_spc": "3.0"},
    ),
    Row(
        question="A label of a phase comes back later: is it the same phase?",
        tools=(
            "the later part joins the phase before it: a phase begins where a label first appears",
            "phases begin at dates",
            "no, every change of label begins a phase",
            "has no phases",
        ),
        ours="A phase begins at a point, and has no label that could come back.",
        why="Time does not come back. A phase is a decision with a date and a reason.",
        shows="First and last point of each phase",
        code=(
            "series = spc.Series(value=[1, 2, 3, 7, 8, 9, 1, 2, 3])",
            "result = spc.analyse(series, profile=PROFILE, phases=[3, 6])",
            "[(phase.first, phase.last) for phase in result.phases]",
        ),
        gives={"mdc": "[(0, 2), (3, 5), (6, 8)]"},
    ),
    Row(
        question="What happens where the denominator is zero?",
        tools=(
            "no limits and no signal",
            "has no such chart",
            "the point is flagged as low, and its limits are as wide as can be",
            "was not tried",
        ),
        ours="There were no cases: no value, no limits, never a signal.",
        why="Nobody came, so nobody was treated late. That is not a low percentage.",
        shows="The value and the upper limit there, nan for none",
        code=(
            "series = spc.Series(numerator=[4, 5, 0, 6], denominator=[9, 10, 0, 11])",
            'result = spc.analyse(series, chart="p", profile=PROFILE)',
            "float(result.points.value[2]), float(result.points.upper[2])",
        ),
        gives={"mdc": "(nan, nan)", "qicharts2": "(nan, nan)", "powerbi_spc": "(nan, 1.0)"},
    ),
    Row(
        question="What happens where there are more events than cases?",
        tools=("it is computed", "has no such chart", "the row is taken out", "was not tried"),
        ours="It is refused, and the row is named.",
        why="One of the two numbers is wrong. A share of 133 % on a chart, or a point that quietly goes missing, helps nobody"
        " to find out which.",
        shows="What comes of 4 out of 3",
        code=(
            (
                "def tried(profile):\n"
                "    series = spc.Series(numerator=[1, 2, 1, 4], denominator=[3, 3, 3, 3])\n"
                "    try:\n"
                '        return round(float(spc.analyse(series, chart="p", profile=profile).points.value[3]), 4)\n'
                "    except spc.NumeratorExceedsDenominator as refused:\n"
                "        return refused.message\n"
            ),
            "print(tried(PROFILE))",
        ),
        gives={
            "mdc": "Point 4: the numerator, 4, is larger than the denominator, 3.",
            "qicharts2": "1.3333",
            "powerbi_spc": "nan",
        },
    ),
)
