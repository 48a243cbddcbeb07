"""What can be taken from a published report: data, drawings, JSON. Made anew from the protected table, never copied."""

import csv
import io
import json
from typing import Any

import spc
from qiplatform import charts
from qiplatform.learning.pages.citing import licence
from qiplatform.learning.pages.series import bands
from qiplatform.learning.queries import PublicSeries, PublishedReport
from qiplatform.learning.rules import read_chart, treatment_words
from qiplatform.measures.pages.kept import Kept
from qiplatform.measures.rules.escaping import defused
from qiplatform.measures.rules.numbers import fault

CHART_KINDS = {"svg": "image/svg+xml", "png": "image/png", "json": "application/json"}
"""What one chart can be taken away as, by the ending of its address."""
_OF_THE_QUESTION = {"chart", "profile", "direction", "unit"}
"""Parts of a definition that a chart file holds elsewhere."""
_COLUMNS = ("measure", "period", "value", "numerator", "denominator")
_LIVE: Kept[tuple[str, str, str], dict[str, Any]] = Kept(64)


def data_csv(report: PublishedReport) -> str:
    """Return the protected table, a row a point; text that a spreadsheet would run is defused."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for series in report.series:
        for row in series.rows:
            writer.writerow(
                [defused(series.name), row.period.isoformat(), row.value, row.numerator, row.denominator]
            )
    return out.getvalue()


def data_xlsx(report: PublishedReport) -> bytes:
    """Return the protected table as a workbook: one sheet, numbers as numbers, stars as text, no author, no formula."""
    import xlsxwriter  # noqa: PLC0415 - only for those who download

    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        bold, day = (
            book.add_format({"bold": True}),
            book.add_format({"num_format": "d mmm yyyy", "align": "left"}),
        )
        sheet = book.add_worksheet("Published data")
        sheet.set_column(0, 0, 40)
        sheet.set_column(1, 1, 14)
        sheet.freeze_panes(1, 0)
        for place, words in enumerate(_COLUMNS):
            sheet.write_string(0, place, words, bold)
        rows = ((series.name, one) for series in report.series for one in series.rows)
        for line, (name, row) in enumerate(rows, start=1):
            sheet.write_string(line, 0, name)
            sheet.write_datetime(line, 1, row.period, day)
            for place, text in enumerate((row.value, row.numerator, row.denominator), start=2):
                if text and fault(text) is None:
                    sheet.write_number(line, place, float(text))
                elif text:
                    sheet.write_string(line, place, text)
    return out.getvalue()


def chart_as(series: PublicSeries, ending: str) -> str | bytes:
    """Return one chart as a drawing that stands alone (svg), a picture (png) or a file anyone can work out again (json).

    Empty where no point is published.
    """
    result = series.result()
    if result is None:
        return ""
    if ending == "json":
        return json.dumps(_chart_file(series, result), indent=1, ensure_ascii=False)
    drawn = charts.drawing(result, title=series.name, unit=series.definition["unit"], bands=bands(series))
    return charts.png(drawn) if ending == "png" else str(drawn)


def live_chart(series: PublicSeries, version_id: str, palette: str, shape: str) -> dict[str, Any] | None:
    """Return the live chart's data, kept for the versions looked at last; a version never changes."""
    if not series.rows:
        return None
    key = (f"{version_id}/{series.position}", palette, shape)
    item = _LIVE.find(key)
    if item is None:
        # Decisions are the team's own: of what was published only the tests are drawn.
        item = charts.figure_json(
            read_chart(series.record),
            title=series.name,
            unit=series.definition["unit"],
            bands=bands(series),
            palette=palette,
            shape=shape,
        )
        _LIVE.keep(key, item)
    return item


def _chart_file(series: PublicSeries, result: spc.Result) -> dict[str, Any]:
    """Return the reproducible chart file of a published chart: where limits begin anew and what is left out, without reasons."""
    said = {name: text for name, text in series.definition.items() if name not in _OF_THE_QUESTION and text}
    setup = series.setup
    decided = [{"kind": "phase", "from": on} for on in setup["phases"]]
    decided += [{"kind": "exclusion", "from": on} for on in setup["excluded"]]
    if setup["baseline"]:
        decided.append({"kind": "baseline", "from": setup["baseline"][0], "to": setup["baseline"][1]})
    return spc.chart_file(result, definition=said, decisions=decided)


def as_json(report: PublishedReport, base: str) -> dict[str, Any]:
    """Return a published version as other machines read it."""
    content = report.content
    address = f"{base}/published/{report.report_id}"
    return {
        "id": report.report_id,
        "url": address,
        "version": report.number,
        "version_url": f"{address}/v/{report.number}",
        "newest_version": report.newest,
        "published_at": report.published_at.isoformat(),
        "licence": licence[0],
        **{
            name: content[name]
            for name in ("title", "result", "sections", "aim", "authors", "organisation", "setting")
        },
        **{name: content[name] for name in ("topics", "methods", "drivers", "cycles", "credit")},
        "changes": content.get("changes", []),
        "region": content.get("region", ""),
        "contact": content.get("contact", ""),
        "strength": report.strength.value,
        "reason": report.reason,
        "measures": [_measure(one) for one in report.series],
    }


def file_name(report: PublishedReport, ending: str) -> str:
    """Return what a download is called: it goes into a header, so letters, digits and hyphens only."""
    return f"published-{report.report_id}-v{report.number}.{ending}"


def _measure(series: PublicSeries) -> dict[str, Any]:
    result = series.result()
    return {
        **series.definition,
        "treatment": series.treatment.value,
        "treatment_words": treatment_words(series.treatment),
        "points": [
            {
                "period": row.period.isoformat(),
                **{
                    name: text
                    for name in ("value", "numerator", "denominator")
                    if (text := getattr(row, name))
                },
            }
            for row in series.rows
        ],
        "analysis": result.to_dict() if result else None,
    }
