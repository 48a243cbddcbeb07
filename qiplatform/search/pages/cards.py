"""A result as a card, read in fifteen seconds; the same words for other machines."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from qiplatform import __version__, charts
from qiplatform.federation.queries import Harvested
from qiplatform.learning import pages as learning
from qiplatform.learning.rules import RESULT_WORDS, SECTIONS
from qiplatform.search.queries import Found, Present, their_version
from qiplatform.search.rules import Pieces, marked, plain_text, snippet

_LINE = 180
Groups = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Card:
    """One result, read in fifteen seconds."""

    title: str
    href: str
    lines: tuple[tuple[str, Pieces], ...]
    """Name and text of each line; the text in pieces, the words of the search apart."""
    chart: Markup | None
    words: str
    meta: str
    result: str
    texts: tuple[str, ...] = ()
    """Everything it says, where the words of a search may stand."""
    snippet: Pieces = ()
    """Where they stand, if in none of the lines."""

    def marked(self, groups: Groups) -> "Card":
        """Return the card with the words of a search marked."""
        if not groups:
            return self
        lines = tuple((name, marked(plain_text(pieces), groups)) for name, pieces in self.lines)
        shown = any(hit for _, pieces in lines for _, hit in pieces)
        return replace(self, lines=lines, snippet=() if shown else snippet(self.texts, groups))


def cards(
    present: Mapping[str, Present], read: Callable[[Sequence[str]], Mapping[str, Found]]
) -> dict[str, Card]:
    """Return the cards of reports by id: as the index keeps them, or drawn anew.

    `present` says which version of each report is public now, as read in this request: nothing else is shown. A card of another
    version, or drawn by another release, which could see the chart in another way than the report's page does, is not taken.
    """
    found = {
        one: _kept(now.card) for one, now in present.items() if now.card and _holds(now.card, now.version)
    }
    missing = [one for one in present if one not in found]
    return {**found, **{one: card(report) for one, report in read(missing).items()}} if missing else found


def drawn(report: Found) -> dict[str, Any]:
    """Return what the index keeps of a report to be shown."""
    made = card(report)
    return {
        "version": their_version(report.id, report.version)
        if isinstance(report, Harvested)
        else report.version_id,
        "release": __version__,
        "title": made.title,
        "href": made.href,
        "lines": [(name, plain_text(pieces)) for name, pieces in made.lines],
        "chart": made.chart,
        "words": made.words,
        "meta": made.meta,
        "result": made.result,
        "texts": made.texts,
    }


def _holds(card: Mapping[str, Any], version: str) -> bool:
    return (card["version"], card["release"]) == (version, __version__)


def _kept(card: Mapping[str, Any]) -> Card:
    return Card(
        title=card["title"],
        href=card["href"],
        lines=tuple((name, ((text, False),)) for name, text in card["lines"]),
        chart=charts.drawn_before(card["chart"]) if card["chart"] else None,
        words=card["words"],
        meta=card["meta"],
        result=card["result"],
        texts=tuple(card["texts"]),
    )


def card(report: Found) -> Card:
    """Return a report as a card. One of another installation has no drawing here: its charts are where it was published."""
    if isinstance(report, Harvested):
        return _of_theirs(report)
    chart = learning.headline_drawing(report)
    return _card(
        report.title,
        f"/published/{report.report_id}",
        {name: report.section(name) for name in SECTIONS},
        happened=learning.change_words(report),
        chart=chart[0] if chart else None,
        words=chart[1] if chart else "",
        meta=(report.content["organisation"], report.content["setting"], str(report.published_at.year)),
        result=RESULT_WORDS[report.result],
    )


def short_json(report: Found, base: str) -> dict[str, Any]:
    """Return one result as other machines read it; `installation` says where another installation's was published."""
    if isinstance(report, Harvested):
        return _their_json(report)
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
        "installation": None,
    }


def _of_theirs(report: Harvested) -> Card:
    place = (report.organisation, report.setting, str(report.published_at.year))
    return _card(
        report.title,
        report.address,
        report.sections,
        meta=(*place, f"published at {report.installation}"),
        result=RESULT_WORDS[report.result],
    )


def _card(
    title: str,
    href: str,
    sections: Mapping[str, str],
    *,
    meta: Sequence[str],
    result: str,
    happened: str = "",
    chart: Markup | None = None,
    words: str = "",
) -> Card:
    short = {name: learning.first_words(text, _LINE) for name, text in sections.items()}
    said = (
        ("Problem", short.get("problem", "")),
        ("What they did", short.get("did", "")),
        ("What happened", " · ".join(part for part in (happened, short.get("happened", "")) if part)),
        ("What they would do differently", short.get("differently", "")),
    )
    involved = "people took part" if sections.get("involvement", "").strip() else ""
    return Card(
        title=title,
        href=href,
        lines=tuple((name, ((text, False),)) for name, text in said if text),
        chart=chart,
        words=words,
        meta=" · ".join(part for part in (*meta, involved) if part),
        result=result,
        texts=tuple(sections.values()),
    )


def _their_json(report: Harvested) -> dict[str, Any]:
    return {
        "id": report.id,
        "url": report.address,
        "version": report.version,
        "published_at": report.published_at.isoformat(),
        "title": report.title,
        "result": report.result.value,
        "organisation": report.organisation,
        "setting": report.setting,
        "topics": list(report.topics),
        "authors": list(report.authors),
        "summary": report.sections.get("summary", ""),
        **{
            name: learning.first_words(report.sections.get(name, ""))
            for name in ("problem", "did", "happened")
        },
        "change": None,
        "installation": report.installation,
    }
