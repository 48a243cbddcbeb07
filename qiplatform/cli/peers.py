"""`peer` and `key`: other installations whose reports are searched here, and the key that ours are signed with."""

import argparse

from qiplatform import clock
from qiplatform.cli.opening import DONE, Told, open_store, read_settings
from qiplatform.federation import actions, queries, rules
from qiplatform.federation.rules import Installation


def add(given: argparse.Namespace) -> int:
    """Show the key of an installation, and harvest it once somebody compared it."""
    settings = read_settings()
    address = rules.read_address(given.address, development=not settings.production)
    if address == settings.public_url:
        raise Told("That is this installation itself.")
    try:
        found = actions.discover(address)
    except actions.Unreachable as error:
        words = f"{address} could not be added, because {error}."
        raise Told(words) from error
    public = _present_key(address, found)
    print(f"{found.name} at {address} signs with the key\n\n    {rules.fingerprint(public)}\n")
    _check_compared(public, given.fingerprint)
    store = open_store(settings)
    with store.session() as db:
        actions.add(db, at=clock.now(), address=address, name=found.name, public_key=public)
    print(f"{found.name} is harvested from now on. `qiplatform peer list` tells how it goes.")
    store.close()
    return DONE


def list_all(given: argparse.Namespace) -> int:
    """List the installations that are harvested."""
    del given
    store = open_store(read_settings())
    with store.session(reading=True) as db:
        counts = queries.count_harvested(db)
        for one in queries.peers(db):
            asked = f"{one.asked_at:%d %B %Y %H:%M} UTC: " if one.asked_at else ""
            held = counts.get(one.id, 0)
            many = "1 report" if held == 1 else f"{held} reports"
            print(f"{one.name} <{one.address}>, {many}. {asked}{one.status}")
            print(f"    key {rules.fingerprint(one.public_key)}")
        if not counts and not queries.peers(db):
            print("No other installation is harvested.")
    store.close()
    return DONE


def remove(given: argparse.Namespace) -> int:
    """Let an installation go, and its reports with it."""
    settings = read_settings()
    store = open_store(settings)
    with store.session() as db:
        actions.remove(db, at=clock.now(), address=rules.read_address(given.address, development=True))
    print("It is no longer harvested, and its reports are gone from here.")
    store.close()
    return DONE


def show_key(given: argparse.Namespace) -> int:
    """Print the fingerprint of the key that signs now."""
    del given
    settings = read_settings()
    store = open_store(settings)
    with store.session() as db:
        signer = actions.present_signer(db, at=clock.now(), secret=settings.secret_key)
    print(f"{settings.public_url} signs with the key\n\n    {rules.fingerprint(signer.public)}")
    store.close()
    return DONE


def rotate_key(given: argparse.Namespace) -> int:
    """Sign with a new key from now on."""
    del given
    settings = read_settings()
    store = open_store(settings)
    with store.session() as db:
        signer = actions.rotate(db, at=clock.now(), secret=settings.secret_key)
    print("From now on the key is\n\n    " + rules.fingerprint(signer.public))
    print(
        "\nTell the operators who harvest this installation: each adds it again and compares this fingerprint."
    )
    store.close()
    return DONE


def _present_key(address: str, found: Installation) -> str:
    if found.address != address:
        words = f"It calls itself {found.address}. Add it under that address."
        raise Told(words)
    present = [one.public for one in found.keys if one.retired_at is None]
    if len(present) != 1:
        raise Told("It does not say which one key it signs with. Ask its operator.")
    return present[0]


def _check_compared(public: str, typed: str | None) -> None:
    if typed is not None:
        if not rules.same_fingerprint(public, typed):
            raise Told("That is not the fingerprint you gave. Nothing was added; ask its operator.")
        return
    try:
        said = input("Ask its operator for the fingerprint by another way. Is it the same? Type yes: ")
    except EOFError:
        said = ""
    if said.strip().lower() != "yes":
        raise Told("Nothing was added.")
