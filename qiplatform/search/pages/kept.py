"""What is shown of kept searches, and a search as a feed that anyone can follow without an account."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qiplatform.federation.queries import Harvested
from qiplatform.learning.pages import feeds
from qiplatform.learning.pages.feeds import Site
from qiplatform.search.models import SavedSearch
from qiplatform.search.queries import Found
from qiplatform.search.rules import NEWEST, Question

_ATOM = {"": "http://www.w3.org/2005/Atom"}
_NEVER = "1970-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Line:
    """One kept search."""

    id: str
    words: str
    href: str
    feed: str


@dataclass(frozen=True, slots=True)
class KeptPage:
    """The searches a person keeps."""

    lines: tuple[Line, ...]
    title: str = "Searches you keep"
    under: str = (
        "Once a week you are told, on your page, when one of them finds something new. Otherwise it is quiet."
    )


def kept(found: Sequence[SavedSearch]) -> KeptPage:
    """Return the page of a person's searches."""
    return KeptPage(tuple(_line(one.id, Question.read(one.query)) for one in found))


def feed(site: Site, asked: Question, ids: Sequence[str], found: Mapping[str, Found]) -> bytes:
    """Return a search as an Atom feed (RFC 4287), the newest first; `ids` are in that order."""
    reports = [found[one] for one in ids if one in found]
    here = f"{site.base}/feeds/search.atom?{asked.query}"
    top = feeds.root("feed", _ATOM, **{"xml:lang": "en-GB"})
    feeds.add(top, "id", here)
    feeds.add(top, "title", f"{site.name}: {asked.words}")
    changed = [feeds.instant(one.published_at) for one in reports]
    feeds.add(top, "updated", max(changed, default=_NEVER))
    feeds.add(feeds.add(top, "author"), "name", site.name)
    for relation, address, kind in (
        ("self", here, "application/atom+xml"),
        ("alternate", f"{site.base}{asked.href(sort=NEWEST)}", "text/html"),
    ):
        feeds.add(top, "link", attributes={"rel": relation, "href": address, "type": kind})
    for report, at in zip(reports, changed, strict=True):
        entry = feeds.add(top, "entry")
        address = report.address if isinstance(report, Harvested) else site.address(report.report_id)
        feeds.add(entry, "id", address)
        feeds.add(entry, "title", report.title)
        feeds.add(entry, "updated", at)
        authors = report.authors if isinstance(report, Harvested) else report.content["authors"]
        for name in authors or [site.name]:
            feeds.add(feeds.add(entry, "author"), "name", name)
        feeds.add(entry, "link", attributes={"rel": "alternate", "href": address, "type": "text/html"})
        feeds.add(entry, "summary", _summary(report), {"type": "text"})
    return feeds.document(top)


def _summary(report: Found) -> str:
    if isinstance(report, Harvested):
        return report.sections.get("summary", "") or report.sections.get("happened", "")
    return report.section("summary") or report.section("happened")


def _line(saved_id: str, asked: Question) -> Line:
    return Line(saved_id, asked.words, asked.href(sort=NEWEST), f"/feeds/search.atom?{asked.query}")
