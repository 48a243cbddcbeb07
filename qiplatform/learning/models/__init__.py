"""What is kept of what is shared: reports on their way, what is public, what readers say."""

from qiplatform.learning.models.adoption import AdopterNote, Adoption, NoteResult, PublicNote
from qiplatform.learning.models.answers import ConcernKind, ConcernReport, PublicAnswer, Question
from qiplatform.learning.models.feeds import FeedEntry, FeedFacet, FeedState, PublicFacet
from qiplatform.learning.models.published import (
    Gone,
    ProtectedPoint,
    ProtectedSeries,
    Publication,
    PublishedVersion,
    RetiredVersion,
    Tombstone,
    Treatment,
)
from qiplatform.learning.models.reports import (
    Report,
    ReportApproval,
    ReportAuthor,
    ReportChange,
    ReportMeasure,
    ReportMove,
    ReportResult,
    ReportStatus,
)

__all__ = [
    "AdopterNote",
    "Adoption",
    "ConcernKind",
    "ConcernReport",
    "FeedEntry",
    "FeedFacet",
    "FeedState",
    "Gone",
    "NoteResult",
    "ProtectedPoint",
    "ProtectedSeries",
    "PublicAnswer",
    "PublicFacet",
    "PublicNote",
    "Publication",
    "PublishedVersion",
    "Question",
    "Report",
    "ReportApproval",
    "ReportAuthor",
    "ReportChange",
    "ReportMeasure",
    "ReportMove",
    "ReportResult",
    "ReportStatus",
    "RetiredVersion",
    "Tombstone",
    "Treatment",
]
