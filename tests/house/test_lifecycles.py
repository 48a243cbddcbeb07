"""Every course of things is a whole table, and the page that draws the tables is true."""

from dataclasses import replace

import pytest

from qiplatform.projects.models import ProjectStatus
from tests.house import tree
from tests.house.lifecycles import FILE, Course, courses, document


def faults(course: Course) -> list[str]:
    """Return what is wrong with a table: states without a row, moves that stay, states that cannot be reached."""
    found = [f"{state.value} has no row" for state in type(course.first) if state not in course.moves]
    found += [f"{state.value} moves to itself" for state, to in course.moves.items() if state in to]
    reached, waiting = {course.first}, [course.first]
    while waiting:
        for to in course.moves.get(waiting.pop(), {}):
            if to not in reached:
                reached.add(to)
                waiting.append(to)
    return found + [f"{state.value} cannot be reached" for state in course.moves if state not in reached]


@pytest.mark.parametrize("course", courses(), ids=lambda course: course.name)
def test_every_table_is_whole(course: Course) -> None:
    assert faults(course) == []
    assert course.where in tree.files()


def test_the_page_draws_the_tables() -> None:
    assert FILE.read_text(encoding="utf-8") == document(courses())


def test_planted_faults_would_be_seen() -> None:
    project = courses()[0]
    planted = dict(project.moves)
    planted[ProjectStatus.TESTING] = {ProjectStatus.TESTING: "Stay"}
    del planted[ProjectStatus.STOPPED]
    assert faults(replace(project, moves=planted)) == [
        "stopped has no row",
        "testing moves to itself",
        "implementing cannot be reached",
        "completed cannot be reached",
    ]
    assert FILE.read_text(encoding="utf-8") != document([replace(project, moves=planted), *courses()[1:]])
