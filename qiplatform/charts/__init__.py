"""Charts: an analysed series -> a drawing, its words and its table, all from one geometry and one verdict.

`figure` is a measure's page: both drawings, words and table. `drawing` is one drawing alone (wide, narrow, small or
spark), `figure_text` the live chart's data for BokehJS as JSON text (`figure_json` the same, read back), `png` a drawing
as a picture, `slide` a presentation of one slide with a chart that people can edit. `facet`, `frame`, `scale` and `drawn`
are for charts side by side, which share axes.
"""

from qiplatform.charts.bokeh_figure import figure_json, figure_text
from qiplatform.charts.facets import Facet, Frame, drawn, facet, frame, scale
from qiplatform.charts.figure import Figure, drawing, drawn_before, figure
from qiplatform.charts.forest import Forest, ForestRow, forest
from qiplatform.charts.marks import Band, Flag
from qiplatform.charts.png import png
from qiplatform.charts.slide import KIND as SLIDE_KIND
from qiplatform.charts.slide import slide
from qiplatform.charts.table import Cell, Column

__all__ = [
    "SLIDE_KIND",
    "Band",
    "Cell",
    "Column",
    "Facet",
    "Figure",
    "Flag",
    "Forest",
    "ForestRow",
    "Frame",
    "drawing",
    "drawn",
    "drawn_before",
    "facet",
    "figure",
    "figure_json",
    "figure_text",
    "forest",
    "frame",
    "png",
    "scale",
    "slide",
]
