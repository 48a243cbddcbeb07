"""Front-end files: built beforehand under names that carry their content's hash, so they are kept for ever."""

import json
from functools import cache
from mimetypes import guess_type
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER = Path(__file__).resolve().parent.parent.parent / ".assets"


class Assets(StaticFiles):
    """Serves the built files; a browser asks for each of them once."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file, packed for those who can unpack it, marked as never changing."""
        packed = self.lookup_path(path + ".gz")[1] is not None
        if packed and "gzip" in Headers(scope=scope).get("accept-encoding", ""):
            response = await super().get_response(path + ".gz", scope)
            response.headers["content-encoding"] = "gzip"
            response.headers["content-type"] = guess_type(path)[0] or "application/octet-stream"
        else:
            response = await super().get_response(path, scope)
        if packed:
            response.headers["vary"] = "accept-encoding"
        if response.status_code == 200:
            response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response


def asset(name: str) -> str:
    """Return the address of a front-end file; `LookupError` says how to build what is missing."""
    manifest = FOLDER / "manifest.json"
    if not manifest.exists():
        message = "The front-end files are not built: run `make assets`."
        raise LookupError(message)
    built = _read(manifest, manifest.stat().st_mtime_ns)
    if name not in built:
        message = f"There is no front-end file {name!r}: run `make assets`."
        raise LookupError(message)
    return f"/assets/{built[name]}"


@cache
def _read(manifest: Path, changed: int) -> dict[str, str]:
    del changed  # part of the key: a rebuilt manifest is read again
    names: dict[str, str] = json.loads(manifest.read_text())
    return names
