"""What is shown of measures: one module a page, and the chart's drawings."""

from qiplatform.measures.pages import (
    advice,
    decision,
    definition,
    drawing,
    library,
    measure,
    pasting,
    plan,
    story,
)

__all__ = ["advice", "decision", "definition", "drawing", "library", "measure", "pasting", "plan", "story"]
