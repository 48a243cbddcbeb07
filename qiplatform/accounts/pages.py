"""What is shown to sign in."""

from dataclasses import dataclass

from qiplatform.errors import Mistake, Refusal
from qiplatform.web.forms import Sent


@dataclass(frozen=True, slots=True)
class SignInPage:
    """The sign-in form, with what was typed (never the password) and what was wrong."""

    email: str
    next: str
    mistakes: tuple[Mistake, ...] = ()
    title: str = "Sign in"


def sign_in(sent: Sent, refusal: Refusal | None) -> SignInPage:
    """Return the form again as it was typed."""
    return SignInPage(sent.get("email"), sent.get("next", "/"), refusal.mistakes if refusal else ())
