"""What every feed says of a report, whatever its format."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from qiplatform.learning.models import PublicFacet, ReportResult
from qiplatform.learning.pages.citing import licence
from qiplatform.learning.pages.public import first_words
from qiplatform.learning.queries import Narrowed, Told, ToldPage
from qiplatform.learning.rules import RESULT_WORDS, Place

LICENCE, LICENCE_ADDRESS = licence
LANGUAGE = "en-GB"
_LONGEST_SUMMARY = 1000


@dataclass(frozen=True, slots=True)
class Site:
    """Whose feed it is."""

    base: str
    name: str
    contact: str = ""

    @property
    def host(self) -> str:
        """The host of its address."""
        return urlsplit(self.base).hostname or "localhost"

    @property
    def email(self) -> str:
        """Who answers for it."""
        host = self.host
        return self.contact or f"postmaster@{host if '.' in host else f'{host}.invalid'}"

    def address(self, report_id: str) -> str:
        """Return a report's permanent address."""
        return f"{self.base}/published/{report_id}"

    def version(self, told: Told) -> str:
        """Return the permanent address of the version told of."""
        return f"{self.address(told.report_id)}/v/{told.number}"


@dataclass(frozen=True, slots=True)
class Asked:
    """A page of a feed as it was asked for: from which address, narrowed to what, and from where on."""

    site: Site
    path: str
    narrowed: Narrowed = field(default_factory=dict)
    before: Place | None = None

    @property
    def title(self) -> str:
        """What the feed is called."""
        words = [_words(facet, value) for facet, value in self.narrowed.items()]
        return " - ".join([f"{self.site.name}: published learning", *words])

    @property
    def first(self) -> str:
        """The address of the feed's first page, which names the feed."""
        return self._page(None)

    @property
    def here(self) -> str:
        """The address of this page."""
        return self._page(self.before)

    def after(self, page: ToldPage) -> str:
        """Return the address of the page behind this one; empty at the end."""
        return self._page(page.items[-1].place) if page.more else ""

    def for_people(self) -> str:
        """Return the page on which people find the same."""
        return f"{self.site.base}/published{self._query({})}"

    def _page(self, before: Place | None) -> str:
        return f"{self.site.base}{self.path}{self._query({'before': str(before)} if before else {})}"

    def _query(self, more: Mapping[str, str]) -> str:
        given = {**{facet.value: value for facet, value in self.narrowed.items()}, **more}
        return f"?{urlencode(given)}" if given else ""


def title_of(content: Mapping[str, Any]) -> str:
    """Return what a report is called."""
    title: str = content["title"]
    return title


def summary_of(content: Mapping[str, Any]) -> str:
    """Return a report in a few sentences: its plain-language summary, else its problem and what happened."""
    sections = content["sections"]
    parts = [sections.get("summary", "")]
    if not parts[0].strip():
        parts = [sections.get("problem", ""), sections.get("happened", "")]
    return " ".join(words for part in parts if (words := first_words(part, _LONGEST_SUMMARY)))


def result_of(content: Mapping[str, Any]) -> str:
    """Return how a report's work ended, in words."""
    return RESULT_WORDS[ReportResult(content["result"])]


def _words(facet: PublicFacet, value: str) -> str:
    known = facet is PublicFacet.RESULT and value in set(ReportResult)
    return RESULT_WORDS[ReportResult(value)] if known else value
