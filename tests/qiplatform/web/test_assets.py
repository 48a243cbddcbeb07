"""Front-end files: nothing from outside, no logo and no font of the health service, kept for ever by browsers."""

import gzip
import json
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from qiplatform.web import assets
from qiplatform.web.static import Assets


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("assets")
    assets.build(folder)
    return folder


@pytest.fixture
def visitor(built: Path) -> TestClient:
    app = FastAPI()
    app.mount("/assets", Assets(directory=built))
    return TestClient(app)


def _manifest(folder: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads((folder / "manifest.json").read_text())
    return found


def test_what_the_pages_need_is_built(built: Path) -> None:
    assert {"nhsuk.css", "nhsuk.js", "htmx.js", "bokeh.js", "app.css"} <= set(_manifest(built))
    assert all((built / name).is_file() for name in _manifest(built).values())


def test_no_style_sheet_loads_a_font_or_anything_from_outside(built: Path) -> None:
    for name, path in _manifest(built).items():
        if name.endswith(".css"):
            css = (built / path).read_text()
            assert "@font-face" not in css, name
            assert "frutiger" not in css.lower(), name
            assert not assets.OUTSIDE.search(css), name


def test_the_health_services_logo_stays_behind(built: Path) -> None:
    assert [
        name for name in _manifest(built) if "favicon" in name or "opengraph" in name or "logo" in name
    ] == []


def test_every_address_in_a_style_sheet_is_there(built: Path) -> None:
    for name, path in _manifest(built).items():
        if name.endswith(".css"):
            for address in assets.ADDRESS.findall((built / path).read_text()):
                assert address.startswith(("data:", "#")) or (built / address).is_file(), (name, address)


def test_building_again_changes_nothing_and_clears_what_is_old(built: Path) -> None:
    before = _manifest(built)
    (built / "old.0123456789ab.css").write_text("old")
    (built / "old.0123456789ab.css.gz").write_bytes(b"old")
    assert assets.build(built) == before
    assert [path.name for path in built.iterdir() if path.name.startswith("old")] == []


@pytest.mark.parametrize(
    "planted", ["a{background:url(https://example.org/x.png)}", "@import '//example.org/x.css';"]
)
def test_a_style_sheet_that_loads_from_outside_is_refused(planted: str) -> None:
    with pytest.raises(ValueError, match="outside"):
        assets.addressed("planted.css", planted, {})


def test_a_style_sheet_that_names_a_missing_file_is_refused() -> None:
    with pytest.raises(ValueError, match="not among"):
        assets.addressed("planted.css", "a{background:url(images/gone.svg)}", {})


def test_a_browser_gets_a_packed_file_and_keeps_it(visitor: TestClient, built: Path) -> None:
    name = _manifest(built)["nhsuk.css"]
    answer = visitor.get(f"/assets/{name}", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"].startswith("text/css")
    assert answer.headers["vary"] == "accept-encoding"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.content == (built / name).read_bytes()
    assert (
        int(answer.headers["content-length"])
        == len((built / f"{name}.gz").read_bytes())
        < len(answer.content) / 5
    )


def test_others_get_it_plain(visitor: TestClient, built: Path) -> None:
    name = _manifest(built)["nhsuk.css"]
    answer = visitor.get(f"/assets/{name}", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in answer.headers
    assert answer.headers["vary"] == "accept-encoding"
    assert answer.content == gzip.decompress((built / f"{name}.gz").read_bytes())


@pytest.mark.parametrize("path", ["../pyproject.toml", "gone.css", "..%2f..%2fpyproject.toml"])
def test_nothing_else_is_served(visitor: TestClient, path: str) -> None:
    answer = visitor.get(f"/assets/{path}")
    assert answer.status_code == 404
    assert "cache-control" not in answer.headers
