"""The measures both demo projects share: the same three charts on two providers' numbers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from qiplatform.accounts.models import User
from qiplatform.demo import attendances
from qiplatform.demo.attendances import Month
from qiplatform.measures import actions, queries
from qiplatform.measures.models import Counts, Direction, Frequency, Measure, MeasureType
from qiplatform.measures.rules import Definition, Level, PointRow
from qiplatform.projects.queries import Seen

FOUR_HOURS = (
    "People who came to the main (type 1) A&E department in the month and were seen, admitted or discharged within four hours "
    "of arriving, of all who came. From arrival, as booked in, to departure."
)


@dataclass(frozen=True, slots=True)
class Measures:
    """What a demo project counts."""

    percent: Measure
    """The percentage seen within four hours, one number a month (XmR)."""
    share: Measure
    """The same as numerator and denominator (p)."""
    attendances: Measure
    """How many came (XmR)."""


def instant(on: date) -> datetime:
    """Return ten in the morning of a day: when the demo's people do what they do."""
    return datetime(on.year, on.month, on.day, 10, 0, tzinfo=UTC)


def define(db: Session, *, at: datetime, by: User, project: Seen, provider: str) -> Measures:
    """Define the three measures of a project."""
    source = attendances.source(provider)

    def one(definition: Definition) -> Measure:
        return actions.define(db, by=by, at=at, seen=project, definition=definition)

    return Measures(
        percent=one(
            Definition(
                name="Seen within four hours",
                type=MeasureType.OUTCOME,
                chart="xmr",
                direction=Direction.INCREASE,
                unit="%",
                counts=Counts.EVENTS,
                frequency=Frequency.MONTHLY,
                operational_definition=FOUR_HOURS,
                source=source,
                collected_by="The department's information analyst",
                why="It is what people who wait notice, and what the team wants to change.",
                targets=(Level(None, "95"),),
            )
        ),
        share=one(
            Definition(
                name="Seen within four hours, of all who came",
                type=MeasureType.OUTCOME,
                chart="p",
                direction=Direction.INCREASE,
                counts=Counts.EVENTS,
                frequency=Frequency.MONTHLY,
                operational_definition=FOUR_HOURS,
                numerator_words="Attendances that ended within four hours",
                denominator_words="All attendances of the month",
                source=source,
                collected_by="The department's information analyst",
                why="The same as a p chart. With more than ten thousand people a month its limits are narrow: compare the two.",
                targets=(Level(None, "0.95"),),
            )
        ),
        attendances=one(
            Definition(
                name="Attendances",
                type=MeasureType.BALANCING,
                chart="xmr",
                direction=Direction.NEUTRAL,
                unit="attendances",
                counts=Counts.EVENTS,
                frequency=Frequency.MONTHLY,
                operational_definition="Everybody who was booked in at the main (type 1) A&E department in the month.",
                source=source,
                collected_by="The department's information analyst",
                why="Shorter waits could draw more people; fewer people could shorten waits without any change of ours.",
            )
        ),
    )


def put(db: Session, *, by: User, measures: Measures, months: Iterable[Month], at: datetime) -> None:
    """Put some months' numbers into all three measures, as the analyst would have on that day."""
    rows = list(months)
    sent: tuple[tuple[Measure, Callable[[Month], PointRow]], ...] = (
        (measures.percent, lambda month: PointRow(month.period, value=month.percent)),
        (
            measures.share,
            lambda month: PointRow(
                month.period, numerator=str(month.in_time), denominator=str(month.attendances)
            ),
        ),
        (measures.attendances, lambda month: PointRow(month.period, value=str(month.attendances))),
    )
    for measure, row in sent:
        seen = queries.get(db, by, measure.id)
        actions.put_points(db, by=by, at=at, seen=seen, rows=[row(month) for month in rows])


def put_by_year(db: Session, *, by: User, measures: Measures, provider: str) -> None:
    """Put a provider's numbers, each financial year's on the twelfth of the April after it."""
    months = attendances.months(provider)
    for year in (2016, 2017, 2018):
        of_year = [month for month in months if date(year, 4, 1) <= month.period < date(year + 1, 4, 1)]
        put(db, by=by, measures=measures, months=of_year, at=instant(date(year + 1, 4, 12)))
