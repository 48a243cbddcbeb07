"""What is allowed between installations: one way to write a record, signatures, what is taken, where we may ask."""

from qiplatform.federation.rules.addresses import may_be_asked, read_address
from qiplatform.federation.rules.canonical import NotCanonical, canonical, read
from qiplatform.federation.rules.records import (
    INSTALLATION_FORMAT,
    PAGE_FORMAT,
    RECORD_FORMAT,
    Installation,
    Item,
    Page,
    Received,
    RecordRefused,
    check_record,
)
from qiplatform.federation.rules.signing import (
    KeyClosed,
    Signer,
    fingerprint,
    key_id,
    new_signer,
    same_fingerprint,
    seal,
    unseal,
    verifies,
)

__all__ = [
    "INSTALLATION_FORMAT",
    "PAGE_FORMAT",
    "RECORD_FORMAT",
    "Installation",
    "Item",
    "KeyClosed",
    "NotCanonical",
    "Page",
    "Received",
    "RecordRefused",
    "Signer",
    "canonical",
    "check_record",
    "fingerprint",
    "key_id",
    "may_be_asked",
    "new_signer",
    "read",
    "read_address",
    "same_fingerprint",
    "seal",
    "unseal",
    "verifies",
]
