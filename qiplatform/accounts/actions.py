"""What is done: accounts made, people signed in and out, tokens given."""

from datetime import datetime
from functools import cache

from sqlalchemy import delete
from sqlalchemy.orm import Session

from qiplatform.accounts import queries, rules
from qiplatform.accounts.models import ApiToken, Scope, SignIn, User
from qiplatform.errors import Invalid
from qiplatform.store import audit


@cache
def _nobody() -> str:
    # The hash of a password nobody has: an unknown address takes as long to refuse as a wrong password.
    return rules.hash_password(rules.new_secret())


def add(db: Session, *, at: datetime, email: str, name: str, password: str, is_curator: bool = False) -> User:
    """Make an account; refuse an address that has one."""
    email = rules.check_email(email)
    rules.check_password(password)
    if queries.by_email(db, email) is not None:
        raise Invalid.one("email", f"There is already an account for {email}.")
    user = User(
        email=email,
        name=name,
        password_hash=rules.hash_password(password),
        is_curator=is_curator,
        joined_at=at,
    )
    db.add(user)
    db.flush()
    audit.record(db, at=at, by=None, action="accounts.add", subject=user.id)
    return user


def sign_in(db: Session, *, at: datetime, email: str, password: str) -> str:
    """Return the secret for the browser's cookie, or refuse without saying which of the two was wrong."""
    user = queries.by_email(db, email)
    fits = rules.password_fits(password, user.password_hash if user else _nobody())
    if user is None or not fits or user.suspended_at is not None:
        raise Invalid.one(
            "email", "The e-mail address or the password is not right. Check both and try again."
        )
    return begin(db, at=at, user=user)


def begin(db: Session, *, at: datetime, user: User) -> str:
    """Open a new sign-in with a secret of its own."""
    secret = rules.new_secret()
    db.execute(delete(SignIn).where(SignIn.user_id == user.id, SignIn.ends_at <= at))
    db.add(
        SignIn(
            token_hash=rules.digest(secret), user_id=user.id, began_at=at, ends_at=at + rules.SIGN_IN_LASTS
        )
    )
    audit.record(db, at=at, by=user.id, action="accounts.sign_in", subject=user.id)
    return secret


def sign_out(db: Session, *, at: datetime, by: User, secret: str) -> None:
    """End the sign-in of this browser."""
    db.execute(delete(SignIn).where(SignIn.token_hash == rules.digest(secret)))
    audit.record(db, at=at, by=by.id, action="accounts.sign_out", subject=by.id)


def give_token(db: Session, *, at: datetime, user: User, scope: Scope, name: str = "") -> str:
    """Return a new API token; it is shown this once."""
    token = rules.new_secret("qip_")
    row = ApiToken(token_hash=rules.digest(token), user_id=user.id, scope=scope, name=name, made_at=at)
    db.add(row)
    db.flush()
    audit.record(db, at=at, by=user.id, action="accounts.give_token", subject=row.id, scope=scope.value)
    return token
