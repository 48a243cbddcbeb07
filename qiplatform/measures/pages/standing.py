"""Measures' pages as they were made for a reader, kept while nothing that they show has changed.

Who may see what is asked of the database at every visit; only the making of the page is spared.
"""

from datetime import date, datetime

from qiplatform.accounts.models import User
from qiplatform.measures.pages.kept import Kept
from qiplatform.measures.queries import SeenMeasure

_MOST_PAGES = 128
Key = tuple[str, int, int, str, str, str, tuple[str, ...], date, str, bool, bool]
PAGES: Kept[Key, tuple[str, datetime | None]] = Kept(_MOST_PAGES)


def key(reader: User, now: datetime, seen: SeenMeasure, *, palette: str, many: bool, replacing: bool) -> Key:
    """Return everything a page depends on: numbers, decisions and bands count in `data_version`, the definition in `version`."""
    one, project = seen.measure, seen.project
    roles = tuple(sorted(str(role) for role in project.roles))
    versions = (one.id, one.data_version, one.version)
    return (
        *versions,
        project.project.title,
        reader.id,
        reader.name,
        roles,
        now.date(),
        palette,
        many,
        replacing,
    )


def find(wanted: Key, now: datetime) -> str | None:
    """Return a page that still holds."""
    html, until = PAGES.find(wanted) or (None, None)
    return None if until is not None and until <= now else html


def keep(made: Key, html: str, until: datetime | None) -> None:
    """Keep a page; until a moment, where it says something that passes."""
    PAGES.keep(made, (html, until))
