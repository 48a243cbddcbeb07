"""Every template is used, and every page has a title."""

import re
from pathlib import Path

from tests.house import tree

_MENTIONS = re.compile(r"""(?:extends|include|import|from)\s+["']([\w/.-]+\.jinja)["']""")
_IN_CODE = re.compile(r"""["']([\w/.-]+\.jinja)["']""")
_FRAMES = ("layouts/", "components/", "emails/")


def templates() -> dict[str, str]:
    """Return every own template by its name for Jinja."""
    return {
        name.removeprefix("templates/"): text for name, text in tree.texts(".jinja", under=("templates/",))
    }


def unused(found: dict[str, str], code: list[str]) -> list[str]:
    """Return the templates that neither the code nor another template names."""
    named = {one for text in code for one in _IN_CODE.findall(text)}
    for name, text in found.items():
        named |= {one for one in _MENTIONS.findall(text) if one != name}
        named |= {one for one in _IN_CODE.findall(_without_comments(text)) if one != name}
    folders = {
        one
        for text in code
        for one in re.findall(
            r"""["']((?:errors|components|emails)/)["']|f["']((?:errors|components|emails)/)\{""", text
        )
        for one in one
        if one
    }
    return sorted(
        name for name in found if name not in named and not name.startswith(tuple(folders) or ("//",))
    )


def untitled(found: dict[str, str]) -> list[str]:
    """Return the pages that get no title: no layout that prints `page.title`, and none of their own."""
    return sorted(name for name in found if not name.startswith(_FRAMES) and not _titled(name, found))


def _titled(name: str, found: dict[str, str]) -> bool:
    text = _without_comments(found.get(name, ""))
    title = re.search(r"<title>(.*?)</title>", text, re.DOTALL)
    if title and "page.title" in title[1]:
        return True
    above = re.search(r"""\{%-?\s*extends\s+["']([^"']+)["']""", text)
    emptied = re.search(r"\{%-?\s*block title\s*-?%\}\s*\{%-?\s*endblock", text)
    return bool(above and not emptied and above[1] in found and _titled(above[1], found))


def _without_comments(text: str) -> str:
    return re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)


def _fragments(found: dict[str, str]) -> set[str]:
    """Return what is only ever a part of other templates."""
    return {one for text in found.values() for one in _MENTIONS.findall(text)}


def _code() -> list[str]:
    return [text for _, text in tree.texts(".py", under=("qiplatform/", "workers/"))]


def test_every_template_is_used() -> None:
    assert unused(templates(), _code()) == []


def test_every_page_has_a_title() -> None:
    found = templates()
    assert [name for name in untitled(found) if name not in _fragments(found)] == []


def test_every_template_the_code_names_is_there() -> None:
    found = templates()
    named = {one for text in _code() for one in _IN_CODE.findall(text)}
    assert sorted(one for one in named if one not in found and not one.startswith("nhsuk/")) == []


def test_templates_lie_in_folders_named_for_rooms() -> None:
    rooms = {
        Path(name).parts[1] for name in tree.named(".py", under=("qiplatform/",)) if len(Path(name).parts) > 2
    }
    folders = {Path(name).parts[0] for name in templates()}
    assert folders <= rooms | {"layouts", "components", "errors", "emails"}


def test_planted_faults_would_be_seen() -> None:
    layout = {
        "layouts/page.jinja": "<title>{{ page.title }} - qiplatform</title>{% block main %}{% endblock %}"
    }
    good = {"a/b.jinja": '{% extends "layouts/page.jinja" %}{% block main %}x{% endblock %}'}
    orphan = {"a/orphan.jinja": "<p>Nobody shows this</p>"}
    emptied = {"a/empty.jinja": '{% extends "layouts/page.jinja" %}{% block title %}{% endblock %}'}
    code = ['render(request, "a/b.jinja", page)']
    assert unused(layout | good, code) == []
    assert unused(layout | good | orphan, code) == ["a/orphan.jinja"]
    assert untitled(layout | good) == []
    assert untitled(layout | good | orphan | emptied) == ["a/empty.jinja", "a/orphan.jinja"]
