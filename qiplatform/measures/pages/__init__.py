"""What is shown of measures: one module a page, and the chart's drawings."""

from qiplatform.measures.pages import (
    compare,
    decision,
    definition,
    drawing,
    funnel,
    importing,
    live,
    many,
    measure,
    signals,
    standing,
    steps,
    story,
)

__all__ = [
    "compare",
    "decision",
    "definition",
    "drawing",
    "funnel",
    "importing",
    "live",
    "many",
    "measure",
    "signals",
    "standing",
    "steps",
    "story",
]
