"""`serve`: the web application, until it is told to stop."""

import argparse
import socket
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace

import uvicorn

from qiplatform.app import create_app
from qiplatform.cli.opening import DONE, UNUSABLE, Told, open_store, read_settings
from qiplatform.demo import people
from qiplatform.settings import Settings
from qiplatform.store.session import Store
from workers.embedded import working

STOP_WITHIN = 10
"""Seconds an answer may take to end when the server stops."""


class _Server(uvicorn.Server):
    """Says where it is once it answers there, and not before."""

    lines: tuple[str, ...] = ()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        print("\n".join(self.lines), flush=True)


def serve(given: argparse.Namespace) -> int:
    """Start the web application and what works beside it, until it is told to stop."""
    settings = read_settings()
    host = settings.host if given.host is None else given.host
    listening = _listen(host, settings.port if given.port is None else given.port)
    settings = replace(settings, host=host, port=listening.getsockname()[1])
    store = open_store(settings)
    app = create_app(settings, store=store, background=_background(settings, store))
    server = _Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=STOP_WITHIN,
        )
    )
    server.lines = (
        f"qiplatform is open at {settings.public_url} (Ctrl+C closes it)",
        *_demo_lines(settings, store),
    )
    with listening:
        server.run(sockets=[listening])
    return DONE


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before anything is said or made."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=256)
    except OSError as error:
        words = (
            f"Cannot listen on {host} port {port} ({error.strerror or error}). Choose another with --port."
        )
        raise Told(words, UNUSABLE) from error


def _background(settings: Settings, store: Store) -> AbstractContextManager[object]:
    """Return what works beside the server: a thread, or nothing where workers wait at a broker."""
    if not settings.broker_url:
        return working(store)
    from workers.app import Sender, make_app  # noqa: PLC0415 - Celery costs time and memory where it is not used

    store.sender = Sender(make_app(settings))
    return nullcontext()


def _demo_lines(settings: Settings, store: Store) -> list[str]:
    """Return the demo accounts where the demo is loaded, to sign in with at once."""
    with store.session(reading=True) as db:
        if settings.production or not people.are_here(db):
            return []
    return ["", "Demo accounts:", *people.lines()]
