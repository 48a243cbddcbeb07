"""What followed a cycle on the charts it watches: only what came after, and as few questions for many charts as for one."""

import re
from dataclasses import replace
from datetime import date

from qiplatform.accounts.models import User
from qiplatform.cycles import actions
from qiplatform.cycles.models import Objective
from qiplatform.cycles.rules import Plan
from qiplatform.measures.models import Measure
from qiplatform.projects import queries as projects
from qiplatform.projects.models import Project
from tests.support.client import Client
from tests.support.factories import AT, Factory
from tests.support.measure_pages import text
from tests.support.measures import PLAIN, Measures, rows
from tests.support.queries import counted

LOW = ["50", "52", "49", "51", "48", "50", "52", "49", "51", "50"]
HIGH = ["58", "60", "59", "57", "60", "58", "59", "61"]
CAUSAL = re.compile(r"caused?\b|because of|due to|led to", re.IGNORECASE)


def planned(measures: Measures, lead: User, project: Project, watched: list[Measure], on: date | None) -> str:
    """Plan a cycle that watches some measures and return its address."""
    with measures.store.session() as db:
        cycle = actions.plan(
            db,
            by=lead,
            at=AT,
            seen=projects.get(db, lead, project.id),
            plan=Plan(
                change_idea=f"A nurse at the door, {len(watched)}, {on}",
                objective=Objective.TEST,
                questions="Is it shorter?",
                prediction="By 8 minutes",
            ),
            starts_on=on,
            ends_on=None,
            measure_ids=[one.id for one in watched],
        )
        return f"/cycles/{cycle.id}"


def measured(
    measures: Measures, lead: User, project: Project, values: list[str], name: str = "Waiting time"
) -> Measure:
    measure = measures.measure(lead, replace(PLAIN, name=name), project=project)
    measures.put(lead, measure, rows(values))
    return measure


def followed(page: Client, address: str) -> str:
    """Return the words of the part about what followed."""
    shown = page.get(address).text
    assert shown.count("What followed on the charts") == 1
    return text(shown.split('id="followed-title"')[1].split("</section>")[0])


def test_for_each_chart_it_is_said_what_followed(client: Client, measures: Measures, make: Factory) -> None:
    lead = make.user("Lead")
    project, page = measures.project(lead), client.as_(lead)
    stepped = measured(measures, lead, project, [*LOW, *HIGH])
    calm = measured(measures, lead, project, ["50", "51"] * 15, "Staff hours")
    words = followed(page, planned(measures, lead, project, [stepped, calm], date(2024, 10, 23)))
    assert re.search(
        r"8 points above the mean since November 2024: began 9 days after PDSA 1 started\. With 1 cycle and \d+ signals",
        words,
    )
    assert "No signal began within 6 months of the start of PDSA 1." in words
    assert not CAUSAL.search(words)


def test_a_cycle_at_the_end_of_the_numbers_is_too_early_to_say(
    client: Client, measures: Measures, make: Factory
) -> None:
    lead = make.user("Lead")
    project, page = measures.project(lead), client.as_(lead)
    calm = measured(measures, lead, project, ["50", "51"] * 9)
    assert "Too early to say" in followed(page, planned(measures, lead, project, [calm], date(2025, 5, 7)))
    words = followed(page, planned(measures, lead, project, [calm], None))
    assert "This cycle is not on this chart yet: it has no first day." in words


def test_without_a_measure_there_is_no_such_part(client: Client, measures: Measures, make: Factory) -> None:
    lead = make.user("Lead")
    address = planned(measures, lead, measures.project(lead), [], date(2024, 10, 23))
    assert "What followed" not in client.as_(lead).get(address).text


def test_the_page_asks_as_often_for_six_charts_as_for_one(
    client: Client, measures: Measures, make: Factory
) -> None:
    lead = make.user("Lead")
    project, page = measures.project(lead), client.as_(lead)
    made = [measured(measures, lead, project, [*LOW, *HIGH], f"Measure {number}") for number in range(6)]
    asked = []
    for watched in (made[:1], made):
        address = planned(measures, lead, project, watched, date(2024, 10, 23))
        with counted(measures.store) as statements:
            assert page.get(address).status_code == 200
        asked.append(len(statements))
    assert asked[0] == asked[1]
    assert asked[0] <= 14, asked
