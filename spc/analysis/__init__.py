"""Analysis: a series, a chart and a profile become centre, limits, phases and signals. No meaning is read into them here."""

from spc.analysis.compute import Analysis
from spc.analysis.points import Direction, Phase, Points, Side, Signal, Variation
from spc.analysis.question import Question

__all__ = ["Analysis", "Direction", "Phase", "Points", "Question", "Side", "Signal", "Variation"]
