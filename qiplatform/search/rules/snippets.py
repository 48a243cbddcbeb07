"""The piece of a report in which the words of a search stand, with the words marked: the same on every database."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import snowballstemmer

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?|[A-Za-z] ?& ?[A-Za-z]\b")
_LENGTH = 220
Words = Sequence[Sequence[str]]
Pieces = tuple[tuple[str, bool], ...]
"""Pieces of a text in order, each with whether it is a word of the search; the template marks and escapes them."""


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return what forms of a word share: Snowball's English stemmer, as PostgreSQL's own, and near to SQLite's Porter stemmer.

    >>> stem("Falling"), stem("communities"), stem("community"), stem("A&E")
    ('fall', 'communiti', 'communiti', 'ae')
    """
    plain = re.sub(r"[ &'\u2019]", "", word.lower())
    return str(snowballstemmer.stemmer("english").stemWord(plain))  # made anew: one stemmer serves one thread


def marked(text: str, groups: Words) -> Pieces:
    """Return a text in pieces, the words of a search apart.

    >>> marked("Fewer falls", [("fall",)])
    (('Fewer ', False), ('falls', True))
    """
    made: list[tuple[str, bool]] = []
    place = 0
    for begin, end, _ in _hits(text, groups):
        made += [(text[place:begin], False), (text[begin:end], True)]
        place = end
    return tuple(piece for piece in (*made, (text[place:], False)) if piece[0])


def plain_text(pieces: Pieces) -> str:
    """Return pieces as one text again.

    >>> plain_text((("Fewer ", False), ("falls", True)))
    'Fewer falls'
    """
    return "".join(text for text, _ in pieces)


def snippet(texts: Sequence[str], groups: Words, length: int = _LENGTH) -> Pieces:
    """Return the piece with the most different words of the search, marked; empty where none stands in these texts."""
    best, found = (0, 0), ("", 0)
    for text in texts:
        hits = _hits(text, groups)
        for begin, _, _ in hits:
            inside = [group for at, _, group in hits if begin <= at < begin + length - 40]
            if (score := (len(set(inside)), len(inside))) > best:
                best, found = score, (text, begin)
    text, at = found
    return marked(_around(text, at, length), groups) if text else ()


def _around(text: str, at: int, length: int) -> str:
    """Cut a piece that begins a little before `at`, at whole words."""
    begin = max(0, at - length // 5)
    if begin:
        begin = text.find(" ", begin, at) + 1 or at
    end = min(len(text), begin + length)
    if end < len(text):
        end = max(text.rfind(" ", at, end), at) if " " in text[at:end] else end
    piece = " ".join(text[begin:end].split())
    return f"{'… ' if begin else ''}{piece}{' …' if end < len(text) else ''}"


def _hits(text: str, groups: Words) -> list[tuple[int, int, int]]:
    """Return begin, end and group of every word or phrase of the search, none within another."""
    wanted = _wanted(tuple(map(tuple, groups)))
    words = [(one.start(), one.end(), stem(one.group())) for one in _WORD.finditer(text)]
    found, place = [], 0
    while place < len(words):
        length, which = 0, 0
        for stems, number in wanted.get(words[place][2], ()):
            there = tuple(one[2] for one in words[place : place + len(stems)])
            if there == stems and len(stems) > length:
                length, which = len(stems), number
        if length:
            found.append((words[place][0], words[place + length - 1][1], which))
        place += length or 1
    return found


@lru_cache(maxsize=200)
def _wanted(groups: tuple[tuple[str, ...], ...]) -> Mapping[str, Sequence[tuple[tuple[str, ...], int]]]:
    """Return every word or phrase of a search as stems, with its group, by its first stem."""
    found: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for number, group in enumerate(groups):
        for phrase in group:
            stems = tuple(map(stem, phrase.split()))
            if stems:
                found.setdefault(stems[0], []).append((stems, number))
    return found
