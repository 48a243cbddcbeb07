"""What is shown of projects."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from qiplatform.accounts.models import User
from qiplatform.errors import Mistake, Refusal
from qiplatform.organisations.models import Organisation
from qiplatform.organisations.rules import Right
from qiplatform.projects import rules
from qiplatform.projects.models import DriverKind, IdeaState, Project, ProjectStatus, TeamRole
from qiplatform.projects.queries import Seen
from qiplatform.projects.rules import DriverNode
from qiplatform.web.forms import Sent

STAGES = {
    ProjectStatus.PLANNING: "Planning",
    ProjectStatus.TESTING: "Testing changes",
    ProjectStatus.IMPLEMENTING: "Making it daily work",
    ProjectStatus.COMPLETED: "Completed",
    ProjectStatus.STOPPED: "Stopped",
}
"""A project's stage in words."""
ROLES = {TeamRole.MEMBER: "Team member", TeamRole.LEAD: "Team lead"}
IDEA_STATES = {
    IdeaState.UNTRIED: "not tried yet",
    IdeaState.TESTING: "being tested",
    IdeaState.ADOPTED: "adopted",
    IdeaState.ABANDONED: "abandoned",
}
Words = tuple[str, str]


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


@dataclass(frozen=True, slots=True)
class StartPage:
    """The one line that starts a project."""

    typed: Sent
    organisations: tuple[Words, ...]
    mistakes: tuple[Mistake, ...]
    words: str
    title: str = "Start a project"


@dataclass(frozen=True, slots=True)
class EditPage:
    """The form of everything a project says of itself."""

    project: str
    href: str
    typed: Sent
    aim: str
    missing: tuple[str, ...]
    version: int
    mistakes: tuple[Mistake, ...]
    words: str
    title: str = "Project and aim"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the team."""

    id: str
    name: str
    email: str
    role: str


@dataclass(frozen=True, slots=True)
class TeamPage:
    """The team, and how its lead changes it."""

    project: str
    href: str
    people: tuple[Person, ...]
    roles: tuple[Words, ...]
    may_change: bool
    typed: Sent
    mistakes: tuple[Mistake, ...]
    words: str
    title: str = "Team"


@dataclass(frozen=True, slots=True)
class Move:
    """One move that can be made from here."""

    to: str
    words: str
    needs_reason: bool


@dataclass(frozen=True, slots=True)
class MovePage:
    """The stage of a project and where it can go from there."""

    project: str
    href: str
    stage: str
    moves: tuple[Move, ...]
    typed: Sent
    mistakes: tuple[Mistake, ...]
    words: str
    title: str = "Stage of the project"


@dataclass(frozen=True, slots=True)
class Box:
    """One box of the drawn diagram."""

    text: str
    kind: str
    state: str
    children: tuple["Box", ...]
    href: str = ""


@dataclass(frozen=True, slots=True)
class DriversPage:
    """The driver diagram: the outline on the left, the drawing on the right."""

    project: str
    href: str
    aim: str
    outline: str
    boxes: tuple[Box, ...]
    may_change: bool
    mistakes: tuple[Mistake, ...]
    words: str
    title: str = "Driver diagram"


def card(project: Project, place: str) -> Card:
    """Return a project as it stands in a list."""
    aim = rules.aim_sentence(project) or "The aim is not written yet."
    meta = " \u00b7 ".join(part for part in (place, project.setting) if part)
    return Card(project.title, address(project), aim, STAGES[project.status], meta)


def address(project: Project) -> str:
    """Return a project's own page."""
    return f"/projects/{project.id}"


def listed(projects: Iterable[Project], places: dict[str, str], after: str | None) -> ListPage:
    """Return a piece of the list."""
    cards = tuple(card(one, places.get(one.organisation_id or "", "")) for one in projects)
    return ListPage(cards, f"/projects?after={after}" if after else "")


def start(sent: Sent, mine: Sequence[Organisation], refusal: Refusal | None) -> StartPage:
    """Return the form that starts a project."""
    places = tuple((one.id, one.name) for one in mine) if len(mine) > 1 else ()
    return StartPage(sent, places, *_said(refusal))


