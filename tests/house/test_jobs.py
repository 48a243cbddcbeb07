"""Every job has its one task and every task its job; what is scheduled is a job."""

import inspect
from datetime import datetime

from sqlalchemy.orm import Session

from qiplatform.store.jobs import Job
from tests.house import tree
from workers.job import TASKS
from workers.schedule import SCHEDULE


def without_partner(jobs: set[str], tasks: set[str]) -> set[str]:
    """Return the jobs nobody does and the tasks nobody can ask for."""
    return jobs ^ tasks


def test_every_job_has_a_task_and_every_task_a_job() -> None:
    assert without_partner({job.value for job in Job}, {job.value for job in TASKS}) == set()


def test_a_job_without_task_would_be_seen() -> None:
    assert without_partner({*(job.value for job in Job), "planted.job"}, {job.value for job in TASKS}) == {
        "planted.job"
    }


def test_a_job_is_named_for_its_room_and_its_task() -> None:
    for job, task in TASKS.items():
        room, verb = job.value.split(".")
        assert (task.__module__, task.__name__) == (f"workers.{room}", verb)


def test_a_task_takes_the_session_and_the_time_then_named_arguments() -> None:
    for task in TASKS.values():
        session, at, *named = inspect.signature(task, eval_str=True).parameters.values()
        assert session.annotation is Session
        assert at.annotation is datetime
        assert all(one.kind is inspect.Parameter.KEYWORD_ONLY for one in named)


def test_every_job_is_asked_for_somewhere() -> None:
    code = "\n".join(
        text
        for name, text in tree.texts(".py", under=("qiplatform/", "workers/"))
        if name not in {"qiplatform/store/jobs.py", "workers/job.py"}
    )
    assert [job for job in Job if f"Job.{job.name}" not in code] == []


def test_what_is_scheduled_takes_no_arguments() -> None:
    assert SCHEDULE
    for one in SCHEDULE:
        assert len(inspect.signature(TASKS[one.job]).parameters) == 2
