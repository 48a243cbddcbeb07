"""The page that says how often a stable process is called unstable, made from the simulated shares."""

from collections.abc import Mapping, Sequence

import spc

Shares = Mapping[tuple[str, int], float]

PAGE = """# False alarms: how often a chart signals when nothing is going on

*Made by `python -m benchmarks.false_alarms --write`; the figures are simulated and held against closed forms.*

Every rule for special cause is sometimes wrong. A process on which nothing is going on now and then puts a point outside
the limits, or seven on one side, by chance alone. The longer the chart and the more rules at once, the more often.

Of 100 charts of 24 points on which nothing is going on, about **{mdc}** show at least one signal by the rules of Making
Data Count, about **{run}** by the IHI run chart rules, about **{anhoej}** by the Anhøj rules and about **{nelson}** by
the eight rules of Nelson. So one signal is a reason to ask what happened, not a proof that something did; a signal that
comes at the time of a change you made, or that lasts, is worth more than one you found by looking long enough.

## Charts with at least one signal, of 100 without a cause

Centre and limits come from the same points, as on most charts. XmR charts; run charts for the IHI and Anhøj rules.

{profiles}

What follows for the use of charts:

- Look at more points and you will see more false signals: of 100 charts of 60 points, {mdc_60} have one by the rules of Making
  Data Count. The Anhøj rules grow with the chart: they stay at a few of 100.
- More rules find more, and more that is not there. Choose a profile once, before you look, and keep to it.
- Short patterns come by chance. Five points rising or falling show on {five} of 100 stable charts of 24 points, and that
  one rule gives most of the false alarms of the IHI rules; seven rising or falling show on fewer than one.
- A board that looks at 20 stable charts of 24 points will find signals on about {board} of them by the rules of Making Data
  Count. That is no crisis, and no cause for 20 reports.

## Each rule alone, with a centre and limits known beforehand

Of 100 charts, in how many the rule signals: simulated, with the exact share in brackets where it can be worked out.

{rules}

A centre that comes from the same points follows them, so a shift shows less often then: seven on one side on {shift} of 100 charts
of 24 points, not on {shift_known}. Limits that come from them are sometimes too narrow and sometimes too wide; where very large
steps are left out before the limits are drawn, they are more often too narrow, and points outside more frequent ({screened} of 100
charts of 24 points, not {unscreened}).

## Points between two false alarms

How many points one looks at, on average, until the first false alarm, with known limits; the published figures are those
of Champ & Woodall 1987, Technometrics 29:393.

{lengths}

Points are independent and normally distributed here. Points that follow each other closely (autocorrelation), such as
daily counts of people in beds, give many more false alarms.
"""


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a table in Markdown, numbers to the right."""
    rule = ["---", *["---:"] * (len(heads) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (heads, rule, *rows))


def in_100(share: float) -> str:
    """Write a share as so many of 100: whole from 10 on, with a decimal below.

    >>> in_100(0.2249), in_100(0.0314), in_100(0.0)
    ('22', '3.1', '0')
    """
    if share == 0:
        return "0"
    return f"{share * 100:.0f}" if share >= 0.0995 else f"{share * 100:.1f}"


def page(
    lengths: Sequence[int],
    estimated: Shares,
    known: Shares,
    exact: Mapping[tuple[str, int], float | None],
    between: Sequence[tuple[str, float, float]],
) -> str:
    """Fill the page."""
    heads = [f"{n} points" for n in lengths]
    profiles = [
        [profile.title, *(in_100(estimated[f"{name}: any", n]) for n in lengths)]
        for name, profile in spc.PROFILES.items()
    ]
    rules = []
    for name in sorted({name for name, _ in known}):
        cells = []
        for n in lengths:
            form = exact[name, n]
            cells.append(in_100(known[name, n]) + ("" if form is None else f" ({in_100(form)})"))
        rules.append([name, *cells])
    told = {
        key: f"{100 * estimated[name, 24]:.0f}"
        for key, name in (
            ("mdc", "mdc: any"),
            ("run", "ihi_run: any"),
            ("anhoej", "anhoej: any"),
            ("nelson", "qcc_nelson: any"),
            ("shift", "mdc: shift"),
            ("unscreened", "mdc: outside_limits"),
            ("screened", "nhsr_plotthedots: outside_limits"),
        )
    }
    return PAGE.format(
        **told,
        mdc_60=f"{100 * estimated['mdc: any', 60]:.0f}",
        shift_known=f"{100 * known['Shift, 7 points', 24]:.0f}",
        five=f"{100 * known['Trend, 5 points', 24]:.0f}",
        board=f"{20 * estimated['mdc: any', 24]:.0f}",
        profiles=table(["profile", *heads], profiles),
        rules=table(["rule", *heads], rules),
        lengths=table(
            ["rules", "simulated", "exact or published"],
            [[name, f"{average:.0f}", f"{published:g}"] for name, average, published in between],
        ),
    )
