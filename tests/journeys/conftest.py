"""A served installation and a real browser for the stories."""

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from qiplatform.app import create_app
from qiplatform.settings import Settings
from qiplatform.store.session import Store
from tests.support.browser import CHROMIUM_FLAGS, Visitor
from tests.support.databases import Databases, require
from tests.support.factories import Factory
from workers.embedded import working


@dataclass(frozen=True)
class Served:
    """An installation that answers on an address."""

    url: str
    store: Store
    make: Factory


@pytest.fixture
def served(databases: Databases, tmp_path: Path) -> Iterator[Served]:
    """Serve an empty installation on the embedded database, with its work done inside, as `make run` does."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = Settings(data_dir=tmp_path, database_url=databases.fresh("sqlite", tmp_path), port=port)
    store = Store(settings)
    app = create_app(settings, store=store, background=working(store))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield Served(f"http://127.0.0.1:{port}", store, Factory(store))
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium, or skip where there is none."""
    path = (
        os.environ.get("QIP_TEST_CHROMIUM")
        or shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if path is None:
        require("no Chromium was found for the browser tests")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield started
        started.close()


@pytest.fixture(params=["scripts", "no scripts"])
def visitor(
    request: pytest.FixtureRequest, browser: Browser, served: Served, tmp_path: Path
) -> Iterator[Visitor]:
    """A person at a screen 1280 wide, once with scripts and once without; faults in the console fail the test."""
    scripts = request.param == "scripts"
    context = browser.new_context(
        base_url=served.url, java_script_enabled=scripts, viewport={"width": 1280, "height": 900}
    )
    page: Page = context.new_page()
    made = Visitor(page, scripts=scripts, shots=Path(os.environ.get("QIP_TEST_SCREENSHOTS", tmp_path)))
    yield made
    context.close()
    assert made.faults == [], made.faults
