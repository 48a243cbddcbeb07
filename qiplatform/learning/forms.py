"""What is typed into reports, checks and adoptions."""

from typing import Annotated

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from qiplatform.learning.actions import Words
from qiplatform.learning.models import ReportResult
from qiplatform.store.base import ID_LENGTH
from qiplatform.web.forms import Form

LONGEST_SECTION = 20_000
LONGEST_REASON = 2000
Id = Annotated[str, Field(max_length=ID_LENGTH)]


class ReportForm(Form):
    """A report as typed on its page."""

    title: str = Field(title="Title", max_length=200)
    result: ReportResult = Field(title="How the work ended")
    summary: str = Field(default="", title="In plain language", max_length=LONGEST_SECTION)
    problem: str = Field(default="", title="The problem", max_length=LONGEST_SECTION)
    did: str = Field(default="", title="What you did", max_length=LONGEST_SECTION)
    happened: str = Field(default="", title="What happened", max_length=LONGEST_SECTION)
    differently: str = Field(default="", title="What you would do differently", max_length=LONGEST_SECTION)
    involvement: str = Field(default="", title="How people took part", max_length=LONGEST_SECTION)
    measures: tuple[Id, ...] = Field(default=(), title="Measures", max_length=50)
    version: int = 0
    once: str = Field(default="", max_length=40)

    def words(self) -> Words:
        """Return the report's words: everything stands as typed, nothing is filled in behind the writer's back."""
        sections = {
            name: getattr(self, name)
            for name in ("summary", "problem", "did", "happened", "differently", "involvement")
        }
        return Words(self.title, self.result, sections, self.measures)


class ReasonForm(Form):
    """Why a report goes back or is withdrawn."""

    reason: str = Field(default="", title="Reason", max_length=LONGEST_REASON)


class ApproveForm(Form):
    """The checker's decision."""

    cleared: bool = Field(default=False, title="Phrases looked at")


class SignForm(Form):
    """Whether one's own name stands on the report."""

    agree: bool = Field(default=False, title="Your name")


class AdoptForm(Form):
    """Use this idea."""

    once: str = Field(default="", max_length=40)


class FirstTestForm(Form):
    """The first test of an idea that was taken up."""

    change_idea: str = Field(title="The change idea", max_length=400)
    questions: str = Field(default="", title="What you want to find out", max_length=5000)
    plan: str = Field(default="", title="The plan", max_length=5000)
    data_plan: str = Field(default="", title="What you will collect", max_length=5000)
    prediction: str = Field(default="", title="Your prediction", max_length=5000)
    once: str = Field(default="", max_length=40)


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class SectionsBody(_Body):
    """Sections of a report; what is left out is filled from the record."""

    problem: str | None = Field(default=None, max_length=LONGEST_SECTION)
    did: str | None = Field(
        default=None, max_length=LONGEST_SECTION, validation_alias=AliasChoices("did", "what_we_did")
    )
    happened: str | None = Field(
        default=None, max_length=LONGEST_SECTION, validation_alias=AliasChoices("happened", "what_happened")
    )
    differently: str | None = Field(
        default=None,
        max_length=LONGEST_SECTION,
        validation_alias=AliasChoices("differently", "what_we_would_do_differently"),
    )
    involvement: str | None = Field(default=None, max_length=LONGEST_SECTION)


class ReportBody(_Body):
    """A new report."""

    title: str = Field(min_length=1, max_length=200)
    result: ReportResult
    summary: str | None = Field(default=None, max_length=LONGEST_SECTION)
    sections: SectionsBody = Field(default_factory=SectionsBody)
    measures: list[Id] | None = Field(default=None, max_length=50)

    def words(self) -> Words:
        """Return the report's words; what is None comes from the record."""
        return Words(
            self.title, self.result, {"summary": self.summary, **self.sections.model_dump()}, self.measures
        )


class ReasonBody(_Body):
    """Why a report goes back or is withdrawn."""

    reason: str = Field(default="", max_length=LONGEST_REASON)


class ApproveBody(_Body):
    """The checker's decision; `cleared` says that phrases that need a second look were looked at."""

    cleared: bool = False


class AdoptBody(_Body):
    """Use this idea, under a title of one's own if wished."""

    title: str = Field(default="", max_length=200)
