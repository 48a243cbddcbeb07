"""What is allowed of a cycle: its course as a table, and who may take which step when."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from qiplatform.cycles.models import Act, CycleStatus, Held, Objective
from qiplatform.errors import Invalid, Mistake, NotNow

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
    if not plan.questions.strip():
        mistakes.append(Mistake("questions", "Write what you want to find out."))
    if not plan.prediction.strip():
        mistakes.append(
            Mistake(
                "prediction",
                "Write what you think will happen. The prediction is what the result is compared with.",
            )
        )
    if mistakes:
        raise Invalid("The plan needs a question and a prediction.", *mistakes)


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
    try:
        check_can(step, status)
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
    if not studied.strip():
        mistakes.append(Mistake("studied", "Write what the data say against your prediction."))
    if mistakes:
        raise Invalid("The study needs an answer.", *mistakes)


def check_act(status: CycleStatus, act: Act, held: Held | None, reason: str) -> None:
    """Refuse to act before the study; a test may be abandoned earlier, with its reason."""
    if status is CycleStatus.DONE:
        check_can(CycleStatus.DONE, status)
    if act is Act.ABANDON and (status is not CycleStatus.STUDYING or held is None):
        if not reason.strip():
            raise Invalid.one("act_reason", "Say why the test is abandoned before its study.")
    elif status is not CycleStatus.STUDYING or held is None:
        raise NotNow(_NOT_YET[CycleStatus.DONE])


def check_can_plan_next(status: CycleStatus) -> None:
    """Refuse a next cycle on the ramp while this one is open: one change at a time is what can be learned from."""
    if status is not CycleStatus.DONE:
        raise NotNow("Finish this cycle before opening the next one of the ramp.")


def check_dates(starts_on: date | None, ends_on: date | None) -> None:
    """Refuse a test that ends before it starts."""
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        raise Invalid.one("ends_on", "The last day cannot be before the first day.")


def check_measures(asked: Collection[str], of_project: Collection[str]) -> None:
    """Refuse measures of another project."""
    if not set(asked) <= set(of_project):
        raise Invalid.one("measures", "Choose measures of this project.")
