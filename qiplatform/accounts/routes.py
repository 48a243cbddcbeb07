"""Where signing in and out is."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from qiplatform.accounts import actions, pages, rules
from qiplatform.accounts.access import COOKIE, CurrentUser, Reader
from qiplatform.accounts.forms import SignInForm
from qiplatform.clock import Now
from qiplatform.store.session import Db, attempt
from qiplatform.web.forms import Sent, SentForm, read
from qiplatform.web.rendering import render

router = APIRouter()


@router.get("/sign-in", name="accounts:sign_in")
def show_sign_in(request: Request, reader: Reader, next: str = "/") -> Response:  # noqa: A002 - the word in the address
    """Show the form, or go on when already signed in."""
    if reader is not None:
        return RedirectResponse(rules.safe_next(next), status_code=303)
    return render(request, "accounts/sign_in.jinja", pages.sign_in(Sent({"next": next}), None))


@router.post("/sign-in", name="accounts:do_sign_in")
def sign_in(request: Request, db: Db, now: Now, sent: SentForm) -> Response:
    """Sign in and go where the person was going."""
    with attempt(db) as tried:
        form = read(SignInForm, sent)
        secret = actions.sign_in(db, at=now, email=form.email, password=form.password.get_secret_value())
    if tried.refusal is not None:
        page = pages.sign_in(sent, tried.refusal)
        return render(request, "accounts/sign_in.jinja", page, status=tried.refusal.status)
    answer = RedirectResponse(rules.safe_next(form.next), status_code=303)
    https = request.app.state.settings.public_url.startswith("https://")
    lasts = int(rules.SIGN_IN_LASTS.total_seconds())
    answer.set_cookie(COOKIE, secret, max_age=lasts, httponly=True, samesite="lax", secure=https, path="/")
    return answer


@router.post("/sign-out", name="accounts:sign_out")
def sign_out(request: Request, db: Db, now: Now, user: CurrentUser, sent: SentForm) -> Response:
    """Sign out of this browser."""
    del sent  # asked for so that its token is checked
    actions.sign_out(db, at=now, by=user, secret=request.cookies[COOKIE])
    answer = RedirectResponse("/", status_code=303)
    answer.delete_cookie(COOKIE, path="/")
    return answer
