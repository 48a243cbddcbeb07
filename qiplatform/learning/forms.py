"""What is typed into reports, checks and adoptions."""

from typing import Annotated

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from qiplatform.learning.actions import Words
from qiplatform.learning.models import ConcernKind, NoteResult, ReportResult
from qiplatform.learning.rules import PARTS, TIDIER
from qiplatform.store.base import ID_LENGTH
from qiplatform.web.forms import Form

LONGEST_SECTION = 20_000
LONGEST_REASON = 2000
Section = Annotated[str, Field(max_length=LONGEST_SECTION)]
Item = Annotated[str, Field(max_length=5000)]
Id = Annotated[str, Field(max_length=ID_LENGTH)]


class SectionsForm(Form):
    """Sections of a report as typed on one of its pages, which says which of them it has."""

    summary: Section = Field(default="", title="In plain language")
    problem: Section = Field(default="", title="The problem")
    known: Section = Field(default="", title="What was known already")
    rationale: Section = Field(default="", title="Why you thought it would help")
    context: Section = Field(default="", title="Where you work")
    did: Section = Field(default="", title="What you did")
    studied: Section = Field(default="", title="How you measured and judged it")
    involvement: Section = Field(default="", title="How people took part")
    ethics: Section = Field(default="", title="Ethics")
    happened: Section = Field(default="", title="What happened")
    meaning: Section = Field(default="", title="What it means")
    limits: Section = Field(default="", title="Limits")
    differently: Section = Field(default="", title="What you would do differently")
    sustaining: Section = Field(default="", title="Keeping it going")
    cost: Section = Field(default="", title="What it cost")
    funding: Section = Field(default="", title="Who paid")
    version: int = 0

    def sections(self, part: str) -> dict[str, str]:
        """Return what was typed into the sections of a part; a section that was emptied is empty."""
        return {name: getattr(self, name) for name in PARTS[part].sections}

    def words(self, part: str) -> Words:
        """Return the words of a page that has sections only."""
        return Words(sections=self.sections(part))


class ReportForm(SectionsForm):
    """The essentials of a report as typed on their page."""

    title: str = Field(title="Title", max_length=200)
    result: ReportResult = Field(title="How the work ended")
    measures: tuple[Id, ...] = Field(default=(), title="Measures", max_length=50)
    region: str = Field(default="", title="Region", max_length=60)
    contact: str = Field(default="", title="How to reach you", max_length=200)
    sensitive: bool = Field(default=False, title="Two checkers")
    once: str = Field(default="", max_length=40)

    def words(self, part: str = "essentials") -> Words:
        """Return the report's words: everything stands as typed, nothing is filled in behind the writer's back."""
        return Words(
            self.title,
            self.result,
            self.sections(part),
            self.measures,
            region=self.region,
            contact=self.contact,
            sensitive=self.sensitive,
        )


class ChangeForm(Form):
    """One change as others would need to know it: TIDieR's items."""

    name: str = Field(title="The change", max_length=400)
    why: Item = Field(default="", title="Why")
    materials: Item = Field(default="", title="What: materials")
    procedures: Item = Field(default="", title="What: steps")
    who: Item = Field(default="", title="Who does it")
    how: Item = Field(default="", title="How")
    where: Item = Field(default="", title="Where")
    when: Item = Field(default="", title="When and how much")
    tailoring: Item = Field(default="", title="Fitted to the person or place")
    modifications: Item = Field(default="", title="What you changed on the way")
    planned: Item = Field(default="", title="How you would know that it was done as planned")
    actual: Item = Field(default="", title="What you found")

    def items(self) -> dict[str, str]:
        """Return the items by name."""
        return {name: getattr(self, name) for name in TIDIER}


class ConcernForm(Form):
    """A reader's concern."""

    kind: ConcernKind = Field(title="What it is about")
    text: str = Field(default="", title="Your concern", max_length=LONGEST_REASON)


class QuestionForm(Form):
    """A reader's question."""

    text: str = Field(default="", title="Your question", max_length=LONGEST_REASON)


class AnswerForm(Form):
    """The team's answer to a reader."""

    answer: str = Field(default="", title="Your answer", max_length=5000)


class NoteForm(Form):
    """What a team says of the idea it took up."""

    result: NoteResult = Field(title="What came of it")
    text: str = Field(default="", title="What you did differently", max_length=LONGEST_REASON)
    named: bool = Field(default=False, title="Your organisation")


class ShowForm(Form):
    """Whether an answer is public."""

    show: bool = Field(title="Whether it is shown")


class SettleForm(Form):
    """What came of a concern, and whether a hidden report is shown again."""

    show: bool = Field(default=False, title="What you decide")
    reason: str = Field(default="", title="What came of it", max_length=LONGEST_REASON)


class ReasonForm(Form):
    """Why a report goes back or is withdrawn."""

    reason: str = Field(default="", title="Reason", max_length=LONGEST_REASON)


class ApproveForm(Form):
    """The checker's decision."""

    cleared: bool = Field(default=False, title="Phrases looked at")
    ask_another: bool = Field(default=False, title="A second checker")
    digest: str = Field(default="", max_length=64)


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

    problem: Section | None = None
    known: Section | None = None
    rationale: Section | None = None
    context: Section | None = None
    studied: Section | None = None
    involvement: Section | None = None
    ethics: Section | None = None
    meaning: Section | None = None
    limits: Section | None = None
    sustaining: Section | None = None
    cost: Section | None = None
    funding: Section | None = None
    did: Section | None = Field(default=None, validation_alias=AliasChoices("did", "what_we_did"))
    happened: Section | None = Field(default=None, validation_alias=AliasChoices("happened", "what_happened"))
    differently: Section | None = Field(
        default=None, validation_alias=AliasChoices("differently", "what_we_would_do_differently")
    )


class ReportBody(_Body):
    """A new report."""

    title: str = Field(min_length=1, max_length=200)
    result: ReportResult
    summary: str | None = Field(default=None, max_length=LONGEST_SECTION)
    sections: SectionsBody = Field(default_factory=SectionsBody)
    measures: list[Id] | None = Field(default=None, max_length=50)
    region: str | None = Field(default=None, max_length=60)
    contact: str | None = Field(default=None, max_length=200)
    sensitive: bool | None = None

    def words(self) -> Words:
        """Return the report's words; what is None comes from the record."""
        sections = {"summary": self.summary, **self.sections.model_dump()}
        return Words(
            self.title,
            self.result,
            sections,
            self.measures,
            region=self.region,
            contact=self.contact,
            sensitive=self.sensitive,
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
