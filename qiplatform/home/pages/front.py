"""The front page for people without an account: what this is, the search, and what teams learned."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from qiplatform.home.queries import NOT_WORKED, Front
from qiplatform.learning.models import ReportResult
from qiplatform.learning.rules import RESULT_WORDS
from qiplatform.search import pages as search
from qiplatform.search.rules import EXAMPLES


@dataclass(frozen=True, slots=True)
class FrontPage:
    """Everything the front page prints."""

    count: str
    examples: tuple[tuple[str, str], ...]
    newest: tuple[search.Card, ...]
    not_worked: tuple[search.Card, ...]
    not_worked_links: tuple[tuple[str, str], ...]
    topics: tuple[tuple[str, str, int], ...]
    title: str = "Improve care, and share what you learn"


def front(found: Front, cards: Mapping[str, search.Card]) -> FrontPage:
    """Return the front page."""
    return FrontPage(
        count=f"all {found.total:,} reports" if found.total > 1 else "the report",
        examples=tuple((words, _search(q=words)) for words in EXAMPLES),
        newest=tuple(cards[one] for one in found.newest if one in cards),
        not_worked=tuple(cards[one] for one in found.not_worked if one in cards),
        not_worked_links=tuple(
            (RESULT_WORDS[ReportResult(one)].removesuffix(", and why"), _search(result=one))
            for one in NOT_WORKED
        ),
        topics=tuple((topic, _search(topic=topic), count) for topic, count in sorted(found.topics)),
    )


def _search(**asked: str) -> str:
    return f"/published?{urlencode(asked)}"
