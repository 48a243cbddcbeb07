"""The aim in words: one sentence from its parts, and what it does not say yet."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from qiplatform.errors import Invalid
from qiplatform.store import identifiers


class Aim(Protocol):
    """The parts of an aim, wherever they are kept."""

    measure_of_success: str
    baseline: str
    goal: str
    by_on: date | None
    for_whom: str
    statement: str


@dataclass(frozen=True, slots=True)
class AimParts:
    """The parts of an aim as typed."""

    measure_of_success: str = ""
    baseline: str = ""
    goal: str = ""
    by_on: date | None = None
    for_whom: str = ""
    statement: str = ""


def says_something(text: str) -> bool:
    r"""Whether a text has a character one can see.

    >>> says_something("Waits"), says_something(" \u200b \u2060")
    (True, False)
    """
    return any(unicodedata.category(letter)[0] not in "CZ" for letter in text)


def check_title(title: str) -> None:
    """Refuse a title that shows nothing."""
    if not says_something(title):
        raise Invalid.one("title", "Enter what you want to make better.")


def check_no_patient(parts: Mapping[str, object]) -> None:
    """Refuse text that holds what looks like an NHS number; `parts` are columns by name."""
    identifiers.check_none(
        (name, name.replace("_", " "), text) for name, text in parts.items() if isinstance(text, str)
    )


def aim_sentence(aim: Aim) -> str:
    """Return the aim in one sentence, from the parts there are; empty when there are none.

    >>> aim_sentence(
    ...     AimParts(
    ...         "patients seen within four hours", "78%", "95%", date(2019, 3, 31), "people who come to A&E"
    ...     )
    ... )
    'Patients seen within four hours, for people who come to A&E: from 78% to 95% by 31 March 2019.'
    """
    if aim.statement:
        return aim.statement
    what = aim.measure_of_success + (f", for {aim.for_whom}" if aim.for_whom else "")
    change = " ".join(
        part
        for part in (
            f"from {aim.baseline}" if aim.baseline else "",
            f"to {aim.goal}" if aim.goal else "",
            f"by {aim.by_on.day} {aim.by_on:%B %Y}" if aim.by_on else "",
        )
        if part
    )
    sentence = ": ".join(part for part in (what.removeprefix(", "), change) if part)
    return f"{sentence[:1].upper()}{sentence[1:]}." if sentence else ""


def missing_parts(aim: Aim) -> tuple[str, ...]:
    """Name what the aim does not say yet, in plain words; nothing is missing when the team wrote its own sentence."""
    if aim.statement:
        return ()
    parts = (
        (aim.measure_of_success, "what will be measured"),
        (aim.for_whom, "for whom"),
        (aim.baseline, "from what starting point"),
        (aim.goal, "how good it should become"),
        (aim.by_on, "by when"),
    )
    return tuple(words for value, words in parts if not value)
