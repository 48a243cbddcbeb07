"""The SPC manual says what the engine does: whole, current, with links that lead somewhere and examples that run."""

import ast
import doctest
import importlib
import pkgutil
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from functools import partial
from itertools import groupby
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import docs.manual
import spc
from docs.manual import FOLDER, charts, conventions, pages, profiles, rules
from docs.manual.disagreements import anchor
from docs.manual.elsewhere import lying
from docs.manual.made_up import MADE_UP
from docs.manual.paragraphs import CHART_LABELS, RULE_LABELS, labelled
from docs.manual.profiles import KNOWN, RUNS
from tests.spc.conformance.cases import read
from tests.spc.worked.examples import WORKED

FOLDERS: tuple[tuple[str, Mapping[str, Any], tuple[str, ...]], ...] = (
    ("charts", spc.CHARTS, charts.SECTIONS),
    ("rules", spc.RULES, rules.SECTIONS),
    ("profiles", spc.PROFILES, profiles.SECTIONS),
)
SHOWN = ("spc.charts", "spc.signals")
"""Packages of which every public function shows itself in a doctest."""


def without_section(text: str, sections: Iterable[str]) -> list[str]:
    """Return the sections that a page does not have, or in which nothing stands."""
    found = dict(re.findall(r"^## (.+)\n\n(?!#)(.+)", text, re.MULTILINE))
    return [section for section in sections if not found.get(section)]


def stale(written: Mapping[str, str], kept: Callable[[str], str | None]) -> list[str]:
    """Return the pages and pictures that are not what would be written now."""
    return [name for name, text in written.items() if kept(name) != text]


def committed(name: str) -> str | None:
    """Return a page as it stands in the folder."""
    file = FOLDER / name
    return file.read_text(encoding="utf-8") if file.is_file() else None


def left_over(written: Iterable[str], there: Iterable[str]) -> list[str]:
    """Return the files that nobody writes."""
    return sorted(set(there) - set(written))


def lost_anchors(name: str, text: str, every: Mapping[str, str]) -> list[str]:
    """Return the links of a page to headings, its own or another's, that are not there."""
    found = []
    for target, place in re.findall(r"\]\(([^)#\s:]*)#([^)\s]+)\)", text):
        other = name if not target else Path(name).parent.joinpath(target).as_posix()
        headings = {anchor(one) for one in re.findall(r"^#+ (.+)$", every.get(other, ""), re.MULTILINE)}
        if place not in headings:
            found.append(f"{name}: {target}#{place}")
    return found


def failing(name: str, text: str) -> int:
    """Count the examples of a page that do not give what it says; each fenced block is typed on its own."""
    parser, failed = doctest.DocTestParser(), 0
    for place, block in enumerate(re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)):
        example = parser.get_doctest(block, {}, f"{name} {place}", name, 0)
        runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE, verbose=False)
        failed += runner.run(example, out=lambda _: None).failed
    return failed


def modules(package: str) -> Iterator[ModuleType]:
    """Give a package and the modules in it."""
    top = importlib.import_module(package)
    yield top
    for found in pkgutil.iter_modules(top.__path__, f"{package}."):
        yield importlib.import_module(found.name)


def unshown(name: str, source: str) -> list[str]:
    """Return the public functions of a module whose docstring has no doctest."""
    return [
        f"{name}.{node.name}"
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and ">>> " not in (ast.get_docstring(node) or "")
    ]


def undescribed(chart: spc.Chart, told: str) -> list[str]:
    """Return the settings of a chart that have no words, and the words that belong to none."""
    return sorted({line.split(":")[0] for line in told.splitlines()} ^ set(chart.settings))


