"""Answers that others may keep for a moment, and need not fetch again while nothing changed (RFC 9110, 13; RFC 9111)."""

import hashlib
import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime

from fastapi import Request, Response

MOST_SECONDS = 30
"""How long anything public may be kept: what is withdrawn must be gone everywhere within a minute."""
_SETTLED = timedelta(seconds=5)
"""A change this young may share its second with another that is still to come: its time is not given as `Last-Modified`."""
_TAG = re.compile(r'(?:W/)?("[^"]*")')


def open_answer(
    request: Request, body: bytes, media_type: str, *, at: datetime, changed: datetime | None = None
) -> Response:
    """Return a public answer for anyone on any site, or 304 where the reader holds the same.

    `at` is the present instant and `changed` when the newest thing in it happened.
    """
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {
        "ETag": tag,
        "Cache-Control": f"public, max-age={MOST_SECONDS}, must-revalidate",
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    settled = changed is not None and at - changed >= _SETTLED
    if changed is not None and settled:
        headers["Last-Modified"] = format_datetime(changed.astimezone(UTC), usegmt=True)
    if _is_held(request, tag, changed if settled else None):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)


def _is_held(request: Request, tag: str, changed: datetime | None) -> bool:
    if request.method != "GET":
        return False
    given = request.headers.get("if-none-match")
    if given is not None:
        # A tag says more than a time: where there is one, the time is not looked at.
        return given.strip() == "*" or tag in _TAG.findall(given)
    since = _instant(request.headers.get("if-modified-since", ""))
    return since is not None and changed is not None and changed.replace(microsecond=0) <= since


def _instant(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
