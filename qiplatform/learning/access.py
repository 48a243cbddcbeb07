"""Who comes in: a report's address and a person -> the report, if it is theirs to see."""

from typing import Annotated

from fastapi import Depends, Request

from qiplatform.accounts.access import ApiUser, CurrentUser
from qiplatform.learning import queries
from qiplatform.learning.pages import feeds
from qiplatform.learning.queries import SeenReport
from qiplatform.store.session import Db


def _visible(db: Db, user: CurrentUser, report: str) -> SeenReport:
    return queries.get(db, user, report)


VisibleReport = Annotated[SeenReport, Depends(_visible)]
"""The report in a page's address: its team's and their coaches', and a curator's once it was sent."""


def _for_machine(db: Db, user: ApiUser, report: str) -> SeenReport:
    return queries.get(db, user, report)


ApiReport = Annotated[SeenReport, Depends(_for_machine)]
"""The report in an API address."""


def _site(request: Request) -> feeds.Site:
    settings = request.app.state.settings
    return feeds.Site(settings.public_url, settings.name, settings.contact)


OurSite = Annotated[feeds.Site, Depends(_site)]
"""This installation as feeds and other installations know it."""