@pytest.mark.parametrize(
    ("folder", "name", "sections"),
    [(folder, name, sections) for folder, table, sections in FOLDERS for name in table],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_everything_has_a_page_with_all_its_sections(
    folder: str, name: str, sections: tuple[str, ...]
) -> None:
    text = committed(f"{folder}/{name}.md")
    assert text is not None
    assert without_section(text, sections) == []


def test_a_section_that_is_missing_or_empty_would_be_seen() -> None:
    assert without_section("## A\n\nWords.\n\n## B\n\n## C\n\nWords.\n", ["A", "B", "C", "D"]) == ["B", "D"]


def test_the_pages_and_pictures_are_what_would_be_written_now() -> None:
    assert stale(pages(), committed) == [], "make manual"


def test_nothing_lies_in_the_folder_that_nobody_writes() -> None:
    assert len(lying()) > len(spc.CHARTS) + len(spc.RULES) + len(spc.PROFILES)
    assert left_over(pages(), lying()) == []
    assert left_over(pages(), {*lying(), "charts/pie.md"}) == ["charts/pie.md"]


def test_a_page_that_is_not_current_would_be_seen() -> None:
    planted = {**pages(), "README.md": f"{pages()['README.md']}planted", "charts/pie.md": "planted"}
    assert stale(planted, committed) == ["README.md", "charts/pie.md"]


def test_every_picture_stands_on_its_own() -> None:
    for name, text in pages().items():
        if name.endswith(".svg"):
            drawn = ET.fromstring(text)  # noqa: S314 - we wrote it
            assert drawn.tag == "{http://www.w3.org/2000/svg}svg", name
            assert float(drawn.attrib["width"]) > 300, name
            assert 'fill="#ffffff" d="M0 0H' in text, name
            assert not re.search(
                r"<script|<style|class=|https?://(?!www\.w3\.org)", text.replace(' class="', ' k="')
            )


def test_every_picture_is_on_a_page_and_has_words() -> None:
    shown = {
        (name, picture): words
        for name, text in pages().items()
        for words, picture in re.findall(r"!\[([^\]]*)\]\(\.\./([^)]+)\)", text)
    }
    assert {picture for _, picture in shown} == {name for name in pages() if name.endswith(".svg")}
    assert all(len(words) > 5 for words in shown.values())


def test_every_link_to_a_heading_leads_to_one() -> None:
    every = {name: text for name, text in pages().items() if name.endswith(".md")}
    flat = {name: re.sub(r"\]\(\.\./", "](", text) for name, text in every.items()}
    found = [lost for name, text in flat.items() for lost in lost_anchors(Path(name).name, text, every)]
    assert found == []


def test_a_link_to_a_lost_heading_would_be_seen() -> None:
    every = {"a.md": "# One\n\n[x](#one) [y](#two) [z](b.md#three) [w](b.md#four)\n", "b.md": "## Three\n"}
    assert lost_anchors("a.md", every["a.md"], every) == ["a.md: #two", "a.md: b.md#four"]


@pytest.mark.parametrize("name", [name for name, text in pages().items() if "```python" in text])
def test_every_example_on_a_page_runs(name: str) -> None:
    assert failing(name, committed(name) or "") == 0


def test_an_example_that_gives_something_else_would_be_seen() -> None:
    assert failing("planted", "```python\n>>> 1 + 1\n2\n```\n\n```python\n>>> 1 + 1\n3\n```\n") == 1


@pytest.mark.parametrize("package", SHOWN)
def test_every_public_function_shows_itself(package: str) -> None:
    found = [
        (module.__name__, Path(str(module.__file__)).read_text(encoding="utf-8"))
        for module in modules(package)
    ]
    assert [one for name, source in found for one in unshown(name, source)] == []


def test_every_function_people_import_shows_itself() -> None:
    given = {name: getattr(spc, name) for name in spc.__all__}
    functions = {
        name: one for name, one in given.items() if callable(one) and type(one).__name__ == "function"
    }
    assert functions
    assert [name for name, one in functions.items() if ">>> " not in (one.__doc__ or "")] == []
    classes = [one for one in given.values() if isinstance(one, type)]
    assert [one.__name__ for one in classes if not (one.__doc__ or "").strip()] == []


def test_a_function_without_doctest_would_be_seen() -> None:
    source = 'def shown():\n    """Show.\n\n    >>> shown()\n    """\n\n\ndef planted():\n    """Do."""\n\n\ndef _inner(): ...\n'
    assert unshown("spc.planted", source) == ["spc.planted.planted"]


@pytest.mark.parametrize("chart", spc.CHARTS.values(), ids=lambda chart: chart.name)
def test_every_setting_of_a_chart_has_its_words(chart: spc.Chart) -> None:
    assert undescribed(chart, charts.said(chart.name).get("Settings", "")) == []


def test_a_setting_without_words_would_be_seen() -> None:
    assert undescribed(spc.CHARTS["ewma"], "weight: how much\nplanted: what") == ["planted", "sigma", "width"]


def test_every_chart_and_rule_says_everything_a_page_needs() -> None:
    needed = set(CHART_LABELS) - {"Settings"}
    assert {name for name in spc.CHARTS if not needed <= set(charts.said(name))} == set()
    assert {name for name in spc.RULES if set(rules.said(name)) != set(RULE_LABELS)} == set()
    assert labelled(ModuleType("planted", "Planted.\n\nPattern: Some.\n"), RULE_LABELS).keys() == {"Pattern"}


def test_every_convention_has_its_question_and_every_profile_its_users() -> None:
    told = set(conventions.QUESTIONS) | conventions.ELSEWHERE
    assert told == {one.name for one in fields(spc.Profile)}
    assert set(KNOWN) == set(spc.PROFILES)
    for profile in spc.PROFILES.values():
        assert all(conventions.answer(profile, field) for field in conventions.QUESTIONS)


def test_the_number_of_recorded_runs_is_the_true_one() -> None:
    assert sum(1 for _ in read()) == RUNS


def test_made_up_data_are_only_for_charts_whose_example_is_short() -> None:
    first = {name: next(iter(group)) for name, group in groupby(WORKED, key=lambda example: example.chart)}
    assert {name for name, example in first.items() if len(example.series()) < 10} == set(MADE_UP)


def test_the_generator_does_what_its_own_examples_say() -> None:
    count = partial(doctest.testmod, optionflags=doctest.NORMALIZE_WHITESPACE)
    results = [
        count(module) for module in modules(docs.manual.__name__) if not module.__name__.endswith("__main__")
    ]
    assert sum(result.failed for result in results) == 0
    assert sum(result.attempted for result in results) > 5
