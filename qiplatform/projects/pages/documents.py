"""Projects as other machines read them."""

from typing import Any

from qiplatform.projects import rules
from qiplatform.projects.models import Project
from qiplatform.projects.pages.words import address
from qiplatform.projects.rules import DriverNode


def as_json(project: Project, base_url: str) -> dict[str, Any]:
    """Return a project as other machines read it."""
    return {
        "id": project.id,
        "url": base_url + address(project),
        "title": project.title,
        "status": project.status.value,
        "problem": project.problem,
        "aim": {
            "measure_of_success": project.measure_of_success,
            "baseline": project.baseline,
            "goal": project.goal,
            "by": project.by_on.isoformat() if project.by_on else None,
            "for_whom": project.for_whom,
            "statement": project.statement,
            "sentence": rules.aim_sentence(project),
            "missing": list(rules.missing_parts(project)),
        },
        "organisation": project.organisation_id,
        "setting": project.setting,
        "topics": project.topics,
        "credit": {"report": project.credit_report_id, "words": project.credit_words}
        if project.credit_report_id
        else None,
        "version": project.version,
    }


def tree_as_json(tree: DriverNode | None) -> dict[str, Any] | None:
    """Return a driver diagram as other machines read it."""
    if tree is None:
        return None
    return {
        "id": tree.id,
        "kind": tree.kind.value,
        "text": tree.text,
        "state": tree.state.value if tree.state else None,
        "children": [tree_as_json(child) for child in tree.children],
    }
