"""What is typed about cycles."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from qiplatform.cycles.models import Act, Held, Objective
from qiplatform.cycles.rules import Plan
from qiplatform.web.forms import Form

_LONG = 5000


class PlanForm(Form):
    """The plan of a cycle. Question and prediction are asked for by the room's rule, in its own words."""

    questions: str = Field(default="", title="What do you want to find out?", max_length=_LONG)
    prediction: str = Field(default="", title="What do you think will happen?", max_length=_LONG)
    change_idea: str = Field(default="", title="Change idea", max_length=400)
    objective: Objective = Field(default=Objective.TEST, title="Objective")
    plan: str = Field(default="", title="Who does what, when and where?", max_length=_LONG)
    data_plan: str = Field(default="", title="What will you count?", max_length=_LONG)
    starts_on: date | None = Field(default=None, title="First day")
    ends_on: date | None = Field(default=None, title="Last day")
    measures: tuple[str, ...] = Field(default=(), title="Measures")
    follows: str | None = Field(default=None, max_length=20)
    once: str = Field(default="", max_length=40)
    version: int | None = None

    def typed(self) -> Plan:
        """Return the plan as the room keeps it."""
        return Plan(
            questions=self.questions,
            prediction=self.prediction,
            change_idea=self.change_idea,
            objective=self.objective,
            plan=self.plan,
            data_plan=self.data_plan,
        )


class StartForm(Form):
    """The first day of the test."""

    starts_on: date | None = Field(default=None, title="First day")
    version: int


class DoForm(Form):
    """What happened."""

    did: str = Field(default="", title="What happened?", max_length=_LONG)
    problems: str = Field(default="", title="Problems and surprises", max_length=_LONG)
    ends_on: date | None = Field(default=None, title="Last day")
    version: int


class StudyForm(Form):
    """The result beside the prediction."""

    prediction_held: Held | None = Field(default=None, title="Were you right?")
    studied: str = Field(default="", title="What do the data say?", max_length=_LONG)
    learned: str = Field(default="", title="What did you learn?", max_length=_LONG)
    version: int


class ActForm(Form):
    """What is done with the change."""

    act: Act = Field(title="What to do with the change")
    act_reason: str = Field(default="", title="Why", max_length=_LONG)
    version: int


class CycleBody(BaseModel):
    """A new cycle, from another machine."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    change_idea: str = Field(default="", max_length=400)
    objective: Objective = Objective.TEST
    questions: str = Field(max_length=_LONG)
    prediction: str = Field(max_length=_LONG)
    plan: str = Field(default="", max_length=_LONG)
    data_plan: str = Field(default="", max_length=_LONG)
    starts_on: date | None = None
    ends_on: date | None = None
    measures: list[str] = Field(default_factory=list, max_length=50)

    def typed(self) -> Plan:
        """Return the plan as the room keeps it."""
        return Plan(
            questions=self.questions,
            prediction=self.prediction,
            change_idea=self.change_idea,
            objective=self.objective,
            plan=self.plan,
            data_plan=self.data_plan,
        )


class CyclePatch(BaseModel):
    """The next step of a cycle, from another machine: any of start, do, study and act, taken in that order."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    starts_on: date | None = None
    ends_on: date | None = None
    do: str | None = Field(default=None, max_length=_LONG)
    problems: str = Field(default="", max_length=_LONG)
    study: str | None = Field(default=None, max_length=_LONG)
    learned: str = Field(default="", max_length=_LONG)
    prediction_held: Held | None = None
    act: Act | None = None
    act_reason: str = Field(default="", max_length=_LONG)