def edit(seen: Seen, sent: Sent | None, refusal: Refusal | None) -> EditPage:
    """Return the form of a project, with what is kept or what was typed."""
    project = seen.project
    kept = {
        "title": project.title,
        "problem": project.problem,
        "measure_of_success": project.measure_of_success,
        "for_whom": project.for_whom,
        "baseline": project.baseline,
        "goal": project.goal,
        "by_on": project.by_on.isoformat() if project.by_on else "",
        "statement": project.statement,
        "setting": project.setting,
        "topics": ", ".join(project.topics),
    }
    return EditPage(
        project.title,
        address(project),
        sent or Sent(kept),
        rules.aim_sentence(project),
        rules.missing_parts(project),
        project.version,
        *_said(refusal),
    )


def team(
    seen: Seen, people: Iterable[tuple[User, TeamRole]], sent: Sent | None, refusal: Refusal | None
) -> TeamPage:
    """Return the team's page."""
    return TeamPage(
        seen.project.title,
        address(seen.project),
        tuple(Person(user.id, user.name, user.email, ROLES[role]) for user, role in people),
        tuple((role.value, words) for role, words in ROLES.items()),
        seen.may(Right.LEAD_PROJECT),
        sent or Sent(),
        *_said(refusal),
    )


def move(seen: Seen, sent: Sent | None, refusal: Refusal | None) -> MovePage:
    """Return the stage and the moves from it."""
    status = seen.project.status
    moves = tuple(
        Move(to.value, words, to in rules.NEEDS_REASON) for to, words in rules.MOVES[status].items()
    )
    allowed = moves if seen.may(Right.LEAD_PROJECT) else ()
    return MovePage(
        seen.project.title, address(seen.project), STAGES[status], allowed, sent or Sent(), *_said(refusal)
    )


def drivers(seen: Seen, tree: DriverNode | None, sent: Sent | None, refusal: Refusal | None) -> DriversPage:
    """Return the diagram as kept, and the outline as kept or as typed."""
    aim = tree.text if tree else rules.aim_sentence(seen.project)[: rules.LONGEST_TEXT]
    return DriversPage(
        seen.project.title,
        address(seen.project),
        sent.get("aim") if sent else aim,
        sent.get("outline") if sent else rules.to_outline(tree),
        boxes(tree),
        seen.may(Right.WORK_ON_PROJECT),
        *_said(refusal),
    )


def boxes(tree: DriverNode | None) -> tuple[Box, ...]:
    """Return what stands to the right of the aim, as it is drawn."""
    return tuple(_box(node) for node in tree.children) if tree else ()


def _box(node: DriverNode) -> Box:
    kind = "idea" if node.kind is DriverKind.CHANGE_IDEA else node.kind.value
    return Box(
        node.text, kind, IDEA_STATES[node.state] if node.state else "", tuple(map(_box, node.children))
    )


def _said(refusal: Refusal | None) -> tuple[tuple[Mistake, ...], str]:
    return (refusal.mistakes, refusal.words) if refusal else ((), "")


def as_json(project: Project, base_url: str) -> dict[str, Any]:
    """Return a project as other machines read it."""
    return {
        "id": project.id,
        "url": base_url + address(project),
        "title": project.title,
        "status": project.status.value,
        "problem": project.problem,
        "aim": {
            "measure_of_success": project.measure_of_success,
            "baseline": project.baseline,
            "goal": project.goal,
            "by": project.by_on.isoformat() if project.by_on else None,
            "for_whom": project.for_whom,
            "statement": project.statement,
            "sentence": rules.aim_sentence(project),
            "missing": list(rules.missing_parts(project)),
        },
        "organisation": project.organisation_id,
        "setting": project.setting,
        "topics": project.topics,
        "credit": {"report": project.credit_report_id, "words": project.credit_words}
        if project.credit_report_id
        else None,
        "version": project.version,
    }


def tree_as_json(tree: DriverNode | None) -> dict[str, Any] | None:
    """Return a driver diagram as other machines read it."""
    if tree is None:
        return None
    return {
        "id": tree.id,
        "kind": tree.kind.value,
        "text": tree.text,
        "state": tree.state.value if tree.state else None,
        "children": [tree_as_json(child) for child in tree.children],
    }
