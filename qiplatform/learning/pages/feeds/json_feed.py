"""The same as JSON Feed 1.1, for readers that would rather not read XML."""

import json
from collections.abc import Mapping
from typing import Any

from qiplatform.learning.pages.feeds.told import (
    LANGUAGE,
    LICENCE,
    Asked,
    Site,
    summary_of,
    title_of,
)
from qiplatform.learning.pages.feeds.xml import instant
from qiplatform.learning.queries import Told, ToldPage

JSON_MEDIA_TYPE = "application/feed+json; charset=utf-8"


def json_feed(asked: Asked, page: ToldPage) -> bytes:
    """Return one page of the feed; what was withdrawn stands in our own extension, for the format has no place for it."""
    site = asked.site
    gone = [told for told in page.items if told.content is None]
    following = asked.after(page)
    made = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": asked.title,
        "home_page_url": asked.for_people(),
        "feed_url": asked.first,
        **({"next_url": following} if following else {}),
        "language": LANGUAGE,
        "authors": [{"name": site.name, "url": site.base}],
        "items": [_item(site, told, told.content) for told in page.items if told.content is not None],
        "_qiplatform": {
            "about": f"{site.base}/about",
            "withdrawn": [{"id": site.address(told.report_id), "when": instant(told.at)} for told in gone],
        },
    }
    return json.dumps(made, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")


def _item(site: Site, told: Told, content: Mapping[str, Any]) -> dict[str, Any]:
    address = site.address(told.report_id)
    return {
        "id": address,
        "url": address,
        "title": title_of(content),
        "content_text": summary_of(content) or title_of(content),
        "date_published": instant(told.first_at),
        "date_modified": instant(told.at),
        "authors": [{"name": name} for name in content["authors"]],
        "tags": content["topics"],
        "language": LANGUAGE,
        "_qiplatform": {
            "version": told.number,
            "version_url": site.version(told),
            "licence": LICENCE,
            **{name: content[name] for name in ("result", "organisation", "setting", "methods")},
        },
    }
