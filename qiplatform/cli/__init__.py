"""The command line: starts the server and the workers, makes accounts and tokens, looks after the database.

A command's module is imported when the command runs, so that `--help` answers at once.
"""

import argparse
import logging
from collections.abc import Sequence
from importlib import import_module

from qiplatform import __version__

ROLES = ("member", "lead", "coach", "admin", "curator")
_HIGHEST_PORT = 65535


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 refused, 2 not understood or not usable."""
    given = parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    code: int = import_module("qiplatform.cli.opening").run(given.command, given)
    return code


def parser() -> argparse.ArgumentParser:
    """Return what can be typed."""
    top = argparse.ArgumentParser(
        prog="qiplatform",
        description="Plan, measure and share improvement projects.",
        epilog="Settings: docs/operating.md.",
    )
    top.add_argument("--version", action="version", version=f"qiplatform {__version__}")
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")

    one = commands.add_parser("serve", help="start the web application")
    one.add_argument("--host", help="address to listen on (default: QIP_HOST, or 127.0.0.1)")
    one.add_argument("--port", type=_port, help="port to listen on (default: QIP_PORT, or 8000)")
    one.set_defaults(command="serving.serve")
    for name, command, words in (
        ("demo", "upkeep.demo", "load the demo (real NHS England data) into an empty database"),
        ("migrate", "upkeep.migrate", "bring the database up to the code"),
        ("reindex", "upkeep.reindex", "build the search index again from what is published"),
        ("worker", "working.worker", "do the background work that comes through the broker"),
        ("check", "upkeep.check", "is this installation fit for production? names what is not"),
    ):
        commands.add_parser(name, help=words, description=words).set_defaults(command=command)

    user = commands.add_parser("user", help="add people").add_subparsers(required=True, metavar="add")
    one = user.add_parser("add", help="add a person; the password is asked for, or read from QIP_PASSWORD")
    one.add_argument("email", metavar="EMAIL")
    one.add_argument("--name", required=True, help="how they are called on pages")
    one.add_argument("--organisation", help="where they work; made when it is new")
    one.add_argument("--role", choices=ROLES, default="member", help="what they are there (default: member)")
    one.set_defaults(command="people.add_user")

    token = commands.add_parser("token", help="give tokens to other machines").add_subparsers(
        required=True, metavar="add"
    )
    one = token.add_parser("add", help="print a new token, once, alone on the last line")
    one.add_argument("--user", required=True, metavar="EMAIL", help="on whose behalf")
    one.add_argument("--scope", required=True, choices=("read", "write"))
    one.add_argument("--name", default="", help="what it is for")
    one.add_argument("--organisation", help="an organisation the person joins; made when it is new")
    one.set_defaults(command="people.add_token")
    _add_federation(commands)
    return top


def _add_federation(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    peer = commands.add_parser("peer", help="other installations whose published reports are searched here")
    of_peer = peer.add_subparsers(required=True, metavar="COMMAND")
    one = of_peer.add_parser(
        "add", help="harvest an installation; its key is shown to be compared, and pinned"
    )
    one.add_argument("address", metavar="URL")
    one.add_argument(
        "--fingerprint", help="the key's fingerprint as its operator told it; nothing is asked then"
    )
    one.set_defaults(command="peers.add")
    of_peer.add_parser("list", help="the installations that are harvested, and how it went").set_defaults(
        command="peers.list_all"
    )
    one = of_peer.add_parser("remove", help="let an installation go, and its reports with it")
    one.add_argument("address", metavar="URL")
    one.set_defaults(command="peers.remove")
    key = commands.add_parser("key", help="the key this installation signs with")
    of_key = key.add_subparsers(required=True, metavar="COMMAND")
    of_key.add_parser("show", help="its fingerprint, for other operators to compare").set_defaults(
        command="peers.show_key"
    )
    of_key.add_parser("rotate", help="sign with a new key from now on").set_defaults(
        command="peers.rotate_key"
    )


def _port(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else -1
    if not 0 <= number <= _HIGHEST_PORT:
        message = f"{text!r} is not a port: use a number from 0 to {_HIGHEST_PORT}"
        raise argparse.ArgumentTypeError(message)
    return number
