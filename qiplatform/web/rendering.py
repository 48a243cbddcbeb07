"""A page object and a template -> HTML. Pages decide, templates print."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import nhsuk_frontend_jinja
from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader
from jinja2_fragments import render_block

from qiplatform.web import csrf, navigation
from qiplatform.web.static import asset
from qiplatform.web.undefined import Undefined

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"


_TOKEN, _NONCE = (f"sign-{secrets.token_hex(12)}" for _ in range(2))
"""What stands in a kept page for the visit's token and nonce; new with each start, so that nobody can type them."""


class Page(Protocol):
    """What every page has: a title of its own, which is also its h1 unless the template says otherwise."""

    @property
    def title(self) -> str:
        """The page's own name."""


@cache
def environment() -> Environment:
    """Return the one template environment."""
    nhsuk = Path(nhsuk_frontend_jinja.__file__).parent / "templates"
    made = Environment(
        loader=FileSystemLoader([TEMPLATES, nhsuk]),
        autoescape=True,
        undefined=Undefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals["asset"] = asset
    made.filters |= {"day": day, "month": month}
    return made


def render(
    request: Request,
    template: str,
    page: Page,
    *,
    status: int = 200,
    block: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """Return the page, or one named block of it for htmx."""
    html = written(request, template, page, block=block)
    return _answer(request, html, status, headers)


def _answer(
    request: Request, html: str, status: int = 200, headers: Mapping[str, str] | None = None
) -> HTMLResponse:
    response = HTMLResponse(html, status_code=status, headers=dict(headers or {}))
    csrf.set_cookie(request, response)
    return response


def to_keep(request: Request, template: str, page: Page) -> str:
    """Return a page that may be kept for this reader: signs stand where each visit has secrets of its own."""
    frame = replace(navigation.chrome(request), csrf_token=_TOKEN, nonce=_NONCE)
    return environment().get_template(template).render(page=page, chrome=frame)


def render_kept(request: Request, html: str) -> HTMLResponse:
    """Answer with a page that was kept, with the secrets of this visit."""
    frame = navigation.chrome(request)
    return _answer(request, html.replace(_TOKEN, frame.csrf_token).replace(_NONCE, frame.nonce))


def written(request: Request, template: str, page: Page, *, block: str | None = None) -> str:
    """Return the HTML alone, for an answer that holds more."""
    values: dict[str, Any] = {"page": page, "chrome": navigation.chrome(request)}
    if block is None:
        return environment().get_template(template).render(values)
    html: str = render_block(environment(), template, block, values)
    return html


def see(request: Request, name: str, **parameters: str) -> RedirectResponse:
    """Answer a write: "it is done, now see this page" (303)."""
    return RedirectResponse(str(request.app.url_path_for(name, **parameters)), status_code=303)


def day(on: date | datetime) -> str:
    """Return a date in words.

    >>> day(date(2026, 3, 3))
    '3 March 2026'
    """
    return f"{on.day} {on:%B %Y}"


def month(on: date) -> str:
    """Return a month in words.

    >>> month(date(2026, 3, 1))
    'March 2026'
    """
    return f"{on:%B %Y}"
