"""Publications made at random, as unkind as projects can be: wards of a handful of people, parts and wholes, versions, longer periods."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from qiplatform.learning.rules import Cells, protect
from qiplatform.learning.rules.disclosure import Table
from qiplatform.measures.models import Frequency
from qiplatform.measures.rules import periods

FIRST = date(2025, 1, 1)


@dataclass(frozen=True)
class Made:
    """A publication on its way: its tables, and what kind of project it was."""

    kind: str
    tables: tuple[Table, ...]


def shown(rows: Sequence[Cells], frequency: Frequency = Frequency.MONTHLY) -> tuple[Cells, ...]:
    """Return what the gate's first rule shows of rows."""
    part = any(row.denominator for row in rows)
    made = protect(
        counts="people", chart="p" if part else "c", unit="", frequency=frequency.value, rows=list(rows)
    )
    return made.rows


def table(
    key: str, rows: Sequence[Cells], *others: Sequence[Cells], frequency: Frequency = Frequency.MONTHLY
) -> Table:
    """Return a table to publish, with what earlier publications showed of it."""
    seen = tuple(shown(one, frequency) for one in others)
    return Table(key, key, frequency, tuple(rows), shown(rows, frequency), seen)


def publication(seed: int) -> Made:
    """Return one publication; the same seed makes the same."""
    random = Random(seed)  # noqa: S311 - for tests, and the same each time
    kind = random.choice(tuple(_KINDS))
    months = [periods.add_months(FIRST, place) for place in range(random.randint(4, 18))]
    return Made(kind, _KINDS[kind](random, months))


def _counts(random: Random, size: int, days: Sequence[date]) -> list[int]:
    return [max(0, round(random.gauss(size, size / 2))) for _ in days]


def _singles(days: Sequence[date], numbers: Sequence[int]) -> list[Cells]:
    return [Cells(on, value=str(number)) for on, number in zip(days, numbers, strict=True)]


def _pairs(days: Sequence[date], tops: Sequence[int], bottoms: Sequence[int]) -> list[Cells]:
    return [
        Cells(on, numerator=str(top), denominator=str(bottom))
        for on, top, bottom in zip(days, tops, bottoms, strict=True)
    ]


def _alone(random: Random, days: list[date]) -> tuple[Table, ...]:
    bottoms = _counts(random, random.choice((9, 20, 60)), days)
    tops = [random.randint(0, one) for one in bottoms]
    return (table("seen", _pairs(days, tops, bottoms)),)


def _complement(random: Random, days: list[date]) -> tuple[Table, ...]:
    bottoms = _counts(random, random.choice((9, 15, 25)), days)
    tops = [random.randint(max(0, one - 9), one) for one in bottoms]
    rest = [whole - top for whole, top in zip(bottoms, tops, strict=True)]
    return table("seen", _pairs(days, tops, bottoms)), table("not seen", _pairs(days, rest, bottoms))


def _total(random: Random, days: list[date]) -> tuple[Table, ...]:
    wards = [_counts(random, random.choice((3, 8, 15)), days) for _ in range(random.choice((2, 3)))]
    total = [sum(one) for one in zip(*wards, strict=True)]
    parts = [table(f"ward {place}", _singles(days, one)) for place, one in enumerate(wards)]
    return table("all wards", _singles(days, total)), *parts


def _chain(random: Random, days: list[date]) -> tuple[Table, ...]:
    """Referred, of them seen, of them treated: each numerator is the next denominator."""
    referred = _counts(random, random.choice((12, 20)), days)
    seen = [random.randint(one // 2, one) for one in referred]
    treated = [random.randint(0, one) for one in seen]
    return table("seen", _pairs(days, seen, referred)), table("treated", _pairs(days, treated, seen))


def _longer(random: Random, days: list[date]) -> tuple[Table, ...]:
    numbers = _counts(random, random.choice((2, 5, 9)), days)
    known = dict(zip(days, numbers, strict=True))
    quarters = [on for on in days if on.month in {1, 4, 7, 10} and periods.add_months(on, 2) in known]
    sums = [sum(known[periods.add_months(on, step)] for step in range(3)) for on in quarters]
    long = table("each quarter", _singles(quarters, sums), frequency=Frequency.QUARTERLY)
    return table("each month", _singles(days, numbers)), long


def _corrected(random: Random, days: list[date]) -> tuple[Table, ...]:
    """Another version after some months, some numbers put right; the rest of the sum was published before."""
    bottoms = _counts(random, random.choice((10, 18)), days)
    tops = [random.randint(max(0, one - 8), one) for one in bottoms]
    rest = [whole - top for whole, top in zip(bottoms, tops, strict=True)]
    earlier = _pairs(days, tops, bottoms)[: len(days) - random.randint(0, 3)]
    place = random.randrange(len(earlier))
    earlier[place] = Cells(earlier[place].period, numerator="9", denominator="30")
    return table("seen", _pairs(days, tops, bottoms), earlier), table("not seen", _pairs(days, rest, bottoms))


def _elsewhere(random: Random, days: list[date]) -> tuple[Table, ...]:
    """Half of a sum stands in another report already, protected on its own."""
    first, second = _counts(random, 4, days), _counts(random, 30, days)
    total = [one + other for one, other in zip(first, second, strict=True)]
    before = _singles(days, second)
    away = Table("second", "second", Frequency.MONTHLY, tuple(before), None, (shown(before),))
    return table("all", _singles(days, total)), table("first", _singles(days, first)), away


def _ring(random: Random, days: list[date]) -> tuple[Table, ...]:
    """Rows and columns of one square, so that the sums go in circles."""
    cells = [[_counts(random, random.choice((4, 10)), days) for _ in range(2)] for _ in range(2)]
    rows = [[a + b for a, b in zip(*line, strict=True)] for line in cells]
    columns = [[a + b for a, b in zip(cells[0][k], cells[1][k], strict=True)] for k in range(2)]
    named = {f"{x}{y}": cells[x][y] for x in range(2) for y in range(2)}
    named |= {f"row {x}": rows[x] for x in range(2)} | {f"column {y}": columns[y] for y in range(2)}
    return tuple(table(key, _singles(days, one)) for key, one in named.items())


_KINDS = {
    "alone": _alone,
    "complement": _complement,
    "total": _total,
    "chain": _chain,
    "longer": _longer,
    "corrected": _corrected,
    "elsewhere": _elsewhere,
    "ring": _ring,
}
