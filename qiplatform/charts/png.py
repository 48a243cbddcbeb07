"""The still chart as a picture for where SVG is not shown."""

from qiplatform.errors import NotNow


def png(svg: str, *, width: int = 1600) -> bytes:
    """Return the drawing as PNG, `width` pixels wide; `NotNow` on a machine without the library Cairo."""
    try:
        import cairosvg  # noqa: PLC0415 - it loads Cairo, which pages never need and a bare machine has not
    except OSError as error:
        words = "Charts as PNG need the library Cairo (libcairo2), which this machine does not have. Download the SVG instead."
        raise NotNow(words) from error
    made: bytes = cairosvg.svg2png(bytestring=svg.encode(), output_width=width)
    return made
