"""What is shown of projects."""

from qiplatform.projects.pages.course import Move, MovePage, PastMove, move
from qiplatform.projects.pages.documents import as_json, tree_as_json
from qiplatform.projects.pages.drivers import Box, DriversPage, boxes, drivers
from qiplatform.projects.pages.editing import EditPage, StartPage, edit, start
from qiplatform.projects.pages.listing import Card, ListPage, card, listed
from qiplatform.projects.pages.team import Person, TeamPage, team
from qiplatform.projects.pages.words import IDEA_STATES, ROLES, STAGES, address

__all__ = [
    "IDEA_STATES",
    "ROLES",
    "STAGES",
    "Box",
    "Card",
    "DriversPage",
    "EditPage",
    "ListPage",
    "Move",
    "MovePage",
    "PastMove",
    "Person",
    "StartPage",
    "TeamPage",
    "address",
    "as_json",
    "boxes",
    "card",
    "drivers",
    "edit",
    "listed",
    "move",
    "start",
    "team",
    "tree_as_json",
]
