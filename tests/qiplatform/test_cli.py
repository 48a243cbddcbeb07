"""The command line: does what docs/operating.md says, and what it cannot do it says in one kind line."""

import os
import re
from pathlib import Path

import pytest
from sqlalchemy import func, select

from qiplatform.accounts import queries
from qiplatform.accounts.models import ApiToken, User
from qiplatform.cli import ROLES, main
from qiplatform.organisations.models import Membership, Organisation
from qiplatform.settings import Settings
from qiplatform.store.session import Store

PASSWORD = "three random words"


@pytest.fixture
def database_kind() -> str:
    """The command line asks the rooms, which are tested on both: once is enough."""
    return "sqlite"


@pytest.fixture
def here(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An installation, its settings in the environment."""
    for name in [name for name in os.environ if name.startswith("QIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("QIP_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("QIP_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("QIP_PASSWORD", PASSWORD)
    return settings


def _add(*more: str, email: str = "sister@example.org") -> int:
    return main(["user", "add", email, "--name", "Ward sister", *more])


def test_a_person_is_added_and_can_sign_in(
    here: Settings, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _add("--organisation", "St Elsewhere") == 0
    assert (
        "Ward sister <sister@example.org> can sign in and belongs to St Elsewhere." in capsys.readouterr().out
    )
    with store.session() as db:
        user = queries.by_email(db, "sister@example.org")
        assert user is not None
        assert user.password_hash.startswith("$argon2id$")
        assert db.scalars(select(Membership.role)).all() == ["member"]


@pytest.mark.parametrize(
    ("role", "in_organisation", "curator"),
    [
        ("member", "member", False),
        ("lead", "member", False),
        ("coach", "coach", False),
        ("admin", "admin", False),
        ("curator", "member", True),
    ],
)
def test_each_role_gives_what_it_says(
    here: Settings, store: Store, role: str, in_organisation: str, *, curator: bool
) -> None:
    assert _add("--organisation", "St Elsewhere", "--role", role) == 0
    with store.session() as db:
        assert db.scalars(select(User)).one().is_curator is curator
        assert db.scalars(select(Membership)).one().role == in_organisation


def test_every_role_was_tried() -> None:
    assert set(ROLES) == {"member", "lead", "coach", "admin", "curator"}


def test_a_curator_needs_no_organisation_and_a_coach_does(
    here: Settings, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _add("--role", "curator") == 0
    assert _add("--role", "coach", email="coach@example.org") == 2
    assert "add --organisation NAME" in capsys.readouterr().err
    with store.session() as db:
        assert db.scalar(select(func.count()).select_from(User)) == 1
        assert db.scalar(select(func.count()).select_from(Organisation)) == 0


@pytest.mark.parametrize(
    ("email", "password", "words"),
    [
        ("sister@example.org", PASSWORD, "There is already an account for sister@example.org."),
        ("not an address", PASSWORD, "Enter an e-mail address"),
        ("new@example.org", "short", "Use a password of at least 10 characters"),
    ],
)
def test_what_cannot_be_added_is_one_kind_line(
    here: Settings,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    email: str,
    password: str,
    words: str,
) -> None:
    assert _add() == 0
    capsys.readouterr()
    monkeypatch.setenv("QIP_PASSWORD", password)
    assert _add("--organisation", "Never made", email=email) == 1
    shown = capsys.readouterr()
    assert shown.err.startswith(f"qiplatform: {words}")
    assert shown.err.count("\n") == 1
    assert password not in shown.err + shown.out
    with store.session() as db:
        assert db.scalar(select(func.count()).select_from(Organisation)) == 0, "nothing half-made"


def test_the_password_is_asked_for_twice(
    here: Settings, store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("QIP_PASSWORD")
    typed = iter([PASSWORD, "another one entirely", PASSWORD, PASSWORD])
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(typed))
    assert _add() == 1
    assert "The two passwords differ" in capsys.readouterr().err
    assert _add() == 0


def test_a_token_stands_alone_on_the_last_line_and_opens_the_api(
    here: Settings, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    _add("--organisation", "St Elsewhere", "--role", "admin")
    capsys.readouterr()
    asked = [
        "token",
        "add",
        "--user",
        "Sister@example.org",
        "--scope",
        "write",
        "--organisation",
        "St Elsewhere",
    ]
    assert main(asked) == 0
    lines = capsys.readouterr().out.rstrip("\n").split("\n")
    assert re.fullmatch(r"qip_[\w-]{43}", lines[-1])
    with store.session() as db:
        found = queries.by_token(db, lines[-1])
        assert found is not None
        assert found[0].email == "sister@example.org"
        assert db.scalars(select(Membership.role)).all() == ["admin"], "an admin stays one"
        assert lines[-1] not in db.scalars(select(ApiToken.token_hash)).all()


def test_a_token_makes_a_new_organisation(here: Settings, store: Store) -> None:
    _add()
    assert (
        main(["token", "add", "--user", "sister@example.org", "--scope", "read", "--organisation", "New"])
        == 0
    )
    with store.session() as db:
        assert db.scalars(select(Organisation.name)).all() == ["New"]
        assert db.scalars(select(Membership.role)).all() == ["member"]


def test_a_token_for_nobody_is_refused(here: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["token", "add", "--user", "nobody@example.org", "--scope", "read"]) == 1
    shown = capsys.readouterr()
    assert shown.err == (
        "qiplatform: There is no account for nobody@example.org. Make one with `qiplatform user add`.\n"
    )
    assert shown.out == ""


@pytest.mark.parametrize(
    "typed", [[], ["fly"], ["serve", "--port", "http"], ["serve", "--port", "70000"], ["user"]]
)
def test_what_is_not_understood_is_2_and_says_how(
    typed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(typed)
    assert left.value.code == 2
    assert "usage: qiplatform" in capsys.readouterr().err


def test_a_setting_that_cannot_be_read_is_named(
    here: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QIP_PORT", "eight thousand")
    assert main(["migrate"]) == 2
    assert (
        capsys.readouterr().err == "qiplatform: QIP_PORT is 'eight thousand', which is not a whole number.\n"
    )


def test_migrate_says_what_it_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QIP_DATA_DIR", str(tmp_path / "new folder"))
    monkeypatch.delenv("QIP_DATABASE_URL", raising=False)
    assert main(["migrate"]) == 0
    assert main(["migrate"]) == 0
    assert (
        capsys.readouterr().out
        == "The database was brought up to the code.\nThe database is up to the code.\n"
    )


def test_a_database_that_is_away_is_a_kind_line(
    here: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QIP_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    assert main(["migrate"]) == 2
    shown = capsys.readouterr().err
    assert shown.startswith("qiplatform: The database did not do as asked: ")
    assert "Traceback" not in shown


def test_a_worker_without_a_broker_says_what_to_set(
    here: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["worker"]) == 2
    assert "QIP_BROKER_URL is not set" in capsys.readouterr().err


UNSAFE = {"QIP_ENV": "production"}
SAFE = {"QIP_ENV": "production", "QIP_SECRET_KEY": "x" * 40, "QIP_BASE_URL": "https://improve.example.org"}


@pytest.mark.parametrize("command", [["serve"], ["migrate"], ["demo"]])
def test_production_refuses_the_default_secret(
    here: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    for name, value in UNSAFE.items():
        monkeypatch.setenv(name, value)
    assert main(command) == 2
    assert "QIP_SECRET_KEY is the development default" in capsys.readouterr().err


def test_check_names_every_fault_and_passes_a_fit_installation(
    here: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check"]) == 1
    shown = capsys.readouterr().out
    for named in ("QIP_ENV is development", "QIP_SECRET_KEY", "QIP_BASE_URL", "not fit for production yet"):
        assert named in shown
    for name, value in SAFE.items():
        monkeypatch.setenv(name, value)
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "This installation is fit for production.\n"
    monkeypatch.setenv("QIP_BROKER_URL", "redis://127.0.0.1:1/0")
    assert main(["check"]) == 1
    assert "The broker cannot be reached" in capsys.readouterr().out


def test_the_demo_stays_out_of_production(
    here: Settings, store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in SAFE.items():
        monkeypatch.setenv(name, value)
    assert main(["demo"]) == 1
    assert "password is public" in capsys.readouterr().err
    with store.session() as db:
        assert db.scalar(select(func.count()).select_from(User)) == 0
