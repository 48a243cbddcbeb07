"""How much slower than a bare page are the pages where people wait?

    python -m benchmarks.pages [--rounds 60]

Starts one server with the demo loaded and, in the same process, a bare FastAPI + Jinja2 page for each
page measured: the same number of bytes, one query on the same database, no frame, no sign-in. Both are
asked in turn over one kept connection; printed are medians and the median of the pairwise ratios.
"""

import argparse
import http.client
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import jinja2
import uvicorn
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from sqlalchemy import select

from qiplatform.accounts import actions as accounts
from qiplatform.accounts.access import COOKIE
from qiplatform.accounts.models import User
from qiplatform.app import create_app
from qiplatform.demo.load import load
from qiplatform.measures.models import Measure
from qiplatform.organisations.models import Organisation
from qiplatform.projects.models import TeamMember
from qiplatform.schema import migrate
from qiplatform.settings import Settings
from qiplatform.store.session import Db, Store
from workers.job import run_waiting

_BARE = jinja2.Environment(autoescape=True).from_string(
    "<!doctype html><title>{{ name }}</title><p>{{ filler }}</p>"
)
PORT = 8191


def add_bare_page(app: FastAPI, path: str, size: int) -> None:
    """Add a page of so many bytes that asks one query and has no frame."""
    filler = "x" * (size - 60)

    @app.get(path, include_in_schema=False)
    def bare(db: Db) -> HTMLResponse:
        name = db.scalar(select(Organisation.name).limit(1))
        return HTMLResponse(_BARE.render(name=name, filler=filler))


def _installation(folder: Path) -> tuple[Store, FastAPI, str, str]:
    """Return a store with the demo, its app, a sign-in cookie and the path of a measure page."""
    settings = Settings(data_dir=folder, port=PORT)
    store = Store(settings)
    migrate(store)
    now = datetime.now(UTC)
    load(store)
    run_waiting(store)
    with store.session() as db:
        measure = db.scalars(select(Measure).where(Measure.chart == "p")).first()
        assert measure is not None
        member = db.scalars(
            select(User)
            .join(TeamMember, TeamMember.user_id == User.id)
            .where(TeamMember.project_id == measure.project_id)
        ).first()
        assert member is not None
        secret = accounts.begin(db, at=now, user=member)
    return store, create_app(settings, store=store), f"{COOKIE}={secret}", f"/measures/{measure.id}"


@contextmanager
def serving(app: FastAPI) -> Iterator[None]:
    """Serve on `PORT` while the block runs."""
    server = uvicorn.Server(uvicorn.Config(app, port=PORT, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield
    server.should_exit = True
    thread.join(timeout=5)


def ask(connection: http.client.HTTPConnection, path: str, cookie: str) -> tuple[float, int]:
    """Return the seconds one page took and its bytes."""
    begun = time.perf_counter()
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    size = len(answer.read())
    if answer.status != 200:
        message = f"{path} answered {answer.status}"
        raise RuntimeError(message)
    return time.perf_counter() - begun, size


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=60)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        store, app, cookie, measure = _installation(Path(folder))
        pages = {"measure page": measure, "search page": "/published?q=waits+in+emergency"}
        with serving(app):
            connection = http.client.HTTPConnection("127.0.0.1", PORT)
            print(
                f"{'page':<14}{'bytes':>9}{'ours ms':>10}{'bare ms':>10}{'ratio':>8}   ({rounds} pairs, SQLite)"
            )
            for name, path in pages.items():
                size = ask(connection, path, cookie)[1]
                bare = f"/bare/{name.split()[0]}"
                add_bare_page(app, bare, size)
                for _ in range(5):  # templates compiled, caches as in daily use
                    ask(connection, path, cookie)
                    ask(connection, bare, cookie)
                pairs = [
                    (ask(connection, path, cookie)[0], ask(connection, bare, cookie)[0])
                    for _ in range(rounds)
                ]
                ours, theirs = (statistics.median(side) * 1000 for side in zip(*pairs, strict=True))
                ratio = statistics.median(a / b for a, b in pairs)
                print(f"{name:<14}{size:>9}{ours:>10.2f}{theirs:>10.2f}{ratio:>8.2f}")
        store.close()


if __name__ == "__main__":
    main()
