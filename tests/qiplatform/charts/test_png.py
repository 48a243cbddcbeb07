"""A chart as PNG, and what is said on a machine that cannot draw it."""

import sys
from pathlib import Path

import pytest

from qiplatform.charts.png import png
from qiplatform.errors import NotNow

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 10"><rect width="24" height="10" fill="#005eb8"/></svg>'


def test_a_drawing_becomes_a_picture_of_the_width_asked_for() -> None:
    made = png(DRAWING, width=240)
    assert made.startswith(b"\x89PNG")
    assert (int.from_bytes(made[16:20]), int.from_bytes(made[20:24])) == (240, 100)


def test_a_machine_without_cairo_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    # As the real package does where the library is missing.
    (tmp_path / "cairosvg.py").write_text('raise OSError("cannot load library libcairo.so.2")\n')
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "cairosvg", raising=False)
    with pytest.raises(NotNow, match="Download the SVG"):
        png(DRAWING)
