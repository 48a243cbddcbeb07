"""Command line: `python -m spc analyse data.csv`, `verify chart.json`, `profiles`, `charts`, `rules`."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from spc.assurance import Result, analyse
from spc.assurance.words import rounded
from spc.chart_file import chart_file, verify
from spc.charts import CHARTS, Chart
from spc.csv_file import read
from spc.errors import BadChartFile, OutOfRange, SpcError
from spc.periods import BYS
from spc.profiles import PROFILES, Profile
from spc.signals import RULES, Rule


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
        "file",
        type=Path,
        help="columns value, or numerator and denominator; period (or date, month, ...) for the points, unit (or site, ...)"
        " for funnels; size and deviation for means of subgroups",
    )
    chart.add_argument("--chart", default="xmr", choices=list(CHARTS))
    chart.add_argument("--profile", default="mdc", choices=list(PROFILES))
    chart.add_argument("--direction", default="neutral", choices=["increase", "decrease", "neutral"])
    chart.add_argument("--target", type=float)
    chart.add_argument("--second-target", type=float, help="such as a stretch goal")
    chart.add_argument("--centre", type=float, help="a centre decided beforehand")
    chart.add_argument("--by", choices=BYS, help="gather dated rows by the period they lie in")
    chart.add_argument(
        "--setting",
        action="append",
        default=[],
        metavar="NAME=NUMBER",
        help="a number the chart has, such as weight=0.2",
    )
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
    kind = CHARTS[asked.chart]
    result = analyse(
        read(asked.file, by=asked.by, subgroups=kind.needs == "subgroups", ordered=not kind.across_units),
        chart=asked.chart,
        profile=asked.profile,
        direction=asked.direction,
        target=asked.target,
        second_target=asked.second_target,
        centre=asked.centre,
        settings=_settings(asked.setting),
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
    verdict = result.verdict
    for words in (verdict.words, verdict.assurance_words, verdict.how_sure, verdict.not_to_conclude):
        if words:
            print(words)


def _settings(typed: Sequence[str]) -> dict[str, float]:
    """Read settings typed as name=number."""
    settings = {}
    for entry in typed:
        name, _, number = entry.partition("=")
        try:
            settings[name.strip()] = float(number)
        except ValueError:
            allowed = "a setting is typed as name=number, such as weight=0.2"
            raise OutOfRange(field="settings", found=entry, allowed=allowed, called="setting") from None
    return settings


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


if __name__ == "__main__":
    sys.exit(main())
