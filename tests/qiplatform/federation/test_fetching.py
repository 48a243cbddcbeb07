"""Asking over a real network: little is read, for a short time, and never where a stranger could not ask."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import pytest

from qiplatform.federation.actions import fetching
from qiplatform.federation.actions.fetching import Unreachable, fetch


@contextmanager
def answering(*parts: bytes, pause: float = 0.0) -> Iterator[str]:
    """Answer every question with the same bytes."""
    listening = socket.create_server(("127.0.0.1", 0))

    def run() -> None:
        while True:
            try:
                visitor, _ = listening.accept()
            except OSError:
                return
            with visitor:
                try:
                    visitor.recv(65536)
                    for part in parts:
                        visitor.sendall(part)
                        time.sleep(pause)
                except OSError:
                    continue

    thread = Thread(target=run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/x?y=1"
    listening.shutdown(socket.SHUT_RDWR)  # wakes whoever waits for a visitor
    thread.join(5)
    listening.close()


def _told(url: str) -> str:
    with pytest.raises(Unreachable) as told:
        fetch(url)
    return str(told.value)


OK = b"HTTP/1.1 200 OK\r\nConnection: close\r\n"


def test_an_answer_is_read() -> None:
    with answering(OK + b"Content-Length: 2\r\n\r\nhi") as url:
        assert fetch(url) == b"hi"
    with answering(OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n") as url:
        assert fetch(url) == b"hi"


def test_too_much_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 1000)
    with answering(OK + b"Content-Length: 999999999\r\n\r\n") as url:
        assert _told(url) == "it sent more than is ever read"
    with answering(OK + b"\r\n" + b"x" * 5000) as url:
        assert _told(url) == "it sent more than is ever read"
    with answering(OK + b"Content-Length: 1000\r\n\r\n" + b"x" * 1000) as url:
        assert len(fetch(url)) == 1000


def test_a_slow_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "DEADLINE", 0.2)
    with answering(OK + b"\r\n", *[b"x"] * 50, pause=0.05) as url:
        assert _told(url) == "it took too long"
    monkeypatch.setattr(fetching, "PATIENCE", 0.2)
    with answering(pause=3) as url:
        assert _told(url) == "it did not answer"


@pytest.mark.parametrize("status", [b"301", b"302", b"307", b"308"])
def test_a_redirect_is_not_followed(status: bytes) -> None:
    with (
        answering(OK + b"\r\nsecret of the inner network") as inner,
        answering(b"HTTP/1.1 " + status + b" Moved\r\nLocation: " + inner.encode() + b"\r\n\r\n") as url,
    ):
        assert _told(url) == "it points elsewhere"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 500 Fault\r\n\r\n",
        b"HTTP/1.1 204 None\r\n\r\n",
        OK + b"Content-Length: 9\r\n\r\nhi",
        b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 500 + b"\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"a" * 100_000,
        OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_an_answer_that_is_none_is_a_sentence(answer: bytes) -> None:
    with answering(answer) as url:
        assert _told(url)


def test_nobody_there_is_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert _told(f"http://127.0.0.1:{port}/") == "it did not answer"
    assert _told("https://nobody.invalid/") == "its name leads nowhere"


def _named(*ips: str) -> Callable[..., Any]:
    return lambda *_, **__: [(0, 0, 0, "", (ip, 443)) for ip in ips]


@pytest.mark.parametrize(
    "ips", [["10.0.0.7"], ["151.101.1.1", "127.0.0.1"], ["169.254.169.254"], ["::1"], []]
)
def test_a_name_that_leads_inside_is_not_followed(ips: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    reached: list[Any] = []
    monkeypatch.setattr(socket, "getaddrinfo", _named(*ips))
    monkeypatch.setattr(socket, "create_connection", lambda *given, **_: reached.append(given))
    assert _told("https://harmless.example.org/") == "its name leads into a closed network"
    assert reached == []


def test_the_address_that_was_looked_at_is_the_one_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that answers otherwise the second time leads nowhere else."""
    asked: list[str] = []
    reached: list[Any] = []

    def once(*_: Any, **__: Any) -> Any:
        asked.append("looked up")
        return [(0, 0, 0, "", ("151.101.1.1" if len(asked) == 1 else "127.0.0.1", 443))]

    def connect(address: Any, *_: Any, **__: Any) -> Any:
        reached.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", once)
    monkeypatch.setattr(socket, "create_connection", connect)
    assert _told("https://turning.example.org/") == "it did not answer"
    assert (asked, reached) == (["looked up"], [("151.101.1.1", 443)])


def test_without_the_look_it_would_be_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "may_be_asked", lambda *_: True)
    reached: list[Any] = []

    def connect(address: Any, *_: Any, **__: Any) -> Any:
        reached.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", _named("10.0.0.7"))
    monkeypatch.setattr(socket, "create_connection", connect)
    _told("https://harmless.example.org/")
    assert reached == [("10.0.0.7", 443)]
