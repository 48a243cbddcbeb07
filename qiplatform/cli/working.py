"""`worker`: background work that comes through a broker."""

import argparse

from qiplatform.cli.opening import DONE, UNUSABLE, Told, open_store, read_settings
from workers.app import work


def worker(given: argparse.Namespace) -> int:
    """Work for a broker until told to stop."""
    del given
    settings = read_settings()
    if not settings.broker_url:
        raise Told(
            "QIP_BROKER_URL is not set, so `qiplatform serve` does the work itself. Set it to run workers.",
            UNUSABLE,
        )
    open_store(settings).close()
    work(settings)
    return DONE
