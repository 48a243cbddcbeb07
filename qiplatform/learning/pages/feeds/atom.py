"""The Atom feed (RFC 4287), in pages (RFC 5005), with tombstones for what was withdrawn (RFC 6721)."""

from collections.abc import Mapping
from typing import Any

from qiplatform.learning.pages.feeds.told import (
    LANGUAGE,
    LICENCE,
    LICENCE_ADDRESS,
    Asked,
    result_of,
    summary_of,
    title_of,
)
from qiplatform.learning.pages.feeds.xml import Element, add, document, instant, root
from qiplatform.learning.queries import Told, ToldPage

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
_NAMESPACES = {"": "http://www.w3.org/2005/Atom", "at": "http://purl.org/atompub/tombstones/1.0"}
_NEVER = "1970-01-01T00:00:00Z"
"""A feed must say when it last changed, also where nothing was published yet."""


def atom(asked: Asked, page: ToldPage) -> bytes:
    """Return one page of the feed."""
    top = root("feed", _NAMESPACES, **{"xml:lang": LANGUAGE})
    add(top, "id", asked.first)
    add(top, "title", asked.title)
    add(top, "updated", instant(page.items[0].at) if page.items else _NEVER)
    add(add(top, "author"), "name", asked.site.name)
    add(top, "rights", LICENCE)
    links = {
        "self": asked.here,
        "alternate": asked.for_people(),
        "first": asked.first,
        "next": asked.after(page),
    }
    for relation, address in links.items():
        if address:
            _link(top, relation, address, "text/html" if relation == "alternate" else "application/atom+xml")
    _link(top, "license", LICENCE_ADDRESS)
    for told in page.items:
        if told.content is None:
            gone = {"ref": asked.site.address(told.report_id), "when": instant(told.at)}
            add(top, "at:deleted-entry", attributes=gone)
        else:
            _entry(top, asked, told, told.content)
    return document(top)


def _entry(top: Element, asked: Asked, told: Told, content: Mapping[str, Any]) -> None:
    site, entry = asked.site, add(top, "entry")
    address = site.address(told.report_id)
    add(entry, "id", address)
    add(entry, "title", title_of(content))
    add(entry, "published", instant(told.first_at))
    add(entry, "updated", instant(told.at))
    for name in content["authors"]:
        add(add(entry, "author"), "name", name)
    if not content["authors"] and content["organisation"]:
        add(add(entry, "author"), "name", content["organisation"])
    _link(entry, "alternate", address, "text/html")
    _link(entry, "alternate", f"{site.base}/api/v1/published/{told.report_id}", "application/json")
    _link(entry, "via", site.version(told), "text/html")
    if content["credit"]:
        _link(entry, "related", site.address(content["credit"]["report_id"]), "text/html")
    add(entry, "summary", summary_of(content), {"type": "text"})
    result = {
        "term": content["result"],
        "label": result_of(content),
        "scheme": f"{site.base}/published#result",
    }
    add(entry, "category", attributes=result)
    for topic in content["topics"]:
        add(entry, "category", attributes={"term": topic, "scheme": f"{site.base}/published#topic"})
    for name in ("setting", "organisation"):
        if content[name]:
            scheme = f"{site.base}/published#{name}"
            add(entry, "category", attributes={"term": content[name], "scheme": scheme})
    add(entry, "rights", LICENCE)


def _link(parent: Element, relation: str, address: str, media_type: str = "") -> None:
    given = {"rel": relation, "href": address}
    add(parent, "link", attributes={**given, "type": media_type} if media_type else given)
