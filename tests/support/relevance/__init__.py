"""The relevance set: invented reports over forty themes, searches in users' words, and what a person judged to answer them.

The reports are short (about forty words), so that they can be read and judged; real ones are longer. They go into an index as
another installation's reports do, through the room's own actions.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from sqlalchemy.orm import Session

from qiplatform.federation.models import HarvestedReport, Peer
from qiplatform.search import actions
from qiplatform.search.pages import drawn

HERE = Path(__file__).parent
AT = datetime.fromisoformat("2026-01-05T09:00:00+00:00")
BEST, ALSO = 3.0, 1.0
"""What a report counts that answers a search, and one that is on the same matter."""


@dataclass(frozen=True)
class Report:
    """One invented report; its name is its theme and number."""

    name: str
    topic: str
    setting: str
    result: str
    title: str
    problem: str
    did: str
    happened: str


@dataclass(frozen=True)
class Judged:
    """A search, and what each report is worth to whoever asked it; 0 for all others."""

    words: str
    gains: dict[str, float]


@dataclass(frozen=True)
class RelevanceSet:
    """All of it."""

    reports: tuple[Report, ...]
    searches: tuple[Judged, ...]


def relevance_set() -> RelevanceSet:
    """Read the set from the files beside this one."""
    return _read(HERE)


def second_set() -> RelevanceSet:
    """Read the second set: ten of the themes by another writer, who also judged, among the first set's other thirty."""
    second = _read(HERE / "second")
    themes = {_theme(one) for one in second.reports}
    others = tuple(one for one in _read(HERE).reports if _theme(one) not in themes)
    return RelevanceSet((*others, *second.reports), second.searches)


def _read(folder: Path) -> RelevanceSet:
    made, searches = list[Report](), list[Judged]()
    for path in sorted(folder.glob("*.toml")):
        for theme, held in tomllib.loads(path.read_text(encoding="utf-8")).items():
            for number, line in enumerate(held["reports"], start=1):
                made.append(Report(f"{theme}-{number}", held["topic"], *line.split(" | ")))
            searches += [_judged(theme, line) for line in held["searches"]]
    return RelevanceSet(tuple(made), tuple(searches))


def _theme(report: Report) -> str:
    return report.name.rpartition("-")[0]


def indexed(db: Session, reports: Sequence[Report]) -> dict[str, str]:
    """Put the reports into the index, and return their names by our ids."""
    peer = Peer(address="https://relevance.example.org", name="Invented", public_key="", added_at=AT)
    db.add(peer)
    db.flush()
    rows = [_row(peer, one, number) for number, one in enumerate(reports)]
    db.add_all(rows)
    db.flush()
    actions.reindex(db, at=AT, draw=drawn)
    return {row.id: one.name for row, one in zip(rows, reports, strict=True)}


def ndcg(found: Sequence[str], gains: dict[str, float], most: int = 10) -> float:
    """Return the normalised discounted cumulative gain of the first results.

    Source: Jarvelin and Kekalainen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20(4), 2002, pages 422-446,
    with the discount 1 / log2(1 + rank) from the first rank on.

    >>> ndcg(["b", "a"], {"a": 3.0}, 10) == ndcg(["x", "a"], {"a": 3.0}, 10) < ndcg(
    ...     ["a"], {"a": 3.0}, 10
    ... ) == 1
    True
    """
    discounts = 1 / np.log2(np.arange(2, most + 2))
    got = np.array([gains.get(one, 0.0) for one in found[:most]])
    best = np.array(sorted(gains.values(), reverse=True)[:most])
    return float(got @ discounts[: len(got)] / (best @ discounts[: len(best)]))


def recall(found: Sequence[str], gains: dict[str, float], most: int = 20) -> float:
    """Return the share of all that is worth something that stands among the first results.

    >>> recall(["a", "x"], {"a": 3.0, "b": 1.0})
    0.5
    """
    return len(set(found[:most]) & set(gains)) / len(gains)


def _judged(theme: str, line: str) -> Judged:
    words, best, also = (part.strip() for part in f"{line} ".split(" |"))
    gains = {_name(theme, one): BEST for one in best.split()}
    return Judged(words, gains | {_name(theme, one): ALSO for one in also.split()})


def _name(theme: str, one: str) -> str:
    return f"{theme}-{one}" if one.isdecimal() else one


def _row(peer: Peer, one: Report, number: int) -> HarvestedReport:
    at = AT + timedelta(hours=number)
    content = {
        "name": peer.name,
        "changed_at": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "title": one.title,
        "result": one.result,
        "organisation": "Example Trust",
        "setting": one.setting,
        "topics": [one.topic],
        "methods": [],
        "authors": [],
        "sections": {"problem": one.problem, "did": one.did, "happened": one.happened},
    }
    return HarvestedReport(
        peer_id=peer.id,
        remote_id=one.name,
        version=1,
        withdrawn=False,
        address=f"{peer.address}/published/{one.name}",
        content=content,
        signature="",
        harvested_at=at,
    )
