"""The 36 months of one trust, put through the API, equal the recorded runs."""

import gzip
import json
import math
from pathlib import Path
from typing import Any

from qiplatform.accounts.models import User
from tests.support.client import Client
from tests.support.measure_pages import defined
from tests.support.measures import Measures

CASES = Path(__file__).resolve().parents[3] / "spc/conformance/cases.jsonl.gz"


def reference(name: str) -> dict[str, Any]:
    """Return one recorded case."""
    with gzip.open(CASES, "rt") as lines:
        for line in lines:
            case: dict[str, Any] = json.loads(line)
            if case["name"] == name:
                return case
    raise LookupError(name)


def output(case: dict[str, Any], run: str) -> dict[str, list[Any]]:
    """Return the points of one recorded run."""
    return next(one["output"]["points"] for one in case["runs"] if one["id"] == run)


def near(found: list[float | None], wanted: list[float | None]) -> bool:
    """Whether two columns are equal to 1e-9, relative above 1 and absolute below."""
    return len(found) == len(wanted) and all(
        (a is None and b is None)
        or (a is not None and b is not None and math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9))
        for a, b in zip(found, wanted, strict=True)
    )


def column(analysis: dict[str, Any], name: str) -> list[Any]:
    return [point[name] for point in analysis["points"]]


def test_the_36_months_of_one_trust_as_p_chart_equal_the_reference_run(
    api: Client, measures: Measures, lead: User
) -> None:
    case = reference("ae_rjz_p")
    given = case["input"]
    measure = defined(api, measures, lead, chart="p", profile="qicharts2")
    points = [
        {"period": on, "numerator": str(y), "denominator": str(n)}
        for on, y, n in zip(given["x"], given["y"], given["n"], strict=True)
    ]
    put = api.put(f"/api/v1/measures/{measure}/points", json={"points": points})
    assert put.json() == {"added": 36, "unchanged": 0, "changed": 0, "rejected": []}
    analysis = api.get(f"/api/v1/measures/{measure}/analysis").json()
    recorded = output(case, "qicharts2:p")
    assert len(analysis["points"]) == 36
    for ours, theirs in (("value", "y"), ("centre", "cl"), ("lower", "lcl"), ("upper", "ucl")):
        assert near(column(analysis, ours), recorded[theirs]), ours
    recorded["cl"][5] += 1e-6
    assert not near(column(analysis, "centre"), recorded["cl"])


def test_the_36_months_of_one_trust_as_xmr_chart_equal_the_reference_run(
    api: Client, measures: Measures, lead: User
) -> None:
    case = reference("ae_rjz_performance")
    given = case["input"]
    measure = defined(api, measures, lead, profile="nhsr_plotthedots")
    # As numbers, not texts: the digits that are sent are the digits that are kept.
    points = [{"period": on, "value": y} for on, y in zip(given["x"], given["y"], strict=True)]
    assert api.put(f"/api/v1/measures/{measure}/points", json={"points": points}).status_code == 200
    analysis = api.get(f"/api/v1/measures/{measure}/analysis").json()
    run = next(
        one
        for one in case["runs"]
        if one["oracle"]["name"] == "NHSRplotthedots" and one["output"]["status"] == "ok"
    )
    recorded = run["output"]["points"]
    for ours, theirs in (("value", "y"), ("centre", "mean"), ("lower", "lpl"), ("upper", "upl")):
        assert near(column(analysis, ours), recorded[theirs]), ours
    kept = api.get(f"/api/v1/measures/{measure}/points").json()["items"]
    assert [point["value"] for point in kept] == [json.dumps(y) for y in given["y"]]
