"""What is shown of measures: one module a page, and the chart's drawings."""

from qiplatform.measures.pages import decision, definition, drawing, library, measure, pasting, story

__all__ = ["decision", "definition", "drawing", "library", "measure", "pasting", "story"]
