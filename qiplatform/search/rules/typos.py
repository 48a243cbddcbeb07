"""Words typed wrongly: the nearest word of the index, found by shared groups of three letters, decided by letters changed."""

from collections import Counter
from collections.abc import Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from qiplatform.search.rules.snippets import stem
from qiplatform.search.rules.words import vocabulary_of

_SHORTEST = 4
_LONG = 7
_CANDIDATES = 60


class Vocabulary:
    """The words of the index with the number of documents each stands in."""

    def __init__(self, words: Mapping[str, int]) -> None:
        """Keep the words; the groups of three letters are made when first asked for."""
        self.words = words

    @cached_property
    def _stems(self) -> Mapping[str, int]:
        found: Counter[str] = Counter()
        for word, documents in self.words.items():
            found[stem(word)] += documents
        return found

    def documents(self, phrase: str) -> int:
        """Return in about how many documents a word or phrase stands in any form; never too few for its rarest word.

        Words that are not kept here, being too short or with a digit, do not count; a phrase of nothing else is taken as rare.

        >>> (
        ...     Vocabulary({"fall": 3, "falls": 5, "night": 2}).documents("falls"),
        ...     Vocabulary({"fall": 3, "rise": 1}).documents("no fall"),
        ... )
        (8, 3)
        """
        return min((self._stems.get(stem(word), 0) for word in vocabulary_of(phrase)), default=0)

    @cached_property
    def _order(self) -> list[str]:
        return sorted(self.words)

    @cached_property
    def _with(self) -> dict[str, NDArray[np.int32]]:
        found: dict[str, list[int]] = {}
        for place, word in enumerate(self._order):
            for three in threes(word):
                found.setdefault(three, []).append(place)
        return {three: np.array(places, np.int32) for three, places in found.items()}

    def nearest(self, typed: str) -> str:
        """Return the word most likely meant; empty when none is near enough.

        One letter wrong, missing, too many or two swapped is near; two from seven letters on.

        >>> Vocabulary({"pressure": 9, "ulcer": 5, "under": 2}).nearest("presure")
        'pressure'
        >>> Vocabulary({"pressure": 9}).nearest("zebra")
        ''
        """
        if len(typed) < _SHORTEST or not typed.isalpha():
            return ""
        lists = [self._with[three] for three in threes(typed) if three in self._with]
        if not lists:
            return ""
        shared = np.bincount(np.concatenate(lists), minlength=len(self._order))
        likely = np.argsort(-shared, kind="stable")[:_CANDIDATES]
        most = 2 if len(typed) >= _LONG else 1
        near = [
            (apart, -self.words[word], word)
            for word in (self._order[place] for place in likely if shared[place])
            if (apart := distance(typed, word, most)) <= most
        ]
        return min(near)[2] if near else ""


def threes(word: str) -> frozenset[str]:
    """Return a word's groups of three letters, its ends marked.

    >>> sorted(threes("ward"))
    ['  w', ' wa', 'ard', 'rd ', 'war']
    """
    held = f"  {word} "
    return frozenset(held[place : place + 3] for place in range(len(held) - 2))


def distance(one: str, other: str, most: int) -> int:
    """Return how many letters are wrong, missing, too many or swapped with their neighbour; `most` + 1 when more than `most`.

    Optimal string alignment: Damerau, "A technique for computer detection and correction of spelling errors", CACM 7(3),
    1964, pages 171-176.

    >>> distance("ulser", "ulcer", 2), distance("fals", "falls", 2), distance("hte", "the", 2)
    (1, 1, 1)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
