"""What an OAI-PMH request asks of the database: at most one page and, when a list begins, its length."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from qiplatform.learning.queries.feeds import Span, Told, changes, count_changes, earliest, told
from qiplatform.learning.rules import Code, OaiFault, OaiRequest, Progress


@dataclass(frozen=True, slots=True)
class OaiAnswer:
    """What is told: records, how far the list has got, and since when anything is told."""

    records: tuple[Told, ...] = ()
    progress: Progress | None = None
    """How far a list of several pages has got with this one; None for a list of one page."""
    more: bool = False
    earliest: datetime | None = None


def answer(db: Session, request: OaiRequest, *, host: str, size: int) -> OaiAnswer:
    """Return what a request asks for, or raise the fault the protocol names."""
    match request.verb:
        case "Identify":
            return OaiAnswer(earliest=earliest(db))
        case "ListIdentifiers" | "ListRecords":
            return _list(db, request, size)
        case "GetRecord" | "ListMetadataFormats" if "identifier" in request.given:
            return OaiAnswer((_one(db, request.given["identifier"], host),))
    return OaiAnswer()


def _list(db: Session, request: OaiRequest, size: int) -> OaiAnswer:
    span = Span(request.since, request.until, request.result)
    before = request.progress
    page = changes(db, span, after=before.after if before else None, size=size)
    if before is None and not page.items:
        raise OaiFault(Code.NO_RECORDS_MATCH, "Nothing was published or withdrawn in that time and set.")
    if before is None and not page.more:
        return OaiAnswer(page.items)
    given, total = (before.given, before.total) if before else (0, count_changes(db, span))
    last = page.items[-1].place if page.items else before.after if before else None
    progress = Progress(last, given + len(page.items), total) if last else None
    return OaiAnswer(page.items, progress, page.more)


def _one(db: Session, identifier: str, host: str) -> Told:
    scheme, _, rest = identifier.partition(":")
    named, _, report_id = rest.partition(":")
    found = told(db, report_id) if (scheme, named) == ("oai", host) and report_id.isalnum() else None
    if found is None:
        raise OaiFault(Code.ID_DOES_NOT_EXIST, "There is no such record here.")
    return found
