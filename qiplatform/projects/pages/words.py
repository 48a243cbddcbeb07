"""What the pages of projects call things."""

from qiplatform.errors import Mistake, Refusal
from qiplatform.projects.models import IdeaState, Project, ProjectStatus, TeamRole

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


def address(project: Project) -> str:
    """Return a project's own page."""
    return f"/projects/{project.id}"


def said(refusal: Refusal | None) -> tuple[tuple[Mistake, ...], str]:
    """Return what a refusal says at the fields, and above them."""
    return (refusal.mistakes, refusal.words) if refusal else ((), "")
