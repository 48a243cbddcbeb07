"""A result as a card, read in fifteen seconds; the same words for other machines."""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any

from markupsafe import Markup

from qiplatform.federation.queries import Harvested
from qiplatform.learning import pages as learning
from qiplatform.learning.rules import RESULT_WORDS, SECTIONS
from qiplatform.search.queries import Found
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


_KEPT: OrderedDict[str, Card] = OrderedDict()
_MOST_KEPT = 3000
_KEEPING = Lock()


def cards(
    present: Mapping[str, str], read: Callable[[Sequence[str]], Mapping[str, Found]]
) -> dict[str, Card]:
    """Return the cards of reports by id; a version never changes, so its card is drawn once and kept.

    `present` says which version of each report is public now, as read in this request: nothing else is shown.
    """
    with _KEEPING:
        found = {one: _KEPT[version] for one, version in present.items() if version in _KEPT}
    missing = [one for one in present if one not in found]
    if missing:
        made = {one: card(report) for one, report in read(missing).items()}
        with _KEEPING:
            for one, drawn in made.items():
                found[one] = _KEPT[present[one]] = drawn
            while len(_KEPT) > _MOST_KEPT:
                _KEPT.popitem(last=False)
    return found


def card(report: Found) -> Card:
    """Return a report as a card. One of another installation has no drawing here: its charts are where it was published."""
    if isinstance(report, Harvested):
        return _of_theirs(report)
    drawn = learning.headline_drawing(report)
    return _card(
        report.title,
        f"/published/{report.report_id}",
        {name: report.section(name) for name in SECTIONS},
        happened=learning.change_words(report),
        chart=drawn[0] if drawn else None,
        words=drawn[1] if drawn else "",
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
