"""Every ready definition is whole, fits its chart, and speaks as the platform does."""

import re
from dataclasses import fields, replace

import pytest

import spc
from qiplatform.measures.models import Counts, MeasureType
from qiplatform.measures.rules import check_definition, library, takes_two
from qiplatform.measures.rules.definitions import CHART_REASONS
from qiplatform.measures.rules.library import SETTINGS, Ready

MAY_BE_EMPTY = {"numerator_words", "denominator_words", "unit", "balancing"}
NEVER = re.compile(
    r"\b(complian\w+|non-?complian\w+|rag|red|green|amber|pdca|performance|bad|failing|targets? missed|patient safety target|judg\w+)\b",
    re.IGNORECASE,
)


def faults(found: tuple[Ready, ...]) -> list[str]:
    """Return everything that is wrong with a library, each with the key it is wrong at."""
    keys = [one.key for one in found]
    said = [f"{key}: twice" for key in {key for key in keys if keys.count(key) > 1}]
    said += [f"{one.key}: {wrong}" for one in found for wrong in _faults_of(one)]
    said += [
        f"{one.key}: balanced by {one.balancing}, which there is not"
        for one in found
        if one.balancing
        and not any(other.key == one.balancing and other.type is MeasureType.BALANCING for other in found)
    ]
    return sorted(said)


def _faults_of(one: Ready) -> list[str]:
    texts = {
        part.name: getattr(one, part.name) for part in fields(one) if isinstance(getattr(one, part.name), str)
    }
    said = [
        f"{name} is empty" for name, text in texts.items() if not text.strip() and name not in MAY_BE_EMPTY
    ]
    said += [f"{name} says {found[0]!r}" for name, text in texts.items() if (found := NEVER.search(text))]
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+|complaints", one.key):
        said.append("its key is not plain")
    if one.setting not in SETTINGS:
        said.append("its setting is not in the list")
    if len(one.operational_definition) < 80:
        said.append("two people could not count the same from so few words")
    if not 5 <= one.minutes_a_month <= 240:
        said.append("its minutes are not those of a team")
    if one.chart not in CHART_REASONS:
        return [*said, "its chart is not drawn here"]
    said += _of_chart(one)
    return said


def _of_chart(one: Ready) -> list[str]:
    needs = spc.CHARTS[one.chart].needs
    both = bool(one.numerator_words.strip()) and bool(one.denominator_words.strip())
    said = []
    if takes_two(one.chart) != both:
        said.append("its chart and its two numbers do not agree")
    if needs == "proportion" and one.unit:
        said.append("a share is in percent and has no other unit")
    if needs != "proportion" and not one.unit:
        said.append("it has no unit")
    if (
        needs == "value"
        and one.unit in {"minutes", "days", "hours", "weeks"}
        and one.counts is not Counts.THINGS
    ):
        said.append("time is a thing")
    if needs in {"rate", "count"} and one.counts is not Counts.EVENTS:
        said.append("a rate counts events")
    return said


def test_the_library_is_whole() -> None:
    assert faults(library.library()) == []


def test_there_are_enough_of_every_type_and_setting() -> None:
    found = library.library()
    assert len(found) >= 45
    for kind in MeasureType:
        assert sum(one.type is kind for one in found) >= 10
    assert {one.setting for one in found} == set(SETTINGS)


def test_each_can_be_defined_as_it_is() -> None:
    for one in library.library():
        check_definition(one.definition())
        assert len(one.name) <= 160
        assert max(map(len, (one.numerator_words, one.denominator_words, one.sampling, one.source))) <= 300
        assert len(one.unit) <= 40


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ({"key": "complaints"}, "twice"),
        ({"what": " "}, "what is empty"),
        ({"numerator_words": ""}, "its chart and its two numbers do not agree"),
        ({"chart": "xmr"}, "its chart and its two numbers do not agree"),
        ({"chart": "t"}, "its chart is not drawn here"),
        ({"origin": "Needed for compliance"}, "origin says 'compliance'"),
        ({"what": "Turns the RAG rating green"}, "what says 'RAG'"),
        ({"balancing": "nothing"}, "which there is not"),
        ({"balancing": "ed-four-hours"}, "which there is not"),
        ({"setting": "Somewhere"}, "its setting is not in the list"),
        ({"minutes_a_month": 0}, "its minutes are not those of a team"),
        ({"operational_definition": "Seen in time."}, "two people could not count the same"),
        ({"unit": "people"}, "a share is in percent"),
    ],
)
def test_a_planted_fault_would_be_seen(planted: dict[str, object], said: str) -> None:
    first, *others = library.library()
    assert takes_two(first.chart)
    wrong = replace(first, **planted)  # type: ignore[arg-type]
    assert [one for one in faults((wrong, *others)) if said in one] != []


def test_it_is_found_by_the_words_people_use() -> None:
    def keys(words: str, **parts: object) -> list[str]:
        return [one.key for one in library.search(words, **parts)]  # type: ignore[arg-type]

    assert keys("A&E four hours")[0] == "ed-four-hours"
    assert keys("bed sores")[0].startswith(("pressure", "skin"))
    assert keys("DNA") == ["clinic-not-attended", *keys("DNA")[1:]]
    assert keys("zebra") == []
    assert len(keys("")) == len(library.library())
    assert keys("", setting="Theatre", of_type=MeasureType.BALANCING) == ["theatre-late-finish"]
    assert "falls-rate" in keys("fall")
    assert library.find("falls-rate") is not None
    assert library.find("no-such") is None
