"""The landing of a taken-up idea: what was copied, and the first test to be completed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qiplatform.errors import Mistake, Refusal
from qiplatform.learning.pages.public import first_words
from qiplatform.measures.models import Measure
from qiplatform.projects.models import Project
from qiplatform.store.base import new_id
from qiplatform.web.forms import Sent


@dataclass(frozen=True, slots=True)
class AdoptedPage:
    """What was copied into a project begun with a published idea, and the first test to be completed."""

    title: str
    project: str
    where: tuple[tuple[str, str], ...]
    action: str
    href: str
    credit: str
    copied: tuple[str, ...]
    typed: Mapping[str, str]
    their_prediction: str
    once: str
    mistakes: tuple[Mistake, ...] = ()
    words: str = ""


def adopted(
    project: Project,
    content: Mapping[str, Any],
    measures: Sequence[Measure],
    sent: Sent | None = None,
    refusal: Refusal | None = None,
) -> AdoptedPage:
    """Return the landing of a taken-up idea: what was copied, and the first test with an empty prediction."""
    first = content["cycles"][0] if content["cycles"] else {}
    typed = {name: first.get(name, "") for name in ("change_idea", "questions", "plan", "data_plan")}
    return AdoptedPage(
        title="You have taken up this idea",
        project=project.title,
        where=(("Projects", "/projects"), (project.title, f"/projects/{project.id}")),
        action=f"/projects/{project.id}/adopted",
        href=f"/projects/{project.id}",
        credit=project.credit_words,
        copied=(
            "the driver diagram, with every change idea still to be tried",
            *(f"the measure “{one.name}”: its definition, not its numbers" for one in measures),
            *(("the plan of their first test, below",) if first else ()),
        ),
        typed=dict(sent.text) if sent else typed,
        their_prediction=first_words(first.get("prediction", "")),
        once=sent.get("once") if sent else new_id(),
        mistakes=refusal.mistakes if refusal else (),
        words=refusal.words if refusal else "",
    )
