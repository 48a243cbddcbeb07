"""Words people use for the same thing, read from a file that people can edit: one group a line, `A&E = ED = casualty`."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "synonyms.txt"
LONGEST_FILE = 2_000_000
_LONGEST_PHRASE = 60
_WORD = re.compile(r"[^\W_]+")
_JOINED = re.compile(r"\b([a-z]) ?& ?([a-z])\b")
_SHORT = 3


class BadSynonyms(ValueError):
    """The file cannot be used; says which line and what to do."""

    def __init__(self, where: object, what: str) -> None:
        """Say where, and what is wrong there."""
        super().__init__(f"{where}: {what}")


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Groups of phrases that mean the same."""

    groups: tuple[tuple[str, ...], ...]
    of: Mapping[tuple[str, ...], tuple[str, ...]]
    longest: int

    def at(self, tokens: Sequence[str], place: int) -> tuple[int, tuple[str, ...]]:
        """Return how many of the words from `place` on stand together, and what else counts for them."""
        for length in range(min(self.longest, len(tokens) - place), 0, -1):
            key = tuple(_single(one) for one in tokens[place : place + length])
            if key in self.of:
                typed = " ".join(key)
                return length, tuple(
                    one for one in self.of[key] if " ".join(map(_single, one.split())) != typed
                )
        return 1, ()


def plain(text: str) -> str:
    """Return text as words are taken from it: lower case, one form of each letter, "A&E" as one word.

    >>> plain("Waits in A&E")
    'waits in ae'
    """
    text = (
        unicodedata.normalize("NFKC", text)
        .replace("\x00", " ")
        .lower()
        .replace("\u2019", "'")
        .replace("'", "")
    )
    return _JOINED.sub(r"\1\2", text)


def parse(text: str, name: str = "synonyms") -> Synonyms:
    """Return the groups of a file's text; `BadSynonyms` names the line that cannot be understood.

    Empty lines and lines that begin with # are left out.

    >>> parse("A&E = ED = emergency department").groups
    (('ae', 'ed', 'emergency department'),)
    """
    groups: list[tuple[str, ...]] = []
    of: dict[tuple[str, ...], dict[str, None]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        where = f"{name}, line {number}"
        group = tuple(dict.fromkeys(_phrase(part, where) for part in line.split("=")))
        if len(group) < 2:  # noqa: PLR2004 - a word and another
            said = f"a line names the same thing at least twice, with = between: {line.strip()[:60]!r}"
            raise BadSynonyms(where, said)
        groups.append(group)
        for phrase in group:
            key = tuple(_single(one) for one in phrase.split())
            of.setdefault(key, {}).update(dict.fromkeys(one for one in group if one != phrase))
    return Synonyms(
        tuple(groups), {key: tuple(others) for key, others in of.items()}, max(map(len, of), default=1)
    )


def read_synonyms(path: Path) -> Synonyms:
    """Return the groups of a file; `BadSynonyms` says what is wrong with it."""
    try:
        if path.stat().st_size > LONGEST_FILE:
            raise BadSynonyms(path, "the file of synonyms is larger than 2 MB")
        return parse(path.read_text(encoding="utf-8"), str(path))
    except OSError as error:
        raise BadSynonyms(path, f"the file of synonyms cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise BadSynonyms(path, "the file of synonyms is not UTF-8 text") from error


@cache
def field_synonyms() -> Synonyms:
    """Return the groups that come with the platform."""
    return read_synonyms(FILE)


def chosen_synonyms(path: str) -> Synonyms:
    """Return the groups of an installation's own file, or those that come with the platform where it names none."""
    return read_synonyms(Path(path)) if path else field_synonyms()


def _phrase(part: str, where: str) -> str:
    words = " ".join(_WORD.findall(plain(part)))
    if not words:
        raise BadSynonyms(where, "there is no word on one side of an =")
    if len(words) > _LONGEST_PHRASE:
        raise BadSynonyms(where, f"{words[:30]!r}... is longer than {_LONGEST_PHRASE} characters")
    return words


def _single(word: str) -> str:
    """Return a word without the s of its plural: "ulcers" and "ulcer" are one entry."""
    return word[:-1] if len(word) > _SHORT and word.endswith("s") and not word.endswith("ss") else word
