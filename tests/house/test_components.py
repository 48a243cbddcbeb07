"""Every component says what it takes, is shown living, and nothing in a template needs a lax policy."""

import re

from tests.house import tree

_FOLDER = "templates/components/"
_INLINE = re.compile(
    r"""\sstyle\s*=|<style[\s>]|\son[a-z]+\s*=\s*["']|javascript:|hx-on|hx-vals=["']js:""", re.IGNORECASE
)
_SHOWN_BY_OTHERS = {
    "csrf.jinja": "a hidden field; the layout's own form has it too",
    "field.jinja": "what the field components share",
}


def components() -> dict[str, str]:
    """Return every component's text by its file name."""
    return {name.removeprefix(_FOLDER): text for name, text in tree.texts(".jinja", under=(_FOLDER,))}


def undocumented(found: dict[str, str]) -> list[str]:
    """Return the components that do not begin with a comment that names each of their macro's arguments."""
    wrong = []
    for name, text in found.items():
        said = re.match(r"\{#(.*?)#\}", text, re.DOTALL)
        arguments = {
            argument.split("=")[0].strip()
            for macro, inside in re.findall(r"\{%-? macro (\w+)\((.*?)\) -?%\}", text)
            if not macro.startswith("_")
            for argument in re.sub(r"=\([^)]*\)|=\{[^}]*\}", "", inside).split(",")
            if argument.strip()
        }
        if not said or any(not re.search(rf"\b{argument}\b", said[1]) for argument in arguments):
            wrong.append(name)
    return sorted(wrong)


def inline(found: dict[str, str]) -> list[str]:
    """Return the templates with a style, a handler or a script in an attribute."""
    return sorted(
        name
        for name, text in found.items()
        if _INLINE.search(re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL))
    )


def test_every_component_says_what_it_takes() -> None:
    assert undocumented(components()) == []


def test_an_argument_nobody_explains_is_noticed() -> None:
    assert undocumented({"a.jinja": "{# A thing. text its words #}{% macro a(text, size=3) -%}"}) == [
        "a.jinja"
    ]
    assert undocumented({"a.jinja": "{% macro a() -%}"}) == ["a.jinja"]


def test_every_component_is_shown_living() -> None:
    shown = dict(tree.texts(".jinja", under=("templates/home/",)))["templates/home/components.jinja"]
    hidden = [
        name for name in components() if f"components/{name}" not in shown and name not in _SHOWN_BY_OTHERS
    ]
    assert hidden == []


def test_no_template_needs_a_lax_policy() -> None:
    assert inline(dict(tree.texts(".jinja", under=("templates/",)))) == []


def test_an_inline_style_or_handler_is_noticed() -> None:
    planted = {
        "a": '<p style="x">',
        "b": '<a onclick="x">',
        "c": "<style>",
        "d": '<a href="javascript:x">',
        "e": "<p>onward = 'x'</p>",
    }
    assert inline(planted) == ["a", "b", "c", "d"]
