"""A real public file as a hospital keeps it goes in through the page and comes out as the right chart, with nothing guessed in silence."""

import pytest

import spc
from qiplatform.accounts.models import User
from qiplatform.demo.attendances import months
from qiplatform.measures import rules
from tests.journeys.conftest import Served
from tests.journeys.test_measure_states import come_in
from tests.qiplatform.measures.files.makers import delimited, xlsx
from tests.qiplatform.measures.files.tables import hospital
from tests.support.browser import Visitor
from tests.support.measures import SHARE, Measures

pytestmark = pytest.mark.browser


@pytest.fixture
def lead(served: Served) -> User:
    """The person at the browser."""
    return served.make.user("Lead")


@pytest.fixture
def measures(served: Served) -> Measures:
    """Makes measures where the browser looks."""
    return Measures(served.store)


def bring(visitor: Visitor, measure_id: str, name: str, content: bytes) -> None:
    """Choose a file."""
    visitor.open(f"/measures/{measure_id}/import")
    visitor.page.get_by_label("A file", exact=True).set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    visitor.press("Read it")


def test_the_hospital_s_file_becomes_the_right_chart(
    visitor: Visitor, measures: Measures, lead: User
) -> None:
    come_in(visitor, lead)
    measure = measures.measure(lead, SHARE)
    bring(visitor, measure.id, "rjz.csv", delimited(hospital("RJZ")))
    visitor.sees("43 rows in a text file: 0 read, 7 skipped, 0 cannot be read, 36 wait for an answer.")
    visitor.looks("import-hospital-asks")
    visitor.choose("Column of the numerator", "Column C “Within 4 hours”")
    visitor.choose("Column of the denominator", "Column B “Attendances”")
    visitor.press("Read it again")
    visitor.sees("36 read, 7 skipped, 0 cannot be read.")
    for words in ("Row 4 is taken as headings.", "is read as", "Years of two digits are read as 20"):
        visitor.sees(words)
    visitor.follow("See every row")
    for line in (
        "Row 1: above the headings",
        "Row 41: a total or average",
        "Row 43: no date and no number in it",
    ):
        visitor.sees(line)
    visitor.looks("import-hospital-check").press("Save these numbers")
    real = months("RJZ")
    record = measures.record(measure)
    assert [(one.period, int(one.numerator), int(one.denominator)) for one in record.points] == [
        (one.period, one.in_time, one.attendances) for one in real
    ]
    alone = spc.analyse(
        spc.Series(
            x=[one.period for one in real],
            numerator=[one.in_time for one in real],
            denominator=[one.attendances for one in real],
        ),
        chart="p",
        profile=record.measure.profile,
        direction="increase",
        target=0.95,
    )
    assert rules.analyse(record).points.variation == alone.points.variation
    visitor.sees(rules.analyse(record).verdict.words.split(";")[0])
    bring(visitor, measure.id, "rjz.csv", delimited(hospital("RJZ")))
    visitor.choose("Column of the numerator", "Column C “Within 4 hours”")
    visitor.choose("Column of the denominator", "Column B “Attendances”")
    visitor.press("Read it again").follow("See every row")
    visitor.sees("36 of 36 rows are already here: there is nothing to save.")


def test_the_percentages_of_a_workbook_are_read_as_they_are_shown(
    visitor: Visitor, measures: Measures, lead: User
) -> None:
    come_in(visitor, lead)
    measure = measures.measure(lead, unit="%")
    bring(visitor, measure.id, "rjz.xlsx", xlsx(hospital("RJZ")))
    visitor.sees("36 read, 7 skipped, 0 cannot be read.")
    visitor.sees("The percent signs are left out (column D).")
    visitor.follow("See every row").press("Save these numbers")
    kept = [float(one.value) for one in measures.record(measure).points]
    assert kept == pytest.approx([100 * one.in_time / one.attendances for one in months("RJZ")])
