"""The driver diagram: its outline gives it back unchanged, and boxes stay themselves when they are moved or reworded."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from qiplatform.errors import Invalid
from qiplatform.projects import actions, queries
from qiplatform.projects.models import DriverKind, IdeaState
from qiplatform.projects.rules import DriverNode, from_outline, keep_ids, to_outline
from tests.support.factories import AT, Factory
from tests.support.projects import team

PRIMARY, SECONDARY, IDEA = DriverKind.PRIMARY, DriverKind.SECONDARY, DriverKind.CHANGE_IDEA
words = (
    some.text("abc *-\u2022.1", min_size=1, max_size=12).map(str.strip).filter(lambda text: text.isalnum())
)
ideas = some.builds(DriverNode, some.just(IDEA), words)
secondaries = some.builds(DriverNode, some.just(SECONDARY), words, some.lists(ideas, max_size=3).map(tuple))
primaries = some.builds(
    DriverNode, some.just(PRIMARY), words, some.lists(secondaries | ideas, max_size=3).map(tuple)
)
trees = some.builds(
    DriverNode,
    some.just(DriverKind.AIM),
    some.just("Aim"),
    some.lists(primaries | ideas, max_size=4).map(tuple),
)


def shape(node: DriverNode) -> tuple[object, ...]:
    return (node.kind, node.text, tuple(map(shape, node.children)))


def ids(node: DriverNode) -> tuple[object, ...]:
    return (node.id, tuple(map(ids, node.children)))


@given(trees)
def test_an_outline_gives_back_the_diagram(tree: DriverNode) -> None:
    assert shape(from_outline("Aim", to_outline(tree))) == shape(tree)


def test_an_idea_straight_under_a_primary_driver_stays_an_idea() -> None:
    tree = from_outline("Aim", "Flow\n  Door\n    Nurse\n  * Ward round")
    assert [one.kind for one in tree.children[0].children] == [SECONDARY, IDEA]
    assert to_outline(tree) == "Flow\n  Door\n    Nurse\n  * Ward round"


@pytest.mark.parametrize(
    "typed",
    [
        "Flow\n\tDoor\n\t\tNurse",
        "Flow\n    Door\n        Nurse",
        "- Flow\n  - Door\n    - Nurse\n",
        "* Flow\n * Door\n  * Nurse",
    ],
)
def test_tabs_wide_spaces_and_bullets_are_read_alike(typed: str) -> None:
    assert to_outline(from_outline("Aim", typed)) == "Flow\n  Door\n    Nurse"


def test_a_line_to_the_right_of_an_idea_is_refused_by_its_number() -> None:
    with pytest.raises(Invalid) as refused:
        from_outline("Aim", "Flow\n  Door\n    Nurse\n\n      Deeper")
    assert [(one.at, "Line 5" in one.message) for one in refused.value.mistakes] == [("outline", True)]


def test_boxes_stay_themselves_when_moved_and_reworded() -> None:
    nurse = DriverNode(IDEA, "Senior nurse at the door", (), "n", IdeaState.TESTING)
    bloods = DriverNode(IDEA, "Blood tests at arrival", (), "b", IdeaState.ADOPTED)
    before = DriverNode(DriverKind.AIM, "Aim", (DriverNode(PRIMARY, "Flow", (nurse, bloods), "f"),), "a")
    after = keep_ids(
        before,
        from_outline(
            "A new aim", "Beds\n* Blood tests at arrival\nFlow\n  * A senior nurse at the front door"
        ),
    )
    beds, idea, flow = after.children
    assert (after.id, beds.id, idea.id, flow.id) == ("a", "", "b", "f")
    reworded = flow.children[0]
    assert (reworded.id, reworded.state) == ("n", IdeaState.TESTING)


def test_a_box_that_is_nothing_like_the_old_one_is_new() -> None:
    before = DriverNode(DriverKind.AIM, "Aim", (DriverNode(PRIMARY, "Flow", (), "f"),), "a")
    assert keep_ids(before, from_outline("Aim", "Staffing at night")).children[0].id == ""


def test_no_box_is_taken_twice() -> None:
    before = DriverNode(DriverKind.AIM, "Aim", (DriverNode(PRIMARY, "Flow", (), "f"),), "a")
    assert [one.id for one in keep_ids(before, from_outline("Aim", "Flow\nFlow")).children] == ["f", ""]


def test_saving_the_outline_as_it_is_shown_changes_nothing(make: Factory) -> None:
    made = team(make)
    tree = from_outline("Aim", "Flow\n  Door\n    Nurse\n  * Ward round\nBeds")
    with make.store.session() as db:
        seen = queries.get(db, made.lead, made.project.id)
        first = actions.set_drivers(db, by=made.lead, at=AT, seen=seen, tree=tree)
        idea = queries.change_ideas_of(db, made.project.id)[0]
        actions.mark_idea(db, project_id=made.project.id, driver_id=idea.id, state=IdeaState.TESTING)
    with make.store.session() as db:
        seen = queries.get(db, made.lead, made.project.id)
        again = from_outline("Aim", to_outline(queries.drivers_of(db, made.project.id)))
        second = actions.set_drivers(db, by=made.lead, at=AT, seen=seen, tree=again)
    assert ids(first) == ids(second)
    with make.store.session(reading=True) as db:
        assert [one.state for one in queries.change_ideas_of(db, made.project.id)] == [
            IdeaState.TESTING,
            IdeaState.UNTRIED,
        ]
