"""What is allowed: passwords, e-mail addresses, secrets, sign-ins."""

import hashlib
import re
import secrets
from datetime import timedelta
from threading import BoundedSemaphore

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher

from qiplatform.errors import Invalid

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
SIGN_IN_LASTS = timedelta(hours=12)
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")
_hasher = PasswordHash((Argon2Hasher(),))
# Argon2id takes 64 MiB and a tenth of a second on purpose: two at once, so that a flood of sign-ins
# cannot take the machine's memory.
_two_at_once = BoundedSemaphore(2)


def check_email(email: str) -> str:
    """Return the address in the form it is kept, or refuse it."""
    kept = email.strip().lower()
    if not _EMAIL.fullmatch(kept):
        raise Invalid.one("email", "Enter an e-mail address, such as name@example.nhs.uk.")
    return kept


def check_password(password: str) -> None:
    """Refuse a password that is too short to be safe or too long to be hashed quickly."""
    if len(password) < SHORTEST_PASSWORD:
        raise Invalid.one(
            "password",
            f"Use a password of at least {SHORTEST_PASSWORD} characters; three words are easy to remember.",
        )
    if len(password) > LONGEST_PASSWORD:
        raise Invalid.one("password", f"Use a password of at most {LONGEST_PASSWORD} characters.")


def hash_password(password: str) -> str:
    """Return the Argon2id hash."""
    with _two_at_once:
        return _hasher.hash(password)


def password_fits(password: str, password_hash: str) -> bool:
    """Whether the password belongs to the hash."""
    with _two_at_once:
        try:
            return _hasher.verify(password[:LONGEST_PASSWORD], password_hash)
        except UnknownHashError:
            return False


def new_secret(prefix: str = "") -> str:
    """Return 256 random bits as text."""
    return prefix + secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def safe_next(target: str) -> str:
    r"""Return where to go after signing in: a path of this service, never another site.

    >>> safe_next("/measures/1?x=2"), safe_next("//evil.example"), safe_next("/\\evil.example")
    ('/measures/1?x=2', '/', '/')
    """
    fine = (
        target.startswith("/")
        and not target.startswith(("//", "/\\"))
        and not re.search(r"[\x00-\x20\\]", target)
    )
    return target if fine else "/"
