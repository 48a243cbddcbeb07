"""A number that stands by itself, such as a target or a centre: it belongs to no point, and errors name none."""

import math
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

import numpy as np

from spc.errors import NotANumber, NotFinite
from spc.series import numbers
from spc.told import told


def single(field: str, found: object) -> float:
    """Return a number of any kind as a float, None as NaN; NotANumber or NotFinite names the field.

    >>> single("floor", np.int8(3)), single("floor", None)
    (3.0, nan)
    """
    if found is None:
        return math.nan
    if type(found) is float and math.isfinite(found):
        return found
    try:
        return float(numbers(field, [found])[0])  # type: ignore[list-item]  # it may be anything
    except NotANumber:
        raise NotANumber(field=field, row=None, found=told(found)) from None
    except NotFinite:
        raise NotFinite(field=field, row=None) from None


def alone(found: object) -> bool:
    """Whether something stands by itself and is no column.

    >>> alone(5), alone("five"), alone(np.array(5)), alone([5])
    (True, True, True, False)
    """
    if isinstance(found, np.ndarray):
        return not found.ndim
    return isinstance(found, (str, bytes, AbstractSet, Mapping)) or not hasattr(found, "__len__")
