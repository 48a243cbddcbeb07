"""What a team says of a measure before there are data, and the advice it gets back. All frozen."""

import math
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from spc.errors import NotFound, OutOfRange

Kind: TypeAlias = Literal["proportion", "rate", "count", "value", "time_between", "opportunities_between"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Description:
    """A measure in words: what is left at None is not known.

    `kind`: "proportion" of cases, "rate" of events over an opportunity, "count" of events where the opportunity stays
    the same, "value" measured, "time_between" or "opportunities_between" rare events. `points` is how many there will be,
    `denominator` the typical number of cases or area of opportunity of one point, `typical` the usual level: a proportion
    between 0 and 1, events per unit of opportunity, or a count. `subgroups`: several single measurements stand behind
    each point and are kept.

    Raises NotFound (kind) or OutOfRange naming the field.

    >>> Description("proportion", denominators_vary=True, denominator=80, typical=0.3).expected
    24.0
    """

    kind: Kind
    denominators_vary: bool | None = None
    rare: bool | None = None
    subgroups: bool = False
    points: int | None = None
    denominator: float | None = None
    typical: float | None = None

    def __post_init__(self) -> None:
        """Refuse a kind there is not and numbers that cannot be."""
        if self.kind not in KINDS:
            raise NotFound(field="kind", asked=self.kind, known=KINDS)
        for field, found, low, high, allowed in (
            ("points", self.points, 0.0, math.inf, "a number of points is zero or more"),
            ("denominator", self.denominator, 0.0, math.inf, "a denominator is zero or more and finite"),
            (
                "typical",
                self.typical,
                -math.inf if self.kind == "value" else 0.0,
                1.0 if self.kind == "proportion" else math.inf,
                "a proportion lies between 0 and 1"
                if self.kind == "proportion"
                else "it is finite and, but for values, not below zero",
            ),
        ):
            if found is not None and not (low <= found <= high and math.isfinite(found)):
                raise OutOfRange(field=field, found=found, allowed=allowed)

    @property
    def expected(self) -> float | None:
        """Events to be expected at one point, or cases without one if they are fewer; None where it is not known."""
        if self.typical is None:
            return None
        if self.kind == "count":
            return self.typical
        if self.denominator is None or self.kind not in ("proportion", "rate"):
            return None
        level = min(self.typical, 1 - self.typical) if self.kind == "proportion" else self.typical
        return self.denominator * level


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that was looked at: what, the number found (None where there is none), and what it means."""

    looked_at: str
    number: float | None
    means: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another chart that may serve, and why or when."""

    chart: str
    words: str


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Which chart to use, by which profile, and why: words for the team, evidence for who wants to check.

    `cautions` are sentences about the data that matter on any chart.
    """

    chart: str
    profile: str
    words: str
    reasons: tuple[Evidence, ...]
    alternatives: tuple[Alternative, ...]
    cautions: tuple[str, ...]
