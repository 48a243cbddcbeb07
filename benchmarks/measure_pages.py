"""How much slower than a bare page is the page of all a project's measures?

    python -m benchmarks.measure_pages [--measures 36] [--rounds 60]

One project with measures of 24 to 60 months each, on p, XmR, u and run charts. Beside its page, in the same process, a bare
FastAPI + Jinja2 page: the same number of bytes, one query on the same database, no frame, no sign-in. Both are asked in turn
over one kept connection; printed are medians and the median of the pairwise ratios: warm, when nothing was typed since the page
was last looked at; after a number was put right, when one chart is new; after the first number of a new month, when one chart is
new and all are drawn on a longer axis; and cold, after a start, when every chart is analysed and drawn.
"""

import argparse
import http.client
import random
import statistics
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from fastapi import FastAPI

from benchmarks.pages import PORT, add_bare_page, ask, serving
from qiplatform.accounts import actions as accounts
from qiplatform.accounts.access import COOKIE
from qiplatform.accounts.models import User
from qiplatform.app import create_app
from qiplatform.measures import actions, queries
from qiplatform.measures.actions import IfDifferent
from qiplatform.measures.models import Direction, MeasureType
from qiplatform.measures.pages import many
from qiplatform.measures.rules import Definition, Level, PointRow, takes_two
from qiplatform.measures.rules.periods import add_months
from qiplatform.projects import actions as projects
from qiplatform.projects import queries as seen_projects
from qiplatform.schema import migrate
from qiplatform.settings import Settings
from qiplatform.store.session import Store

SHORTEST, LONGEST = 24, 60
LAST = date(2026, 2, 1)


def rows(chart: str, count: int, draw: random.Random, last: date = LAST) -> list[PointRow]:
    """Return made-up numbers, one a month up to the last."""
    days = [add_months(last, ahead - count + 1) for ahead in range(count)]
    if takes_two(chart):
        return [
            PointRow(on, numerator=str(draw.randint(70, 95)), denominator=str(draw.randint(100, 140)))
            for on in days
        ]
    return [PointRow(on, value=f"{draw.gauss(50, 6):.1f}") for on in days]


def installation(folder: Path, measures: int) -> tuple[Store, FastAPI, str, str, list[str]]:
    """Return a store with the project, its app, a sign-in cookie, the page's path and the measures' ids."""
    settings = Settings(data_dir=folder, port=PORT)
    store = Store(settings)
    migrate(store)
    now, draw = datetime.now(UTC), random.Random(1)  # noqa: S311 - made-up numbers
    lead = User(email="lead@example.org", name="Lead", password_hash="", joined_at=now)
    with store.session() as db:
        db.add(lead)
    with store.session() as db:
        project = projects.register(db, by=lead, at=now, title="Many measures")
        seen = seen_projects.get(db, lead, project.id)
        made = []
        for place in range(measures):
            chart = ("p", "xmr", "u", "run")[place % 4]
            definition = Definition(
                name=f"Measure {place + 1}",
                type=tuple(MeasureType)[place % 3],
                chart=chart,
                direction=tuple(Direction)[place % 3],
                targets=() if place % 2 else (Level(None, "0.7" if chart in {"p", "u"} else "52"),),
            )
            one = actions.define(db, by=lead, at=now, seen=seen, definition=definition)
            count = SHORTEST + (LONGEST - SHORTEST) * place // max(1, measures - 1)
            mine = queries.get(db, lead, one.id)
            actions.put_points(
                db, by=lead, at=now, seen=mine, rows=rows(chart, count, draw), if_different=IfDifferent.REFUSE
            )
            made.append(one.id)
        secret = accounts.begin(db, at=now, user=lead)
    path = f"/projects/{project.id}/measures"
    return store, create_app(settings, store=store), f"{COOKIE}={secret}", path, made


def _forget_all() -> None:
    many.CHARTED.clear()
    many.DRAWINGS.clear()


def _typing(store: Store, measure_id: str, *, next_month: bool) -> Callable[[], None]:
    """Return what types a number into one measure each time it is called: the last month's again, or the next month's."""
    draw = random.Random(2)  # noqa: S311 - made-up numbers
    on = LAST

    def type_it() -> None:
        nonlocal on
        on = add_months(on, 1) if next_month else on
        with store.session() as db:
            measure = queries.of_ids(db, [measure_id])[0]
            lead = db.get_one(User, measure.defined_by_id)
            actions.put_points(
                db,
                by=lead,
                at=datetime.now(UTC),
                seen=queries.get(db, lead, measure_id),
                rows=rows(measure.chart, 1, draw, last=on),
                if_different=IfDifferent.REPLACE,
            )

    return type_it


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--measures", type=int, default=36)
    parser.add_argument("--rounds", type=int, default=60)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store, app, cookie, path, ids = installation(Path(folder), asked.measures)
        with serving(app):
            connection = http.client.HTTPConnection("127.0.0.1", PORT)
            size = ask(connection, path, cookie)[1]
            add_bare_page(app, "/bare/many", size)
            print(f"{asked.measures} measures, {size} bytes, {asked.rounds} pairs each, SQLite")
            print(f"{'state':<20}{'ours ms':>10}{'bare ms':>10}{'ratio':>8}")
            states: dict[str, Callable[[], None] | None] = {
                "warm": None,
                "a number put right": _typing(store, ids[0], next_month=False),
                "a new month begun": _typing(store, ids[0], next_month=True),
                "cold": _forget_all,
            }
            for name, before in states.items():
                _measure(connection, cookie, path, name, before=before, rounds=asked.rounds)
        store.close()


def _measure(
    connection: http.client.HTTPConnection,
    cookie: str,
    path: str,
    name: str,
    *,
    before: Callable[[], None] | None,
    rounds: int,
) -> None:
    for _ in range(5):  # templates compiled, as in daily use
        ask(connection, path, cookie)
        ask(connection, "/bare/many", cookie)
    pairs = []
    for _ in range(rounds):
        if before is not None:
            before()
        pairs.append((ask(connection, path, cookie)[0], ask(connection, "/bare/many", cookie)[0]))
    ours, theirs = (statistics.median(side) * 1000 for side in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"{name:<20}{ours:>10.2f}{theirs:>10.2f}{ratio:>8.2f}")


if __name__ == "__main__":
    main()
