"""What is allowed of a cycle: its course as a table, and who may take which step when."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Protocol

from qiplatform.cycles.models import Act, CycleStatus, Held, Objective
from qiplatform.errors import Invalid, Mistake, NotFound, NotNow
from qiplatform.projects.models import ProjectStatus
from qiplatform.projects.rules import says_something
from qiplatform.store import identifiers

MOVES: Mapping[CycleStatus, Mapping[CycleStatus, str]] = {
    CycleStatus.PLANNED: {CycleStatus.DOING: "start", CycleStatus.DONE: "abandon"},
    CycleStatus.DOING: {CycleStatus.STUDYING: "do", CycleStatus.DONE: "abandon"},
    CycleStatus.STUDYING: {CycleStatus.DONE: "act"},
    CycleStatus.DONE: {},
}
"""The course of a cycle: from where to where, by which step."""

WORDS: Mapping[CycleStatus, str] = {
    CycleStatus.PLANNED: "planned",
    CycleStatus.DOING: "being done",
    CycleStatus.STUDYING: "waiting to be studied",
    CycleStatus.DONE: "done",
}
"""Where a cycle stands, in words."""

NEXT_WORDS: Mapping[Act, str] = {
    Act.ADOPT: "Keep the change and make it part of daily work. The next cycle can implement it.",
    Act.ADAPT: "Change the change, and test it again in the next cycle of this ramp.",
    Act.ABANDON: "Leave this change. Saying why helps the next team as much as a success.",
}
"""What happens next, as written on each of the three choices."""


NAMES: Mapping[str, str] = {
    "questions": "what you want to find out",
    "change_idea": "the change",
    "plan": "who does what",
    "data_plan": "what you count",
    "did": "what happened",
    "studied": "what the data say",
    "learned": "what you learned",
    "act_reason": "why",
}
"""What a box is called in a sentence, where its own name does not say it."""

CLOSED = frozenset({ProjectStatus.COMPLETED, ProjectStatus.STOPPED})


class Tested(Protocol):
    """A cycle, as far as planning another beside or after it goes."""

    number: int
    project_id: str
    status: CycleStatus
    act: Act | None
    change_idea: str
    change_idea_id: str | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of a cycle as typed."""

    questions: str
    prediction: str
    change_idea: str = ""
    change_idea_id: str | None = None
    objective: Objective = Objective.TEST
    plan: str = ""
    data_plan: str = ""


def check_plan(plan: Plan) -> None:
    """Refuse a plan without its question or its prediction: without them there is nothing to learn from the result."""
    mistakes = []
    if not says_something(plan.questions):
        mistakes.append(Mistake("questions", "Write what you want to find out."))
    if not says_something(plan.prediction):
        mistakes.append(
            Mistake(
                "prediction",
                "Write what you think will happen. The prediction is what the result is compared with.",
            )
        )
    if mistakes:
        raise Invalid("The plan needs a question and a prediction.", *mistakes)
    check_no_patient(asdict(plan))


def check_no_patient(parts: Mapping[str, object]) -> None:
    """Refuse text that holds what looks like an NHS number; nothing of it is kept."""
    identifiers.check_none(
        (name, NAMES.get(name, name), text) for name, text in parts.items() if isinstance(text, str)
    )


def check_open(status: ProjectStatus) -> None:
    """Refuse another test in a project that is completed or stopped."""
    if status in CLOSED:
        words = f"This project is {status.value}. Take it up again before planning another test."
        raise NotNow(words)


def check_can_plan(status: ProjectStatus, plan: Plan, cycles: Iterable[Tested]) -> None:
    """Refuse a cycle in a project that is closed, or beside an open one on the same change idea."""
    check_open(status)
    for cycle in cycles:
        if cycle.status is not CycleStatus.DONE and _on_the_same_idea(plan, cycle):
            words = f"Finish cycle {cycle.number} before planning another on the same change idea."
            raise NotNow(words)


def _on_the_same_idea(plan: Plan, cycle: Tested) -> bool:
    if plan.change_idea_id or cycle.change_idea_id:
        return plan.change_idea_id == cycle.change_idea_id
    return bool(plan.change_idea) and plan.change_idea.casefold() == cycle.change_idea.casefold()


