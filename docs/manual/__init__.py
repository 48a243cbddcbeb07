"""Writes the SPC manual, `docs/spc/`, from the charts, rules and profiles themselves: `python -m docs.manual`.

What a page says stands in the docstring of the chart or rule it is about; numbers, sentences and pictures are computed when
the page is written, and a test fails when a committed page is not what would be written now.
"""

from docs.manual.elsewhere import FOLDER
from docs.manual.pages import pages

__all__ = ["FOLDER", "pages"]
