"""`demo`, `migrate` and `check`: the database and whether all is well."""

import argparse
import os
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from qiplatform import __version__, clock
from qiplatform.accounts.models import User
from qiplatform.cli.opening import DONE, REFUSED, UNUSABLE, Told, open_store, read_settings
from qiplatform.demo import people
from qiplatform.demo.load import load
from qiplatform.learning import queries as learning
from qiplatform.schema import migrate as bring
from qiplatform.schema import pending, readiness
from qiplatform.search import actions as search
from qiplatform.search import pages
from qiplatform.search import queries as searched
from qiplatform.search.rules import has_model
from qiplatform.settings import Settings, from_environment
from qiplatform.store.session import Store
from workers.job import run_waiting


def demo(given: argparse.Namespace) -> int:
    """Load the demo, unless it is there."""
    del given
    settings = read_settings()
    if settings.production:
        raise Told("The demo's password is public: it is not loaded into a production installation.")
    store = open_store(settings)
    if load(store):
        run_waiting(store)  # what was published can be found at once, before any worker begins
        print("The demo is loaded: the data are real, of NHS England; the projects around them are invented.")
    else:
        print("The demo is already there; nothing was changed.")
    print("\n".join(["Demo accounts:", *people.lines()]))
    store.close()
    return DONE


def migrate(given: argparse.Namespace) -> int:
    """Bring the database up to the code."""
    del given
    store = Store(read_settings())
    behind = pending(store)
    if behind:
        bring(store)
    print("The database was brought up to the code." if behind else "The database is up to the code.")
    store.close()
    return DONE


def reindex(given: argparse.Namespace) -> int:
    """Build the search index again from the published versions."""
    del given
    store = open_store(read_settings())
    with store.session() as db:
        count = search.reindex(db, at=clock.now(), draw=pages.drawn)
    print(f"{count} published reports were indexed again.")
    if not has_model():
        print("The package of the model of meaning is not installed: the search goes by words only.")
    store.close()
    return DONE


def check(given: argparse.Namespace) -> int:
    """Name what makes this installation unfit for production."""
    del given
    try:
        # Read as if for development, so that production's faults are all named and not only refused.
        settings = from_environment({**os.environ, "QIP_ENV": "development"})
    except ValueError as error:
        raise Told(str(error), UNUSABLE) from error
    faults = list(_faults(replace(settings, env=os.environ.get("QIP_ENV", "development"))))
    if not has_model():
        print(
            "The search goes by words only: the package of the model of meaning (wordllama) is not installed."
        )
    for fault in faults:
        print(f"- {fault}")
    print(
        "This installation is not fit for production yet."
        if faults
        else "This installation is fit for production."
    )
    return REFUSED if faults else DONE


def _faults(settings: Settings) -> list[str]:
    found = ["QIP_ENV is development: set it to production."] if settings.env == "development" else []
    found += settings.faults()
    store = Store(settings)
    state = readiness(store)
    found += [fault for fault in state.values() if fault]
    if not state["database"] and not state["migrations"]:
        with store.session(reading=True) as db:
            if has_model() and (old := searched.count_without_meaning(db)):
                found.append(f"{old} reports are found by words only: run `qiplatform reindex`.")
            if old := searched.count_drawn_before(db, __version__):
                found.append(
                    f"The cards of {old} reports were drawn by another release, and are drawn anew whenever they are shown: run `qiplatform reindex`."
                )
            if people.are_here(db):
                found.append("The demo accounts are in this database, and everybody knows their password.")
        found += _wall_faults(store)
    store.close()
    return found


def _wall_faults(store: Store) -> list[str]:
    """Say where the public's door opens too little or too much."""
    try:
        with store.public_session() as db:
            learning.count_public(db)
    except SQLAlchemyError:
        return [
            "Public pages cannot read what is published. Run `qiplatform migrate`, which lets their role read it."
        ]
    try:
        with store.public_session() as db:
            db.execute(select(User.id).limit(1)).all()
    except SQLAlchemyError:
        return []
    return ["Public pages could read more than what is published: their role was granted too much."]
