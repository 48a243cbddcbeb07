"""Organisations and the caller, as JSON for other machines."""

from typing import Any

from fastapi import APIRouter

from qiplatform.accounts.access import ApiUser
from qiplatform.organisations import queries
from qiplatform.store.session import Db

router = APIRouter(tags=["organisations"])


@router.get("/organisations")
def list_organisations(db: Db, user: ApiUser) -> dict[str, Any]:
    """Return the caller's organisations."""
    return {"items": [{"id": one.id, "name": one.name} for one in queries.of_user(db, user)], "next": None}


@router.get("/me")
def me(db: Db, user: ApiUser) -> dict[str, Any]:
    """Return who the token speaks for."""
    places = [{"id": one.id, "name": one.name} for one in queries.of_user(db, user)]
    return {
        "id": user.id,
        "name": user.name,
        "email": user.email,
        "curator": user.is_curator,
        "organisations": places,
    }
