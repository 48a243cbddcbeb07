"""A record as drawings, files and the live chart's data."""

from datetime import date
from typing import Any

from markupsafe import Markup

import spc
from qiplatform import charts
from qiplatform.measures import rules
from qiplatform.measures.models import Decision
from qiplatform.measures.pages.kept import Kept
from qiplatform.measures.queries import SeenMeasure
from qiplatform.measures.rules import Record, decisions
from qiplatform.measures.rules.definitions import OWN_FIELDS, as_text

_MOST_KEPT = 64
_OF_THE_QUESTION = {"chart", "profile", "direction", "unit"}
"""Parts of a definition that a chart file holds elsewhere."""
_Key = tuple[str, int, str, str]


def bands(record: Record) -> tuple[charts.Band, ...]:
    """Return the stretches of time drawn at the foot of the chart."""
    return tuple(
        charts.Band(one.starts_on, one.ends_on, one.label, one.detail, one.href) for one in record.bands
    )


def flagged(record: Record) -> tuple[Decision, ...]:
    """Return what is flagged on the chart, in order of time: notes and decisions."""
    return tuple(sorted(record.decisions, key=lambda one: (one.from_on, one.id)))


def flags(record: Record) -> tuple[charts.Flag, ...]:
    """Return the numbered flags."""
    return tuple(
        charts.Flag(one.from_on, number, f"{decisions.TITLES[one.kind]}: {one.text}")
        for number, one in enumerate(flagged(record), start=1)
    )


def figure(record: Record, result: spc.Result, palette: str) -> charts.Figure:
    """Return the chart of a measure's page with its words and table."""
    measure = record.measure
    return charts.figure(
        result,
        title=measure.name,
        unit=measure.unit,
        bands=bands(record),
        flags=flags(record),
        palette=palette,
    )


def drawing(record: Record, result: spc.Result, *, size: str = "wide", palette: str = "nhs") -> Markup:
    """Return one drawing alone."""
    measure = record.measure
    return charts.drawing(
        result,
        title=measure.name,
        unit=measure.unit,
        size=size,
        bands=bands(record),
        flags=flags(record),
        palette=palette,
    )


def slide(seen: SeenMeasure, record: Record, on: date, palette: str = "nhs") -> bytes:
    """Return the chart as a presentation of one slide."""
    measure = record.measure
    return charts.slide(
        rules.analyse(record),
        title=measure.name,
        project=seen.project.project.title,
        on=on,
        unit=measure.unit,
        bands=bands(record),
        flags=flags(record),
        palette=palette,
    )


def notes(record: Record) -> list[str]:
    """Return people's words to each row of the chart, for the pointer."""
    return [point.note if point else "" for _, point in rules.laid_out(record)]


LIVE: Kept[_Key, dict[str, Any]] = Kept(_MOST_KEPT)
"""The live chart's data of the measures looked at last, by measure, data version, palette and shape."""


def live(record: Record, palette: str, shape: str) -> dict[str, Any]:
    """Return the live chart's data."""
    measure = record.measure
    made: dict[str, Any] = charts.figure_json(
        rules.analyse(record),
        title=measure.name,
        unit=measure.unit,
        bands=bands(record),
        flags=flags(record),
        palette=palette,
        shape=shape,
        notes=notes(record),
    )
    return made


def chart_file(record: Record) -> dict[str, Any]:
    """Return the reproducible chart file: whoever has it can work the chart out again.

    It says what was decided, when and why, and not by whom.
    """
    measure = record.measure
    definition = rules.definition_of(measure, record.targets)
    said = {name: as_text(getattr(definition, name)) for name in OWN_FIELDS if name not in _OF_THE_QUESTION}
    decided = [
        {
            "kind": one.kind.value,
            "from": one.from_on.isoformat(),
            "to": one.to_on.isoformat() if one.to_on else None,
            "text": one.text,
            "on": one.at.date().isoformat(),
            **({"rule": one.rule, "direction": one.direction} if one.rule else {}),
            **({"evidence": one.evidence} if one.evidence else {}),
        }
        for one in flagged(record)
    ]
    return spc.chart_file(rules.analyse(record), definition=said, decisions=decided)


def file_name(record: Record, ending: str) -> str:
    """Return what a download is called.

    The name is kept to letters, digits and hyphens: it goes into a header.
    """
    plain = "".join(
        sign if sign.isascii() and sign.isalnum() else "-" for sign in record.measure.name.lower()
    )
    return f"{'-'.join(filter(None, plain.split('-')))[:60] or 'measure'}.{ending}"
