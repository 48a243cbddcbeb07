"""The still chart as a picture for where SVG is not shown."""


def png(svg: str, *, width: int = 1600) -> bytes:
    """Return the drawing as PNG, `width` pixels wide."""
    import cairosvg  # noqa: PLC0415 - it loads Cairo, which pages never need

    made: bytes = cairosvg.svg2png(bytestring=svg.encode(), output_width=width)
    return made
