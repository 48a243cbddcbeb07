"""What every command begins with, the settings and the database, and how it says that it cannot go on."""

import argparse
import sys
from importlib import import_module

from sqlalchemy.exc import DBAPIError

from qiplatform.errors import Refusal
from qiplatform.schema import migrate, pending
from qiplatform.settings import Settings, from_environment
from qiplatform.store.session import Store

DONE, REFUSED, UNUSABLE, INTERRUPTED = 0, 1, 2, 130


class Told(Exception):
    """A command cannot go on; its one line goes to stderr."""

    def __init__(self, words: str, code: int = REFUSED) -> None:
        """Keep the line and the exit code."""
        super().__init__(words)
        self.code = code


def run(command: str, given: argparse.Namespace) -> int:
    """Run `module.function` with what was typed; what it cannot do is one kind line on stderr, never a trace."""
    module, function = command.split(".")
    try:
        code: int = getattr(import_module(f"qiplatform.cli.{module}"), function)(given)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Told as told:
        return _say(str(told), told.code)
    except Refusal as refusal:
        return _say(refusal.words, REFUSED)
    except DBAPIError as error:
        lines = str(error.orig).strip().splitlines() or [type(error.orig).__name__]
        return _say(f"The database did not do as asked: {lines[0]}", UNUSABLE)
    except OSError as error:
        return _say(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}", UNUSABLE)
    return code


def _say(words: str, code: int) -> int:
    print(f"qiplatform: {words}", file=sys.stderr)
    return code


def read_settings() -> Settings:
    """Read the settings from the environment, or say which of them cannot be used."""
    try:
        return from_environment()
    except ValueError as error:
        raise Told(str(error), UNUSABLE) from error


def open_store(settings: Settings) -> Store:
    """Open the database; the embedded one is brought up to the code, another is left to `qiplatform migrate`."""
    store = Store(settings)
    if pending(store):
        if not settings.embedded:
            raise Told("The database is behind the code: run `qiplatform migrate`.")
        migrate(store)
    return store
