"""What counts as a word of a search: whatever people type becomes a few plain words, never an operator."""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

MOST_WORDS = 12
LONGEST_TEXT = 400
LONGEST_WORD = 40
PAGE_SIZE = 10
LAST_PAGE = 500
EXAMPLES = ("falls on the ward", "waiting in A&E", "did not work")
_SHORTEST = 2
_WORD = re.compile(r"[^\W_]+")
_SMALL_WORDS = frozenset(
    [
        *("a", "an", "and", "are", "as", "at", "be", "but", "by", "can", "do", "for", "from", "has", "have"),
        *(
            "how",
            "i",
            "if",
            "in",
            "into",
            "is",
            "it",
            "its",
            "my",
            "no",
            "not",
            "of",
            "on",
            "or",
            "our",
            "so",
        ),
        *(
            "that",
            "the",
            "their",
            "there",
            "they",
            "this",
            "to",
            "was",
            "we",
            "what",
            "when",
            "where",
            "which",
        ),
        *("who", "why", "will", "with", "you", "your"),
    ]
)
_SAME: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ed": ("emergency department", "ae"),
        "ae": ("emergency department", "ed"),
        "emergency": ("ed", "ae"),
        "gp": ("general practice", "primary care"),
        "icu": ("intensive care", "critical care"),
        "los": ("length of stay",),
        "uti": ("urinary tract infection",),
        "vte": ("venous thromboembolism", "blood clot"),
        "pdsa": ("plan do study act",),
        "dna": ("missed appointments", "did not attend"),
        "meds": ("medicines", "medication"),
        "medicines": ("medication", "drugs"),
        "medication": ("medicines", "drugs"),
        "theatre": ("operating", "surgery"),
        "falls": ("fallen",),
    }
)
"""Words people use for the same thing in the NHS; a word stands for itself and for these."""
_JOINED = ((re.compile(r"\ba ?& ?e\b"), "ae"), (re.compile(r"\bo ?& ?g\b"), "obstetrics gynaecology"))


def plain(text: str) -> str:
    """Return text as words are taken from it: lower case, one form of each letter, "A&E" as one word.

    >>> plain("Waits in A&E")
    'waits in ae'
    """
    text = unicodedata.normalize("NFKC", text).replace("\x00", " ").lower()
    for joined, word in _JOINED:
        text = joined.sub(word, text)
    return text


def joined_words(text: str) -> str:
    """Return the words that stand for what an index would take apart: "ae" where a text says "A&E".

    >>> joined_words("Waits in A&E and at home")
    'ae'
    """
    return " ".join(word for joined, word in _JOINED if joined.search(text.lower()))


def words_of(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the words of a search, each with what also counts for it; at most twelve, without those that say nothing.

    >>> words_of("How to reduce falls?")
    (('reduce',), ('falls', 'fallen'))
    >>> words_of('"; DROP TABLE * NEAR(')
    (('drop',), ('table',), ('near',))
    """
    found = [
        word[:LONGEST_WORD] for word in _WORD.findall(plain(text[:LONGEST_TEXT])) if len(word) >= _SHORTEST
    ]
    # A search of nothing but small words keeps them: better a poor match than none.
    telling = [word for word in found if word not in _SMALL_WORDS] or found
    return tuple((word, *_SAME.get(word, ())) for word in dict.fromkeys(telling[:MOST_WORDS]))
