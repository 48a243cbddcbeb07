"""The first page of the manual: how to read it, what there is, and how to begin."""

import contextlib
import inspect
import io
import tempfile
from pathlib import Path

import spc
from docs.manual.charts import said
from docs.manual.elsewhere import false_alarms
from docs.manual.played import played
from docs.manual.worked import table
from spc.__main__ import main

_TOLD = """# The SPC manual

For people who improve services and want to know what a chart of theirs says, and for those who have to trust the numbers.
Every page is written from the code itself by `make manual`; a test fails when a page says something the engine does not do.

**Short of time?** Read [the XmR chart](charts/xmr.md), then [the shift](rules/shift.md), then {alarms}. That is most of it.

## Words you need

- **Variation**: values differ each time. Most of it is *common cause*, what the process does by itself.
- **Special cause**: a pattern that ordinary variation seldom makes. Something is different; look what.
- **Centre**: the line values vary about, their mean or median.
- **Process limits**: the lines between which nearly all values stay while nothing changes. They come from your data; a target
  does not.
- **Standard deviation**: the usual distance of values from their mean. Limits are three of them away; formulas write it \N{GREEK SMALL LETTER SIGMA}.
- **Baseline**: the points the centre and limits are worked out from. **Phase**: a stretch with limits of its own.
- **Rule**: one pattern that is looked for. **Signal**: a place where it was found.
- **Profile**: a named set of conventions, because tools disagree. Its name stands on every chart.
- **Verdict**: what the chart says, in one sentence; everything shown is read from it.

## How to read a page

A **chart page** begins with when to use the chart and when another is better; formulas come later and can be skipped. Each has a
worked example: data, published numbers beside the engine's, and the Python that gives them, run when the page was written and
again by the tests. A **rule page** says which pattern is meant and what *not* to conclude from it. A **profile page** lists
conventions. [Disagreements](disagreements.md) says where the known tools differ and what we do.

A signal is a reason to ask, never a verdict on people. The charts are for improving services, not for the care of an
individual patient and not for performance management.
"""

_SET = """| what | in Python | on the command line |
|---|---|---|
| the conventions | `profile="mdc"` | `--profile mdc` |
| which direction is improvement | `direction="increase"`, `"decrease"` or `"neutral"` | `--direction increase` |
| a target, one or one a point | `target=95` | `--target 95` |
| another target beside it, such as a stretch goal | `second_target=98` | `--second-target 98` |
| where new limits begin | `phases=[18]`, counted from 0 | `--phase 19`, counted from 1 |
| how many points of a phase stand behind its limits | `baseline=24` | `--baseline 24` |
| points that are drawn and count nowhere | `excluded=[7]`, counted from 0 | `--exclude 8`, counted from 1 |
| a centre known beforehand | `centre=10.0` | `--centre 10` |
| numbers read larger, such as a rate per 1,000 | `multiplier=1000` | `--multiplier 1000` |
| the unit in sentences | `unit="days"` | `--unit days` |
| the chart's own settings | `settings={"weight": 0.1}` | `--setting weight=0.1` |
| raw rows of dates, gathered by week, month, quarter or year | `spc.gather(days, values, by="month")` | `--by month` |
"""


def page() -> str:
    """Write the page."""
    charts = [
        [f"[{chart.title}](charts/{chart.name}.md)", f"`{chart.name}`", said(chart.name)["When to use"]]
        for chart in spc.CHARTS.values()
    ]
    rules = [
        [f"[{rule.title}](rules/{rule.name}.md)", f"`{rule.name}`", rule.words] for rule in spc.RULES.values()
    ]
    profiles = [
        [f"[{profile.title}](profiles/{profile.name}.md)", f"`{profile.name}`", profile.words]
        for profile in spc.PROFILES.values()
    ]
    parts = [
        _TOLD.format(alarms=false_alarms("")),
        "## Your first chart\n",
        f"{first()}\n",
        "Not sure which chart? `spc.recommend(series)` proposes one and says why.\n",
        "## On the command line\n",
        f"{command_line()}\n",
        f"## Charts\n\n{table(['chart', 'name', 'when to use it'], charts)}\n",
        f"## What you can set\n\n{_SET}",
        f"## Rules\n\n{table(['rule', 'name', 'in short'], rules)}\n",
        f"## Profiles\n\n{table(['profile', 'name', 'in short'], profiles)}\n",
        "What each of these tools does, question by question: [where the tools disagree](disagreements.md).\n",
        f"## Beyond a chart\n\n{beyond()}\n",
    ]
    return "\n".join(parts)


def beyond() -> str:
    """List what else can be asked of the engine, in the words of its own docstrings."""
    functions = {name: getattr(spc, name) for name in spc.__all__ if inspect.isfunction(getattr(spc, name))}
    told = [[f"`spc.{name}`", (one.__doc__ or "").split("\n")[0]] for name, one in functions.items()]
    return (
        f"{table(['function', 'what it does'], told)}\n\n`help(spc.plan)` prints the rest, with an example."
    )


def first() -> str:
    """Show the first chart."""
    return played(
        [
            "import spc",
            "waits = spc.Series(value=[52, 48, 50, 51, 49, 50, 52, 47, 51, 50, 49, 51, 62])",
            'result = spc.analyse(waits, chart="xmr", direction="decrease", target=45, unit="days")',
            "print(result.verdict.words)",
            "print(result.verdict.assurance_words)",
            "print(result.verdict.how_sure)",
            "print(result.verdict.not_to_conclude)",
        ]
    )


def command_line() -> str:
    """Show the same on the command line, run just now."""
    rows = [
        "week,value",
        *(f"{week},{value}" for week, value in enumerate((52, 48, 50, 51, 49, 50, 62), start=1)),
    ]
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()) as out:
        file = Path(folder) / "waits.csv"
        file.write_text("\n".join(rows), encoding="utf-8")
        main(["analyse", str(file), "--chart", "xmr", "--direction", "decrease"])
    lines = ["$ cat waits.csv", *rows, "$ python -m spc analyse waits.csv --chart xmr --direction decrease"]
    told = (
        "`--json` prints the whole result, `--chart-file` a file from which anyone can compute the chart again:"
        " `python -m spc verify chart.json` says whether the verdict is the same. `python -m spc charts`, `rules` and `profiles`"
        " list what there is."
    )
    return "```\n" + "\n".join([*lines, *out.getvalue().splitlines()]) + f"\n```\n\n{told}"