def check_follows(follows: Tested | None, project_id: str) -> None:
    """Refuse to follow a cycle of another project, one that is not done, or one whose change was abandoned."""
    if follows is None:
        return
    if follows.project_id != project_id:
        raise NotFound
    check_can_plan_next(follows.status, follows.act)


def check_done(did: str, problems: str) -> None:
    """Refuse a test about which nothing was written."""
    if not says_something(did):
        raise Invalid.one("did", "Write what happened, in a sentence or two.")
    check_no_patient({"did": did, "problems": problems})


def check_can(step: CycleStatus, status: CycleStatus) -> None:
    """Refuse a step that the cycle is not ready for; `step` is where it leads."""
    if step not in MOVES[status]:
        raise NotNow(
            _NOT_YET[step]
            if status is not CycleStatus.DONE
            else "This cycle is done. Open the next one of the ramp."
        )


_NOT_YET: Mapping[CycleStatus, str] = {
    CycleStatus.PLANNED: "The plan cannot be changed once the test has started.",
    CycleStatus.DOING: "This test has started already.",
    CycleStatus.STUDYING: "Start the test before writing what happened.",
    CycleStatus.DONE: "Study the result before deciding what to do with the change.",
}


def why_not(step: CycleStatus, status: CycleStatus) -> str:
    """Return the sentence that greys a button out, or nothing when the step can be taken: the rule's own words."""
    return refused(check_can, step, status)


def refused(check: Callable[..., None], *given: object) -> str:
    """Return the sentence with which a rule refuses, or nothing when it does not: it stands beside a button that is off."""
    try:
        check(*given)
    except NotNow as refusal:
        return refusal.words
    return ""


def check_can_change_plan(status: CycleStatus) -> None:
    """Refuse to rewrite a plan once the test has started: a prediction made afterwards is none."""
    if status is not CycleStatus.PLANNED:
        raise NotNow(_NOT_YET[CycleStatus.PLANNED])


def check_study(status: CycleStatus, studied: str, held: Held | None) -> None:
    """Refuse a study before there is a result, or without its answer to "Were you right?"."""
    if status is not CycleStatus.STUDYING:
        raise NotNow("Write what happened (Do) before studying it.")
    mistakes = []
    if held is None:
        mistakes.append(Mistake("prediction_held", "Say whether your prediction held: yes, partly or no."))
    if not says_something(studied):
        mistakes.append(Mistake("studied", "Write what the data say against your prediction."))
    if mistakes:
        raise Invalid("The study needs an answer.", *mistakes)


def check_act(status: CycleStatus, act: Act, held: Held | None, reason: str) -> None:
    """Refuse to act before the study; a test may be abandoned earlier, with its reason."""
    if status is CycleStatus.DONE:
        check_can(CycleStatus.DONE, status)
    if act is Act.ABANDON and (status is not CycleStatus.STUDYING or held is None):
        if not says_something(reason):
            raise Invalid.one("act_reason", "Say why the test is abandoned before its study.")
    elif status is not CycleStatus.STUDYING or held is None:
        raise NotNow(_NOT_YET[CycleStatus.DONE])


def check_can_plan_next(status: CycleStatus, act: Act | None) -> None:
    """Refuse a next cycle on the ramp while this one is open, or after its change was abandoned."""
    if status is not CycleStatus.DONE:
        raise NotNow("Finish this cycle before opening the next one of the ramp.")
    if act is Act.ABANDON:
        raise NotNow("This change was abandoned. Plan a cycle on another change idea.")


def check_dates(starts_on: date | None, ends_on: date | None) -> None:
    """Refuse a test that ends before it starts."""
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        raise Invalid.one("ends_on", "The last day cannot be before the first day.")


def check_measures(asked: Collection[str], of_project: Collection[str]) -> None:
    """Refuse measures of another project."""
    if not set(asked) <= set(of_project):
        raise Invalid.one("measures", "Choose measures of this project.")
