"""A real server on a port of this machine, for programs that are not ours to talk to."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Thread
from typing import Any

import uvicorn

from qiplatform.app import create_app
from qiplatform.settings import Settings
from qiplatform.store.session import Store


def open_port() -> socket.socket:
    """Take a free port."""
    return socket.create_server(("127.0.0.1", 0), backlog=64)


@contextmanager
def serving(app: Any, listening: socket.socket) -> Iterator[str]:
    """Serve an ASGI application; give its address."""
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off"))
    thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()


@contextmanager
def installation(settings: Settings, store: Store) -> Iterator[str]:
    """Serve a whole installation under the address it believes to have."""
    listening = open_port()
    settings = replace(settings, port=listening.getsockname()[1])
    with serving(create_app(settings, store=store), listening) as address:
        yield address
