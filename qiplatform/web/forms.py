"""What is typed: a sent form -> a Pydantic form, or mistakes in words, with the typed text kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic_core import ErrorDetails
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException

from qiplatform.errors import Invalid, Mistake
from qiplatform.web import csrf

MOST_FIELDS = 3000
MOST_SENT = 6_000_000
"""Bytes of a form with a file."""


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was chosen."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it was typed: text only, stripped of its CSRF token."""

    text: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    file: File | None = None
    """The file sent with it, where the form takes one."""

    def get(self, name: str, default: str = "") -> str:
        """Return the text of one field, as typed."""
        return self.text.get(name, default)


async def _sent(request: Request) -> Sent:
    return await _received(request, files=0)


async def _sent_with_file(request: Request) -> Sent:
    # Asked before anything is read: what is too large is not even received. Browsers always say how much they send.
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > MOST_SENT:
        said = f"{int(length):,} bytes" if length.isdecimal() else "an unknown number of bytes"
        words = f"What was sent has {said}; at most {MOST_SENT:,} are taken. Nothing was saved. Go back and choose a smaller file: only the columns that are needed."
        raise Invalid(words)
    return await _received(request, files=1)


async def _received(request: Request, *, files: int) -> Sent:
    try:
        form = await request.form(max_fields=MOST_FIELDS, max_files=files, max_part_size=MOST_SENT)
    except MultiPartException as error:
        words = f"The form could not be read: {error.message}"
        raise Invalid(words) from error
    given = form.get(csrf.FIELD)
    header = request.headers.get(csrf.HEADER)
    csrf.check(request, given if isinstance(given, str) else header)
    sent = _as_sent(form.multi_items())
    chosen = [value for _, value in form.multi_items() if isinstance(value, UploadFile) and value.filename]
    if chosen:
        sent = replace(sent, file=File(chosen[0].filename or "", await chosen[0].read()))
    await form.close()
    return sent


def _asked(request: Request) -> Sent:
    return _as_sent(request.query_params.multi_items())


def _as_sent(items: Iterable[tuple[str, str | UploadFile]]) -> Sent:
    lists: dict[str, tuple[str, ...]] = {}
    for name, value in items:
        if name != csrf.FIELD and not isinstance(value, UploadFile):
            lists[name] = (*lists.get(name, ()), value.replace("\x00", ""))
    return Sent({name: values[-1] for name, values in lists.items()}, lists)


SentForm = Annotated[Sent, Depends(_sent)]
"""A POST route's form. Asking for it checks the CSRF token; a POST page without it fails a house test."""

SentFile = Annotated[Sent, Depends(_sent_with_file)]
"""The same for a form with a file."""

AskedForm = Annotated[Sent, Depends(_asked)]
"""What a form sent by GET asks, from the address."""


class Form(BaseModel):
    """The base of every form: unknown fields are refused, blanks count as not typed."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _drop_blanks(cls, data: Any) -> Any:
        if not isinstance(data, Mapping):
            return data
        return {
            name: value for name, value in data.items() if not (isinstance(value, str) and not value.strip())
        }


F = TypeVar("F", bound=BaseModel)


def read(form: type[F], sent: Sent) -> F:
    """Return the form, or raise `Invalid` with a mistake for each field in the form's order."""
    values: dict[str, Any] = {}
    for name, texts in sent.lists.items():
        declared = form.model_fields.get(name)
        many = declared is not None and "tuple" in str(declared.annotation)
        values[name] = texts if many else texts[-1]
    try:
        return form.model_validate(values)
    except ValidationError as error:
        raise Invalid("Check what you typed.", *mistakes(form, error.errors())) from error


def mistakes(form: type[BaseModel], errors: list[ErrorDetails]) -> list[Mistake]:
    """Put Pydantic's errors into words for people, in the order of the form's fields."""
    order = {name: place for place, name in enumerate(form.model_fields)}
    found = sorted(
        errors, key=lambda error: order.get(str(error["loc"][0]) if error["loc"] else "", len(order))
    )
    return [Mistake("/".join(map(str, error["loc"])), words(error, _title(form, error))) for error in found]


def _title(form: type[BaseModel], error: ErrorDetails) -> str:
    name = str(error["loc"][0]) if error["loc"] else "form"
    declared = form.model_fields.get(name)
    return (declared.title if declared else None) or name.replace("_", " ")


def words(error: ErrorDetails, title: str) -> str:
    """Return one sentence that says what is wrong with a field called `title` and what to do."""
    context = error.get("ctx", {})
    lower = title[:1].lower() + title[1:]
    match error["type"]:
        case "missing":
            said = f"Enter {lower}."
        case "string_too_long":
            said = f"{title} must be {context['max_length']} characters or fewer."
        case "string_too_short":
            said = f"{title} must be at least {context['min_length']} characters."
        case "enum" | "literal_error":
            said = f"Choose {lower} from the list."
        case "extra_forbidden":
            said = f"There is no field called {title!r} here."
        case "value_error":
            said = str(context.get("error", error["msg"]))
        case kind if kind.startswith(("date", "datetime")):
            said = f"{title} must be a real date, such as 2026-03-27."
        case kind if kind.startswith(("int", "float", "decimal")):
            said = f"{title} must be a number, such as 12."
        case _:
            said = f"{title}: {error['msg']}."
    return said
