"""The order of the house holds, and a line that breaks it is caught by the contract meant for it."""

import re
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

from tests.house import tree

PACKAGES = ("qiplatform", "spc", "workers")


def lint(folder: Path) -> tuple[bool, str]:
    """Run import-linter on the packages in a folder; return whether all contracts are kept, and its words."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"]
    command += [
        "--config",
        str(tree.ROOT / ".importlinter"),
        "--cache-dir",
        str(folder / ".import_linter_cache"),
    ]
    done = subprocess.run(
        command, cwd=folder, check=False, capture_output=True, text=True, env=_environment(folder)
    )
    return done.returncode == 0, done.stdout + done.stderr


def _environment(folder: Path) -> dict[str, str]:
    # The folder first, so that its packages are analysed and not those of the repository.
    return {"PYTHONPATH": str(folder), "COLUMNS": "200", "PYTHONDONTWRITEBYTECODE": "1"}


def test_every_contract_is_kept() -> None:
    kept, words = lint(tree.ROOT)
    assert kept, words


def test_every_room_has_its_anatomy_checked() -> None:
    contracts = ConfigParser()
    contracts.read(tree.ROOT / ".importlinter")
    listed = set(contracts["importlinter:contract:room"]["containers"].split())
    rooms = {
        ".".join(Path(name).parent.parts)
        for name in tree.named(
            "/models.py", "/routes.py", "/api.py", "/pages.py", "/models/__init__.py", under=("qiplatform/",)
        )
        if len(Path(name).parts) == 3
    }
    assert rooms <= listed


PLANTED = [
    ("qiplatform/accounts/queries.py", "import qiplatform.organisations.queries", "The order of the house"),
    ("qiplatform/planted.py", "PLANTED = 1", "The order of the house"),
    ("qiplatform/projects/planted.py", "PLANTED = 1", "The anatomy of a room"),
    ("qiplatform/notices/models.py", "import qiplatform.notices.queries", "The anatomy of a room"),
    ("qiplatform/organisations/queries.py", "import fastapi", "knows nothing of HTTP"),
    ("qiplatform/organisations/rules.py", "import qiplatform.clock", "Rules decide from what they are given"),
    ("qiplatform/store/base.py", "import bokeh.plotting", "Only charts knows Bokeh"),
    ("qiplatform/cycles/pages.py", "import qiplatform.accounts.routes", "doors are opened by app only"),
    ("qiplatform/store/jobs.py", "import workers", "Workers stand above every room"),
    ("spc/errors.py", "import sqlalchemy", "spc is pure"),
    ("spc/series.py", "import spc.analysis", "The order of spc"),
]
"""Every kind of fault: the file, the line planted in it, and the contract that must name the file."""


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What import-linter says of a copy of the house with all faults planted: contract -> its words."""
    folder = tmp_path_factory.mktemp("house")
    for package in PACKAGES:
        shutil.copytree(tree.ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    for file, line, _ in PLANTED:
        target = folder / file
        before = target.read_text() if target.exists() else ""
        target.write_text(f"{before}\n{line}\n")
    kept, words = lint(folder)
    assert not kept
    parts = re.split(r"\n([^\n]+)\n-{3,}\n", words[words.index("Broken contracts") :])
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize(("file", "line", "contract"), PLANTED)
def test_a_planted_import_breaks_its_contract(
    faults: dict[str, str], file: str, line: str, contract: str
) -> None:
    del line  # names the case
    told = [words for name, words in faults.items() if contract in name]
    assert told, f"not broken: {contract}"
    assert file.removesuffix(".py").replace("/", ".") in told[0]
