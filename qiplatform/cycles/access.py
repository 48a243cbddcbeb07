"""Who comes in: a cycle's address and a person -> the cycle, if its project is theirs to see."""

from typing import Annotated

from fastapi import Depends

from qiplatform.accounts.access import ApiUser, CurrentUser
from qiplatform.cycles import queries
from qiplatform.cycles.queries import SeenCycle
from qiplatform.store.session import Db


def _visible(db: Db, user: CurrentUser, cycle: str) -> SeenCycle:
    return queries.get(db, user, cycle)


VisibleCycle = Annotated[SeenCycle, Depends(_visible)]
"""The cycle in a page's address; 404 when it is not there or not theirs."""


def _for_machine(db: Db, user: ApiUser, cycle: str) -> SeenCycle:
    return queries.get(db, user, cycle)


ApiCycle = Annotated[SeenCycle, Depends(_for_machine)]
"""The cycle in an API address."""
