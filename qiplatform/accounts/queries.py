"""What is asked of people."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from qiplatform.accounts.models import ApiToken, SignIn, User
from qiplatform.accounts.rules import digest


def by_email(db: Session, email: str) -> User | None:
    """Return the person with this address."""
    return db.scalar(select(User).where(User.email == email.strip().lower()))


def signed_in(db: Session, secret: str, *, at: datetime) -> User | None:
    """Return the person whose browser holds this secret, unless the sign-in ended or they are suspended."""
    return db.scalar(
        select(User)
        .join(SignIn, SignIn.user_id == User.id)
        .where(SignIn.token_hash == digest(secret), SignIn.ends_at > at, User.suspended_at.is_(None))
    )


def by_token(db: Session, token: str) -> tuple[User, ApiToken] | None:
    """Return the owner of an API token and the token, unless it was withdrawn or the owner is suspended."""
    row = db.execute(
        select(User, ApiToken)
        .join(ApiToken, ApiToken.user_id == User.id)
        .where(
            ApiToken.token_hash == digest(token), ApiToken.withdrawn_at.is_(None), User.suspended_at.is_(None)
        )
    ).first()
    return None if row is None else (row[0], row[1])


def names(db: Session, ids: set[str]) -> dict[str, str]:
    """Return the names of people by id, in one query."""
    if not ids:
        return {}
    return {row.id: row.name for row in db.execute(select(User.id, User.name).where(User.id.in_(ids)))}
