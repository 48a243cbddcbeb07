"""What a record from elsewhere must be before a word of it is kept: small, signed with the pinned key, well formed and not older than ours."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from qiplatform.federation.rules.canonical import NotCanonical, canonical
from qiplatform.federation.rules.signing import verifies
from qiplatform.learning.models import ReportResult

RECORD_FORMAT = "qiplatform-record/1"
PAGE_FORMAT = "qiplatform-federation/1"
INSTALLATION_FORMAT = "qiplatform-installation/1"
LARGEST_RECORD = 300_000
"""Bytes of one record's canonical form."""
MOST_RECORDS = 100
"""Records in one page."""
Short = Annotated[str, Field(max_length=400)]
Long = Annotated[str, Field(max_length=20_000)]


class RecordRefused(Exception):
    """A record that is not taken; its words say why."""


class _Strict(BaseModel):
    # What a later version adds is signed too, and passed by.
    model_config = ConfigDict(strict=True, extra="ignore")


class Item(_Strict):
    """A record with its signature, as it travels."""

    record: dict[str, Any]
    signature: Annotated[str, Field(max_length=100)]
    key: Annotated[str, Field(max_length=40)]


class Page(_Strict):
    """A page of records, oldest first."""

    format: Literal["qiplatform-federation/1"]
    items: Annotated[list[Item], Field(max_length=MOST_RECORDS)]
    next: Annotated[str, Field(max_length=100)] | None
    """Where the list goes on; none at its end."""
    resume: Annotated[str, Field(max_length=100)]
    """Where to begin the next time."""


class _Record(_Strict):
    format: Literal["qiplatform-record/1"]
    installation: Short
    name: Annotated[str, Field(max_length=200)]
    id: Annotated[str, Field(pattern=r"^[0-9A-Za-z_-]{1,64}$")]
    version: Annotated[int, Field(ge=1, le=1_000_000)]
    status: Literal["published", "withdrawn"]
    changed_at: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]
    address: Short


class _Published(_Record):
    title: Annotated[str, Field(min_length=1, max_length=400)]
    result: str
    sections: dict[Short, Long]
    aim: Long
    authors: Annotated[list[Short], Field(max_length=100)]
    organisation: Short
    setting: Short
    topics: Annotated[list[Short], Field(max_length=100)]
    methods: Annotated[list[Short], Field(max_length=100)]
    licence: Short


class Key(_Strict):
    """A public key as an installation tells of it."""

    id: Annotated[str, Field(max_length=40)]
    algorithm: Literal["Ed25519"]
    public: Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]{43}=$")]
    retired_at: Annotated[str, Field(max_length=40)] | None


class Installation(_Strict):
    """What an installation says of itself."""

    format: Literal["qiplatform-installation/1"]
    name: Annotated[str, Field(min_length=1, max_length=200)]
    address: Short
    keys: Annotated[list[Key], Field(min_length=1, max_length=50)]


@dataclass(frozen=True, slots=True)
class Received:
    """A record that may be kept."""

    remote_id: str
    version: int
    withdrawn: bool
    address: str
    content: Mapping[str, Any]
    signature: str

    @property
    def order(self) -> tuple[int, bool]:
        """Its place among the records of one report: a withdrawal comes after the version it takes back."""
        return self.version, self.withdrawn


def check_record(item: Item, *, installation: str, public_key: str) -> Received:
    """Return a record that is what it says and from whom it says, or refuse it."""
    try:
        written = canonical(item.record)
    except NotCanonical as error:
        raise RecordRefused("it cannot be read in one way") from error
    if len(written) > LARGEST_RECORD:
        raise RecordRefused("it is too large")
    if not verifies(public_key, written, item.signature):
        raise RecordRefused("its signature does not fit the pinned key")
    if b"\\u0000" in written:
        raise RecordRefused("it holds what no text holds")
    try:
        status = item.record.get("status")
        held = (_Record if status == "withdrawn" else _Published).model_validate(item.record)
    except ValidationError as error:
        words = f"its {error.errors()[0]['loc'][0]} is not as it should be"
        raise RecordRefused(words) from error
    if isinstance(held, _Published) and held.result not in set(ReportResult):
        raise RecordRefused("its result is not as it should be")
    if held.installation != installation or held.address != f"{installation}/published/{held.id}":
        raise RecordRefused("it is signed for another place")
    gone = held.status == "withdrawn"
    return Received(held.id, held.version, gone, held.address, {} if gone else item.record, item.signature)
