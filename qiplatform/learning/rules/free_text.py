"""Words that need a second look before they are public: identifiers are refused, small numbers are shown to the checker."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from qiplatform.store.identifiers import check_none

_SMALL = r"(?:one|two|three|four|five|six|seven|[1-7])"
_PEOPLE = r"(?:patients?|people|persons?|wom[ae]n|m[ae]n|child(?:ren)?|bab(?:y|ies)|residents?|deaths?|carers?|cases?|girls?|boys?|famil(?:y|ies))"
_NAMED_DAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_SECOND_LOOK = (
    (re.compile(rf"\b{_SMALL}\s+(?:\w+\s+)?{_PEOPLE}\b", re.IGNORECASE), "a small number of people"),
    (
        re.compile(rf"\b(?:the only|a single)\s+(?:\w+\s+)?{_PEOPLE}\b", re.IGNORECASE),
        "words about one person",
    ),
    (re.compile(rf"\bon\s+{_NAMED_DAY}\s+(?:the\s+)?\d", re.IGNORECASE), "a named day"),
    (
        re.compile(
            r"\b(?:born on|date of birth|d\.?o\.?b\.?|nhs (?:number|no)|hospital number)\b", re.IGNORECASE
        ),
        "words about an identifier",
    ),
)


@dataclass(frozen=True, slots=True)
class Concern:
    """A phrase the checker clears by hand: where it stands, the phrase, and why it is shown."""

    at: str
    phrase: str
    why: str


def concerns(texts: Mapping[str, str]) -> tuple[Concern, ...]:
    """Return what in these texts the checker should look at, in the order of the texts.

    >>> [
    ...     one.phrase
    ...     for one in concerns({"did": "Only two patients were asked.", "problem": "36 patients waited."})
    ... ]
    ['two patients']
    """
    return tuple(
        Concern(at, found.group(), why)
        for at, text in texts.items()
        for pattern, why in _SECOND_LOOK
        for found in pattern.finditer(text)
    )


def check_no_identifiers(texts: Mapping[str, tuple[str, str]]) -> None:
    """Refuse when one of the texts (at -> where it stands in words, and the text) holds what looks like an NHS number."""
    check_none((at, where, text) for at, (where, text) in texts.items())
