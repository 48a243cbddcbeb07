"""Settings: one frozen object read once from the environment (prefix `QIP_`)."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

DEVELOPMENT_SECRET = "development-only-secret-change-me"  # noqa: S105 - refused in production by name
SHORTEST_SECRET = 32


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation can set. Every field is an environment variable `QIP_<NAME>`."""

    env: str = field(
        default="development",
        metadata={"says": "`development` or `production`; production refuses unsafe settings."},
    )
    data_dir: Path = field(
        default=Path("var"), metadata={"says": "Folder of the embedded database and of generated files."}
    )
    database_url: str = field(
        default="",
        metadata={
            "says": "Database address; empty means SQLite in the data folder. `postgresql://...` for real use."
        },
    )
    host: str = field(default="127.0.0.1", metadata={"says": "Address the web server listens on."})
    port: int = field(default=8000, metadata={"says": "Port the web server listens on."})
    base_url: str = field(
        default="",
        metadata={
            "says": "Public address of the service, used in links and cookies; empty means http://HOST:PORT."
        },
    )
    broker_url: str = field(
        default="",
        metadata={
            "says": "Celery broker, for example `redis://127.0.0.1:6379/0`; empty means work is done inside the web process."
        },
    )
    secret_key: str = field(
        default=DEVELOPMENT_SECRET,
        metadata={"says": "Secret that signs form tokens; at least 32 characters, your own in production."},
    )
    name: str = field(
        default="qiplatform",
        metadata={"says": "What the installation is called in feeds and by other installations."},
    )
    contact: str = field(
        default="",
        metadata={
            "says": "E-mail address of whoever answers for it, told to harvesters; empty means postmaster@ its host."
        },
    )
    smtp_url: str = field(
        default="",
        metadata={"says": "Mail server `smtp://user:password@host:port`; empty means no e-mail is sent."},
    )

    synonyms: str = field(
        default="",
        metadata={
            "says": "Your own file of synonyms for the search; empty means the one that comes with the platform."
        },
    )

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the database."""
        url = self.database_url
        if not url:
            return f"sqlite:///{self.data_dir.absolute() / 'qiplatform.db'}"
        if url.startswith(("postgres://", "postgresql://")):
            return "postgresql+psycopg://" + url.split("://", 1)[1]
        return url

    @property
    def embedded(self) -> bool:
        """Whether the database is the embedded SQLite one."""
        return self.database.startswith("sqlite")

    @property
    def public_url(self) -> str:
        """The address people use, without a slash at the end."""
        return (self.base_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def production(self) -> bool:
        """Whether this is a real installation."""
        return self.env == "production"

    def faults(self) -> list[str]:
        """Name what makes this installation unfit for production; empty when it is fit."""
        found: list[str] = []
        if self.env not in {"development", "production"}:
            found.append(f"QIP_ENV is {self.env!r}: use development or production.")
        if self.secret_key == DEVELOPMENT_SECRET:
            found.append("QIP_SECRET_KEY is the development default: set your own.")
        elif len(self.secret_key) < SHORTEST_SECRET:
            found.append(f"QIP_SECRET_KEY is shorter than {SHORTEST_SECRET} characters.")
        if not self.base_url.startswith("https://"):
            found.append("QIP_BASE_URL is not an https:// address: cookies would travel in the open.")
        return found


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; `ValueError` names a variable that cannot be read.

    >>> from_environment({"QIP_PORT": "9000"}).port
    9000
    """
    values = os.environ if environment is None else environment
    given: dict[str, Any] = {}
    for one in fields(Settings):
        name = f"QIP_{one.name.upper()}"
        if not (text := values.get(name, "")):
            continue
        try:
            given[one.name] = one.type(text) if one.type in (int, Path) else text
        except ValueError as error:
            message = f"{name} is {text!r}, which is not a whole number."
            raise ValueError(message) from error
    settings = Settings(**given)
    if settings.production and (faults := settings.faults()):
        raise ValueError("This installation is not fit for production: " + " ".join(faults))
    return settings
