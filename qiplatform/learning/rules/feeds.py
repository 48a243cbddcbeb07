"""What a feed may be narrowed by and how far back it was read: pure functions of what was published or sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from qiplatform.errors import Invalid
from qiplatform.learning.models import PublicFacet

LONGEST_VALUE = 200
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LAST = int((datetime(9999, 1, 1, tzinfo=UTC) - _EPOCH) / _MICROSECOND)
_LONGEST_ID = 20


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a list ordered by time and then by id: everything is either before or after it."""

    at: datetime
    report_id: str

    def __str__(self) -> str:
        """Return it as it stands in an address: microseconds since 1970, and the id."""
        return f"{(self.at - _EPOCH) // _MICROSECOND}-{self.report_id}"


def read_place(text: str) -> Place:
    """Return the place an address names, or refuse an address that we did not write.

    >>> str(read_place("1772528400000000-0123456789abcdefghjk"))
    '1772528400000000-0123456789abcdefghjk'
    """
    number, _, report_id = text.partition("-")
    known = number.isascii() and number.isdigit() and len(number) <= len(str(_LAST))
    if not known or int(number) > _LAST or not report_id.isalnum() or not report_id.isascii():
        raise Invalid.one("before", "This is no page of the feed. Begin at its first page.")
    if len(report_id) > _LONGEST_ID:
        raise Invalid.one("before", "This is no page of the feed. Begin at its first page.")
    return Place(_EPOCH + int(number) * _MICROSECOND, report_id)


def facets_of(content: Mapping[str, Any]) -> list[tuple[PublicFacet, str]]:
    """Return what a published report can be asked for by; the same value once.

    >>> facets_of(
    ...     {
    ...         "result": "worse",
    ...         "setting": " Ward",
    ...         "organisation": "",
    ...         "topics": ["falls"] * 2,
    ...         "methods": [],
    ...     }
    ... )
    [(<PublicFacet.RESULT: 'result'>, 'worse'), (<PublicFacet.SETTING: 'setting'>, 'Ward'), (<PublicFacet.TOPIC: 'topic'>, 'falls')]
    """
    found = [
        (PublicFacet.RESULT, content["result"]),
        (PublicFacet.SETTING, content["setting"]),
        (PublicFacet.ORGANISATION, content["organisation"]),
        *((PublicFacet.TOPIC, topic) for topic in content["topics"]),
        *((PublicFacet.METHOD, method) for method in content["methods"]),
    ]
    return list(
        dict.fromkeys((facet, kept) for facet, value in found if (kept := value.strip()[:LONGEST_VALUE]))
    )
