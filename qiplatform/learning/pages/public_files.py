"""What can be taken from a published report: data, drawings, JSON. Made anew from the protected table, never copied."""

import csv
import io
from typing import Any

from qiplatform import charts
from qiplatform.learning.pages.public import bands, licence
from qiplatform.learning.queries import PublicSeries, PublishedReport
from qiplatform.learning.rules import treatment_words

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def data_csv(report: PublishedReport) -> str:
    """Return the protected table, a row a point; text that a spreadsheet would run is defused."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["measure", "period", "value", "numerator", "denominator"])
    for series in report.series:
        name = f"'{series.name}" if series.name.startswith(_FORMULA) else series.name
        for row in series.rows:
            writer.writerow([name, row.period.isoformat(), row.value, row.numerator, row.denominator])
    return out.getvalue()


def chart_svg(series: PublicSeries) -> str:
    """Return one chart as a drawing that stands alone; empty where no point is published."""
    result = series.result()
    if result is None:
        return ""
    drawn = charts.drawing(result, title=series.name, unit=series.definition["unit"], bands=bands(series))
    return str(drawn)


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
