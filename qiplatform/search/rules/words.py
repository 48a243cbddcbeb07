"""What counts as a word of a search: whatever people type becomes a few plain words, never an operator."""

import re
import unicodedata
from collections.abc import Sequence

from qiplatform.search.rules.synonyms import Synonyms, field_synonyms, plain

MOST_WORDS = 12
LONGEST_TEXT = 400
LONGEST_WORD = 40
PAGE_SIZE = 10
LAST_PAGE = 500
EXAMPLES = ("falls on the ward", "waiting in A&E", "did not work")
_SHORTEST = 2
_WORD = re.compile(r"[^\W_]+")
_JOINED = re.compile(r"\b([a-z]) ?& ?([a-z])\b")
_SMALL_WORDS = frozenset(
    [
        "a",
        "about",
        "an",
        "and",
        "any",
        "anyone",
        "are",
        "as",
        "at",
        "be",
        "been",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "for",
        "from",
        "get",
        "has",
        "have",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "just",
        "keep",
        "make",
        "many",
        "me",
        "more",
        "my",
        "no",
        "not",
        "of",
        "on",
        "or",
        "our",
        "out",
        "should",
        "so",
        "some",
        "someone",
        "stop",
        "than",
        "that",
        "the",
        "their",
        "them",
        "there",
        "they",
        "this",
        "to",
        "too",
        "up",
        "us",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
) - {"stop", "keep", "more", "get", "make"}


def joined_words(text: str) -> str:
    """Return the words that stand for what an index would take apart: "ae" where a text says "A&E".

    >>> joined_words("Waits in A&E and at home")
    'ae'
    """
    return " ".join(dict.fromkeys("".join(pair) for pair in _JOINED.findall(text.lower())))


def vocabulary_of(text: str) -> frozenset[str]:
    """Return the words of a text that may be offered for one typed wrongly: letters only, of three letters or more.

    >>> sorted(vocabulary_of("Falls: 12 on the ward in A&E"))
    ['falls', 'the', 'ward']
    """
    found = _WORD.findall(unicodedata.normalize("NFKC", text).lower())
    return frozenset(word for word in found if 3 <= len(word) <= LONGEST_WORD and word.isalpha())  # noqa: PLR2004 - as said


def words_of(text: str, synonyms: Synonyms | None = None) -> tuple[tuple[str, ...], ...]:
    """Return the words of a search, each with what also counts for it; at most twelve, without those that say nothing.

    A phrase that has synonyms stands together; everything else is one word.

    >>> words_of("How to reduce harm?")
    (('reduce',), ('harm',))
    >>> words_of("pressure sores")
    (('pressure sores', 'pressure ulcer', 'bed sore', 'bedsore', 'pressure damage', 'pressure injury'),)
    >>> words_of('"; DROP TABLE * NEAR(')
    (('drop',), ('table',), ('near',))
    """
    known = field_synonyms() if synonyms is None else synonyms
    tokens = [word[:LONGEST_WORD] for word in _WORD.findall(plain(text[:LONGEST_TEXT]))]
    found: list[tuple[str, ...]] = []
    small: list[tuple[str, ...]] = []
    place = 0
    while place < len(tokens):
        length, others = known.at(tokens, place)
        group = (" ".join(tokens[place : place + length]), *others)
        place += length
        if len(group[0]) < _SHORTEST:
            continue
        (small if not others and group[0] in _SMALL_WORDS else found).append(group)
    # A search of nothing but small words keeps them: better a poor match than none.
    return tuple(dict.fromkeys((found or small)[:MOST_WORDS]))


def as_text(groups: Sequence[Sequence[str]]) -> str:
    """Return the words that were typed, without what also counts for them."""
    return " ".join(group[0] for group in groups)
