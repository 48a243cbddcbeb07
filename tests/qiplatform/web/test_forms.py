"""What was typed becomes a form, or mistakes in words a tired person understands."""

from datetime import date
from enum import StrEnum

import pytest
from pydantic import Field

from qiplatform.errors import Invalid
from qiplatform.web.forms import Form, Sent, read


class Result(StrEnum):
    """A closed list."""

    IMPROVED = "improved"


class Example(Form):
    """One field of each kind."""

    title: str = Field(title="Project title", min_length=3, max_length=10)
    on: date | None = Field(default=None, title="Goal date")
    points: int = Field(default=0, title="Number of points")
    result: Result | None = Field(default=None, title="Result")
    measures: tuple[str, ...] = ()


def sent(**fields: str) -> Sent:
    """Return a form as typed."""
    return Sent(fields, {name: (text,) for name, text in fields.items()})


@pytest.mark.parametrize(
    ("fields", "at", "message"),
    [
        ({}, "title", "Enter project title."),
        ({"title": "   "}, "title", "Enter project title."),
        ({"title": "ab"}, "title", "Project title must be at least 3 characters."),
        ({"title": "x" * 11}, "title", "Project title must be 10 characters or fewer."),
        ({"title": "fine", "on": "31/04"}, "on", "Goal date must be a real date, such as 2026-03-27."),
        ({"title": "fine", "points": "l2"}, "points", "Number of points must be a number, such as 12."),
        ({"title": "fine", "result": "worse?"}, "result", "Choose result from the list."),
        ({"title": "fine", "admin": "1"}, "admin", "There is no field called 'admin' here."),
    ],
)
def test_a_mistake_is_named_at_its_field(fields: dict[str, str], at: str, message: str) -> None:
    with pytest.raises(Invalid) as caught:
        read(Example, sent(**fields))
    assert [(one.at, one.message) for one in caught.value.mistakes] == [(at, message)]


def test_mistakes_come_in_the_order_of_the_form() -> None:
    with pytest.raises(Invalid) as caught:
        read(Example, sent(points="x", on="y", title=""))
    assert [one.at for one in caught.value.mistakes] == ["title", "on", "points"]


def test_what_is_right_is_read() -> None:
    typed = Sent(
        {}, {"title": (" Falls ",), "on": ("2026-03-27",), "measures": ("a", "b"), "result": ("improved",)}
    )
    form = read(Example, typed)
    assert (form.title, form.on, form.measures, form.result) == (
        "Falls",
        date(2026, 3, 27),
        ("a", "b"),
        Result.IMPROVED,
    )
