"""Questions about signals and the verdict."""

from tests.spc.disagreements import Row

_ANY = "sorted({signal.rule for signal in result.signals})"
# Counts about 9 have a standard deviation of 3: the inner lines stand at 3 and 15, the limits at 0 and 18.
_MARKED = (
    "def marked(*last):\n"
    "    series = spc.Series(value=[9, 8, 10, *last])\n"
    '    points = spc.analyse(series, chart="c", profile=PROFILE, centre=9.0).points\n'
    '    return [row + 1 for row in range(len(points)) if "two_in_three" in points.signals[row]]\n'
)


def _shortest(rules: str, value: str) -> tuple[str, ...]:
    """Search the shortest pattern after twelve ordinary points that one of the rules finds."""
    return (
        (
            "def found(n):\n"
            f"    series = spc.Series(value=[1, -1] * 6 + {value})\n"
            "    signals = spc.analyse(series, profile=PROFILE, centre=0.0).signals\n"
            f"    return any(signal.rule in {rules} for signal in signals)\n"
        ),
        "next((n for n in range(2, 30) if found(n)), 'never')",
    )


ROWS = (
    Row(
        question="What does a missing value do to a run on one side of the centre?",
        tools=(
            "it is taken out: the parts on both sides join",
            "breaks it; some missing values stop the program",
            "is taken out: the parts on both sides join",
            "cannot be given",
        ),
        ours="It breaks the run, and a trend too.",
        why="The missing value may have been on the other side.",
        shows="The rules that find something in four points above the centre, a gap and four more",
        code=(
            "series = spc.Series(value=[11, 14, 11, 14, None, 11, 14, 11, 14])",
            "result = spc.analyse(series, profile=PROFILE, centre=10.0)",
            _ANY,
        ),
        gives={
            "mdc": "[]",
            "nhsr_plotthedots": "[]",
            "qicharts2": "['crossings', 'longest_run']",
            "powerbi_spc": "['shift']",
        },
    ),
    Row(
        question="What does a point exactly on the centre line do to a run?",
        tools=("it is taken out: the parts on both sides join", "breaks it", "breaks it", "breaks it"),
        ours="It breaks the run, by the rules of Making Data Count. By Anhøj's rules and on run charts by the IHI's it is"
        " passed over, as these rules were made.",
        why="A point on the line is no evidence for either side.",
        shows="The rules that find something in four points above the centre, one on it and four more",
        code=(
            "series = spc.Series(value=[11, 14, 11, 14, 10, 11, 14, 11, 14])",
            "result = spc.analyse(series, profile=PROFILE, centre=10.0)",
            _ANY,
        ),
        gives={
            "mdc": "[]",
            "nhsr_plotthedots": "[]",
            "qicharts2": "['crossings', 'longest_run']",
            "powerbi_spc": "[]",
            "qcc_western_electric": "[]",
        },
    ),
    Row(
        question="Is a point exactly on a limit inside or outside?",
        tools=("inside", "inside", "inside", "inside"),
        ours="Inside. Only on the Bernoulli CUSUM, whose limit is a decision, it signals.",
        why="Here the tools agree, and so do we.",
        shows="The upper limit, and the rules that find something in a 10 there",
        code=(
            "series = spc.Series(value=[4, 3, 5, 10])",
            'result = spc.analyse(series, chart="c", profile=PROFILE, centre=4.0)',
            f"float(result.points.upper[-1]), {_ANY}",
        ),
        gives={
            "mdc": "(10.0, [])",
            "qicharts2": "(10.0, [])",
            "powerbi_spc": "(10.0, [])",
            "qcc_western_electric": "(10.0, [])",
        },
    ),
    Row(
        question="How many points in a row on one side make a shift?",
        tools=(
            "it grows with the chart: 8 or more on 12 to 22 points",
            "7",
            "7",
            "8 (Western Electric) or 9 (Nelson)",
        ),
        ours="7, as Making Data Count has it.",
        why="A fixed number is easy to teach. On long charts it gives more false alarms than Anhøj's growing length; choose the"
        " profile that suits your charts.",
        shows="The shortest shift that is found after twelve points above and below in turn",
        code=_shortest('("shift", "longest_run")', "[1, 2] * (n // 2) + [1] * (n % 2)"),
        gives={
            "mdc": "7",
            "nhsr_plotthedots": "7",
            "qicharts2": "8",
            "powerbi_spc": "7",
            "qcc_western_electric": "8",
            "qcc_nelson": "9",
        },
    ),
    Row(
        question="How many points in a row rising or falling make a trend?",
        tools=("has no such rule", "7", "5", "6 (Nelson)"),
        ours="7, as Making Data Count has it.",
        why="Short trends come by chance more often than people think: one chart of 24 steady points in four has five in a"
        " row going one way, and fewer than one in a hundred has seven.",
        shows="The shortest trend that is found, its first point among the twelve before",
        code=_shortest('("trend",)', "[step / 10 for step in range(n - 1)]"),
        gives={
            "mdc": "7",
            "nhsr_plotthedots": "7",
            "qicharts2": "'never'",
            "powerbi_spc": "5",
            "qcc_nelson": "6",
        },
    ),
    Row(
        question="Two of three points are close to a limit: what may the third do?",
        tools=(
            "has no such rule",
            "it must be on the same side; a point outside the limits does not count as close",
            "anything but the opposite extreme; a point outside counts as close",
            "anything; the last of the three must be close, and is the one marked",
        ),
        ours="It must be on the same side of the centre, and a point outside the limits does not count as close.",
        why="Three points on one side, two of them far out, is one story. A point outside the limits has a signal of its own.",
        shows="The numbers of the points marked: two close and one between them on the same side; the same with that one on"
        " the other side; one outside and one close",
        code=(_MARKED, "marked(16, 12, 16), marked(16, 8, 16), marked(19, 12, 16)"),
        gives={
            "mdc": "([4, 6], [], [])",
            "nhsr_plotthedots": "([4, 6], [], [])",
            "qicharts2": "([], [], [])",
            "powerbi_spc": "([4, 6], [4, 6], [4, 6])",
            "qcc_western_electric": "([6], [6], [6])",
        },
    ),
    Row(
        question="Which points of a pattern are marked?",
        tools=(
            "none: the signal is about the phase",
            "all of it",
            "all of it",
            "the point that completes it, and those after",
        ),
        ours="All of it; of two in three only the points close to the limit.",
        why="You want to know when it began, and the last point alone does not say that.",
        shows="The number of points marked in a row of ten above the centre",
        code=(
            "series = spc.Series(value=[11, 12] * 5)",
            "result = spc.analyse(series, profile=PROFILE, centre=10.0)",
            'sum("shift" in names for names in result.points.signals)',
        ),
        gives={
            "mdc": "10",
            "nhsr_plotthedots": "10",
            "powerbi_spc": "10",
            "qcc_western_electric": "3",
            "qcc_nelson": "2",
        },
    ),
    Row(
        question="Several rules mark one point: what is said?",
        tools=(
            "does not arise",
            "one label, by a fixed order",
            "every flag, and several icons; one colour, by an order of its own",
            "the rule with the lowest number",
        ),
        ours="Every rule is named. If one speaks of improvement and another of concern, the verdict is the improvement.",
        why="A person can weigh two facts; a picture that hides one cannot be checked.",
        shows="The rules that mark the last point, and the verdict on it",
        code=(
            "series = spc.Series(value=[12, 14, 11, 13, 12, 14, 11, 4, 5, 6, 7, 8, 8.5, 9])",
            'result = spc.analyse(series, profile=PROFILE, direction="decrease", centre=10.0)',
            "result.points.signals[-1], result.verdict.variation",
        ),
        gives={
            "mdc": "(('trend', 'shift'), 'improvement_low')",
            "nhsr_plotthedots": "(('trend', 'shift'), 'concern_high')",
        },
    ),
    Row(
        question="What is said of a target while there are no limits?",
        tools=(
            "does not judge targets",
            "hit or miss",
            "hit or miss; nothing without a target",
            "does not judge targets",
        ),
        ours="Nothing yet.",
        why="Hit or miss is a statement about the process. Without limits nothing is known of it.",
        shows="The verdict on a target after one point",
        code=(
            "series = spc.Series(value=[10])",
            'result = spc.analyse(series, profile=PROFILE, direction="increase", target=9)',
            "result.verdict.assurance",
        ),
        gives={"mdc": "'none'", "nhsr_plotthedots": "'hit_or_miss'", "powerbi_spc": "'hit_or_miss'"},
    ),
    Row(
        question="The latest value is missing: what is said of variation?",
        tools=("reads the whole phase", "ordinary variation", "the row is taken out", "cannot be given"),
        ours="What the latest point with a value says.",
        why="A number that has not arrived yet takes no signal away.",
        shows="The verdict after seven points above the centre and a missing one",
        code=(
            "series = spc.Series(value=[11, 12, 11, 12, 11, 12, 11, None])",
            "result = spc.analyse(series, profile=PROFILE, centre=10.0)",
            "result.verdict.variation",
        ),
        gives={"mdc": "'neutral_high'", "nhsr_plotthedots": "'common'"},
    ),
    Row(
        question="Are values that are equal in decimals equal to the computer?",
        tools=(
            "yes, its mean is computed with care",
            "yes, as R computes means",
            "not known",
            "yes, as R",
        ),
        ours="Yes. Sums are exact before they are rounded once.",
        why="Added up plainly, twenty times 0.1 has a mean a hair above 0.1, and all twenty points would be a shift below it.",
        shows="The rules that find something in twenty times 0.1",
        code=("result = spc.analyse(spc.Series(value=[0.1] * 20), profile=PROFILE)", _ANY),
        gives={
            "mdc": "[]",
            "nhsr_plotthedots": "[]",
            "qicharts2": "[]",
            "powerbi_spc": "[]",
            "qcc_western_electric": "[]",
        },
    ),
)
