"""What must still be true when a change from another machine arrives: the version it was made on (RFC 9110, section 13)."""

import re

from fastapi import Response

from qiplatform.errors import Invalid, Refusal

_ETAG = re.compile(r'(?:W/)?"?(\d{1,9})"?')


class VersionNeeded(Refusal):
    """A change that does not say on which version it was made would overwrite blindly (RFC 6585, section 3)."""

    status = 428
    title = "Say which version you changed"


def expected_version(if_match: str) -> int:
    """Return the version in an `If-Match` header; refuse when it is missing or is no version.

    >>> expected_version('"12"')
    12
    """
    if not if_match.strip():
        words = "Send the ETag you read as If-Match, so that nobody's change is overwritten."
        raise VersionNeeded(words)
    found = _ETAG.fullmatch(if_match.strip())
    if found is None:
        raise Invalid.one("If-Match", 'Send the ETag as you read it, such as "3".')
    return int(found[1])


def show_version(response: Response, version: int) -> None:
    """Tell the reader which version this is."""
    response.headers["ETag"] = f'"{version}"'
