"""The names of the lines at their right ends, moved apart where they would touch."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qiplatform.charts.scales import as_given, written
from qiplatform.charts.shapes import Shape

_LINE = 1.25
"""Height of a line of text, in heights of the font."""

_SET = {"target", "second_target"}
"""Lines that people set."""


@dataclass(frozen=True, slots=True)
class End:
    """What is written at the right end of a line, moved apart from its neighbours where they would touch."""

    text: str
    y: float
    at: float
    role: str


def ends(
    lines: Sequence[tuple[str, list[float], str]], decimals: int, unit: str, shape: Shape, per_pixel: float
) -> tuple[End, ...]:
    """Name each line at its last value, from the top down, none closer to the next than a line of text.

    A line comes with its role, its values and its name, where {} is the place of the number.
    """
    last = [(role, column[-1], name) for role, column, name in lines if column and not math.isnan(column[-1])]
    last.sort(key=lambda one: -one[1])
    apart = shape.font * _LINE * per_pixel
    placed: list[float] = []
    for _, value, _ in last:
        placed.append(min(value, placed[-1] - apart) if placed else value)
    # Those pushed down are shared out so that the group stays centred on where its lines are.
    for first, size in _groups(placed, apart):
        group = range(first, first + size)
        shift = sum(last[one][1] - placed[one] for one in group) / size
        for one in group:
            placed[one] += shift
    for one in range(1, len(placed)):
        placed[one] = min(placed[one], placed[one - 1] - apart)
    return tuple(
        End(
            name.replace("{}", as_given(value, unit) if role in _SET else written(value, decimals, unit)),
            value,
            at,
            role,
        )
        for (role, value, name), at in zip(last, placed, strict=True)
    )


def _groups(placed: Sequence[float], apart: float) -> Iterator[tuple[int, int]]:
    first = 0
    for one in range(1, len(placed) + 1):
        if one == len(placed) or placed[one - 1] - placed[one] > apart * 1.001:
            yield first, one - first
            first = one
