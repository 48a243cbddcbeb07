"""Who comes in: a measure's address and a person -> the measure, if its project is theirs to see."""

from typing import Annotated

from fastapi import Depends

from qiplatform.accounts.access import ApiUser, CurrentUser
from qiplatform.measures import queries
from qiplatform.measures.queries import SeenMeasure
from qiplatform.store.session import Db


def _visible(db: Db, user: CurrentUser, measure: str) -> SeenMeasure:
    return queries.get(db, user, measure)


VisibleMeasure = Annotated[SeenMeasure, Depends(_visible)]
"""The measure in a page's address; 404 when it is not there or not theirs."""


def _for_machine(db: Db, user: ApiUser, measure: str) -> SeenMeasure:
    return queries.get(db, user, measure)


ApiMeasure = Annotated[SeenMeasure, Depends(_for_machine)]
"""The measure in an API address."""
