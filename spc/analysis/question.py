"""What is asked of a series: everything a chart depends on beside the data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from spc.analysis.targets import Target
from spc.phases import Baseline
from spc.profiles import Profile
from spc.series import FloatArray

Centre: TypeAlias = float | Sequence[float] | FloatArray | None


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked of the series: everything a chart depends on beside the data, as it was asked."""

    chart: str = "xmr"
    profile: str | Profile = "mdc"
    direction: str = "neutral"
    target: Target = None
    second_target: Target = None
    phases: Sequence[int] = ()
    baseline: Baseline = None
    excluded: Sequence[int] = ()
    centre: Centre = None
    multiplier: float = 1.0
    floor: float | None = None
    settings: Mapping[str, float] | None = None
    unit: str = ""
