"""What search engines may read: the site map (sitemaps.org 0.9), in parts where it is long, and robots.txt (RFC 9309)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from qiplatform.learning.pages.feeds.told import Site
from qiplatform.learning.pages.feeds.xml import Element, add, document, instant, root

PART = 10_000
"""Addresses in one file. The protocol takes 50,000; a fifth of it is made while a crawler waits, without holding others up."""
OPEN = ("/", "/about", "/published")
"""Pages without a report that are worth finding."""
CLOSED = (
    "/.well-known",
    "/api/",
    "/concerns/",
    "/components",
    "/cycles",
    "/federation",
    "/feeds/search.atom",
    "/healthz",
    "/measures",
    "/notices",
    "/oai",
    "/projects",
    "/readyz",
    "/reports",
    "/searches",
    "/sign-in",
    "/sign-out",
)
"""Where a crawler has nothing to read: pages of people with an account, and what is made for programs."""
XML_TYPE = "application/xml; charset=utf-8"
_NAMESPACE = {"": "http://www.sitemaps.org/schemas/sitemap/0.9"}
Line = tuple[str, datetime]


def sitemap(site: Site, reports: Iterable[Line], *, with_pages: bool) -> bytes:
    """Return a file of addresses."""
    top = root("urlset", _NAMESPACE)
    for path in OPEN if with_pages else ():
        add(add(top, "url"), "loc", site.base + path)
    for report_id, at in reports:
        _line(top, "url", site.address(report_id), at)
    return document(top)


def sitemap_index(site: Site, parts: Sequence[Line]) -> bytes:
    """Return the list of the files, each named for its first report."""
    top = root("sitemapindex", _NAMESPACE)
    for first, at in parts:
        _line(top, "sitemap", f"{site.base}/sitemap/{first}.xml", at)
    return document(top)


def robots(site: Site) -> bytes:
    """Return what crawlers are asked to leave alone."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), "Allow: /"]
    return "\n".join([*lines, "", f"Sitemap: {site.base}/sitemap.xml", ""]).encode()


def _line(top: Element, name: str, address: str, at: datetime) -> None:
    line = add(top, name)
    add(line, "loc", address)
    add(line, "lastmod", instant(at))
