"""Numbers in JSON exactly as they were written: 12.50 is not 12.5."""

import json
from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic import BeforeValidator, Field


class _Written(str):
    """A JSON number with a fraction or an exponent, as it was written."""

    __slots__ = ()


def _no_number(name: str) -> object:
    words = f"{name} is not a number"
    raise json.JSONDecodeError(words, name, 0)


class _ExactRequest(Request):
    async def json(self) -> Any:
        """Read the body without turning numbers into floats."""
        if not hasattr(self, "_json"):
            body = await self.body()
            self._json = json.loads(body, parse_float=_Written, parse_int=_Written, parse_constant=_no_number)
        return self._json


class ExactRoute(APIRoute):
    """A route whose JSON body keeps every number as text; fields that want a number still read it."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Hand the exact request to the usual handler."""
        handle = super().get_route_handler()

        async def exact(request: Request) -> Response:
            return await handle(_ExactRequest(request.scope, request.receive))

        return exact


def _as_text(found: object) -> object:
    if found is None:
        return ""
    if isinstance(found, str):
        return found.strip()
    words = "Send a number, or a text that is one."
    raise ValueError(words)


def _only_text(found: object) -> object:
    if isinstance(found, _Written):
        words = "Send a text here, not a number."
        raise ValueError(words)  # noqa: TRY004 - Pydantic turns a ValueError into a mistake at the field
    return found


Number = Annotated[
    str, BeforeValidator(_as_text, json_schema_input_type=str | float | None), Field(max_length=200)
]
"""A number as JSON number or text, kept as written; null and an empty text are no number."""
Text = Annotated[str, BeforeValidator(_only_text)]
"""A text; a JSON number is refused."""
