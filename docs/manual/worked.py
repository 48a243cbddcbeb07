"""A worked example as a page prints it: data, published numbers beside the engine's, the call and its sentence."""

from collections.abc import Iterable, Sequence

import spc
from docs.manual.played import analyse_call, number, played, series_call
from tests.spc.worked import Worked

_COLUMNS = {"xbar": ("size", "deviation"), "s": ("size", "deviation"), "r": ("size", "spread")}
_SHORT = 9
_LINES = ("centre", "lower", "upper", "value")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table.

    >>> print(table(["a", "b"], [["1", "2"]]))
    | a | b |
    |---|---|
    | 1 | 2 |
    """
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(
        "|" + "|".join(line if line == "---" else f" {line} " for line in cells) + "|" for cells in lines
    )


def columns_of(example: Worked) -> tuple[str, ...]:
    """Return the columns of subgroups that the example's chart and profile read."""
    profile = example.options.get("profile")
    if isinstance(profile, spc.Profile) and profile.subgroup_spread.endswith("-R"):
        return ("size", "spread")
    return _COLUMNS.get(example.chart, ())


def data(example: Worked) -> str:
    """Write the data, in the middle cut short."""
    series = example.series()
    plain = ("numerator", "denominator") if series.numerator is not None else ("value", "denominator")
    names = [name for name in (*plain, *columns_of(example)) if getattr(series, name) is not None]
    rows = [
        [series.period(row).removeprefix("point "), *(number(getattr(series, name)[row]) for name in names)]
        for row in range(len(series))
    ]
    if len(rows) > _SHORT:
        rows[5:-2] = [["…"] * (len(names) + 1)]
    titles = (
        {"value": "mean", "spread": "range", "deviation": "standard deviation"} if columns_of(example) else {}
    )
    return table(["point", *(titles.get(name, name) for name in names)], rows)


def numbers(example: Worked) -> str:
    """Write what the source has beside what the engine gives."""
    points = spc.analyse(example.series(), chart=example.chart, **example.options).points
    rows = []
    for name in _LINES:
        said = getattr(example, name)
        if said is not None:
            places = max(example.digits, len(f"{said:.9f}".rstrip("0").partition(".")[2]))
            found = round(float(getattr(points, name)[example.row]), places) + 0.0
            rows.append([name, f"{said:.10g}", f"{found:.10g}"])
    who = "the book" if example.printed else "by hand"
    return table(["", who, "the engine"], rows)


def code(example: Worked) -> str:
    """Write the call that gives these numbers, run just now."""
    statements = ["import spc"]
    if isinstance(example.options.get("profile"), spc.Profile):
        statements.insert(0, "from dataclasses import replace")
    shown = [name for name in _LINES if getattr(example, name) is not None]
    inside = ", ".join(f"points.{name}" for name in shown)
    every = f"({inside}{',' if len(shown) == 1 else ''})"
    return played(
        [
            *statements,
            series_call(example.series(), columns_of(example)),
            analyse_call(example.chart, example.options),
            "points = result.points",
            f"[round(float(line[{example.row}]), {example.digits}) for line in {every}]",
            "print(result.verdict.words)",
        ]
    )


def section(example: Worked, picture: str) -> str:
    """Write the first example of a chart in full."""
    where = f"At point {example.row + 1}" if len(example.series()) > 1 else "There"
    return "\n\n".join(
        part
        for part in (
            f"**{example.title}.** {example.words}".strip(),
            f"Source: {example.source}.",
            data(example),
            picture,
            f"{where} the numbers are, compared by a test to {example.digits} decimals:",
            numbers(example),
            "The same in Python:",
            code(example),
        )
        if part
    )


def more(examples: Sequence[Worked]) -> str:
    """Write further examples in short."""
    rows = []
    for example in examples:
        result = spc.analyse(example.series(), chart=example.chart, **example.options)
        lines = ", ".join(
            f"{name} {getattr(example, name):.10g}" for name in _LINES if getattr(example, name) is not None
        )
        rows.append(
            [f"**{example.title}.** {example.words}".strip(), example.source, lines, result.verdict.words]
        )
    return table(["example", "source", "its numbers, which the engine gives too", "the verdict"], rows)
