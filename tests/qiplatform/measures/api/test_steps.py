"""Suggested steps and what came before signals, for other machines."""

from datetime import date

import pytest

from qiplatform.accounts.models import User
from qiplatform.measures import actions
from qiplatform.measures.models import Measure
from tests.support.client import Client
from tests.support.measure_pages import with_numbers
from tests.support.measures import Measures

LOW = ["50", "52", "49", "51", "48", "50", "52", "49", "51", "50", "49", "51", "50", "48"]
HIGH = ["58", "60", "59", "57", "60", "58", "59", "61"]


@pytest.fixture
def stepped(measures: Measures, lead: User) -> Measure:
    return with_numbers(measures, lead, [*LOW, *HIGH])


def test_a_step_is_listed_until_it_is_answered(api: Client, stepped: Measure) -> None:
    base = f"/api/v1/measures/{stepped.id}"
    (found,) = api.get(f"{base}/steps").json()["items"]
    assert (found["period"], found["points_before"], found["points_after"]) == ("2025-03-01", 14, 8)
    assert 0 < found["chance"] < 0.05
    body = {"period": "2025-03-01", "answer": "accept", "reason": "The new rota"}
    made = api.post(f"{base}/steps", json=body)
    assert (made.status_code, made.json()["kind"]) == (201, "phase")
    assert made.json()["evidence"] == {name: value for name, value in found.items() if name != "period"}
    assert api.get(f"{base}/steps").json()["items"] == []
    assert api.post(f"{base}/steps", json=body).status_code == 409


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"reason": " "}, 422),
        ({"answer": "perhaps"}, 422),
        ({"period": "2024-05-01"}, 409),
        ({"period": "x"}, 422),
    ],
)
def test_an_answer_that_makes_no_sense_is_refused(
    api: Client, stepped: Measure, change: dict[str, str], status: int
) -> None:
    base = f"/api/v1/measures/{stepped.id}"
    body = {"period": "2025-03-01", "answer": "wait", "reason": "The new rota", **change}
    assert api.post(f"{base}/steps", json=body).status_code == status
    assert api.get(f"{base}/decisions").json()["items"] == []


def test_the_linkage_says_what_came_before(api: Client, stepped: Measure, measures: Measures) -> None:
    base = f"/api/v1/measures/{stepped.id}"
    assert api.get(f"{base}/linkage").json()["pairs"] == []
    with measures.store.session() as db:
        for number, on in ((1, date(2024, 2, 1)), (2, date(2025, 2, 20))):
            actions.show_band(
                db,
                measure_id=stepped.id,
                key=f"cycle:{number}",
                starts_on=on,
                ends_on=None,
                label=f"PDSA {number}",
                href=f"/cycles/{number}",
            )
    found = api.get(f"{base}/linkage").json()
    assert (found["lag_days"], found["cycles"]) == (183, 2)
    up = next(one for one in found["pairs"] if (one["rule"], one["direction"]) == ("shift", "high"))
    assert (up["cycle"], up["first"], up["days"]) == ("/cycles/2", "2025-03-01", 9)
    assert up["timing"] == "began 9 days after PDSA 2 started"
    assert 0 < up["chance"] < 1
    assert len(found["followed"]) == 2
