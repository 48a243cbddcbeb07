"""What is shown of a search: read from published versions and the index only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from qiplatform.learning.queries import PublishedReport
from qiplatform.search.models import Facet
from qiplatform.search.pages.cards import Card, short_json
from qiplatform.search.queries import Count, Found, Hits
from qiplatform.search.rules import (
    BEST,
    EXAMPLES,
    FACET_WORDS,
    NEWEST,
    PAGE_SIZE,
    Question,
    value_words,
)


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
    tags: tuple[tuple[str, str], ...]
    sorts: tuple[tuple[str, str, bool], ...]
    insist: tuple[str, str] | None
    hidden: tuple[tuple[str, str], ...]
    kept: str
    """What a person who keeps this search keeps; empty where there is nothing to keep."""
    feed: str


@dataclass(frozen=True, slots=True)
class SimilarPage:
    """Reports like one report."""

    title: str
    of: str
    href: str
    cards: tuple[Card, ...]


def search(hits: Hits, drawn: Mapping[str, Card], *, asked: Question, pending: int) -> SearchPage:
    """Return the page of a search."""
    q, chosen, page = asked.q, asked.chosen, asked.page
    cards = tuple(drawn[one].marked(hits.groups) for one in hits.items if one in drawn)
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
        clear=asked.href(chosen={}),
        previous=asked.href(page=page - 1) if page > 1 else "",
        next=asked.href(page=page + 1) if page < pieces else "",
        tags=tuple(
            (
                f"{FACET_WORDS[facet]}: {value_words(facet, value)}",
                asked.href(chosen={name: kept for name, kept in chosen.items() if name != facet}),
            )
            for facet, value in chosen.items()
        ),
        sorts=(
            (
                ("Best match", asked.href(sort=BEST), asked.sort == BEST),
                ("Newest", asked.href(sort=NEWEST), asked.sort == NEWEST),
            )
            if q.strip()
            else ()
        ),
        insist=(asked.href(exactly=True), f"Search for “{q.strip()[:80]}” as typed")
        if hits.corrected
        else None,
        hidden=tuple((name, value) for name, value in (("sort", asked.sort),) if value != BEST),
        kept=asked.query,
        feed=f"/feeds/search.atom?{asked.query}",
    )


def similar(report: PublishedReport, others: Sequence[Card]) -> SimilarPage:
    """Return the page of reports like one report."""
    return SimilarPage("Similar learning", report.title, f"/published/{report.report_id}", tuple(others))


def as_json(hits: Hits, reports: Mapping[str, Found], *, page: int, base: str) -> dict[str, Any]:
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


def _field(facet: Facet, counts: Sequence[Count], value: str) -> FacetField:
    options = (
        ("", "Any"),
        *((one.value, f"{value_words(facet, one.value)} ({one.count})") for one in counts),
    )
    return FacetField(facet.value, FACET_WORDS[facet], value, options)


def _under(total: int, q: str, *, narrowed: bool) -> str:
    what = "1 report" if total == 1 else f"{total} reports"
    if q.strip():
        return f"{what} for “{q.strip()[:80]}”"
    return f"{what} under these filters" if narrowed else f"{what}, newest first. No account is needed."


def _note(hits: Hits, pending: int) -> str:
    said = []
    if hits.corrected:
        wrong, near = " ".join(hits.corrected), " ".join(hits.corrected.values())
        said.append(f"No report has “{wrong}”; these are for “{near}”.")
    if hits.loosened:
        said.append("No report has all of these words; these have some of them.")
    elif hits.groups and hits.total > hits.with_words:
        said.append(f"{hits.with_words} of these have every word; the others are on the same matter.")
    if pending > 0:
        said.append("A report was published a moment ago and can be found here in a minute.")
    return " ".join(said)
