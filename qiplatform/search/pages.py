"""What is shown of a search: read from published versions and the index only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from qiplatform.learning import pages as learning
from qiplatform.learning.models import ReportResult
from qiplatform.learning.queries import PublishedReport
from qiplatform.learning.rules import RESULT_WORDS
from qiplatform.search.models import Facet
from qiplatform.search.queries import Chosen, Count, Hits
from qiplatform.search.rules import EXAMPLES, PAGE_SIZE

FACET_WORDS: Mapping[Facet, str] = {
    Facet.RESULT: "How it ended",
    Facet.SETTING: "Setting",
    Facet.TOPIC: "Topic",
    Facet.ORGANISATION: "Organisation",
    Facet.METHOD: "Method",
}
_LINE = 180


@dataclass(frozen=True, slots=True)
class Card:
    """One result, read in fifteen seconds."""

    title: str
    href: str
    problem: str
    did: str
    happened: str
    chart: Markup | None
    words: str
    meta: str
    result: str


@dataclass(frozen=True, slots=True)
class FacetField:
    """One facet of the form: a select with counts."""

    name: str
    label: str
    value: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The search with its results."""

    title: str
    under: str
    q: str
    examples: tuple[tuple[str, str], ...]
    facets: tuple[FacetField, ...]
    cards: tuple[Card, ...]
    note: str
    narrowed: bool
    clear: str
    previous: str
    next: str


@dataclass(frozen=True, slots=True)
class SimilarPage:
    """Reports like one report."""

    title: str
    of: str
    href: str
    cards: tuple[Card, ...]


def search(
    hits: Hits, reports: Mapping[str, PublishedReport], *, q: str, chosen: Chosen, page: int, pending: int
) -> SearchPage:
    """Return the page of a search."""
    cards = tuple(card(reports[one]) for one in hits.items if one in reports)
    pieces = -(-hits.total // PAGE_SIZE)
    return SearchPage(
        title="Search what teams have learned",
        under=_under(hits.total, q, narrowed=bool(chosen)),
        q=q,
        examples=tuple((words, f"/published?{urlencode({'q': words})}") for words in EXAMPLES),
        facets=tuple(_field(facet, hits.facets.get(facet, ()), chosen.get(facet, "")) for facet in Facet),
        cards=cards,
        note=_note(hits, pending),
        narrowed=bool(chosen),
        clear=_href(q, {}, 1),
        previous=_href(q, chosen, page - 1) if page > 1 else "",
        next=_href(q, chosen, page + 1) if page < pieces else "",
    )


def similar(report: PublishedReport, others: Sequence[PublishedReport]) -> SimilarPage:
    """Return the page of reports like one report."""
    return SimilarPage(
        "Similar learning", report.title, f"/published/{report.report_id}", tuple(card(one) for one in others)
    )


def card(report: PublishedReport) -> Card:
    """Return a report as a card."""
    drawn = learning.headline_drawing(report)
    content = report.content
    parts = (content["organisation"], content["setting"], str(report.published_at.year))
    involved = "people took part" if report.section("involvement") else ""
    happened = " · ".join(
        part
        for part in (learning.change_words(report), learning.first_words(report.section("happened"), _LINE))
        if part
    )
    return Card(
        title=report.title,
        href=f"/published/{report.report_id}",
        problem=learning.first_words(report.section("problem"), _LINE),
        did=learning.first_words(report.section("did"), _LINE),
        happened=happened,
        chart=drawn[0] if drawn else None,
        words=drawn[1] if drawn else "",
        meta=" · ".join(part for part in (*parts, involved) if part),
        result=RESULT_WORDS[report.result],
    )


def as_json(hits: Hits, reports: Mapping[str, PublishedReport], *, page: int, base: str) -> dict[str, Any]:
    """Return a search as other machines read it; `next` is the next page's number."""
    return {
        "items": [short_json(reports[one], base) for one in hits.items if one in reports],
        "total": hits.total,
        "facets": {
            facet.value: [{"value": one.value, "count": one.count} for one in counts]
            for facet, counts in hits.facets.items()
        },
        "next": str(page + 1) if page * PAGE_SIZE < hits.total else None,
    }


def short_json(report: PublishedReport, base: str) -> dict[str, Any]:
    """Return one result as other machines read it."""
    content = report.content
    return {
        "id": report.report_id,
        "url": f"{base}/published/{report.report_id}",
        "version": report.number,
        "published_at": report.published_at.isoformat(),
        **{
            name: content[name]
            for name in ("title", "result", "organisation", "setting", "topics", "authors")
        },
        "summary": content["sections"]["summary"],
        "problem": learning.first_words(report.section("problem")),
        "did": learning.first_words(report.section("did")),
        "happened": learning.first_words(report.section("happened")),
        "change": learning.change_words(report) or None,
    }


def _field(facet: Facet, counts: Sequence[Count], value: str) -> FacetField:
    def words(one: str) -> str:
        return RESULT_WORDS[ReportResult(one)] if facet is Facet.RESULT and one in set(ReportResult) else one

    options = (("", "Any"), *((one.value, f"{words(one.value)} ({one.count})") for one in counts))
    return FacetField(facet.value, FACET_WORDS[facet], value, options)


def _under(total: int, q: str, *, narrowed: bool) -> str:
    what = "1 report" if total == 1 else f"{total} reports"
    if q.strip():
        return f"{what} for “{q.strip()[:80]}”"
    return f"{what} under these filters" if narrowed else f"{what}, newest first. No account is needed."


def _note(hits: Hits, pending: int) -> str:
    said = []
    if hits.loosened:
        said.append("No report has all of these words; these have some of them.")
    if pending > 0:
        said.append("A report was published a moment ago and can be found here in a minute.")
    return " ".join(said)


def _href(q: str, chosen: Chosen, page: int) -> str:
    query = {
        "q": q,
        **{facet.value: value for facet, value in chosen.items()},
        "page": str(page) if page > 1 else "",
    }
    kept = {name: value for name, value in query.items() if value}
    return f"/published?{urlencode(kept)}" if kept else "/published"
