"""What is shown of notices."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from qiplatform.notices.models import Notice
from qiplatform.web.pagination import Piece


@dataclass(frozen=True, slots=True)
class Line:
    """One notice as it is printed."""

    id: str
    text: str
    href: str
    at: datetime
    new: bool


@dataclass(frozen=True, slots=True)
class NoticesPage:
    """Everything a person was told, newest first."""

    lines: tuple[Line, ...]
    newest: str
    unseen: int
    older: str
    title: str = "Notices"

    @property
    def under(self) -> str:
        """How many of them are new, in words."""
        match self.unseen:
            case 0:
                return "Nothing new."
            case 1:
                return "One new notice."
            case many:
                return f"{many} new notices."


def lines(notices: Iterable[Notice]) -> tuple[Line, ...]:
    """Return notices as they are printed."""
    return tuple(Line(one.id, one.text, one.href, one.at, one.seen_at is None) for one in notices)


def notices(found: Piece[Notice], unseen: int) -> NoticesPage:
    """Return the page of a piece of the list."""
    shown = lines(found.items)
    older = f"/notices?after={found.next}" if found.next else ""
    return NoticesPage(shown, shown[0].id if shown else "", unseen, older)
