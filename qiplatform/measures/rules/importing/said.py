"""What is said of the times in a file: dates taken as periods, gaps, order, and days far from now."""

from collections.abc import Sequence
from datetime import date, timedelta

from qiplatform.measures.models import Measure
from qiplatform.measures.rules import periods

_OLD = date(1970, 1, 1)
_MOST_NAMED = 5


def about_time(measure: Measure, days: Sequence[tuple[date, date]], today: date | None) -> list[str]:
    """Return remarks on the rows' (day, period), which stand in the order of the file."""
    frequency, found = measure.frequency, []
    moved = next(((on, to) for on, to in days if on != to), None)
    if moved is not None:
        on, to = moved
        found.append(
            f"Dates are read as the {periods.word(frequency)} they lie in: {on.day} {on:%B %Y} as {periods.label(frequency, to)}."
        )
    times = [to for _, to in days]
    if times != sorted(times):
        found.append("The rows were not in order of time; they are put in order.")
    held = sorted(set(times))
    gaps = [on for on in periods.with_gaps(frequency, held) if on not in held]
    if gaps:
        named = ", ".join(periods.label(frequency, on) for on in gaps[:_MOST_NAMED])
        more = f" and {len(gaps) - _MOST_NAMED} more" if len(gaps) > _MOST_NAMED else ""
        word = periods.word(frequency)
        found.append(
            f"There is no row for {len(gaps)} {word if len(gaps) == 1 else word + 's'} ({named}{more}); they stay gaps in the chart."
        )
    far = [on for on in held if on < _OLD or (today is not None and on > today + timedelta(days=1))]
    if far:
        named = ", ".join(periods.label(frequency, on) for on in far[:_MOST_NAMED])
        found.append(f"Look again at {named}: that is {'long ago' if far[0] < _OLD else 'in the future'}.")
    return found
