"""The links at the top of every page, and what the page frame knows about the reader."""

from dataclasses import dataclass
from typing import Protocol

from fastapi import Request

from qiplatform.web import csrf


class Reader(Protocol):
    """The signed-in person, as far as the frame of a page needs to know."""

    @property
    def name(self) -> str:
        """How the person is called."""


@dataclass(frozen=True, slots=True)
class Link:
    """One link at the top."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Chrome:
    """Everything a layout prints around a page."""

    user: Reader | None
    navigation: tuple[Link, ...]
    csrf_token: str
    path: str
    nonce: str


_EVERYONE = (("Search learning", "/published"), ("About", "/about"))
_SIGNED_IN = (("My work", "/"), ("Projects", "/projects"), *_EVERYONE)


def chrome(request: Request) -> Chrome:
    """Return the frame for this request; the reader was found by the session dependency, if any."""
    user: Reader | None = getattr(request.state, "user", None)
    path = request.url.path
    return Chrome(
        user=user,
        navigation=tuple(
            Link(label, href, path == href or (href != "/" and path.startswith(href + "/")))
            for label, href in (_SIGNED_IN if user else _EVERYONE)
        ),
        csrf_token=csrf.token(request),
        path=path,
        nonce=getattr(request.state, "nonce", ""),
    )
