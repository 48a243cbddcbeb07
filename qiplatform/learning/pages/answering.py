"""What readers are asked and told: concerns, questions, and how they are dealt with."""

from collections.abc import Sequence
from dataclasses import dataclass

from qiplatform.errors import Mistake, Refusal
from qiplatform.learning.models import ConcernKind, Question
from qiplatform.learning.queries import OpenConcern, PublishedReport, SeenReport
from qiplatform.web.forms import Sent
from qiplatform.web.rendering import day

KINDS = (
    (ConcernKind.PERSON.value, "Somebody can be recognised in it"),
    (ConcernKind.WRONG.value, "Something in it is wrong"),
    (ConcernKind.OTHER.value, "Something else"),
)
_KIND_WORDS = dict(KINDS)


@dataclass(frozen=True, slots=True)
class SayPage:
    """A form for readers without an account: a concern or a question."""

    title: str
    under: str
    where: tuple[tuple[str, str], ...]
    action: str
    kinds: tuple[tuple[str, str], ...]
    kind: str
    label: str
    hint: str
    text: str
    button: str
    mistakes: tuple[Mistake, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class ThanksPage:
    """What happens next."""

    title: str
    paragraphs: tuple[str, ...]
    next: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question in the team's hands."""

    id: str
    text: str
    when: str
    answer: str
    state: str


@dataclass(frozen=True, slots=True)
class QuestionsPage:
    """What readers asked a team."""

    title: str
    under: str
    where: tuple[tuple[str, str], ...]
    href: str
    asked: tuple[Asked, ...]
    at: str = ""
    """The question whose answer was refused."""
    mistakes: tuple[Mistake, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class ConcernPage:
    """A concern as a curator sees it."""

    title: str
    under: str
    action: str
    report: str
    kind: str
    text: str
    hid: bool
    settled: str
    reason: str = ""
    mistakes: tuple[Mistake, ...] = ()
    words: str = ""


def concern_form(
    report: PublishedReport, sent: Sent | None = None, refusal: Refusal | None = None
) -> SayPage:
    """Return the form of a concern."""
    return _say(
        report,
        title="Report a concern",
        under=f"About “{report.title}”. No account is needed.",
        path="concern",
        kinds=KINDS,
        label="What concerns you?",
        hint="Say where in the report it stands. Do not repeat names or details of the person.",
        button="Send",
        sent=sent,
        refusal=refusal,
    )


def question_form(
    report: PublishedReport, sent: Sent | None = None, refusal: Refusal | None = None
) -> SayPage:
    """Return the form of a question to the team."""
    return _say(
        report,
        title="Ask the team",
        under=f"About “{report.title}”. No account is needed.",
        path="ask",
        kinds=(),
        label="Your question",
        hint="It is shown on the report's page together with the team's answer. Leave out names, and who you are if you do not want it shown.",
        button="Send the question",
        sent=sent,
        refusal=refusal,
    )


def _say(
    report: PublishedReport,
    *,
    title: str,
    under: str,
    path: str,
    kinds: tuple[tuple[str, str], ...],
    label: str,
    hint: str,
    button: str,
    sent: Sent | None,
    refusal: Refusal | None,
) -> SayPage:
    here = f"/published/{report.report_id}"
    return SayPage(
        title=title,
        under=under,
        where=(("Search learning", "/published"), (report.title, here)),
        action=f"{here}/{path}",
        kinds=kinds,
        kind=sent.get("kind") if sent else "",
        label=label,
        hint=hint,
        text=sent.get("text") if sent else "",
        button=button,
        mistakes=refusal.mistakes if refusal else (),
        words=refusal.words if refusal else "",
    )


def thanks_for_concern(*, hid: bool) -> ThanksPage:
    """Return what happens after a concern was sent."""
    now = (
        "The report is not shown any more until a curator has looked at it."
        if hid
        else "The report is still shown. A curator, who is not of the team, will look at what you wrote."
    )
    return ThanksPage(
        "Thank you, your concern has arrived",
        (now, "Only curators read your words. The team is told what comes of it."),
        ("Search learning", "/published"),
    )


def thanks_for_question(report_id: str) -> ThanksPage:
    """Return what happens after a question was sent."""
    return ThanksPage(
        "Thank you, your question has arrived",
        (
            "The team has been told. Question and answer are shown on the report's page once somebody outside the team has checked them.",
        ),
        ("Back to the report", f"/published/{report_id}"),
    )


def questions(
    seen: SeenReport,
    asked: Sequence[Question],
    sent: Sent | None = None,
    refusal: Refusal | None = None,
    at: str = "",
) -> QuestionsPage:
    """Return what readers asked, each with the answer or the place for it."""
    here = f"/reports/{seen.report.id}"
    return QuestionsPage(
        title="What readers ask",
        under=seen.report.title,
        where=(
            ("Projects", "/projects"),
            (seen.project.title, f"/projects/{seen.project.id}"),
            (seen.report.title, here),
        ),
        href=f"{here}/questions",
        asked=tuple(
            Asked(
                one.id,
                one.text,
                day(one.at),
                sent.get("answer") if sent and at == one.id else one.answer,
                _state(one),
            )
            for one in asked
        ),
        at=at,
        mistakes=refusal.mistakes if refusal else (),
        words=refusal.words if refusal else "",
    )


def concern(found: OpenConcern, sent: Sent | None = None, refusal: Refusal | None = None) -> ConcernPage:
    """Return a concern as a curator sees it."""
    row = found.concern
    return ConcernPage(
        title=f"A concern about “{found.title}”",
        under=f"Sent {day(row.at)} by a reader",
        action=f"/concerns/{row.id}",
        report=f"/reports/{row.report_id}",
        kind=_KIND_WORDS[row.kind.value],
        text=row.text,
        hid=row.hid,
        settled=row.outcome if row.settled_at else "",
        reason=sent.get("reason") if sent else "",
        mistakes=refusal.mistakes if refusal else (),
        words=refusal.words if refusal else "",
    )


def _state(one: Question) -> str:
    if one.answered_at is None:
        return "Waits for your answer"
    if one.settled_at is None:
        return "Answered; a curator looks at it before it is shown"
    return "Shown on the report's page" if one.shown else "Not shown: a curator decided against it"
