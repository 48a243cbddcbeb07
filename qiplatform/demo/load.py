"""Loads the demo, all of it or nothing, in one transaction."""

from datetime import UTC, datetime

from qiplatform.demo import adopters, framework, people, published, waits, winter
from qiplatform.organisations import actions as organisations
from qiplatform.store.session import Store

BEGAN = datetime(2016, 3, 14, 9, 0, tzinfo=UTC)
"""The demo's own clock begins with its data."""
HOME, ELSEWHERE = "Demonstration Hospital Trust", "Demonstration Improvement Network"


def load(store: Store) -> bool:
    """Load the demo and return True, or False when it is there already and nothing was changed."""
    with store.session() as db:
        if people.are_here(db):
            return False
        home = organisations.add(db, at=BEGAN, name=HOME)
        elsewhere = organisations.add(db, at=BEGAN, name=ELSEWHERE)
        everybody = people.add(db, at=BEGAN, home=home, elsewhere=elsewhere)
        framework.load(db, at=BEGAN, lead=everybody[people.LEAD], organisation=home)
        shorter = waits.load(db, people=everybody, organisation=home)
        winter.load(db, people=everybody, organisation=home)
        waits.decide(db, people=everybody, waits=shorter)
        waits.finish(db, people=everybody, waits=shorter)
        report_id = published.load(db, people=everybody, waits=shorter)
        adopters.load(db, people=everybody, report_id=report_id)
    return True
