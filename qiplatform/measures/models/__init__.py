"""What is kept of measures."""

from qiplatform.measures.models.decisions import (
    Annotation,
    BaselineSpan,
    Decision,
    DecisionKind,
    Exclusion,
    PhaseStart,
    StepAwaited,
    StepDeclined,
    Why,
)
from qiplatform.measures.models.files import ImportFile
from qiplatform.measures.models.measures import (
    NUMBER_LENGTH,
    Band,
    Counts,
    DataPoint,
    Direction,
    Frequency,
    Measure,
    MeasureType,
    PointChange,
    Purpose,
    SignalSeen,
    Target,
)

__all__ = [
    "NUMBER_LENGTH",
    "Annotation",
    "Band",
    "BaselineSpan",
    "Counts",
    "DataPoint",
    "Decision",
    "DecisionKind",
    "Direction",
    "Exclusion",
    "Frequency",
    "ImportFile",
    "Measure",
    "MeasureType",
    "PhaseStart",
    "PointChange",
    "Purpose",
    "SignalSeen",
    "StepAwaited",
    "StepDeclined",
    "Target",
    "Why",
]
