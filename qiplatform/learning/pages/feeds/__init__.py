"""What other machines read of published learning: Atom, JSON Feed, OAI-PMH, the site map."""

from qiplatform.learning.pages.feeds.atom import MEDIA_TYPE as ATOM_TYPE
from qiplatform.learning.pages.feeds.atom import atom
from qiplatform.learning.pages.feeds.json_feed import JSON_MEDIA_TYPE, json_feed
from qiplatform.learning.pages.feeds.oai import OAI_TYPE, oai, oai_fault
from qiplatform.learning.pages.feeds.sitemap import (
    CLOSED,
    OPEN,
    PART,
    XML_TYPE,
    robots,
    sitemap,
    sitemap_index,
)
from qiplatform.learning.pages.feeds.told import Asked, Site
from qiplatform.learning.pages.feeds.xml import add, clean, document, instant, root

__all__ = [
    "ATOM_TYPE",
    "CLOSED",
    "JSON_MEDIA_TYPE",
    "OAI_TYPE",
    "OPEN",
    "PART",
    "XML_TYPE",
    "Asked",
    "Site",
    "add",
    "atom",
    "clean",
    "document",
    "instant",
    "json_feed",
    "oai",
    "oai_fault",
    "robots",
    "root",
    "sitemap",
    "sitemap_index",
]
