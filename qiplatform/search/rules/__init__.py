"""What a search means: words, synonyms, typing errors, meaning, and how they are put together."""

from qiplatform.search.rules.asking import BEST, FACET_WORDS, NEWEST, Chosen, Question, value_words
from qiplatform.search.rules.fusion import fused
from qiplatform.search.rules.meaning import (
    DIMENSIONS,
    document_vector,
    has_model,
    packed,
    query_vector,
    unpacked,
)
from qiplatform.search.rules.snippets import Pieces, marked, plain_text, snippet
from qiplatform.search.rules.synonyms import Synonyms, chosen_synonyms, plain, read_synonyms
from qiplatform.search.rules.typos import Vocabulary
from qiplatform.search.rules.words import (
    EXAMPLES,
    LAST_PAGE,
    LONGEST_TEXT,
    LONGEST_WORD,
    PAGE_SIZE,
    joined_words,
    vocabulary_of,
    words_of,
)

__all__ = [
    "BEST",
    "DIMENSIONS",
    "EXAMPLES",
    "FACET_WORDS",
    "LAST_PAGE",
    "LONGEST_TEXT",
    "LONGEST_WORD",
    "NEWEST",
    "PAGE_SIZE",
    "Chosen",
    "Pieces",
    "Question",
    "Synonyms",
    "Vocabulary",
    "chosen_synonyms",
    "document_vector",
    "fused",
    "has_model",
    "joined_words",
    "marked",
    "packed",
    "plain",
    "plain_text",
    "query_vector",
    "read_synonyms",
    "snippet",
    "unpacked",
    "value_words",
    "vocabulary_of",
    "words_of",
]
