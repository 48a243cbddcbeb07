"""The base of every table: names of constraints, ids, times, closed lists and row versions."""

import secrets
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Dialect, Enum, MetaData, String, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from qiplatform import clock

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
ID_LENGTH = 20


class Base(DeclarativeBase):
    """Every table of the platform."""

    metadata = MetaData(naming_convention=_NAMES)


def new_id() -> str:
    """Return a new opaque id: 20 characters, ordered by time of making, not guessable.

    The first ten carry the milliseconds since 1970 in base 32, so that new rows stand together in an
    index and a list ordered by id is ordered by age; the last ten are 50 random bits.
    """
    number = (int(clock.now().timestamp() * 1000) << 50) | secrets.randbits(50)
    return "".join(_DIGITS[(number >> shift) & 31] for shift in range(95, -1, -5))


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. SQLite hands times back without their zone: here they always carry UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse an instant without a zone, store the rest in UTC."""
        del dialect
        if value is not None and value.tzinfo is None:
            message = "an instant needs a time zone"
            raise ValueError(message)
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Put the zone back where the database dropped it."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def closed(values: type[StrEnum], name: str) -> Enum:
    """Return a column type for a closed list: stored as its text, guarded by a CHECK called `name`."""
    return Enum(
        values,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


def id_column(**options: Any) -> Mapped[str]:
    """Return a primary key column that makes its own opaque id."""
    return mapped_column(String(ID_LENGTH), primary_key=True, default=new_id, **options)


class Versioned:
    """A row that people edit: a change made on a stale copy is refused, never written over silently."""

    version: Mapped[int] = mapped_column(default=1)
    """Counts the changes of this row, from 1."""

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy hands in the class
        """Let the database compare the version on every update."""
        return {"version_id_col": cls.version}
