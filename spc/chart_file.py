"""The reproducible chart file: data, definition, profile, phases, decisions, engine version and hash, in one JSON object.

Whoever has the file can compute the chart again and see that the verdict is the same: `python -m spc verify chart.json`.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

import numpy as np

from spc.analysis import Question
from spc.assurance import Result, analyse
from spc.assurance.result import plain
from spc.errors import BadChartFile
from spc.profiles import Profile, Use
from spc.series import Period, Series

FORMAT = "spc-chart/1"
COLUMNS = ("value", "numerator", "denominator", "size", "deviation", "spread")


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether a chart file is as it was written and gives the same verdict again. `differs` names what does not."""

    same: bool
    differs: tuple[str, ...]
    result: Result

    def __bool__(self) -> bool:
        """Whether everything is the same."""
        return self.same


def chart_file(
    result: Result,
    *,
    definition: Mapping[str, Any] | None = None,
    decisions: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """Write a result as a reproducible chart file, ready for `json.dumps`.

    `definition` describes the measure (name, operational definition, ...), `decisions` why phases, baselines and
    exclusions are as they are; both are kept as given and covered by the hash.

    >>> bool(verify(chart_file(analyse(Series(value=[3, 5, 4, 6])))))
    True
    """
    series, question = result.series, result.question
    data: dict[str, Any] = {"x": _periods(series.x), "labels": series.labels, "ordered": series.ordered}
    if series.numerator is None:
        data["value"] = plain(series.value)
    else:
        data["numerator"] = plain(series.numerator)
    if series.denominator is not None:
        data["denominator"] = plain(series.denominator)
    for name, column in (("size", series.size), ("deviation", series.deviation), ("spread", series.spread)):
        if column is not None:
            data[name] = plain(column)
    asked = {field.name: getattr(question, field.name) for field in fields(Question)}
    asked["profile"] = asdict(result.conventions)
    asked["settings"] = dict(question.settings) if question.settings else None
    target = question.target
    if target is not None and not isinstance(target, (int, float)):
        starts = _periods([start for start, _ in target])["entries"]
        asked["target"] = [[start, float(level)] for start, (_, level) in zip(starts, target, strict=True)]
    centre = question.centre
    if centre is not None and not isinstance(centre, (int, float)):
        asked["centre"] = [float(entry) for entry in centre]
    body = {
        "format": FORMAT,
        "engine": result.engine,
        "definition": dict(definition or {}),
        "data": data,
        "question": asked,
        "decisions": [dict(decision) for decision in decisions],
        "verdict": result.to_dict()["verdict"],
    }
    written: dict[str, Any] = json.loads(json.dumps(body, allow_nan=False, default=_plain))
    return {**written, "hash": _hash(written)}


def verify(written: Mapping[str, Any]) -> Verification:
    """Compute the chart of a chart file again and compare; BadChartFile if it cannot be read.

    >>> written = chart_file(analyse(Series(value=[3, 5, 4, 6])))
    >>> verify({**written, "verdict": {**written["verdict"], "words": "All is well."}}).differs
    ('hash', 'words')
    """
    if written.get("format") != FORMAT:
        message = f"This is not a chart file: its format is {written.get('format')!r}, not {FORMAT!r}."
        raise BadChartFile(message)
    try:
        result = _again(written)
    except (KeyError, TypeError, AttributeError) as error:
        message = f"The chart file is damaged: {error}."
        raise BadChartFile(message) from error
    differs = []
    body = {name: part for name, part in written.items() if name != "hash"}
    if _hash(body) != written.get("hash"):
        differs.append("hash")
    now: dict[str, Any] = result.to_dict()["verdict"]
    before = written["verdict"]
    differs += sorted(name for name in now.keys() | before.keys() if now.get(name) != before.get(name))
    return Verification(not differs, tuple(differs), result)


def _again(written: Mapping[str, Any]) -> Result:
    """Compute the result from what the file holds."""
    data, asked = written["data"], dict(written["question"])
    columns = {name: data[name] for name in COLUMNS if name in data}
    series = Series(
        x=_read(data["x"]), **columns, labels=data.get("labels"), ordered=data.get("ordered", True)
    )
    profile = dict(asked.pop("profile"))
    profile["rules"] = _uses(profile["rules"])
    profile["chart_rules"] = tuple((chart, _uses(uses)) for chart, uses in profile["chart_rules"])
    if isinstance(asked["target"], list):
        periods = _read({**data["x"], "entries": [start for start, _ in asked["target"]]})
        asked["target"] = list(zip(periods, [level for _, level in asked["target"]], strict=True))
    if isinstance(asked["baseline"], list):
        asked["baseline"] = tuple(asked["baseline"])
    return analyse(series, profile=Profile(**profile), **asked)


def _uses(uses: Sequence[Mapping[str, Any]]) -> tuple[Use, ...]:
    """Read the rules of a profile."""
    return tuple(Use(**use) for use in uses)


def _periods(x: Sequence[Period]) -> dict[str, Any]:
    """Write periods with their kind, so that a date comes back as a date."""
    kind = "word"
    if x and isinstance(x[0], datetime):
        kind = "moment"
    elif x and isinstance(x[0], date):
        kind = "day"
    elif x and not isinstance(x[0], str):
        kind = "number"
    entries = [entry.isoformat() if isinstance(entry, date) else entry for entry in x]
    return {"kind": kind, "entries": entries}


def _read(written: Mapping[str, Any]) -> list[Period]:
    """Read periods as they were."""
    kind, entries = written["kind"], written["entries"]
    if kind in ("day", "moment"):
        reader = datetime.fromisoformat if kind == "moment" else date.fromisoformat
        try:
            return [reader(entry) for entry in entries]
        except ValueError as error:
            message = f"The chart file holds a date that cannot be read: {error}."
            raise BadChartFile(message) from error
    return list(entries)


def _hash(body: Mapping[str, Any]) -> str:
    """Fingerprint of a file's content, independent of the order of its names and of spaces."""
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def _plain(entry: object) -> object:
    """Write a number of NumPy as a number."""
    if isinstance(entry, np.generic):
        return entry.item()
    message = f"{entry!r} cannot be written to a chart file."
    raise BadChartFile(message)
