"""What a template gets for a name that is not there."""

import inspect
from collections.abc import Iterator
from typing import Any

from jinja2 import ChainableUndefined, UndefinedError

_THEIRS = "nhsuk_frontend_jinja"


class Undefined(ChainableUndefined):
    """Chains and stays silent inside the NHS macros, which need that; refuses to be printed or walked by ours.

    A page object that lacks what its template prints is a fault of ours, and a blank would hide it. Asking
    whether the thing is there (`if page.goal`, `page.goal is defined`, `page.goal | default("-")`) is allowed.
    """

    def __str__(self) -> str:
        """Return nothing to the NHS macros, and raise in a template of ours."""
        self._refuse_in_ours()
        return ""

    def __html__(self) -> str:
        """Print like `str`."""
        return str(self)

    def __iter__(self) -> Iterator[Any]:
        """Walk over nothing in the NHS macros, and raise in a template of ours."""
        self._refuse_in_ours()
        return iter(())

    def __len__(self) -> int:
        """Count nothing in the NHS macros, and raise in a template of ours."""
        self._refuse_in_ours()
        return 0

    def __bool__(self) -> bool:
        """Say no: a template may ask whether a thing is there."""
        return False

    def _refuse_in_ours(self) -> None:
        frame = inspect.currentframe()
        while frame is not None and not frame.f_code.co_filename.endswith((".jinja", "<template>")):
            frame = frame.f_back
        if frame is None or _THEIRS not in frame.f_code.co_filename:
            raise UndefinedError(self._undefined_message)
