"""The projects a person may see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qiplatform.projects import rules
from qiplatform.projects.models import Project, TeamRole
from qiplatform.projects.pages.words import ROLES, STAGES, address


@dataclass(frozen=True, slots=True)
class Card:
    """A project in a list."""

    title: str
    href: str
    aim: str
    state: str
    meta: str
    verdict: None = None
    direction: str = "neutral"


@dataclass(frozen=True, slots=True)
class ListPage:
    """The projects a person may see."""

    cards: tuple[Card, ...]
    older: str
    title: str = "Projects"


def card(project: Project, place: str, role: TeamRole | None = None) -> Card:
    """Return a project as it stands in a list."""
    aim = rules.aim_sentence(project) or "The aim is not written yet."
    meta = " \u00b7 ".join(part for part in (ROLES[role] if role else "", place, project.setting) if part)
    return Card(project.title, address(project), aim, STAGES[project.status], meta)


def listed(
    projects: Iterable[Project],
    places: Mapping[str, str],
    roles: Mapping[str, TeamRole],
    after: str | None,
) -> ListPage:
    """Return a piece of the list."""
    cards = tuple(card(one, places.get(one.organisation_id or "", ""), roles.get(one.id)) for one in projects)
    return ListPage(cards, f"/projects?after={after}" if after else "")
