"""The library of ready definitions, searched by words and narrowed by type and setting."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import spc
from qiplatform.measures.models import MeasureType
from qiplatform.measures.pages import words
from qiplatform.measures.rules import library
from qiplatform.measures.rules.library import SETTINGS, Ready
from qiplatform.projects.queries import Seen

_ANY = ("", "Any")


@dataclass(frozen=True, slots=True)
class ReadyCard:
    """A definition to be picked."""

    name: str
    type: str
    setting: str
    what: str
    href: str
    """The form, filled with it."""
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """The definitions that were asked for."""

    project: str
    project_href: str
    href: str
    own_href: str
    """The empty form."""
    q: str
    facets: tuple[tuple[str, str, tuple[tuple[str, str], ...], str], ...]
    """Name, label, options and what is chosen."""
    found: str
    cards: tuple[ReadyCard, ...]
    title: str = "Ready definitions"


def page(seen: Seen, asked: Mapping[str, str]) -> LibraryPage:
    """Return the definitions in which the words asked for occur; a filter there is none of filters nothing."""
    href = f"/projects/{seen.project.id}"
    q = asked.get("q", "").strip()
    of_type = next((one for one in MeasureType if one.value == asked.get("type")), None)
    setting = asked.get("setting", "") if asked.get("setting") in SETTINGS else ""
    found = library.search(q, of_type, setting)
    types = (_ANY, *((one.value, words.TYPES[one]) for one in MeasureType))
    return LibraryPage(
        project=seen.project.title,
        project_href=href,
        href=f"{href}/measures/library",
        own_href=f"{href}/measures/new",
        q=q,
        facets=(
            ("type", "What it tells of", types, of_type.value if of_type else ""),
            ("setting", "Setting", (_ANY, *((one, one) for one in SETTINGS)), setting),
        ),
        found=f"{len(found)} definition{'' if len(found) == 1 else 's'}",
        cards=tuple(_card(one, f"{href}/measures/new") for one in found),
    )


def _card(one: Ready, form: str) -> ReadyCard:
    partner = library.find(one.balancing) if one.balancing else None
    return ReadyCard(
        name=one.name,
        type=words.TYPES[one.type],
        setting=one.setting,
        what=one.what,
        href=f"{form}?{urlencode({'from': one.key})}",
        facts=(
            ("Operational definition", one.operational_definition),
            ("Numerator", one.numerator_words),
            ("Denominator", one.denominator_words),
            ("What is left out", one.exclusion_words),
            ("Which way is better", words.DIRECTIONS[one.direction]),
            ("Unit", one.unit),
            ("How often", words.FREQUENCIES[one.frequency]),
            ("Sampling", one.sampling),
            ("Source", one.source),
            ("Time it takes", words.minutes_in_words(one.minutes_a_month)),
            ("Chart", spc.CHARTS[one.chart].title),
            ("Balanced by", partner.name if partner else ""),
            ("Where the definition comes from", one.origin),
        ),
    )
