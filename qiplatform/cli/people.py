"""`user add` and `token add`: who may come in."""

import argparse
import getpass
import os
from datetime import datetime

from sqlalchemy.orm import Session

from qiplatform import clock
from qiplatform.accounts import actions as accounts
from qiplatform.accounts import queries
from qiplatform.accounts.models import Scope, User
from qiplatform.cli.opening import DONE, UNUSABLE, Told, open_store, read_settings
from qiplatform.organisations import actions as organisations
from qiplatform.organisations.models import OrganisationRole
from qiplatform.organisations.queries import by_name, role_in

OF_ORGANISATION = {"coach": OrganisationRole.COACH, "admin": OrganisationRole.ADMIN}
"""Roles that are held in an organisation; whoever has another is a member there."""


def add_user(given: argparse.Namespace) -> int:
    """Add a person, in an organisation if one is named."""
    if given.role in OF_ORGANISATION and not _named(given.organisation):
        words = f"Somebody is {given.role} of an organisation: add --organisation NAME."
        raise Told(words, UNUSABLE)
    if not given.name.strip():
        raise Told("Say how they are called: --name NAME.", UNUSABLE)
    store = open_store(read_settings())
    password = os.environ.get("QIP_PASSWORD") or _ask_password()
    at, name = clock.now(), given.name.strip()
    with store.session() as db:
        curator = given.role == "curator"
        user = accounts.add(db, at=at, email=given.email, name=name, password=password, is_curator=curator)
        role = OF_ORGANISATION.get(given.role, OrganisationRole.MEMBER)
        _join(db, at, user, given.organisation, role)
    place = f" and belongs to {given.organisation.strip()}" if _named(given.organisation) else ""
    print(f"{user.name} <{user.email}> can sign in{place}.")
    if given.role == "lead":
        print("They lead the projects they register.")
    store.close()
    return DONE


def add_token(given: argparse.Namespace) -> int:
    """Give a token, and let its owner join an organisation first if one is named."""
    store = open_store(read_settings())
    at = clock.now()
    with store.session() as db:
        user = queries.by_email(db, given.user)
        if user is None:
            words = f"There is no account for {given.user}. Make one with `qiplatform user add`."
            raise Told(words)
        known = by_name(db, given.organisation or "")
        if known is None or role_in(db, user, known.id) is None:  # a coach does not become a member by this
            _join(db, at, user, given.organisation, OrganisationRole.MEMBER)
        token = accounts.give_token(db, at=at, user=user, scope=Scope(given.scope), name=given.name.strip())
    print(f"A {given.scope} token of {user.name}. It is shown this once:")
    print(token)
    store.close()
    return DONE


def _named(organisation: str | None) -> bool:
    return bool(organisation and organisation.strip())


def _ask_password() -> str:
    try:
        typed = getpass.getpass("Password: ")
        again = getpass.getpass("The same again: ")
    except EOFError as error:
        raise Told("No password was typed. Type one, or set QIP_PASSWORD.") from error
    if typed != again:
        raise Told("The two passwords differ; nobody was added.")
    return typed


def _join(db: Session, at: datetime, user: User, name: str | None, role: OrganisationRole) -> None:
    if name and _named(name):
        organisation = organisations.add(db, at=at, name=name)
        organisations.join(db, at=at, user=user, organisation=organisation, role=role)
