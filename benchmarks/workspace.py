"""The measure workspace beside a bare page, and a keystroke in its grid.

    python -m benchmarks.workspace [--rounds 60]

A measure with 120 points, 5 phases and 20 notes is served by one process on the embedded database. Its page is asked for in turn
with a bare FastAPI + Jinja2 page of as many bytes with one query: as it stands between visits, and made anew each time.
Then one value is typed again and again: what the server takes from the keystroke to the new sentence and drawing, and
from leaving the cell to having saved it.
"""

import argparse
import http.client
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlencode

from fastapi import FastAPI

from benchmarks.pages import PORT, add_bare_page, serving
from qiplatform.accounts import actions as accounts
from qiplatform.accounts.access import COOKIE
from qiplatform.accounts.models import User
from qiplatform.accounts.rules import hash_password
from qiplatform.app import create_app
from qiplatform.measures import actions, queries
from qiplatform.measures.models import Direction, MeasureType
from qiplatform.measures.pages import standing
from qiplatform.measures.rules import Definition, PointRow
from qiplatform.measures.rules.periods import add_months
from qiplatform.projects import actions as projects
from qiplatform.projects import queries as seen_projects
from qiplatform.schema import migrate
from qiplatform.settings import Settings
from qiplatform.store.session import Store

POINTS, PHASES, NOTES = 120, 5, 20
FIRST = date(2016, 4, 1)


def _measured(store: Store) -> tuple[str, str]:
    """Make the measure; return its page and a cookie of its lead."""
    made = random.Random(4)  # noqa: S311 - numbers for a chart
    levels = [50, 55, 51, 60, 57]
    at = datetime.now(UTC)
    with store.session() as db:
        lead = User(
            email="lead@example.org",
            name="Lead",
            password_hash=hash_password("three random words"),
            joined_at=at,
        )
        db.add(lead)
        db.flush()
        project = projects.register(db, by=lead, at=at, title="Shorter waits")
        db.flush()
        of = seen_projects.get(db, lead, project.id)
        definition = Definition(
            name="Waiting time",
            type=MeasureType.OUTCOME,
            chart="xmr",
            direction=Direction.DECREASE,
            unit="minutes",
        )
        measure = actions.define(db, by=lead, at=at, seen=of, definition=definition)
        seen = queries.get(db, lead, measure.id)
        days = [add_months(FIRST, ahead) for ahead in range(POINTS)]
        rows = [
            PointRow(on, value=f"{made.gauss(levels[place * PHASES // POINTS], 2):.1f}")
            for place, on in enumerate(days)
        ]
        actions.put_points(db, by=lead, at=at, seen=seen, rows=rows)
        for phase in range(1, PHASES):
            on = days[phase * POINTS // PHASES]
            actions.start_phase(db, by=lead, at=at, seen=seen, from_on=on, reason="A new way of working")
        for note in range(NOTES):
            on = days[3 + note * (POINTS - 6) // NOTES]
            actions.annotate(db, by=lead, at=at, seen=seen, period=on, text=f"Note {note}: what happened")
        return f"/measures/{measure.id}", f"{COOKIE}={accounts.begin(db, at=at, user=lead)}"


class _Visitor:
    """One kept connection."""

    def __init__(self, cookie: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", PORT)
        self.cookie = cookie

    def get(self, path: str) -> tuple[float, bytes]:
        return self._ask("GET", path, None, {})

    def post(self, path: str, form: dict[str, str]) -> tuple[float, bytes]:
        return self._ask("POST", path, urlencode(form), {"Content-Type": "application/x-www-form-urlencoded"})

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[float, bytes]:
        begun = time.perf_counter()
        self.connection.request(method, path, body, {"Cookie": self.cookie, **headers})
        answer = self.connection.getresponse()
        content = answer.read()
        took = time.perf_counter() - begun
        if answer.status != 200:
            message = f"{path} answered {answer.status}: {content[:300]!r}"
            raise RuntimeError(message)
        if found := re.match(r"(qip_visit=[^;]+)", answer.headers.get("set-cookie", "")):
            self.cookie += f"; {found[1]}"
        return took, content


def _beside(
    visitor: _Visitor, app: FastAPI, name: str, path: str, *, before: Callable[[], None], rounds: int
) -> None:
    size = len(visitor.get(path)[1])
    bare = f"/bare/{name.replace(' ', '-').replace(',', '')}"
    add_bare_page(app, bare, size)
    pairs = []
    for turn in range(rounds + 5):  # the first five warm templates and caches
        before()
        pair = visitor.get(path)[0], visitor.get(bare)[0]
        if turn >= 5:
            pairs.append(pair)
    ours, theirs = (statistics.median(side) * 1000 for side in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"{name:<32}{size:>9}{ours:>10.2f}{theirs:>10.2f}{ratio:>8.2f}")


def _typing(visitor: _Visitor, page: str, rounds: int) -> None:
    html = visitor.get(page)[1].decode()
    token = re.search(r'name="csrf_token" value="(\w+)"', html)
    row = re.search(r'name="(points/[\d-]+)/version" value="(\d+)".*?name="\1/was" value="([^"]*)"', html)
    if token is None or row is None:
        message = "the page has no grid"
        raise RuntimeError(message)
    at, version, was = row[1], row[2], row[3].replace("&#34;", '"')
    form = {"csrf_token": token[1], f"{at}/version": version, f"{at}/was": was, f"{at}/note": ""}
    took = [
        visitor.post(f"{page}/typed", {**form, f"{at}/value": f"5{turn % 10}.{turn % 7}"})[0]
        for turn in range(rounds)
    ]
    print(
        f"{'keystroke to new verdict':<32}{statistics.median(took) * 1000:>19.2f}{_slow(took):>10.2f}   median, 95 % (ms)"
    )
    form[f"{at}/version"] = "0"
    took = []
    for turn in range(rounds):
        seconds, answer = visitor.post(f"{page}/cells", {**form, f"{at}/value": f"5{turn % 10}.{turn % 7}"})
        took.append(seconds)
        kept = re.search(rb'"version":(\d+),"was":"((?:[^"\\]|\\.)*)"', answer)
        if kept is None:
            message = f"not saved: {answer[:300]!r}"
            raise RuntimeError(message)
        form |= {f"{at}/version": kept[1].decode(), f"{at}/was": kept[2].decode().replace('\\"', '"')}
    print(
        f"{'a cell saved':<32}{statistics.median(took) * 1000:>19.2f}{_slow(took):>10.2f}   median, 95 % (ms)"
    )


def _slow(took: list[float]) -> float:
    return sorted(took)[int(len(took) * 0.95)] * 1000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=60)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), port=PORT)
        store = Store(settings)
        migrate(store)
        page, cookie = _measured(store)
        app = create_app(settings, store=store)
        with serving(app):
            visitor = _Visitor(cookie)
            print(f"{POINTS} points, {PHASES} phases, {NOTES} notes; {rounds} pairs, SQLite, one process")
            print(f"{'page':<32}{'bytes':>9}{'ours ms':>10}{'bare ms':>10}{'ratio':>8}")
            _beside(visitor, app, "measure page", page, before=lambda: None, rounds=rounds)
            _beside(visitor, app, "measure page, made anew", page, before=standing.PAGES.clear, rounds=rounds)
            _typing(visitor, page, rounds)
        store.close()


if __name__ == "__main__":
    main()
