"""Reads feeds as others do, and puts reports before them without the way through the checkers."""

from datetime import datetime
from typing import Any

from lxml import etree

from qiplatform.learning.actions import feeds
from qiplatform.learning.models import Publication, PublishedVersion, Report, ReportResult, ReportStatus
from qiplatform.store.base import new_id
from tests.support.factories import AT
from tests.support.learning import Reports

NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "at": "http://purl.org/atompub/tombstones/1.0",
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "o": "http://www.openarchives.org/OAI/2.0/",
    "dc": "http://purl.org/dc/elements/1.1/",
}
CONTENT: dict[str, Any] = {
    "title": "Fewer falls",
    "result": "improved",
    "sections": {
        "summary": "",
        "problem": "People fell.",
        "did": "Lights.",
        "happened": "Fewer fell.",
        "differently": "",
        "involvement": "",
    },
    "aim": "",
    "authors": ["Ann Example"],
    "organisation": "Example Trust",
    "setting": "Ward",
    "topics": ["falls"],
    "drivers": [],
    "cycles": [],
    "methods": ["PDSA"],
    "credit": None,
}


def xml(body: bytes) -> Any:
    """Return a document as another program reads it: no entities, no network."""
    return etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))


def texts(document: Any, path: str) -> list[str]:
    """Return what stands at a path, with the prefixes of `NAMES`."""
    return [str(one) for one in document.xpath(path, namespaces=NAMES)]


def put(kit: Reports, *, at: datetime = AT, report_id: str = "", **words: Any) -> PublishedVersion:
    """Put a version with these words before the public; with `report_id` the next version of that report."""
    content = {**CONTENT, **words}
    with kit.make.store.session() as db:
        if report_id:
            before = db.get_one(Publication, report_id).version_id
            number = db.get_one(PublishedVersion, before).number + 1
        else:
            number, report_id = 1, new_id()
            db.add(
                Report(
                    id=report_id,
                    project_id=kit.team.project.id,
                    title=content["title"][:200],
                    result=ReportResult(content["result"]),
                    status=ReportStatus.PUBLISHED,
                    written_by_id=kit.team.lead.id,
                    begun_at=at,
                )
            )
            db.flush()
        version = PublishedVersion(
            report_id=report_id,
            number=number,
            published_at=at,
            approved_by_id=kit.team.curator.id,
            content=content,
        )
        db.add(version)
        db.flush()
        db.merge(Publication(report_id=report_id, version_id=version.id))
        feeds.note_published(db, at=version.published_at, version=version)
    return version


def take_back(kit: Reports, report_id: str, *, at: datetime) -> None:
    """Withdraw a report at an instant, as far as the feeds are told of it."""
    with kit.make.store.session() as db:
        feeds.note_withdrawn(db, at=at, report_id=report_id)
