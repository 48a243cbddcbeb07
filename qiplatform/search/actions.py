"""What is done: published learning put into the index, and taken out."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from qiplatform.errors import NotFound
from qiplatform.learning import queries
from qiplatform.learning.models import ReportResult
from qiplatform.learning.queries import PublishedReport
from qiplatform.learning.rules import RESULT_WORDS, SECTIONS, Withdrawn
from qiplatform.search.models import Facet, SearchDocument, SearchFacet
from qiplatform.search.rules import joined_words

_ALSO: Mapping[ReportResult, str] = {
    ReportResult.NO_CHANGE: "did not work didn't work no difference",
    ReportResult.WORSE: "did not work didn't work",
    ReportResult.STOPPED_EARLY: "did not work didn't work abandoned",
}
_LONGEST_VALUE = 200


def index(db: Session, *, at: datetime, report_id: str) -> None:
    """Put a report's present version into the index in place of what stood there; a withdrawn one is taken out.

    Idempotent: done twice it leaves what it left once.
    """
    del at  # every job is told the time
    try:
        report = queries.published(db, report_id)
    except (NotFound, Withdrawn):
        remove(db, report_id=report_id)
        return
    row = db.scalar(select(SearchDocument).where(SearchDocument.report_id == report_id))
    texts = _texts(report)
    if row is None:
        row = SearchDocument(report_id=report_id, published_at=report.published_at, **texts)
        db.add(row)
    else:
        for name, text in {**texts, "published_at": report.published_at}.items():
            setattr(row, name, text)
    db.flush()
    db.execute(delete(SearchFacet).where(SearchFacet.number == row.number))
    db.add_all(SearchFacet(number=row.number, facet=facet, value=value) for facet, value in _facets(report))
    db.flush()


def remove(db: Session, *, report_id: str) -> None:
    """Take a report out of the index. A withdrawal does so by itself: the database takes the row with the publication."""
    db.execute(delete(SearchDocument).where(SearchDocument.report_id == report_id))


def _texts(report: PublishedReport) -> dict[str, Any]:
    content = report.content
    parts = [
        *(report.section(name) for name in SECTIONS if name not in {"problem", "did", "happened"}),
        content["aim"],
        *_ideas(content["drivers"]),
        *(f"{one.name} {one.definition['operational_definition']}" for one in report.series),
        *content["topics"],
        *content["methods"],
        content["organisation"],
        content["setting"],
        RESULT_WORDS[report.result],
        _ALSO.get(report.result, ""),
    ]
    texts = {name: report.section(name) for name in ("problem", "did", "happened")}
    body = "\n".join(part for part in parts if part)
    joined = joined_words("\n".join([report.title, body, *texts.values()]))
    return {"title": report.title, **texts, "body": f"{body}\n{joined}"}


def _ideas(nodes: Iterable[Mapping[str, Any]]) -> list[str]:
    return [text for node in nodes for text in (node["text"], *_ideas(node["children"]))]


def _facets(report: PublishedReport) -> list[tuple[Facet, str]]:
    content = report.content
    found = [
        (Facet.RESULT, report.result.value),
        (Facet.SETTING, content["setting"]),
        (Facet.ORGANISATION, content["organisation"]),
        *((Facet.TOPIC, topic) for topic in content["topics"]),
        *((Facet.METHOD, method) for method in content["methods"]),
    ]
    return list(
        dict.fromkeys((facet, value.strip()[:_LONGEST_VALUE]) for facet, value in found if value.strip())
    )
