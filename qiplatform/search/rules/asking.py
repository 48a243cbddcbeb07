"""A search as its address says it, and in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from qiplatform.learning.models import ReportResult
from qiplatform.learning.rules import RESULT_WORDS, STRENGTH_WORDS, Strength
from qiplatform.search.models import Facet
from qiplatform.search.rules.words import LAST_PAGE, LONGEST_TEXT

BEST, NEWEST = "best", "newest"
Chosen = Mapping[Facet, str]
FACET_WORDS: Mapping[Facet, str] = {
    Facet.RESULT: "How it ended",
    Facet.SETTING: "Setting",
    Facet.TOPIC: "Topic",
    Facet.ORGANISATION: "Organisation",
    Facet.METHOD: "Method",
    Facet.REGION: "Region",
    Facet.STRENGTH: "Strength of evidence",
    Facet.YEAR: "Year",
    Facet.INVOLVEMENT: "Patients and carers took part",
}
_LONGEST_VALUE = 200
_DIGITS = len(str(LAST_PAGE))


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked. Whatever was typed is a search: nothing is refused, a page that is none is the first."""

    q: str = ""
    chosen: Chosen = field(default_factory=dict)
    page: int = 1
    sort: str = BEST
    exactly: bool = False

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Question":
        """Take it from the parts of an address; NULs, which no database takes, are dropped.

        >>> Question.of({"q": "falls", "topic": " Falls ", "page": "x"})
        Question(q='falls', chosen={<Facet.TOPIC: 'topic'>: 'Falls'}, page=1, sort='best', exactly=False)
        """
        page = given.get("page", "1")
        values = {facet: given.get(facet.value, "").replace("\x00", "").strip() for facet in Facet}
        return cls(
            q=given.get("q", "").replace("\x00", ""),
            chosen={facet: value[:_LONGEST_VALUE] for facet, value in values.items() if value},
            page=min(max(int(page), 1), LAST_PAGE) if page.isdecimal() and len(page) <= _DIGITS else 1,
            sort=NEWEST if given.get("sort") == NEWEST else BEST,
            exactly=given.get("exactly") == "yes",
        )

    @classmethod
    def read(cls, query: str) -> "Question":
        """Take it from what stands behind the ? of an address.

        >>> Question.read("q=A%26E&year=2026").words
        '“A&E” · Year: 2026'
        """
        return cls.of(dict(parse_qsl(query)))

    @property
    def query(self) -> str:
        """What stands behind the ? of its address, whatever the page and the order: two alike are one search."""
        kept = {"q": " ".join(self.q.split())[:LONGEST_TEXT]}
        kept |= {facet.value: self.chosen[facet] for facet in Facet if facet in self.chosen}
        kept |= {"exactly": "yes" if self.exactly else ""}
        return urlencode({name: value for name, value in kept.items() if value})

    @property
    def words(self) -> str:
        """The search in words."""
        said = [f"“{self.q.strip()[:80]}”"] if self.q.strip() else []
        said += [f"{FACET_WORDS[facet]}: {value_words(facet, value)}" for facet, value in self.chosen.items()]
        return " · ".join(said) or "Everything"

    def href(self, **other: Any) -> str:
        """Return the address of this search with some parts changed; a changed search begins at its first page."""
        one = replace(self, **{"page": 1, **other})
        query = {
            "q": one.q,
            **{facet.value: value for facet, value in one.chosen.items()},
            "sort": one.sort if one.sort != BEST else "",
            "exactly": "yes" if one.exactly else "",
            "page": str(one.page) if one.page > 1 else "",
        }
        kept = {name: value for name, value in query.items() if value}
        return f"/published?{urlencode(kept)}" if kept else "/published"


def value_words(facet: Facet, value: str) -> str:
    """Return a facet's value as people read it."""
    match facet:
        case Facet.RESULT if value in set(ReportResult):
            return RESULT_WORDS[ReportResult(value)]
        case Facet.INVOLVEMENT if value in {"yes", "no"}:
            return "Yes" if value == "yes" else "Not said"
        case Facet.STRENGTH if value in set(Strength):
            return STRENGTH_WORDS[Strength(value)]
        case _:
            return value
