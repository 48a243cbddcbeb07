"""`make help` is complete, and set-up is pinned: what installs today installs the same in a year."""

import json
import re
import subprocess
import tomllib

import pytest

from tests.house import tree

LOCKS = (
    "requirements.lock",
    "requirements-test.lock",
    "requirements-uv.lock",
    "requirements-node.lock",
    "requirements-schemas.lock",
)


def targets(makefile: str) -> set[str]:
    """Return every target that has a name one can type."""
    return {
        name
        for one in re.finditer(r"^([a-z][a-z -]*):(?!=)", makefile, re.MULTILINE)
        for name in one[1].split()
    }


def told(makefile: str) -> set[str]:
    """Return every target that carries its sentence."""
    return set(re.findall(r"^([a-z][a-z-]*):[^=\n]*## \S", makefile, re.MULTILINE))


def pins(lock: str) -> dict[str, str]:
    """Return package -> version; a package that is not pinned to one has an empty version."""
    lines = [line for line in lock.splitlines() if line and not line.startswith((" ", "#"))]
    found = [re.match(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?(?:==([^ ;\\]+))?", line) for line in lines]
    return {one[1].lower().replace("_", "-"): one[2] or "" for one in found if one}


def without_hash(lock: str) -> list[str]:
    """Return the packages whose content is not pinned."""
    entries = re.split(r"\n(?=\S)", lock.strip())
    return [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry]


def _read(name: str) -> str:
    return (tree.ROOT / name).read_text()


def test_every_target_has_its_sentence() -> None:
    assert targets(_read("Makefile")) == told(_read("Makefile"))


def test_help_prints_every_target() -> None:
    printed = subprocess.run(
        ["make", "help"], cwd=tree.ROOT, check=True, capture_output=True, text=True
    ).stdout
    assert set(re.findall(r"^  make (\S+) +\S", printed, re.MULTILINE)) == targets(_read("Makefile"))


def test_a_target_without_its_sentence_would_be_seen() -> None:
    planted = _read("Makefile") + "\nplanted: run\n\techo planted\n"
    assert targets(planted) - told(planted) == {"planted"}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_with_its_hash(lock: str) -> None:
    text = _read(lock)
    assert pins(text)
    assert [name for name, version in pins(text).items() if not version] == []
    assert without_hash(text) == []


def test_a_package_without_hash_would_be_seen() -> None:
    assert without_hash("a==1 \\\n    --hash=sha256:00\nplanted==1\n") == ["planted==1"]
    assert pins("planted>=1\n") == {"planted": ""}


def test_the_tests_run_with_the_versions_that_are_served() -> None:
    run, test = pins(_read("requirements.lock")), pins(_read("requirements-test.lock"))
    assert {
        name: (version, test.get(name)) for name, version in run.items() if test.get(name) != version
    } == {}


def test_every_dependency_is_in_its_lock() -> None:
    project = tomllib.loads(_read("pyproject.toml"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["postgres"], *extras["redis"]]
    assert _names(wanted) <= set(pins(_read("requirements.lock")))
    assert _names([one for extra in extras.values() for one in extra]) <= set(
        pins(_read("requirements-test.lock"))
    )


def test_the_front_end_is_pinned_with_hashes_and_without_hosts() -> None:
    lock = json.loads(_read("package-lock.json"))
    wanted = json.loads(_read("package.json"))
    packages = {name.removeprefix("node_modules/"): one for name, one in lock["packages"].items() if name}
    assert {name: one["version"] for name, one in packages.items()} == wanted["dependencies"] | wanted[
        "devDependencies"
    ]
    assert all(one["integrity"].startswith("sha512-") and "resolved" not in one for one in packages.values())


def _names(requirements: list[str]) -> set[str]:
    return {re.match(r"[A-Za-z0-9._-]+", one)[0].lower().replace("_", "-") for one in requirements}  # type: ignore[index]  # pyproject was valid: every requirement begins with a name
