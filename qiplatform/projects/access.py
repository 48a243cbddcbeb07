"""Who comes in: a project's address and a person -> the project, if it is theirs to see."""

from typing import Annotated

from fastapi import Depends

from qiplatform.accounts.access import ApiUser, CurrentUser
from qiplatform.projects import queries
from qiplatform.projects.queries import Seen
from qiplatform.store.session import Db


def _visible(db: Db, user: CurrentUser, project: str) -> Seen:
    return queries.get(db, user, project)


VisibleProject = Annotated[Seen, Depends(_visible)]
"""The project in a page's address; 404 when it is not there or not theirs."""


def _for_machine(db: Db, user: ApiUser, project: str) -> Seen:
    return queries.get(db, user, project)


ApiProject = Annotated[Seen, Depends(_for_machine)]
"""The project in an API address."""
