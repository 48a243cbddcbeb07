"""What the published tables tell together: an attacker who knows everything public, and the points left out because of him."""

from qiplatform.learning.rules.disclosure.attacker import Component, components, is_tree, narrow, solved
from qiplatform.learning.rules.disclosure.guard import LeftOut, Narrowed, Outcome, guarded
from qiplatform.learning.rules.disclosure.relations import Found, relations
from qiplatform.learning.rules.disclosure.tables import SMALL, Cell, Range, Table, told

__all__ = [
    "SMALL",
    "Cell",
    "Component",
    "Found",
    "LeftOut",
    "Narrowed",
    "Outcome",
    "Range",
    "Table",
    "components",
    "guarded",
    "is_tree",
    "narrow",
    "relations",
    "solved",
    "told",
]
