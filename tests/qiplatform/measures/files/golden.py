"""What comes of every file, word for word: `python -m tests.qiplatform.measures.files.golden` writes it down anew, to be read before it is committed."""

import json
from itertools import chain
from pathlib import Path
from typing import Any

from tests.qiplatform.measures.files import cells, tables, whole, workbooks
from tests.qiplatform.measures.files.case import Case, outcome

PATH = Path(__file__).with_name("golden.jsonl")


def every_case() -> list[Case]:
    """Return all files, by name."""
    return list(chain(tables.cases(), cells.cases(), workbooks.cases(), whole.cases()))


def written() -> dict[str, Any]:
    """Return what was written down, by the case's name."""
    lines = PATH.read_text(encoding="utf-8").splitlines()
    return {one.pop("case"): one for one in map(json.loads, lines)}


def write() -> None:
    """Write down what comes of every file now."""
    lines = [json.dumps({"case": case.name, **outcome(case)}, ensure_ascii=False) for case in every_case()]
    PATH.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
