"""Refusals: what the platform says when it does not do as asked, in words fit for the user.

Every refusal carries an HTTP status, a sentence that says what happened and what to do next, and,
for input, the place of each mistake. The web layer turns them into a page or a problem document.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing to put right: where it stands (`title`, `points/3/numerator`) and what to do about it."""

    at: str
    message: str


class Refusal(Exception):
    """The base of every refusal; never raised itself."""

    status = 400
    title = "This could not be done"

    def __init__(self, words: str, *mistakes: Mistake) -> None:
        """Keep the sentence for the user and the mistakes, in the order of the form."""
        super().__init__(words)
        self.words = words
        self.mistakes = mistakes


class Invalid(Refusal):
    """What was sent cannot be read as what was asked for: nothing was written."""

    status = 422
    title = "There is a problem with what was typed"

    @classmethod
    def one(cls, at: str, message: str) -> "Invalid":
        """Refuse for a single mistake."""
        return cls(message, Mistake(at, message))


class NotNow(Refusal):
    """Readable and allowed, but not in the present state of the thing."""

    status = 409
    title = "Not just now"


class Stale(NotNow):
    """Somebody else changed the thing since it was read: both versions are kept in view."""

    status = 412
    title = "This was changed while you were working on it"


class NotAllowed(Refusal):
    """The person may see the thing but not do this to it."""

    status = 403
    title = "You cannot do this"


class NotFound(Refusal):
    """Not there, or not for this person to know that it is there: the two look the same."""

    status = 404
    title = "Page not found"

    def __init__(self, words: str = "There is nothing here that you can open.") -> None:
        """Say the same for everything that is missing or hidden."""
        super().__init__(words)


class SignInNeeded(Refusal):
    """The page is for people who are signed in."""

    status = 401
    title = "Sign in to continue"

    def __init__(self, words: str = "Sign in to open this page.") -> None:
        """Ask for a sign-in (pages) or a token (other machines)."""
        super().__init__(words)
