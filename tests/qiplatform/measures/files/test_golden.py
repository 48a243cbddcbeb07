"""Every file comes out as was written by hand and read by eye: outcome, places, messages, rows accounted for."""

import json
from collections import Counter
from typing import Any

import pytest

from tests.qiplatform.measures.files.case import ASKS, FAULTY, READ, REFUSED, Case, outcome
from tests.qiplatform.measures.files.golden import every_case, written

CASES = every_case()
WRITTEN = written()


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_file_comes_out_as_written(case: Case) -> None:
    found = outcome(case)
    assert found["outcome"] == case.expect
    assert case.says in json.dumps(found, ensure_ascii=False)
    assert found == WRITTEN[case.name]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_no_row_is_lost(case: Case) -> None:
    found = outcome(case)
    if found["outcome"] == REFUSED:
        assert "rows" not in found
        return
    total, shown, skipped, faulty = found["rows"]
    assert shown + skipped + faulty + found["waiting"] == total
    assert found["waiting"] >= 0
    if found["outcome"] == READ:
        assert found["waiting"] == 0


def test_there_are_four_hundred_files_of_every_outcome() -> None:
    assert len(CASES) >= 400
    assert len({case.name for case in CASES}) == len(CASES) == len(WRITTEN)
    assert set(Counter(case.expect for case in CASES)) == {READ, ASKS, FAULTY, REFUSED}


def test_another_message_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    case = next(one for one in CASES if one.name.startswith("a week without its year"))
    monkeypatch.setattr("qiplatform.measures.rules.importing.sorting.why_no_day", lambda _: "is wrong")
    with pytest.raises(AssertionError):
        test_a_file_comes_out_as_written(case)


def _without_the_last(*given: Any) -> dict[int, Any]:
    made: dict[int, Any] = given[4]
    return dict(list(made.items())[:-1])


def test_a_lost_row_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    case = next(one for one in CASES if one.name.startswith("totals between"))
    monkeypatch.setattr("qiplatform.measures.rules.importing.repeats.one_each", _without_the_last)
    with pytest.raises(AssertionError):
        test_no_row_is_lost(case)
