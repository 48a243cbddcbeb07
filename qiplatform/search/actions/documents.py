"""What a report is found by: its texts and the values it stands under. Ours and another installation's give the same shape."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qiplatform.federation.queries import Harvested
from qiplatform.learning.models import ReportResult
from qiplatform.learning.queries import PublishedReport
from qiplatform.learning.rules import RESULT_WORDS, SECTIONS
from qiplatform.search.models import Facet
from qiplatform.search.rules import joined_words

_ALSO: Mapping[ReportResult, str] = {
    ReportResult.NO_CHANGE: "did not work didn't work no difference",
    ReportResult.WORSE: "did not work didn't work",
    ReportResult.STOPPED_EARLY: "did not work didn't work abandoned",
}
_LONGEST_VALUE = 200
_TELLING = ("problem", "did", "happened")


@dataclass(frozen=True, slots=True)
class Document:
    """One report, ready to be indexed."""

    title: str
    problem: str
    did: str
    happened: str
    body: str
    published_at: datetime
    came_at: datetime
    facets: tuple[tuple[Facet, str], ...]

    @property
    def whole(self) -> str:
        """All its words."""
        return f"{self.title}\n{self.problem}\n{self.did}\n{self.happened}\n{self.body}"


def of_ours(report: PublishedReport) -> Document:
    """Return what a published version is found by."""
    content = report.content
    involved = content.get("involved", bool(report.section("involvement").strip()))
    body = [
        content["aim"],
        *_ideas(content["drivers"]),
        *(f"{one.name} {one.definition['operational_definition']}" for one in report.series),
        *content["topics"],
        *content["methods"],
    ]
    facets = [
        (Facet.REGION, content.get("region") or ""),
        (Facet.STRENGTH, content.get("strength") or ""),
        *_shared(report.published_at, report.result, content, content["topics"], content["methods"]),
        (Facet.INVOLVEMENT, "yes" if involved else "no"),
    ]
    sections = {name: report.section(name) for name in SECTIONS}
    return _document(
        report.title,
        sections,
        [*body, content["organisation"], content["setting"]],
        result=report.result,
        times=(report.published_at, report.published_at),
        facets=facets,
    )


def of_theirs(report: Harvested) -> Document:
    """Return what another installation's report is found by. Its charts are not here, so its evidence has no strength."""
    place = {"organisation": report.organisation, "setting": report.setting}
    facets = [
        *_shared(report.published_at, report.result, place, report.topics, report.methods),
        (Facet.INVOLVEMENT, "yes" if report.sections.get("involvement", "").strip() else "no"),
    ]
    return _document(
        report.title,
        report.sections,
        [*report.topics, *report.methods, report.organisation, report.setting],
        result=report.result,
        times=(report.published_at, report.harvested_at),
        facets=facets,
    )


def _document(
    title: str,
    sections: Mapping[str, str],
    more: Iterable[str],
    *,
    result: ReportResult,
    times: tuple[datetime, datetime],
    facets: Iterable[tuple[Facet, str]],
) -> Document:
    problem, did, happened = (sections.get(name, "") for name in _TELLING)
    others = (text for name, text in sections.items() if name not in _TELLING)
    body = "\n".join(part for part in (*others, *more, RESULT_WORDS[result], _ALSO.get(result, "")) if part)
    joined = joined_words(f"{title}\n{body}\n{problem}\n{did}\n{happened}")
    kept = dict.fromkeys((facet, value.strip()[:_LONGEST_VALUE]) for facet, value in facets if value.strip())
    return Document(title, problem, did, happened, f"{body}\n{joined}", *times, facets=tuple(kept))


def _shared(
    at: datetime,
    result: ReportResult,
    place: Mapping[str, Any],
    topics: Sequence[str],
    methods: Sequence[str],
) -> list[tuple[Facet, str]]:
    return [
        (Facet.YEAR, str(at.year)),
        (Facet.RESULT, result.value),
        (Facet.SETTING, place["setting"]),
        (Facet.ORGANISATION, place["organisation"]),
        *((Facet.TOPIC, topic) for topic in topics),
        *((Facet.METHOD, method) for method in methods),
    ]


def _ideas(nodes: Iterable[Mapping[str, Any]]) -> list[str]:
    return [text for node in nodes for text in (node["text"], *_ideas(node["children"]))]
