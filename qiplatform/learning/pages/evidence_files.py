"""The effects of an idea at all places, to take away: a table, and JSON for other machines."""

import csv
import io
from typing import Any

from qiplatform.learning.pages.evidence import Evidence, cautions, sentence
from qiplatform.measures.rules.escaping import defused


def evidence_csv(found: Evidence) -> str:
    """Return the effects as a table for those who pool them their own way."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        [
            "report",
            "title",
            "organisation",
            "result",
            "before",
            "points_before",
            "after",
            "points_after",
            "change",
            "variance",
            "unit",
        ]
    )
    for site, effect in found.used:
        report = site.report
        writer.writerow(
            [
                report.report_id,
                defused(report.title),
                defused(report.content["organisation"]),
                report.result.value,
                repr(effect.before),
                effect.n_before,
                repr(effect.after),
                effect.n_after,
                repr(effect.change),
                repr(effect.variance),
                found.unit,
            ]
        )
    return out.getvalue()


def evidence_json(found: Evidence) -> dict[str, Any]:
    """Return the same as other machines read it."""
    one = found.pooled
    return {
        "measure": found.name,
        "unit": found.unit,
        "direction": found.direction,
        "sites": [
            {
                "report": site.report.report_id,
                "title": site.report.title,
                "result": site.report.result.value,
                "missing": site.missing or None,
                **(
                    {
                        "before": effect.before,
                        "after": effect.after,
                        "change": effect.change,
                        "variance": effect.variance,
                    }
                    if (effect := site.effect)
                    else {}
                ),
            }
            for site in found.sites
        ],
        "not_told": found.untold,
        "pooled": None
        if one is None
        else {
            "method": "random effects, REML, Hartung-Knapp",
            "k": one.k,
            "mean": one.mean,
            "low": one.low,
            "high": one.high,
            "predicted": list(one.predicted) if one.predicted else None,
            "tau2": one.tau2,
            "i2": one.i2,
            "q": one.q,
            "p": one.p,
        },
        "words": sentence(found),
        "cautions": list(cautions(found)),
    }
