"""Command line: `python -m spc analyse data.csv`, `verify chart.json`, `profiles`, `charts`, `rules`."""

import argparse
import csv
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from spc.assurance import Result, analyse
from spc.assurance.words import rounded
from spc.chart_file import chart_file, verify
from spc.charts import CHARTS, Chart
from spc.errors import BadChartFile, NotANumber, NoValues, SpcError
from spc.profiles import PROFILES, Profile
from spc.series import Period, Series
from spc.signals import RULES, Rule

PERIODS = ("x", "period", "date", "month", "week", "time")
MISSING = ("", "na", "n/a", "nan", "null", "none", "-")


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what was typed; 0 when done, 1 when a chart file gives another verdict, 2 when it cannot be done."""
    asked = _parser().parse_args(arguments)
    try:
        if asked.what == "analyse":
            return _analyse(asked)
        if asked.what == "verify":
            return _verify(asked.file)
    except SpcError as error:
        print(error.message, file=sys.stderr)
        return 2
    except (OSError, UnicodeDecodeError) as error:
        print(f"The file cannot be read: {error}", file=sys.stderr)
        return 2
    tables: dict[str, Mapping[str, Chart] | Mapping[str, Profile] | Mapping[str, Rule]] = {
        "charts": CHARTS,
        "profiles": PROFILES,
        "rules": RULES,
    }
    for name, entry in tables[asked.what].items():
        print(f"{name:<18}{entry.title}: {entry.words}")
    return 0


def _parser() -> argparse.ArgumentParser:
    """The words that can be typed."""
    parser = argparse.ArgumentParser(prog="python -m spc", description="Statistical process control.")
    commands = parser.add_subparsers(dest="what", required=True)
    chart = commands.add_parser("analyse", help="chart a CSV file: a table and a sentence")
    chart.add_argument(
        "file", type=Path, help="columns value, or numerator and denominator; a first column of periods"
    )
    chart.add_argument("--chart", default="xmr", choices=list(CHARTS))
    chart.add_argument("--profile", default="mdc", choices=list(PROFILES))
    chart.add_argument("--direction", default="neutral", choices=["increase", "decrease", "neutral"])
    chart.add_argument("--target", type=float)
    chart.add_argument(
        "--phase", type=int, action="append", default=[], help="number of a phase's first point, from 1"
    )
    chart.add_argument("--baseline", type=int, help="points at the start of each phase behind its limits")
    chart.add_argument("--exclude", type=int, action="append", default=[], help="number of a point, from 1")
    chart.add_argument("--multiplier", type=float, default=1.0)
    chart.add_argument("--unit", default="")
    form = chart.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="the whole result")
    form.add_argument("--chart-file", action="store_true", help="the reproducible chart file")
    check = commands.add_parser("verify", help="compute a chart file again; exit 1 if the verdict differs")
    check.add_argument("file", type=Path)
    for name in ("profiles", "charts", "rules"):
        commands.add_parser(name, help=f"list the {name}")
    return parser


def _analyse(asked: argparse.Namespace) -> int:
    """Print a result as a table and a sentence, as JSON, or as a chart file."""
    result = analyse(
        read(asked.file),
        chart=asked.chart,
        profile=asked.profile,
        direction=asked.direction,
        target=asked.target,
        phases=[number - 1 for number in asked.phase],
        baseline=asked.baseline,
        excluded=[number - 1 for number in asked.exclude],
        multiplier=asked.multiplier,
        unit=asked.unit,
    )
    if asked.json or asked.chart_file:
        written = chart_file(result) if asked.chart_file else result.to_dict()
        print(json.dumps(written, allow_nan=False, indent=2))
        return 0
    _table(result)
    return 0


def _table(result: Result) -> None:
    """Print one line a point and the sentences under it."""
    print(f"{result.kind.title}, profile {result.conventions.title}, {result.engine}")
    print(f"{'period':<20}{'value':>12}{'centre':>12}{'lower':>12}{'upper':>12}  signals")
    points = result.points
    for row in range(len(points)):
        shown = [
            rounded(float(line[row])) if line[row] == line[row] else ""
            for line in (points.value, points.centre, points.lower, points.upper)
        ]
        cells = "".join(f"{cell:>12}" for cell in shown)
        print(f"{result.series.period(row):<20}{cells}  {', '.join(points.signals[row])}".rstrip())
    print(result.verdict.words)
    if result.verdict.assurance_words:
        print(result.verdict.assurance_words)


def _verify(path: Path) -> int:
    """Say whether a chart file gives the same verdict again."""
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        message = f"This is not JSON: {error}."
        raise BadChartFile(message) from error
    if not isinstance(written, dict):
        raise BadChartFile("This is not a chart file: it holds no object.")
    found = verify(written)
    if found:
        print(f"The same verdict: {found.result.verdict.words}")
        return 0
    print(
        f"Not the same: {', '.join(found.differs)} differ. Now: {found.result.verdict.words}", file=sys.stderr
    )
    return 1


def read(path: Path) -> Series:
    """Read a series from a CSV file whose first line names the columns; empty cells are missing."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        names = {name.strip().lower(): name for name in reader.fieldnames or ()}
        rows = list(reader)
    columns = {
        field: [_number(field, row, line[names[field]]) for row, line in enumerate(rows)]
        for field in ("value", "numerator", "denominator")
        if field in names
    }
    if not columns:
        raise NoValues(field="value")
    found = next((names[name] for name in PERIODS if name in names), None)
    x = None if found is None else _periods([line[found] or "" for line in rows])
    given = columns.get
    if "value" in columns:
        return Series(x=x, value=given("value"), denominator=given("denominator"))
    return Series(x=x, numerator=given("numerator"), denominator=given("denominator"))


def _number(field: str, row: int, cell: str | None) -> float | None:
    """Read one cell; a percent sign and commas between thousands are passed over."""
    text = (cell or "").strip()
    if text.lower() in MISSING:
        return None
    try:
        return float(text.replace(",", "").removesuffix("%"))
    except ValueError:
        raise NotANumber(field=field, row=row, found=text) from None


def _periods(cells: Sequence[str]) -> Sequence[Period]:
    """Read periods as dates if all are ISO dates, as numbers if all are numbers, else as words."""
    for reader in (date.fromisoformat, datetime.fromisoformat, float):
        try:
            return [reader(cell.strip()) for cell in cells]
        except ValueError:
            continue
    return [cell.strip() for cell in cells]


if __name__ == "__main__":
    sys.exit(main())
