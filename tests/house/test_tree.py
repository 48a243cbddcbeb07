"""Files have a size one can read, and names that say where a line belongs."""

import re
from pathlib import Path

import pytest

from tests.house import tree

LONGEST = 300
LONGER_WITH_REASON: dict[str, str] = {}
"""Files that may be longer: the reason, and the most lines."""

NAMES_THAT_SAY_NOTHING = {
    "utils", "util", "helpers", "helper", "common", "misc", "service", "services", "repository",
    "repositories", "schemas", "crud", "manager", "managers", "admin", "manage",
}  # fmt: skip

_REGISTRIES = (
    "py" + "pi.org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "yarn" + "pkg.com",
    "deb." + "debian.org",
)
_MACHINE = re.compile(
    r"(?<![\w.~-])/(?:wo" + r"rk|t" + r"mp|ro" + r"ot|home/[a-z]+)/|\.\./(?:sha" + r"red|\.lib" + r"rary)"
)
_UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")


def too_long(name: str, text: str) -> str | None:
    """Say when a file is longer than one reads in one go."""
    lines = text.count("\n")
    return f"{name}: {lines} lines" if lines > LONGEST and name not in LONGER_WITH_REASON else None


def says_nothing(name: str) -> str | None:
    """Say when a file or folder has a name under which anything could lie."""
    parts = {Path(part).stem for part in Path(name).parts}
    return (
        f"{name}: {', '.join(sorted(parts & NAMES_THAT_SAY_NOTHING))}"
        if parts & NAMES_THAT_SAY_NOTHING
        else None
    )


def tied_to_a_place(name: str, text: str) -> list[str]:
    """Return what ties a file to a registry or to one machine."""
    found = [host for host in _REGISTRIES if host in text]
    found += [one.group() for one in _MACHINE.finditer(text)]
    return [f"{name}: {one}" for one in found]


def test_no_file_is_too_long() -> None:
    assert [found for name, text in tree.texts(".py", ".jinja") if (found := too_long(name, text))] == []


def test_the_exceptions_in_length_are_still_needed() -> None:
    needed = {name for name, text in tree.texts(".py", ".jinja") if text.count("\n") > LONGEST}
    assert set(LONGER_WITH_REASON) <= needed


def test_every_name_says_something() -> None:
    assert [found for name in tree.named(".py", ".jinja", ".js") if (found := says_nothing(name))] == []


def test_nothing_is_tied_to_a_registry_or_a_machine() -> None:
    assert [found for name, text in tree.texts("") for found in tied_to_a_place(name, text)] == []


def test_nothing_is_left_for_later() -> None:
    code = tree.texts(
        ".py", ".jinja", ".js", ".css", under=("qiplatform/", "spc/", "workers/", "templates/", "migrations/")
    )
    assert [name for name, text in code if _UNFINISHED.search(text)] == []


def test_a_file_that_is_too_long_would_be_seen() -> None:
    assert too_long("spc/planted.py", "x = 1\n" * (LONGEST + 1))
    assert not too_long("spc/planted.py", "x = 1\n" * LONGEST)


@pytest.mark.parametrize(
    "name", ["qiplatform/utils.py", "qiplatform/projects/helpers/a.py", "templates/common/a.jinja"]
)
def test_a_name_that_says_nothing_would_be_seen(name: str) -> None:
    assert says_nothing(name)


@pytest.mark.parametrize(
    "text",
    [
        "url = 'https://" + _REGISTRIES[0] + "/simple'",
        '"resolved": "https://registry.' + _REGISTRIES[2] + '/x.tgz"',
        "open('/t" + "mp/x')",
        "cd /wo" + "rk/main",
        "see ../sha" + "red/design",
    ],
)
def test_a_host_or_a_machine_path_would_be_seen(text: str) -> None:
    assert tied_to_a_place("planted", text)


@pytest.mark.parametrize(
    "text",
    ["GET /projects/1", "templates/home/about.jinja", "tests/support/tmp_path", "https://doi.org/10.1136"],
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert not tied_to_a_place("planted", text)
