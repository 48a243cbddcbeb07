"""Proof that a form was sent from one of our own pages.

The token is a keyed hash of a random cookie that only the person's browser holds. It does not change
at sign-in or sign-out, so that a form typed while signed out by time still goes through after signing in.
`Sec-Fetch-Site` is checked as well where the browser sends it.
"""

import hashlib
import hmac
import secrets

from fastapi import Request, Response

from qiplatform.errors import NotAllowed

FIELD = "csrf_token"
HEADER = "x-csrf-token"
_WORDS = "This form had been open too long, or was not sent from this service. Go back, reload the page and send it again."


def token(request: Request) -> str:
    """Return the token for this browser, making the visit's cookie when there is none yet."""
    secret = request.cookies.get(_cookie(request)) or getattr(request.state, "new_visit", None)
    if not secret:
        secret = request.state.new_visit = secrets.token_urlsafe(24)
    return _sign(request, secret)


def set_cookie(request: Request, response: Response) -> None:
    """Give the browser its visit cookie when `token` had to make one."""
    if new := getattr(request.state, "new_visit", None):
        response.set_cookie(
            _cookie(request), new, httponly=True, samesite="lax", secure=_https(request), path="/"
        )


def check(request: Request, sent: str | None) -> None:
    """Refuse a form from elsewhere."""
    secret = request.cookies.get(_cookie(request))
    elsewhere = request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}
    if elsewhere or not secret or not sent or not hmac.compare_digest(_sign(request, secret), sent):
        raise NotAllowed(_WORDS)


def _https(request: Request) -> bool:
    https: bool = request.app.state.settings.public_url.startswith("https://")
    return https


def _cookie(request: Request) -> str:
    # The prefix makes browsers refuse the cookie from a neighbouring host name; it needs https.
    return "__Host-qip_visit" if _https(request) else "qip_visit"


def _sign(request: Request, secret: str) -> str:
    key: str = request.app.state.settings.secret_key
    return hmac.new(key.encode(), b"csrf:" + secret.encode(), hashlib.sha256).hexdigest()
