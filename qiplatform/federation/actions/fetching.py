"""Asking another installation: a little, for a short time, and only where a stranger could ask too.

The name is looked up once and that very address is connected to, so that a name cannot lead elsewhere between the look and the
connection. Redirects are not followed. What is read is counted before it is kept.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from qiplatform import __version__
from qiplatform.federation.rules import may_be_asked

MOST_BYTES = 4_000_000
PATIENCE = 10.0
"""Seconds without a word after which a connection is given up."""
DEADLINE = 30.0
"""Seconds after which an answer is given up, however busily it comes."""
_CHUNK = 65_536
Fetch = Callable[[str], bytes]


class Unreachable(Exception):
    """An installation that could not be asked, or did not answer as one; its words say how."""


def fetch(url: str) -> bytes:
    """Return what stands at an address, or raise `Unreachable`."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    secure = parts.scheme == "https"
    ip = _look_up(host, parts.port or (443 if secure else 80), parts.scheme)
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    connection = _Pinned(host, parts.port, ip) if secure else _Local(host, parts.port, timeout=PATIENCE)
    ends = time.monotonic() + DEADLINE
    try:
        headers = {
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "User-Agent": f"qiplatform/{__version__}",
        }
        connection.request("GET", path, headers=headers)
        with connection.getresponse() as answer:
            if answer.status != http.client.OK:
                redirect = 300 <= answer.status < 400  # noqa: PLR2004 - all redirects
                told = "it points elsewhere" if redirect else f"it answered {answer.status}"
                raise Unreachable(told)
            return _body(answer, ends)
    except (OSError, http.client.HTTPException, ValueError) as error:
        words = "its certificate was not accepted" if isinstance(error, ssl.SSLError) else "it did not answer"
        raise Unreachable(words) from error
    finally:
        connection.close()


def _look_up(host: str, port: int, scheme: str) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable("its name leads nowhere") from error
    ips = [str(one[4][0]).partition("%")[0] for one in found]
    if not ips or not all(may_be_asked(scheme, ipaddress.ip_address(ip)) for ip in ips):
        raise Unreachable("its name leads into a closed network")
    return ips[0]


def _body(answer: http.client.HTTPResponse, ends: float) -> bytes:
    if (answer.length or 0) > MOST_BYTES:
        raise Unreachable("it sent more than is ever read")
    held = bytearray()
    while chunk := answer.read1(_CHUNK):
        held += chunk
        if len(held) > MOST_BYTES:
            raise Unreachable("it sent more than is ever read")
        if time.monotonic() > ends:
            raise Unreachable("it took too long")
    if answer.length:
        raise Unreachable("it broke off")
    return bytes(held)


class _Local(http.client.HTTPConnection):
    """This machine, for trying things out."""


class _Pinned(http.client.HTTPSConnection):
    """A connection to the address that was looked at, whose certificate must still be the name's."""

    def __init__(self, host: str, port: int | None, ip: str) -> None:
        self._verified = ssl.create_default_context()
        super().__init__(host, port, timeout=PATIENCE, context=self._verified)
        self._ip = ip

    def connect(self) -> None:
        plain = socket.create_connection((self._ip, self.port), self.timeout)
        self.sock = self._verified.wrap_socket(plain, server_hostname=self.host)
