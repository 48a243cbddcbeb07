"""What is shown at `/`: their work to those who are signed in, what this is to everybody else."""

from dataclasses import dataclass

import spc
from qiplatform.accounts.models import User
from qiplatform.cycles.models import Cycle
from qiplatform.home.pages.words import listed
from qiplatform.home.queries import MOST_WAITING, Work
from qiplatform.learning.queries import ReportLine
from qiplatform.measures.rules import Record, analyse, periods
from qiplatform.notices.pages import Line, lines
from qiplatform.projects.models import Project
from qiplatform.projects.rules import aim_sentence
from qiplatform.web.rendering import day


@dataclass(frozen=True, slots=True)
class Card:
    """One project in the list."""

    title: str
    href: str
    aim: str
    state: str
    meta: str
    verdict: spc.Verdict | None
    direction: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """One cycle that waits to be studied."""

    words: str
    href: str
    prediction: str
    since: str


@dataclass(frozen=True, slots=True)
class Check:
    """One report that waits for a checker."""

    title: str
    href: str
    words: str


@dataclass(frozen=True, slots=True)
class WorkPage:
    """What waits, what is new, and the projects with what their charts say."""

    under: str
    waiting: tuple[Waiting, ...]
    checks: tuple[Check, ...]
    notices: tuple[Line, ...]
    more_notices: int
    cards: tuple[Card, ...]
    more_projects: int
    title: str = "My work"


def my_work(work: Work, user: User) -> WorkPage:
    """Return a person's page."""
    titles = {one.id: one.title for one in work.projects}
    waiting = tuple(_waiting(one, titles) for one in work.waiting)
    return WorkPage(
        under=_under(user.name, len(waiting), len(work.checks), work.unseen),
        waiting=waiting,
        checks=tuple(_check(one) for one in work.checks),
        notices=lines(work.notices),
        more_notices=work.unseen - len(work.notices),
        cards=tuple(_card(one, work) for one in work.projects),
        more_projects=work.total - len(work.projects),
    )


def _under(name: str, studies: int, checks: int, unseen: int) -> str:
    many = "at least " if studies == MOST_WAITING else ""
    said = [
        f"{many}{studies} PDSA {'cycle waits' if studies == 1 else 'cycles wait'} to be studied"
        if studies
        else "",
        f"{checks} {'report waits' if checks == 1 else 'reports wait'} to be checked" if checks else "",
        f"{unseen} {'notice is' if unseen == 1 else 'notices are'} new" if unseen else "",
    ]
    return f"{name}: {listed([one for one in said if one]) or 'nothing waits for you'}."


def _check(line: ReportLine) -> Check:
    sent = f"sent {day(line.report.submitted_at)}" if line.report.submitted_at else ""
    words = " · ".join(one for one in (line.project_title, sent) if one)
    return Check(line.report.title, f"/reports/{line.report.id}/check", words)


def _waiting(cycle: Cycle, titles: dict[str, str]) -> Waiting:
    project = titles.get(cycle.project_id, "")
    return Waiting(
        words=f"PDSA {cycle.number}" + (f", {project}" if project else ""),
        href=f"/cycles/{cycle.id}",
        prediction=cycle.prediction,
        since=f"waits since {day(cycle.moved_at)}",
    )


def _card(project: Project, work: Work) -> Card:
    record = work.outcomes.get(project.id)
    return Card(
        title=project.title,
        href=f"/projects/{project.id}",
        aim=aim_sentence(project),
        state=project.status.value.capitalize(),
        meta=_meta(project, work, record),
        verdict=analyse(record).verdict if record and record.points else None,
        direction=record.measure.direction.value if record else "neutral",
    )


def _meta(project: Project, work: Work, record: Record | None) -> str:
    last = (
        f"{record.measure.name}: last data {periods.label(record.measure.frequency, record.points[-1].period)}"
        if record and record.points
        else "No data yet"
    )
    place = work.organisations.get(project.organisation_id or "", "")
    return " · ".join(one for one in (place, project.setting, last) if one)
