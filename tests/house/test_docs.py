"""The manuals are held against the code: an undocumented setting or command fails here."""

import argparse
import re
from dataclasses import fields
from pathlib import Path

import pytest

from qiplatform.cli import parser
from qiplatform.settings import Settings
from tests.house import tree

OTHER_VARIABLES = {"QIP_PASSWORD", "QIP_REQUIRE_SERVICES", "QIP_TEST_POSTGRESQL"}
"""Read by a command or by the tests, not settings of an installation."""


def settings_in(manual: str) -> set[str]:
    """Return the settings that have a row of their own, with words."""
    return set(re.findall(r"^\| `(QIP_[A-Z_]+)` \|[^|]+\| +\S[^|]{9,}\|$", manual, re.MULTILINE))


def broken_links(name: str, text: str, files: set[str]) -> list[str]:
    """Return the links of a page to files that are not there."""
    found = []
    for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text):
        path = (tree.ROOT / Path(name).parent / target).resolve()
        inside = path.relative_to(tree.ROOT).as_posix() if path.is_relative_to(tree.ROOT) else "outside"
        if inside not in files and not path.is_dir():
            found.append(f"{name}: {target}")
    return found


def commands(top: argparse.ArgumentParser, words: str = "qiplatform") -> dict[str, set[str]]:
    """Return every command with what can be given to it."""
    found: dict[str, set[str]] = {}
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                found |= commands(below, f"{words} {name}")
    if found:
        return found
    given = [
        one.option_strings[-1] if one.option_strings else str(one.metavar)
        for one in top._actions
        if one.dest != "help"
    ]
    return {words: set(given)}


def undocumented(known: dict[str, set[str]], manual: str) -> list[str]:
    """Return the commands without a row, and what can be given to one without its row saying so."""
    rows = {}
    for row in re.findall(r"^\| `(qiplatform [^`]+)` \| *\S", manual, re.MULTILINE):
        name = re.split(r" (?=\[|--|[A-Z])", row)[0]
        rows[name] = set(re.findall(r"--[a-z-]+|\b[A-Z]{3,}\b", row))
    found = [f"{name} has no row" for name in known if name not in rows]
    found += [f"{name} is no command" for name in rows if name not in known]
    return found + [
        f"{name} {one}" for name, given in known.items() for one in sorted(given - rows.get(name, given))
    ]


def _read(name: str) -> str:
    return (tree.ROOT / name).read_text()


def test_every_setting_has_its_row() -> None:
    assert settings_in(_read("docs/operating.md")) == {f"QIP_{one.name.upper()}" for one in fields(Settings)}


def test_a_setting_without_words_would_be_seen() -> None:
    assert settings_in("| `QIP_PLANTED` | none |  |\n") == set()
    assert settings_in("| `QIP_PLANTED` | none | what it is good for |\n") == {"QIP_PLANTED"}


def test_every_setting_says_what_it_is() -> None:
    assert [one.name for one in fields(Settings) if len(one.metadata.get("says", "")) < 10] == []


def test_every_command_has_its_row() -> None:
    assert undocumented(commands(parser()), _read("docs/operating.md")) == []


def test_a_command_without_row_would_be_seen() -> None:
    planted = {**commands(parser()), "qiplatform planted": set()}
    planted["qiplatform serve"] = planted["qiplatform serve"] | {"--planted"}
    assert undocumented(planted, _read("docs/operating.md")) == [
        "qiplatform planted has no row",
        "qiplatform serve --planted",
    ]


def test_no_page_names_a_variable_that_is_not_read() -> None:
    known = {f"QIP_{one.name.upper()}" for one in fields(Settings)} | OTHER_VARIABLES
    named = {
        one
        for _, text in tree.texts(".md", ".yaml", "Makefile", "Dockerfile")
        for one in re.findall(r"\bQIP_[A-Z_]+\b", text)
    }
    assert named <= known


def test_every_link_leads_somewhere() -> None:
    files = set(tree.files())
    assert [one for name, text in tree.texts(".md") for one in broken_links(name, text, files)] == []


def test_a_broken_link_would_be_seen() -> None:
    assert broken_links(
        "docs/a.md", "see [this](planted.md) and [that](operating.md)", {"docs/operating.md"}
    ) == ["docs/a.md: planted.md"]


def test_decisions_are_numbered_in_order_and_say_what_and_why() -> None:
    names = [Path(name).name for name in tree.named(".md", under=("docs/decisions/",))]
    assert [name[:4] for name in names] == [f"{number:04}" for number in range(1, len(names) + 1)]
    for name in names:
        text = _read(f"docs/decisions/{name}")
        assert text.startswith(f"# {name[:4]} "), name
        assert "**Decided:**" in text, name
        assert "**Why:**" in text, name


@pytest.mark.parametrize(
    "name",
    ["README.md", "docs/developing.md", "docs/operating.md", "docs/glossary.md", "CHANGELOG.md", "LICENSE"],
)
def test_the_page_is_there(name: str) -> None:
    assert len(_read(name)) > 500


def test_every_room_is_on_the_map() -> None:
    folders = {Path(name).parts[0] for name in tree.named(".py") if len(Path(name).parts) > 1}
    mapped = set(re.findall(r"^\| `([a-z]+)/`", _read("docs/developing.md"), re.MULTILINE))
    assert folders <= mapped


def test_the_page_says_what_it_is_not_for() -> None:
    words = "for improving services; not for the care of an individual patient, and not for performance management"
    assert words in re.sub(r"\s+", " ", _read("README.md"))
