"""The files of the repository, as the house tests read them."""

import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BINARY = {".png", ".gz", ".ico", ".jpg", ".woff2", ".pdf", ".xlsx", ".pptx", ".docx", ".db"}


@cache
def files() -> tuple[str, ...]:
    """Return every file that is kept, or would be at the next `git add`, relative to the root."""
    told = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return tuple(sorted(name for name in set(told.split("\0")) if name and (ROOT / name).is_file()))


def named(*endings: str, under: tuple[str, ...] = ()) -> list[str]:
    """Return the files with one of these endings, below one of these folders when folders are given."""
    return [name for name in files() if name.endswith(endings) and (not under or name.startswith(under))]


def texts(*endings: str, under: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Give name and text of the same; files that are no text are left out."""
    for name in named(*endings, under=under):
        if Path(name).suffix not in BINARY and (ROOT / name).is_file():  # it may have gone meanwhile
            yield name, (ROOT / name).read_text(encoding="utf-8")
