"""What is asked of a search, in its address. Whatever is typed is a search; nothing is refused but a page that is none."""

from typing import Annotated

from fastapi import Depends, Query

from qiplatform.search.models import Facet
from qiplatform.search.rules import LAST_PAGE

Text = Annotated[str, Query()]


class Asked:
    """A search as asked."""

    def __init__(
        self,
        *,
        q: Text = "",
        setting: Text = "",
        topic: Text = "",
        organisation: Text = "",
        result: Text = "",
        method: Text = "",
        page: Annotated[str, Query()] = "1",
    ) -> None:
        """Keep what was typed; NULs, which no database takes, are dropped."""
        self.q = q.replace("\x00", "")
        given = zip(
            (Facet.SETTING, Facet.TOPIC, Facet.ORGANISATION, Facet.RESULT, Facet.METHOD),
            (setting, topic, organisation, result, method),
            strict=True,
        )
        self.chosen = {
            facet: kept for facet, text in given if (kept := text.replace("\x00", "").strip()[:200])
        }
        self.page = min(max(int(page), 1), LAST_PAGE) if page.isdecimal() and len(page) < 6 else 1  # noqa: PLR2004 - digits of the last page


AskedSearch = Annotated[Asked, Depends(Asked)]
"""A search in a page's or an API call's address."""
