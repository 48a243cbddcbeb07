"""Who comes in: the person behind a cookie or a token."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from qiplatform.accounts import queries
from qiplatform.accounts.models import Scope, User
from qiplatform.clock import Now
from qiplatform.errors import NotAllowed, SignInNeeded
from qiplatform.store.session import Db

COOKIE = "qip_session"
_bearer = HTTPBearer(auto_error=False, description="A token from `qiplatform token add`.")


@dataclass(frozen=True, slots=True)
class ReaderName:
    """What the frame of a page knows of its reader."""

    name: str


def find_reader(request: Request, db: Db, now: Now) -> User | None:
    """Return whoever looks at the page, and leave their name for its frame."""
    secret = request.cookies.get(COOKIE)
    user = queries.signed_in(db, secret, at=now) if secret else None
    # For the frame of the page, error pages included: a copy, because a refusal rolls the session back and
    # the row can then no longer be read.
    request.state.user = ReaderName(user.name) if user else None
    return user


Reader = Annotated[User | None, Depends(find_reader)]
"""Whoever looks at the page: a person who is signed in, or None."""


def _current(reader: Reader) -> User:
    if reader is None:
        raise SignInNeeded
    return reader


CurrentUser = Annotated[User, Depends(_current)]
"""The person who is signed in; anyone else is sent to sign in."""


def _machine(
    request: Request, db: Db, given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
) -> User:
    found = queries.by_token(db, given.credentials) if given else None
    if found is None:
        words = "Send a valid token: `Authorization: Bearer ...`."
        raise SignInNeeded(words)
    user, token = found
    if request.method not in {"GET", "HEAD"} and token.scope != Scope.WRITE:
        words = "This token may only read. Use one made with `--scope write`."
        raise NotAllowed(words)
    return user


ApiUser = Annotated[User, Depends(_machine)]
"""The owner of the bearer token; a read token is refused anything that writes."""
