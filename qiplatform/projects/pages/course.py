"""The stage of a project, its moves and its course so far."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from qiplatform.errors import Mistake, Refusal
from qiplatform.organisations.rules import Right
from qiplatform.projects import rules
from qiplatform.projects.models import StatusMove
from qiplatform.projects.pages.words import STAGES, address, said
from qiplatform.projects.queries import Seen
from qiplatform.web.forms import Sent


@dataclass(frozen=True, slots=True)
class Move:
    """One move that can be made from here."""

    to: str
    words: str
    needs_reason: bool


@dataclass(frozen=True, slots=True)
class PastMove:
    """One move that was made."""

    at: datetime
    to: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class MovePage:
    """The stage of a project and where it can go from there."""

    project: str
    href: str
    stage: str
    moves: tuple[Move, ...]
    past: tuple[PastMove, ...]
    typed: Sent
    mistakes: tuple[Mistake, ...]
    words: str
    title: str = "Stage of the project"


def move(
    seen: Seen,
    past: Iterable[StatusMove],
    names: Mapping[str, str],
    sent: Sent | None,
    refusal: Refusal | None,
) -> MovePage:
    """Return the stage, the moves from it and those that led to it."""
    status = seen.project.status
    moves = tuple(
        Move(to.value, words, to in rules.NEEDS_REASON) for to, words in rules.MOVES[status].items()
    )
    allowed = moves if seen.may(Right.LEAD_PROJECT) else ()
    return MovePage(
        seen.project.title,
        address(seen.project),
        STAGES[status],
        allowed,
        tuple(PastMove(one.at, STAGES[one.to_status], names.get(one.by_id, ""), one.reason) for one in past),
        sent or Sent(),
        *said(refusal),
    )
