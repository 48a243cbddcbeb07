"""Statistical process control for improvement: numbers in, frozen results out.

>>> series = Series(value=[52, 48, 50, 51, 49, 50, 52, 47, 51, 50, 49, 51, 62])
>>> result = analyse(series, chart="xmr", profile="mdc", direction="increase", target=45)
>>> result.verdict.words
'Special cause, improvement: 1 point above the upper limit, point 13.'
"""

from spc.advice import (
    Baseline,
    Description,
    Plan,
    Recommendation,
    StepChange,
    plan,
    recommend,
    suggest_step_changes,
)
from spc.analysis import Direction, Phase, Points, Signal, Variation
from spc.assurance import VERSION, Assurance, Result, Verdict, analyse
from spc.chart_file import Verification, chart_file, verify
from spc.charts import CHARTS, Chart
from spc.errors import (
    BadChartFile,
    LengthsDiffer,
    MixedPeriods,
    NeedsDenominator,
    Negative,
    NotADate,
    NotANumber,
    NotBinary,
    NotFinite,
    NotFound,
    NotInOrder,
    NotPositive,
    NoValues,
    NumeratorExceedsDenominator,
    OutOfRange,
    RepeatedPeriod,
    SpcError,
)
from spc.gathering import gather
from spc.many import Batch, analyse_many
from spc.profiles import PROFILES, Profile, Use
from spc.series import Series
from spc.signals import RULES, Rule

__version__ = VERSION

__all__ = [
    "CHARTS",
    "PROFILES",
    "RULES",
    "Assurance",
    "BadChartFile",
    "Baseline",
    "Batch",
    "Chart",
    "Description",
    "Direction",
    "LengthsDiffer",
    "MixedPeriods",
    "NeedsDenominator",
    "Negative",
    "NoValues",
    "NotADate",
    "NotANumber",
    "NotBinary",
    "NotFinite",
    "NotFound",
    "NotInOrder",
    "NotPositive",
    "NumeratorExceedsDenominator",
    "OutOfRange",
    "Phase",
    "Plan",
    "Points",
    "Profile",
    "Recommendation",
    "RepeatedPeriod",
    "Result",
    "Rule",
    "Series",
    "Signal",
    "SpcError",
    "StepChange",
    "Use",
    "Variation",
    "Verdict",
    "Verification",
    "analyse",
    "analyse_many",
    "chart_file",
    "gather",
    "plan",
    "recommend",
    "suggest_step_changes",
    "verify",
]
