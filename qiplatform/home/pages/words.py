"""Words that several pages put together in the same way."""

from collections.abc import Sequence


def listed(parts: Sequence[str]) -> str:
    """Return parts as people list them; empty when there are none.

    >>> listed(("for whom", "by when", "how good it should become"))
    'for whom, by when and how good it should become'
    """
    return " and ".join(one for one in (", ".join(parts[:-1]), parts[-1]) if one) if parts else ""
