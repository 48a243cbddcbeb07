"""The reproducible chart file: data, definition, profile, phases, decisions, engine version and hash, in one JSON object.

Whoever has the file can compute the chart again and see that the verdict is the same: `python -m spc verify chart.json`.
"""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

import numpy as np

from spc.analysis import Question
from spc.assurance import Result, analyse
from spc.assurance.result import plain
from spc.errors import BadChartFile, SpcError
from spc.profiles import Profile, Use
from spc.series import Period, Series
from spc.told import told

FORMAT = "spc-chart/1"
COLUMNS = ("value", "numerator", "denominator", "size", "deviation", "spread")
_TARGETS = ("target", "second_target")


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
    exclusions are as they are; both are kept as given and covered by the hash. Raises BadChartFile for what JSON cannot
    carry, such as NaN.

    >>> bool(verify(chart_file(analyse(Series(value=[3, 5, 4, 6])))))
    True
    """
    series = result.series
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
    body = {
        "format": FORMAT,
        "engine": result.engine,
        "definition": dict(definition or {}),
        "data": data,
        "question": _asked(result),
        "decisions": [dict(decision) for decision in decisions],
        "verdict": result.to_dict()["verdict"],
    }
    try:
        written: dict[str, Any] = json.loads(json.dumps(body, allow_nan=False, default=_plain))
    except BadChartFile:
        raise
    except (ValueError, TypeError, RecursionError) as error:
        message = "The definition, a decision or the profile holds what JSON cannot carry, such as a number that is missing or infinite."
        raise BadChartFile(message) from error
    return {**written, "hash": _hash(written)}


def verify(written: Mapping[str, Any]) -> Verification:
    """Compute the chart of a chart file again and compare; BadChartFile if it cannot be read.

    >>> written = chart_file(analyse(Series(value=[3, 5, 4, 6])))
    >>> verify({**written, "verdict": {**written["verdict"], "words": "All is well."}}).differs
    ('hash', 'words')
    """
    given: object = written
    form = written.get("format") if isinstance(given, Mapping) else None
    if form != FORMAT:
        message = f"This is not a chart file: its format is {told(form)!r}, not {FORMAT!r}."
        raise BadChartFile(message)
    try:
        result, before = _again(written), dict(written["verdict"])
    except SpcError:
        raise
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        message = f"The chart file is damaged: {error}."
        raise BadChartFile(message) from error
    differs = []
    body = {name: part for name, part in written.items() if name != "hash"}
    if _hash(body) != written.get("hash"):
        differs.append("hash")
    now: dict[str, Any] = result.to_dict()["verdict"]
    differs += sorted(name for name in now.keys() | before.keys() if now.get(name) != before.get(name))
    return Verification(not differs, tuple(differs), result)


def _asked(result: Result) -> dict[str, Any]:
    """Write what was asked, with the whole profile; what is missing as null."""
    question = result.question
    asked = {field.name: getattr(question, field.name) for field in fields(Question)}
    asked["profile"] = asdict(result.conventions)
    if question.settings:
        asked["settings"] = {name: _number(entry) for name, entry in question.settings.items()}
    for name in _TARGETS:
        target = getattr(question, name)
        if isinstance(target, tuple):
            starts = _periods([start for start, _ in target])["entries"]
            asked[name] = [[start, _number(level)] for start, (_, level) in zip(starts, target, strict=True)]
    if isinstance(question.centre, np.ndarray):
        asked["centre"] = plain(question.centre)
    return asked


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
    for name in _TARGETS:
        if isinstance(asked.get(name), list):
            periods = _read({**data["x"], "entries": [start for start, _ in asked[name]]})
            asked[name] = list(zip(periods, [level for _, level in asked[name]], strict=True))
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


def _number(entry: float) -> float | None:
    """Write a number that may be missing."""
    return entry if math.isfinite(entry) else None


def _plain(entry: object) -> object:
    """Write numbers of NumPy as numbers."""
    if isinstance(entry, (np.bool_, np.integer, np.floating)):
        return entry.item()
    if isinstance(entry, np.ndarray):
        return entry.tolist()
    message = f"A chart file cannot hold {told(entry)}."
    raise BadChartFile(message)
