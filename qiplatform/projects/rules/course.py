"""The course of a project as a table, and who may leave a team."""

from collections.abc import Collection, Mapping

from qiplatform.errors import Invalid, NotNow
from qiplatform.projects.models import ProjectStatus

MOVES: Mapping[ProjectStatus, Mapping[ProjectStatus, str]] = {
    ProjectStatus.PLANNING: {
        ProjectStatus.TESTING: "Start testing changes",
        ProjectStatus.STOPPED: "Stop the project",
    },
    ProjectStatus.TESTING: {
        ProjectStatus.IMPLEMENTING: "Make the change part of daily work",
        ProjectStatus.COMPLETED: "Complete the project",
        ProjectStatus.STOPPED: "Stop the project",
    },
    ProjectStatus.IMPLEMENTING: {
        ProjectStatus.TESTING: "Go back to testing",
        ProjectStatus.COMPLETED: "Complete the project",
        ProjectStatus.STOPPED: "Stop the project",
    },
    ProjectStatus.COMPLETED: {ProjectStatus.TESTING: "Take it up again"},
    ProjectStatus.STOPPED: {ProjectStatus.PLANNING: "Take it up again"},
}
"""The course of a project: from where to where, and the words on the button."""

NEEDS_REASON = frozenset({ProjectStatus.STOPPED, ProjectStatus.COMPLETED})
"""Moves into these are told to readers with their reason: "it did not work, and why" is an honoured ending."""


def check_can_move(status: ProjectStatus, to: ProjectStatus, reason: str) -> None:
    """Refuse a move that is not in the table, or an ending without its reason."""
    if to not in MOVES[status]:
        words = f"A project that is {status.value} cannot become {to.value}."
        raise NotNow(words)
    if to in NEEDS_REASON and not reason.strip():
        raise Invalid.one("reason", "Say why in a sentence: the next team will want to know.")


def check_keeps_a_lead(leads: Collection[str], leaving: str) -> None:
    """Refuse to leave a team without anybody who decides."""
    if set(leads) == {leaving}:
        words = "A project needs a lead. Make somebody else a lead first."
        raise NotNow(words)
