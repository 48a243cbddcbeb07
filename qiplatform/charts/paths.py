"""Lines over time: where they are joined and where they break."""

import math

XY = tuple[float, float]
Path = tuple[XY, ...]
_GAP = 1.6
"""A neighbour further away than so many usual steps is not a neighbour: periods were left out."""


def line(xs: list[float], ys: list[float], phase: list[int], step: float | None) -> tuple[Path, ...]:
    """Join neighbours; break at a missing value, at periods left out, and where a new phase begins."""
    paths: list[Path] = []
    path: list[XY] = []
    before = -1
    for row, (x, y) in enumerate(zip(xs, ys, strict=True)):
        if math.isnan(y):
            continue
        apart = before >= 0 and (
            before != row - 1
            or phase[before] != phase[row]
            or (step is not None and x - xs[before] > _GAP * step)
        )
        if apart:
            paths.append(tuple(path))
            path = []
        path.append((x, y))
        before = row
    return (*paths, tuple(path)) if path else tuple(paths)


def steps(xs: list[float], ys: list[float], phase: list[int], half: float) -> tuple[Path, ...]:
    """Draw a level over each point's own period; equal neighbours are one line, others are joined by a step."""
    paths: list[Path] = []
    path: list[XY] = []
    before = -1
    for row, (x, y) in enumerate(zip(xs, ys, strict=True)):
        if math.isnan(y):
            before = -1
            continue
        joined = before >= 0 and phase[before] == phase[row]
        left = (xs[before] + x) / 2 if joined else x - half
        if not joined:
            if path:
                paths.append(tuple(path))
            path = [(left, y)]
        elif y != path[-1][1]:
            path[-1] = (left, path[-1][1])
            path.append((left, y))
        else:
            path.pop()
        path.append((x + half if half else x, y))
        before = row
    if path:
        paths.append(tuple(path))
    return tuple(paths)
