"""What is shown of measures: one module a page, and the chart's drawings."""

from qiplatform.measures.pages import (
    advice,
    compare,
    decision,
    definition,
    drawing,
    funnel,
    importing,
    library,
    live,
    many,
    measure,
    plan,
    signals,
    standing,
    steps,
    story,
)

__all__ = [
    "advice",
    "compare",
    "decision",
    "definition",
    "drawing",
    "funnel",
    "importing",
    "library",
    "live",
    "many",
    "measure",
    "plan",
    "signals",
    "standing",
    "steps",
    "story",
]
