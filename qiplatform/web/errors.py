"""The error table: every refusal becomes a kind page, or a problem document (RFC 9457) for other machines."""

import logging
from dataclasses import dataclass
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from sqlalchemy.orm.exc import StaleDataError
from starlette.exceptions import HTTPException

from qiplatform.errors import Invalid, Mistake, NotFound, Refusal, SignInNeeded, Stale
from qiplatform.web.forms import words
from qiplatform.web.rendering import render
from qiplatform.web.security_headers import TooLarge

log = logging.getLogger(__name__)
API = "/api/"


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What an error page prints."""

    title: str
    words: str
    mistakes: tuple[Mistake, ...] = ()


class _Plain(Refusal):
    """An error that the framework raised, in our words."""

    def __init__(self, status: int, title: str, words: str) -> None:
        super().__init__(words)
        self.status, self.title = status, title


def answer(request: Request, refusal: Refusal) -> Response:
    """Return the page or the document that tells of a refusal."""
    if request.url.path.startswith(API):
        return problem(refusal)
    if isinstance(refusal, SignInNeeded):
        target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        query = f"?next={quote(target)}" if request.method == "GET" and target != "/" else ""
        return RedirectResponse(f"/sign-in{query}", status_code=303)
    page = ErrorPage(refusal.title, refusal.words, refusal.mistakes)
    return render(request, "errors/error.jinja", page, status=refusal.status)


def problem(refusal: Refusal, **more: object) -> JSONResponse:
    """Return `application/problem+json`; `more` are members of one kind of problem's own."""
    body = {
        "type": "about:blank",
        "title": refusal.title,
        "status": refusal.status,
        "detail": refusal.words,
        "errors": [{"at": one.at, "message": one.message} for one in refusal.mistakes],
        **more,
    }
    headers = {"WWW-Authenticate": "Bearer"} if refusal.status == 401 else None
    return JSONResponse(body, refusal.status, headers, media_type="application/problem+json")


def _on_refusal(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)  # noqa: S101 - the table below sends only refusals here
    return answer(request, error)


def _on_unreadable(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - as above
    found = []
    for one in error.errors():
        place = [str(part) for part in one["loc"]]
        inside = place[1:] if place and place[0] in {"body", "query", "path", "header"} else place
        if one["type"] == "json_invalid":
            found.append(Mistake("", "The body is not valid JSON."))
            continue
        found.append(Mistake("/".join(inside), words(one, inside[-1] if inside else "body")))
    return answer(request, Invalid("What was sent could not be read.", *found))


def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - as above
    if error.status_code == 404:
        return answer(request, NotFound())
    if error.status_code == 405:
        return answer(
            request, _Plain(405, "Not possible here", "This address does not take that kind of request.")
        )
    return answer(request, _Plain(error.status_code, "This could not be done", str(error.detail)))


def _on_stale(request: Request, error: Exception) -> Response:
    del error
    return answer(
        request,
        Stale("Somebody else changed this a moment ago. Reload to see it, then make your change again."),
    )


def _on_too_large(request: Request, error: Exception) -> Response:
    del error
    return answer(
        request,
        _Plain(
            413,
            "That is too much at once",
            "More than 12 MB was sent. Nothing was saved. Send it in smaller parts.",
        ),
    )


def _on_fault(request: Request, error: Exception) -> Response:
    log.error("fault at %s %s", request.method, request.url.path, exc_info=error)
    words_ = "Something went wrong on our side. Nothing you typed before was lost; the fault has been noted. Try again in a minute."
    return answer(request, _Plain(500, "Something went wrong", words_))


def install(app: FastAPI) -> None:
    """Put the table in place."""
    app.add_exception_handler(Refusal, _on_refusal)
    app.add_exception_handler(RequestValidationError, _on_unreadable)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(StaleDataError, _on_stale)
    app.add_exception_handler(TooLarge, _on_too_large)
    app.add_exception_handler(Exception, _on_fault)
