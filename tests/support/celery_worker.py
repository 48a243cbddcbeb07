"""A real worker for tests, as its own program: the platform's worker with short times and a job with a visible effect.

`python -m tests.support.celery_worker`, with the installation's settings in the environment. The job takes
`QIP_TEST_JOB_SECONDS`, writes a file when it begins (so that a test can kill the worker at work), and has its
effect before it sleeps: killed, the effect must be rolled back.
"""

import os
import time
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

import workers.app
import workers.job
import workers.schedule
from qiplatform.settings import from_environment
from qiplatform.store import jobs
from qiplatform.store.jobs import Job
from tests.support.work import effect

LEASE = timedelta(seconds=3)


def slow(db: Session, at: datetime, *, report_id: str) -> None:
    """Have the effect, then take long."""
    effect(db, at, report_id=report_id)
    Path(os.environ["QIP_TEST_BEGUN"]).touch()
    time.sleep(float(os.environ["QIP_TEST_JOB_SECONDS"]))


def main() -> None:
    """Work until killed."""
    workers.job.TASKS.update({Job.INDEX_REPORT: slow, Job.RECOMPUTE_SIGNALS: lambda _db, _at: None})
    jobs.LEASE = LEASE
    workers.schedule.SEND_AGAIN_AFTER = timedelta(seconds=1)
    vars(workers.app)["TICK_EVERY"] = timedelta(seconds=1)
    workers.app.work(from_environment(), arguments=["--concurrency", "1"])


if __name__ == "__main__":
    main()
