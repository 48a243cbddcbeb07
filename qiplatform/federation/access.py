"""Who signs: this installation's key, made the first time somebody asks for something signed."""

from typing import Annotated

from fastapi import Depends, Request

from qiplatform.clock import Now
from qiplatform.federation import actions, queries
from qiplatform.federation.rules import Signer


def _signer(request: Request, now: Now) -> Signer:
    store = request.app.state.store
    secret: str = request.app.state.settings.secret_key
    # In transactions of its own: a page that is read cannot write, and must see the key it made necessary.
    with store.session(reading=True) as reading:
        found = queries.signer(queries.keys(reading), secret)
    if found is not None:
        return found
    with store.session() as writing:
        return actions.present_signer(writing, at=now, secret=secret)


OurSigner = Annotated[Signer, Depends(_signer)]
"""The key that signs now."""
