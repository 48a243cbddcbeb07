"""Agreements about code that no linter knows."""

import ast
import re

import pytest

from tests.house import tree

CODE = ("qiplatform/", "spc/", "workers/")
COMMITS_WITH_REASON = {
    "qiplatform/store/session.py": "the one door to the database",
}


def commits(name: str, text: str) -> list[str]:
    """Return where a file commits by itself."""
    if name in COMMITS_WITH_REASON:
        return []
    return [
        f"{name}:{node.lineno}"
        for node in _calls(text)
        if isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    ]


def sessions_of_its_own(name: str, text: str) -> list[str]:
    """Return where a file asks for a session in another way than by `Db`.

    FastAPI's default would commit after the answer has left; only `Db` is declared with the right scope.
    """
    if name == "qiplatform/store/session.py":
        return []
    asked = [node for node in _calls(text) if _called(node) in {"Depends", "Security"} and node.args]
    found = [
        node.lineno
        for node in asked
        if re.search(r"session|_open\b|\bdb\b|get_db", ast.unparse(node.args[0]), re.IGNORECASE)
    ]
    named = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Subscript)]
    found += [node.lineno for node in named if ast.unparse(node).startswith("Annotated[Session")]
    return [f"{name}:{line}" for line in found]


def marks_up(name: str, text: str) -> list[str]:
    """Return where text is declared to be safe HTML outside the two places that know how to make some."""
    if name.startswith(("qiplatform/charts/", "qiplatform/web/")):
        return []
    return [f"{name}:{node.lineno}" for node in _calls(text) if _called(node) == "Markup"]


def reads_the_clock(name: str, text: str) -> list[str]:
    """Return where the system's clock is read outside `qiplatform/clock.py`."""
    if name == "qiplatform/clock.py":
        return []
    clock = {
        "datetime.now",
        "datetime.utcnow",
        "date.today",
        "datetime.today",
        "datetime.datetime.now",
        "datetime.date.today",
        "time.time",
    }
    return [f"{name}:{node.lineno}" for node in _calls(text) if ast.unparse(node.func) in clock]


def trusts(name: str, text: str) -> list[str]:
    """Return where a template declares text to be safe HTML."""
    return [f"{name}: {one.group()}" for one in re.finditer(r"\|\s*safe\b|autoescape\s+false", text)]


def _calls(text: str) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]


def _called(node: ast.Call) -> str:
    """Return the last name of what is called."""
    name: str = getattr(node.func, "id", getattr(node.func, "attr", ""))
    return name


CHECKS = (commits, sessions_of_its_own, marks_up, reads_the_clock)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_code_keeps_the_agreement(check: object) -> None:
    assert callable(check)
    assert [found for name, text in tree.texts(".py", under=CODE) for found in check(name, text)] == []


def test_no_template_declares_text_safe() -> None:
    assert [found for name, text in tree.texts(".jinja") for found in trusts(name, text)] == []


def test_the_files_with_a_reason_to_commit_are_there() -> None:
    assert set(COMMITS_WITH_REASON) <= set(tree.files())


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (commits, "def plan(db):\n    db.commit()\n"),
        (sessions_of_its_own, "def show(db=Depends(_open)): ...\n"),
        (sessions_of_its_own, "Mine = Annotated[Session, Depends(give)]\n"),
        (sessions_of_its_own, "Mine = Annotated[object, Depends(session.get_session)]\n"),
        (marks_up, "x = Markup('<b>')\n"),
        (marks_up, "x = markupsafe.Markup('<b>')\n"),
        (reads_the_clock, "from datetime import datetime\nx = datetime.now(UTC)\n"),
    ],
)
def test_a_planted_fault_would_be_seen(check: object, text: str) -> None:
    assert callable(check)
    assert check("qiplatform/cycles/planted.py", text)


def test_a_planted_fault_in_a_template_would_be_seen() -> None:
    assert trusts("templates/planted.jinja", "{{ page.words | safe }}")
