"""What other installations are shown: who we are, and our published reports, signed one by one."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from qiplatform.federation.models import InstallationKey
from qiplatform.federation.rules import (
    INSTALLATION_FORMAT,
    PAGE_FORMAT,
    RECORD_FORMAT,
    Signer,
    canonical,
    fingerprint,
)
from qiplatform.learning.pages import licence
from qiplatform.learning.pages.feeds import Site, instant
from qiplatform.learning.queries import Told, ToldPage
from qiplatform.learning.rules import SECTIONS, Place

MEDIA_TYPE = "application/json; charset=utf-8"
OVERLAP = timedelta(minutes=2)
"""A publication is stamped when it begins and seen when it is committed: the next harvest looks this far back for latecomers."""


def installation(site: Site, keys: Sequence[InstallationKey]) -> bytes:
    """Return who we are and the keys we sign or signed with, the present one first."""
    return _json(
        {
            "format": INSTALLATION_FORMAT,
            "name": site.name,
            "address": site.base,
            "federation": f"{site.base}/federation/published",
            "keys": [
                {
                    "id": one.id,
                    "algorithm": "Ed25519",
                    "public": one.public,
                    "fingerprint": fingerprint(one.public),
                    "made_at": instant(one.made_at),
                    "retired_at": instant(one.retired_at) if one.retired_at else None,
                }
                for one in keys
            ],
        }
    )


def signed(site: Site, page: ToldPage, signer: Signer, *, after: Place | None, at: datetime) -> bytes:
    """Return a page of records, oldest first, each with its signature; `resume` is where to begin the next time."""
    last = page.items[-1].place if page.items else after
    settled = Place(at - OVERLAP, "0")
    resume = min(last, settled, key=lambda one: (one.at, one.report_id)) if last else None
    return _json(
        {
            "format": PAGE_FORMAT,
            "items": [_item(site, one, signer) for one in page.items],
            "next": str(last) if page.more and last else None,
            "resume": str(resume) if resume else "",
        }
    )


def record(site: Site, told: Told) -> dict[str, Any]:
    """Return a report as it is signed; of a withdrawn one nothing but that it was."""
    about = {
        "format": RECORD_FORMAT,
        "installation": site.base,
        "name": site.name,
        "id": told.report_id,
        "version": told.number,
        "changed_at": instant(told.at),
        "address": site.address(told.report_id),
    }
    content = told.content
    if content is None:
        return {**about, "status": "withdrawn"}
    return {
        **about,
        "status": "published",
        "licence": licence[0],
        "sections": {name: text for name in SECTIONS if (text := content["sections"].get(name, ""))},
        **{name: content[name] for name in ("title", "result", "aim", "organisation", "setting")},
        **{name: list(content[name]) for name in ("authors", "topics", "methods")},
    }


def _item(site: Site, told: Told, signer: Signer) -> dict[str, Any]:
    made = record(site, told)
    return {"record": made, "signature": signer.sign(canonical(made)), "key": signer.id}


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
