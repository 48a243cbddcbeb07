"""One way to write a record, so that a signature can be checked by whoever reads it: the JSON of RFC 8785 without fractions.

Our records hold texts, whole numbers, true, false and null. Fractions are refused: how they are written is where implementations differ.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

LARGEST = 2**53 - 1
"""The largest whole number that every reader of JSON keeps exactly (RFC 8785, section 3.2.2.3)."""
DEEPEST = 20


class NotCanonical(ValueError):
    """A value that cannot be written in one way, or a text that is not one value."""


def canonical(value: Any, *, depth: int = 0) -> bytes:
    """Return the canonical form: names in the order of their UTF-16 units, no spaces, nothing escaped that need not be.

    >>> canonical({"b": 1, "a": ["é", None, True]}).decode()
    '{"a":["é",null,true],"b":1}'
    """
    try:
        return _written(value, depth).encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotCanonical("a text holds half a character") from error


def read(body: bytes) -> Any:
    """Return the value a body holds; a name that stands twice, a fraction and depth without end are refused."""
    try:
        return json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_once,
            parse_float=_no_fraction,
            parse_constant=_no_fraction,
        )
    except (ValueError, RecursionError) as error:
        raise NotCanonical(str(error)[:200]) from error


def _written(value: Any, depth: int) -> str:
    if depth > DEEPEST:
        raise NotCanonical("too deep")
    if value is None or isinstance(value, bool | str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise NotCanonical("a number is too large")
        return str(value)
    if isinstance(value, Mapping):
        names = sorted(_texts(value), key=lambda name: name.encode("utf-16-be", "surrogatepass"))
        parts = (f"{_written(name, depth)}:{_written(value[name], depth + 1)}" for name in names)
        return "{" + ",".join(parts) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(_written(one, depth + 1) for one in value) + "]"
    message = f"{type(value).__name__} has no canonical form here"
    raise NotCanonical(message)


def _texts(names: Iterable[Any]) -> list[str]:
    found = list(names)
    if not all(isinstance(name, str) for name in found):
        raise NotCanonical("a name is no text")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise NotCanonical("a name stands twice")
    return found


def _no_fraction(text: str) -> Any:
    words = f"{text[:20]} is no whole number"
    raise NotCanonical(words)
