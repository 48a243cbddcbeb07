"""Dates that are asked about, cannot be read, or are read with a remark."""

from typing import Any

from qiplatform.measures.models import Frequency
from qiplatform.measures.rules.dates import Order
from qiplatform.measures.rules.importing import Repeated
from qiplatform.measures.rules.spans import Quarters
from tests.qiplatform.measures.files.case import ASKS, FAULTY, READ
from tests.qiplatform.measures.files.makers import Rows

Told = tuple[str, Rows, str, dict[str, Any], str]
"""A name, rows, what must come of them, what is special about the measure or the choices, words that must be said."""
P: dict[str, Any] = {"chart": "p"}
YEARS: dict[str, Any] = {"frequency": Frequency.YEARLY}
WEEKS: dict[str, Any] = {"frequency": Frequency.WEEKLY}
QUARTERS: dict[str, Any] = {"frequency": Frequency.QUARTERLY}
M = ["Month", "Value"]
PM = ["Month", "Numerator", "Denominator"]

DATES: tuple[Told, ...] = (
    (
        "two readings of a date",
        [M, ["03/04/2026", 5], ["05/06/2026", 6]],
        ASKS,
        {},
        "What day is “03/04/2026”?",
    ),
    ("a date answered day first", [M, ["03/04/2026", 5]], READ, {"choices": {"order": Order.DAY_FIRST}}, ""),
    (
        "a date answered month first",
        [M, ["03/04/2026", 5]],
        READ,
        {"choices": {"order": Order.MONTH_FIRST}},
        "",
    ),
    (
        "one date decides",
        [M, ["03/04/2026", 5], ["13/05/2026", 6]],
        READ,
        {},
        "day first, because of “13/05/2026”",
    ),
    ("both orders in one column", [M, ["13/04/2026", 5], ["04/14/2026", 6]], FAULTY, {}, "row 3"),
    (
        "the thirty-first of April",
        [M, ["30/04/2026", 5], ["31/04/2026", 6]],
        FAULTY,
        {},
        "April 2026 has 30 days",
    ),
    (
        "the twenty-ninth of February",
        [M, ["28/02/2025", 5], ["29/02/2025", 6]],
        FAULTY,
        {},
        "February 2025 has 28 days",
    ),
    (
        "a week without its year",
        [M, ["Week 13 2026", 5], ["Week 14", 6]],
        FAULTY,
        WEEKS,
        "names a week without its year",
    ),
    (
        "a quarter without its year",
        [M, ["Q1 2025/26", 5], ["Q2", 6]],
        FAULTY,
        QUARTERS,
        "names a quarter without its year",
    ),
    (
        "a quarter of which year",
        [M, ["Q1 2026", 5], ["Q2 2026", 6]],
        ASKS,
        QUARTERS,
        "Which quarter is “Q1 2026”?",
    ),
    (
        "quarters from January",
        [M, ["Q1 2026", 5]],
        READ,
        {**QUARTERS, "choices": {"quarters": Quarters.JANUARY}},
        "",
    ),
    (
        "quarters from April",
        [M, ["Q1 2026", 5]],
        READ,
        {**QUARTERS, "choices": {"quarters": Quarters.APRIL}},
        "",
    ),
    ("financial years", [M, ["2009/10", 5], ["2010/11", 6]], READ, YEARS, "financial years"),
    ("months by number, not years", [M, ["2011-11", 5], ["2011-12", 6]], READ, {}, ""),
    ("years alone", [["Year", "Value"], ["2019", 5], ["2020", 6]], READ, YEARS, ""),
    ("serial numbers of a spreadsheet", [M, ["45383", 5], ["45413", 6]], READ, {}, "45383 as 1 April 2024"),
    (
        "weeks by their end",
        [M, ["w/e 5 April 2026", 5], ["w/e 12 April 2026", 6]],
        READ,
        WEEKS,
        "called by its first day",
    ),
    ("week commencing before the date", [M, ["w/c 30 March 2026", 5]], READ, WEEKS, ""),
    (
        "a month in words with a mistake",
        [M, ["Apr-26", 5], ["Mya-26", 6]],
        FAULTY,
        {},
        "“Mya-26” is not a date",
    ),
    ("no date in a row", [M, ["Apr-26", 5], [None, 6]], FAULTY, {}, "row 3, column A)"),
    ("the year 1900", [M, ["01 Jan 1900", 5], ["Apr-26", 6]], READ, {}, "that is long ago"),
    ("the year 2099", [M, ["Apr-26", 5], ["01 Jan 2099", 6]], READ, {}, "that is in the future"),
    ("the year 1066", [M, ["14 October 1066", 5]], FAULTY, {}, "The year 1066 cannot be right"),
    ("two rows for a month", [M, ["Apr-26", 5], ["15 April 2026", 6]], ASKS, {}, "more than one row"),
    (
        "two rows, the first is meant",
        [M, ["Apr-26", 5], ["15 April 2026", 6]],
        READ,
        {"choices": {"repeated": Repeated.FIRST}},
        "",
    ),
    (
        "two rows, the last is meant",
        [M, ["Apr-26", 5], ["15 April 2026", 6]],
        READ,
        {"choices": {"repeated": Repeated.LAST}},
        "",
    ),
    (
        "two rows, both are meant",
        [PM, ["Apr-26", 5, 9], ["15 April 2026", 6, 10]],
        READ,
        {**P, "choices": {"repeated": Repeated.ADD}},
        "",
    ),
    (
        "rows of one place",
        [["Month", "Site", "Value"], ["Apr-26", "A", 5], ["Apr-26", "B", 6]],
        READ,
        {"choices": {"only_column": "B", "only_value": "B"}},
        "not “B”",
    ),
    (
        "a future that is filled in",
        [M, ["Apr-26", 5], ["May-26", None], ["Jun-26", None]],
        READ,
        {},
        "no number in it",
    ),
)
