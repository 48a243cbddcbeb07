"""What is shown of a search: read from published versions, harvested records and the index only."""

from qiplatform.search.pages.cards import Card, card, cards, drawn, short_json
from qiplatform.search.pages.kept import KeptPage, feed, kept
from qiplatform.search.pages.results import SearchPage, SimilarPage, as_json, search, similar

__all__ = [
    "Card",
    "KeptPage",
    "SearchPage",
    "SimilarPage",
    "as_json",
    "card",
    "cards",
    "drawn",
    "feed",
    "kept",
    "search",
    "short_json",
    "similar",
]
