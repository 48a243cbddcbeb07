"""Whether a row of a file says what is kept already. 12.50 and 12.5 are the same number."""

from qiplatform.measures.models import DataPoint
from qiplatform.measures.rules.numbers import number
from qiplatform.measures.rules.points import PointRow


def says_the_same(point: DataPoint, row: PointRow) -> bool:
    """Whether nothing would change."""
    kept = (point.value, point.numerator, point.denominator)
    equal = all(number(one) == number(other) for one, other in zip(kept, row.numbers, strict=True))
    return equal and (row.note is None or row.note == point.note)
