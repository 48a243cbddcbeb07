"""What a report says and in which order: the sections of SQUIRE 2.0 in plain words, and TIDieR's items for each change.

SQUIRE 2.0: Ogrinc et al., BMJ Quality & Safety 2016;25:986-992, table 1. TIDieR: Hoffmann et al., BMJ 2014;348:g1687, table 1.
The specific aims (SQUIRE 6) and the measures (SQUIRE 10) come from the project's record.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

SECTIONS: Mapping[str, str] = MappingProxyType(
    {
        "summary": "In plain language",
        "problem": "The problem",
        "known": "What was known already",
        "rationale": "Why we thought it would help",
        "context": "Where we work",
        "did": "What we did",
        "studied": "How we measured and judged it",
        "involvement": "How patients, carers and staff took part",
        "ethics": "Ethics",
        "happened": "What happened",
        "meaning": "What it means",
        "limits": "Limits",
        "differently": "What we would do differently",
        "sustaining": "Keeping it going",
        "cost": "What it cost",
        "funding": "Who paid",
    }
)
"""The sections of a report in the order they are read, each with its heading."""
NEEDED = ("problem", "did", "happened")


@dataclass(frozen=True, slots=True)
class Part:
    """Sections that are written together, on one page."""

    name: str
    heading: str
    under: str
    sections: tuple[str, ...]


PARTS: Mapping[str, Part] = MappingProxyType(
    {
        one.name: one
        for one in (
            Part(
                "essentials",
                "The essentials",
                "What a reader takes away in fifteen seconds.",
                ("summary", "problem", "did", "happened", "differently"),
            ),
            Part(
                "why",
                "Why and where",
                "What another team needs to judge whether your place is like theirs.",
                ("known", "rationale", "context"),
            ),
            Part(
                "how",
                "How you went about it",
                "How you would convince a sceptical colleague.",
                ("studied", "involvement", "ethics"),
            ),
            Part(
                "meaning",
                "What it means",
                "What you make of it, and how far it carries.",
                ("meaning", "limits", "sustaining"),
            ),
            Part("cost", "Cost and support", "What it took, and who paid.", ("cost", "funding")),
        )
    }
)
"""Every section stands in one part."""

TIDIER: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "why": ("Why", "What makes you think that this change helps."),
        "materials": (
            "What: materials",
            "Forms, posters, training, equipment, and where others can get them.",
        ),
        "procedures": ("What: steps", "What is done, step by step."),
        "who": ("Who does it", "Roles, and what training they had. Write no names."),
        "how": ("How", "Face to face or at a distance, one by one or in groups."),
        "where": ("Where", "The kind of place, and what it must have."),
        "when": ("When and how much", "How often, for how long, since when."),
        "tailoring": ("Fitted to the person or place", "What may differ, and on what it depends."),
        "modifications": ("What we changed on the way", "What, why, when and how."),
        "planned": ("Done as planned: how we would know", "How you checked that it was really done."),
        "actual": ("Done as planned: what we found", "How often it was really done as described."),
    }
)
"""TIDieR's items 2 to 12, each with its heading and a hint; item 1 is the change's name."""

REGIONS = (
    "East of England",
    "London",
    "Midlands",
    "North East and Yorkshire",
    "North West",
    "South East",
    "South West",
    "Northern Ireland",
    "Scotland",
    "Wales",
    "Elsewhere",
)
"""Where in the country: the NHS's regions of England, the other nations, and elsewhere."""

_SENSITIVE = (
    "abortion",
    "abuse",
    "child death",
    "death",
    "domestic violence",
    "drug",
    "eating disorder",
    "gender",
    "hiv",
    "homeless",
    "learning disab",
    "maternity",
    "mental health",
    "neonatal",
    "prison",
    "safeguarding",
    "self-harm",
    "sexual",
    "stillbirth",
    "substance",
    "suicide",
)


def needs_two(topics: tuple[str, ...] | list[str], *, said: bool) -> bool:
    """Whether two checkers must agree: somebody said so, or a topic is one where few people are easily recognised.

    >>> needs_two(["Suicide prevention"], said=False), needs_two(["Waiting times"], said=False)
    (True, False)
    """
    return said or any(word in topic.lower() for topic in topics for word in _SENSITIVE)
