"""What a project says of itself: the line that starts it, and the form of all the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qiplatform.errors import Mistake, Refusal, Stale
from qiplatform.organisations.models import Organisation
from qiplatform.projects import rules
from qiplatform.projects.pages.words import Words, address, said
from qiplatform.projects.queries import Seen
from qiplatform.store.base import new_id
from qiplatform.web.forms import Sent

FIELDS = {
    "title": "Title",
    "problem": "What is not as it should be",
    "measure_of_success": "What will be measured",
    "for_whom": "For whom",
    "baseline": "From what starting point",
    "goal": "How good it should become",
    "by_on": "By when",
    "statement": "The aim in your own sentence",
    "setting": "Setting",
    "topics": "Topics",
}
"""What each field is called where both versions are shown."""


@dataclass(frozen=True, slots=True)
class StartPage:
    """The one line that starts a project."""

    typed: Sent
    organisations: tuple[Words, ...]
    once: str
    mistakes: tuple[Mistake, ...]
    words: str
    title: str = "Start a project"


@dataclass(frozen=True, slots=True)
class EditPage:
    """The form of everything a project says of itself."""

    project: str
    href: str
    typed: Sent
    aim: str
    missing: tuple[str, ...]
    version: int
    theirs: tuple[Words, ...]
    mistakes: tuple[Mistake, ...]
    words: str
    title: str = "Project and aim"


def start(sent: Sent, mine: Sequence[Organisation], refusal: Refusal | None) -> StartPage:
    """Return the form that starts a project."""
    places = tuple((one.id, one.name) for one in mine) if len(mine) > 1 else ()
    return StartPage(sent, places, sent.get("once") or new_id(), *said(refusal))


def edit(seen: Seen, sent: Sent | None, refusal: Refusal | None) -> EditPage:
    """Return the form of a project, with what is kept or what was typed."""
    project = seen.project
    kept = {
        "title": project.title,
        "problem": project.problem,
        "measure_of_success": project.measure_of_success,
        "for_whom": project.for_whom,
        "baseline": project.baseline,
        "goal": project.goal,
        "by_on": project.by_on.isoformat() if project.by_on else "",
        "statement": project.statement,
        "setting": project.setting,
        "topics": ", ".join(project.topics),
    }
    return EditPage(
        project.title,
        address(project),
        sent or Sent(kept),
        rules.aim_sentence(project),
        rules.missing_parts(project),
        project.version,
        _theirs(kept, sent) if sent and isinstance(refusal, Stale) else (),
        *said(refusal),
    )


def _theirs(kept: Mapping[str, str], sent: Sent) -> tuple[Words, ...]:
    """Return what somebody else saved meanwhile, by field, where it differs from what was typed."""
    return tuple(
        (FIELDS[name], text or "nothing")
        for name, text in kept.items()
        if text.strip() != sent.get(name).strip()
    )
