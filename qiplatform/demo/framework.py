"""The national framework as a driver diagram that one can open."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from qiplatform.accounts.models import User
from qiplatform.demo.attendances import DATA
from qiplatform.organisations.models import Organisation
from qiplatform.projects import actions, queries
from qiplatform.projects.models import DriverKind, Project
from qiplatform.projects.rules import AimParts, DriverNode


def read() -> DriverNode:
    """Return the framework as it stands in its file."""
    return tree(_framework())


def _framework() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DATA / "framework_driver_diagram.json").read_text(encoding="utf-8"))
    return found


def tree(framework: dict[str, Any]) -> DriverNode:
    """Return the framework's aim, drivers and actions; an action stands under its primary driver, as in the diagram."""
    actions_by_number = {one["n"]: one["name"] for one in framework["actions"]}

    def primary(driver: dict[str, Any]) -> DriverNode:
        secondary = [DriverNode(DriverKind.SECONDARY, text) for text in driver["secondary_drivers"]]
        ideas = [
            DriverNode(DriverKind.CHANGE_IDEA, f"{n}. {actions_by_number[n]}") for n in driver["actions"]
        ]
        return DriverNode(DriverKind.PRIMARY, f"{driver['n']}. {driver['name']}", (*secondary, *ideas))

    return DriverNode(DriverKind.AIM, framework["aim"], tuple(map(primary, framework["primary_drivers"])))


def load(db: Session, *, at: datetime, lead: User, organisation: Organisation) -> Project:
    """Register the framework as a project of its own."""
    framework = _framework()
    project = actions.register(
        db,
        by=lead,
        at=at,
        title="Developing People - Improving Care: the framework",
        problem=(
            "A driver diagram to look at: the aim, the five primary and fifteen secondary drivers and the thirteen actions of "
            f"the national framework. Source: {framework['source']}. That it stands here as a project is part of the demonstration."
        ),
        organisation_id=organisation.id,
        setting="Whole system",
        topics=("improvement capability", "leadership"),
        aim=AimParts(statement=f"{framework['aim']}."),
    )
    actions.set_drivers(db, by=lead, at=at, seen=queries.get(db, lead, project.id), tree=tree(framework))
    return project
