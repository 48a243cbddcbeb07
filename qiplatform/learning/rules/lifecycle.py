"""The way of a report: which moves there are, who may make them, and what must be there first."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from types import MappingProxyType

from qiplatform.errors import Invalid, Mistake, NotAllowed, NotNow, Refusal
from qiplatform.learning.models import ReportResult, ReportStatus
from qiplatform.learning.rules.sections import NEEDED, SECTIONS

MOVES: Mapping[ReportStatus, AbstractSet[ReportStatus]] = MappingProxyType(
    {
        ReportStatus.DRAFT: frozenset({ReportStatus.SUBMITTED}),
        ReportStatus.SUBMITTED: frozenset(
            {ReportStatus.RETURNED, ReportStatus.PUBLISHED, ReportStatus.WITHDRAWN}
        ),
        ReportStatus.RETURNED: frozenset(
            {ReportStatus.SUBMITTED, ReportStatus.PUBLISHED, ReportStatus.WITHDRAWN}
        ),
        ReportStatus.PUBLISHED: frozenset({ReportStatus.CORRECTING, ReportStatus.WITHDRAWN}),
        ReportStatus.CORRECTING: frozenset(
            {ReportStatus.SUBMITTED, ReportStatus.PUBLISHED, ReportStatus.WITHDRAWN}
        ),
        ReportStatus.WITHDRAWN: frozenset(),
    }
)
"""Every move there is. What is not written here is refused.

A report can be withdrawn from wherever it stands once a version of it is public, and a correction can be given up: both ask
for the public version (`check_public`).
"""
WRITING = frozenset({ReportStatus.DRAFT, ReportStatus.RETURNED, ReportStatus.CORRECTING})
"""Where a report is in its team's hands."""

STATUS_WORDS: Mapping[ReportStatus, str] = MappingProxyType(
    {
        ReportStatus.DRAFT: "Draft",
        ReportStatus.SUBMITTED: "Waiting to be checked",
        ReportStatus.RETURNED: "Returned to the team",
        ReportStatus.PUBLISHED: "Published",
        ReportStatus.CORRECTING: "Published, being corrected",
        ReportStatus.WITHDRAWN: "Withdrawn",
    }
)
RESULT_WORDS: Mapping[ReportResult, str] = MappingProxyType(
    {
        ReportResult.IMPROVED: "Improved",
        ReportResult.IMPROVED_AND_HELD: "Improved and held",
        ReportResult.NO_CHANGE: "No change, and why",
        ReportResult.WORSE: "Worse, and why",
        ReportResult.STOPPED_EARLY: "Stopped early, and why",
    }
)
_REFUSED = MappingProxyType(
    {
        ReportStatus.DRAFT: "This report is still a draft.",
        ReportStatus.SUBMITTED: "This report is with the checkers.",
        ReportStatus.RETURNED: "This report was returned to its team.",
        ReportStatus.PUBLISHED: "This report is published; what was published does not change.",
        ReportStatus.CORRECTING: "The next version of this report is being written.",
        ReportStatus.WITHDRAWN: "This report was withdrawn; that is final.",
    }
)
_WORK = MappingProxyType(
    {
        ReportStatus.SUBMITTED: "be sent to be checked",
        ReportStatus.RETURNED: "be returned",
        ReportStatus.PUBLISHED: "be approved",
        ReportStatus.CORRECTING: "be corrected",
        ReportStatus.WITHDRAWN: "be withdrawn",
    }
)


class NotPublic(Refusal):
    """What was public here is not any more, for good or for the moment."""

    status = 410


class Withdrawn(NotPublic):
    """The tombstone: what stood here was taken back, and this says so."""

    title = "This report was withdrawn"

    def __init__(self, at: datetime, reason: str) -> None:
        """Say when and why, and nothing of what the report said."""
        super().__init__(f"It was published here and withdrawn on {at.day} {at:%B %Y}. Reason: {reason}")


class Hidden(NotPublic):
    """What stands here is not shown while somebody looks at a concern."""

    title = "This report is not shown for the moment"

    def __init__(self, at: datetime) -> None:
        """Say since when, and nothing of the concern."""
        super().__init__(
            f"Since {at.day} {at:%B %Y} somebody is looking at a concern that a reader reported. It comes back, is corrected or is withdrawn."
        )


class Retired(NotPublic):
    """A version that is not shown any more, of a report that is."""

    title = "This version is not shown any more"

    def __init__(self, at: datetime) -> None:
        """Say since when."""
        super().__init__(
            f"It was taken back on {at.day} {at:%B %Y} to protect people. The present version of the report is at its permanent address."
        )


def check_move(before: ReportStatus, after: ReportStatus) -> None:
    """Refuse a move that is not in the table, saying where the report stands."""
    if after not in MOVES[before]:
        words = f"{_REFUSED[before]} It cannot {_WORK.get(after, 'become a draft')} now."
        raise NotNow(words)


def check_waiting(status: ReportStatus) -> None:
    """Refuse to approve what is not with the checkers."""
    if status is not ReportStatus.SUBMITTED:
        words = f"{_REFUSED[status]} It cannot be approved now."
        raise NotNow(words)


def check_can_edit(status: ReportStatus) -> None:
    """Refuse to change the words of a report that left its team's hands."""
    if status not in WRITING:
        words = f"{_REFUSED[status]} It cannot be edited now."
        raise NotNow(words)


def check_public(status: ReportStatus, *, public: bool, to: ReportStatus) -> None:
    """Refuse what needs a public version where there is none."""
    if not public:
        words = f"{_REFUSED[status]} Nothing of it is public, so it cannot {_WORK[to]}."
        raise NotNow(words)


def check_can_check(
    *, is_curator: bool, user_id: str, team: AbstractSet[str], involved: AbstractSet[str]
) -> None:
    """Refuse everyone but a curator who is not of the team and has not written, sent or signed the report."""
    if not is_curator:
        raise NotAllowed("You cannot check this report. Ask a curator.")
    if user_id in team:
        raise NotAllowed(
            "You cannot check this report: you are of its team. A curator outside the team decides."
        )
    if user_id in involved:
        raise NotAllowed(
            "You cannot check this report: you wrote it or are named in it. Another curator decides."
        )


def check_complete(sections: Mapping[str, str]) -> None:
    """Refuse to send a report whose readers would miss something; say what, in the order of the form."""
    missing = [
        Mistake(name, f"Write “{SECTIONS[name]}” before sending the report.")
        for name in NEEDED
        if not sections.get(name, "").strip()
    ]
    if missing:
        raise Invalid("The report is not complete yet.", *missing)


def check_reason(reason: str) -> str:
    """Return the reason, or refuse a move that nobody could understand later."""
    if not reason.strip():
        raise Invalid.one("reason", "Say why, in a sentence the team can act on.")
    return reason.strip()
