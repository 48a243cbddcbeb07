"""The only caller of the system clock: everything else is given the time."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends


def now() -> datetime:
    """Return the present instant, timezone-aware, in UTC."""
    return datetime.now(UTC)


Now = Annotated[datetime, Depends(now)]
"""A route's time: read once at the edge and passed inwards."""
