"""Builds the front-end files: `python -m qiplatform.web.assets`, run by `make assets`.

What is served is copied from the npm packages, from the bokeh package and from `templates/static/` into
`.assets/`, each file under a name that carries its content's hash, with a `manifest.json` from plain name
to built name. Only the standard library is used here, and Bokeh is found without being imported, so
that the build is quick and needs nothing but the files themselves.
"""

import gzip
import hashlib
import importlib.util
import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
NHSUK = ROOT / "node_modules/nhsuk-frontend/dist/nhsuk"
HTMX = ROOT / "node_modules/htmx.org/dist/htmx.min.js"
OWN = ROOT / "templates/static"
BUILT = ROOT / ".assets"

SYSTEM_FONTS = 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif'
FONT_FACE = re.compile(r"@font-face\s*{[^}]*}")
HEALTH_SERVICE_FONT = re.compile(r"""["']?Frutiger[^,;}]*,\s*arial,\s*sans-serif""", re.IGNORECASE)
SOURCE_MAP = re.compile(r"(?://[#@]\s*sourceMappingURL=\S+|/\*[#@]\s*sourceMappingURL=\S+\s*\*/)\s*$")
ADDRESS = re.compile(r"""url\(\s*["']?(?:/assets/)?([^"')]+)["']?\s*\)""")
OUTSIDE = re.compile(r"""(?:url\(|@import)\s*["']?(?:https?:)?//""")
PACKED = {".css", ".js", ".svg"}
"""Kinds of file that are kept packed as well: packed once here, not for every reader."""
STARTS_ITSELF = '\ndocument.body.classList.add("js-enabled","nhsuk-frontend-supported");initAll();\n'


def build(into: Path = BUILT) -> dict[str, str]:
    """Write every front-end file and the manifest, and return it: plain name -> built name.

    `FileNotFoundError` names a source that is not installed; `ValueError` a style sheet that would load
    something from outside.
    """
    into.mkdir(parents=True, exist_ok=True)
    manifest: dict[str, str] = {}
    for name, content in (*_images(), *_scripts()):
        manifest[name] = _write(into, name, content)
    for name, text in _styles():  # last: they name the images
        manifest[name] = _write(into, name, addressed(name, text, manifest).encode())
    fresh = into / "manifest.new"
    fresh.write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n")
    fresh.replace(into / "manifest.json")
    _remove_all_but(into, manifest)
    return manifest


def own_fonts(css: str) -> str:
    """Return a style sheet that loads no font and names the reader's own in place of the health service's.

    >>> own_fonts(
    ...     "@font-face{font-family:Frutiger W01;src:url(x)}body{font-family:Frutiger W01,arial,sans-serif}"
    ... )
    'body{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}'
    """
    return HEALTH_SERVICE_FONT.sub(SYSTEM_FONTS, FONT_FACE.sub("", css))


def addressed(name: str, css: str, manifest: dict[str, str]) -> str:
    """Return a style sheet whose addresses are those of the built files.

    `ValueError` when it would load something from outside or names a file that was not built.

    >>> addressed("a.css", "a{background:url(/assets/images/b.svg)}", {"images/b.svg": "images/b.1.svg"})
    'a{background:url(/assets/images/b.1.svg)}'
    """
    if OUTSIDE.search(css):
        message = f"{name} would load something from outside."
        raise ValueError(message)

    def built(found: re.Match[str]) -> str:
        wanted = found[1]
        if wanted.startswith(("data:", "#")):
            return found[0]
        if wanted not in manifest:
            message = f"{name} names {wanted}, which is not among the front-end files."
            raise ValueError(message)
        return f"url(/assets/{manifest[wanted]})"

    return ADDRESS.sub(built, css)


def _images() -> list[tuple[str, bytes]]:
    """The pictures our style sheets name, and our own; the health service's logo and icons stay behind."""
    named = sorted(set(ADDRESS.findall(own_fonts(_nhsuk_css()))))
    found = [(name, (NHSUK / "assets" / name).read_bytes()) for name in named if name.startswith("images/")]
    return found + [(name, path.read_bytes()) for name, path in _own() if path.suffix not in {".css", ".js"}]


def _scripts() -> list[tuple[str, bytes]]:
    nhsuk = (NHSUK / "nhsuk-frontend.min.js").read_text()
    bokeh = importlib.util.find_spec("bokeh")
    if bokeh is None or bokeh.origin is None:
        message = "The bokeh package is not installed."
        raise FileNotFoundError(message)
    # BokehJS comes with the Python package, never from npm: the two halves must be of one version.
    bokeh_js = Path(bokeh.origin).parent / "server/static/js/bokeh.min.js"
    found = [
        ("nhsuk.js", _bare(nhsuk) + STARTS_ITSELF),  # a module: <script type="module">
        ("htmx.js", _bare(HTMX.read_text())),
        ("bokeh.js", _bare(bokeh_js.read_text())),
    ]
    found += [(name, path.read_text()) for name, path in _own() if path.suffix == ".js"]
    return [(name, text.encode()) for name, text in found]


def _styles() -> list[tuple[str, str]]:
    own = [(name, path.read_text()) for name, path in _own() if path.suffix == ".css"]
    return [("nhsuk.css", own_fonts(_nhsuk_css())), *own]


def _nhsuk_css() -> str:
    return _bare((NHSUK / "nhsuk-frontend.min.css").read_text())


def _own() -> list[tuple[str, Path]]:
    return [(path.relative_to(OWN).as_posix(), path) for path in sorted(OWN.rglob("*")) if path.is_file()]


def _bare(text: str) -> str:
    """Leave out the pointer to a source map, which is not served."""
    return SOURCE_MAP.sub("", text)


def _write(into: Path, name: str, content: bytes) -> str:
    plain = Path(name)
    built = plain.with_name(
        f"{plain.stem}.{hashlib.sha256(content).hexdigest()[:12]}{plain.suffix}"
    ).as_posix()
    target = into / built
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    if plain.suffix in PACKED and not (packed := target.with_name(target.name + ".gz")).exists():
        packed.write_bytes(gzip.compress(content, compresslevel=9, mtime=0))
    return built


def _remove_all_but(into: Path, manifest: dict[str, str]) -> None:
    kept = {*manifest.values(), "manifest.json"}
    for path in into.rglob("*"):
        if path.is_file() and path.relative_to(into).as_posix().removesuffix(".gz") not in kept:
            path.unlink()


if __name__ == "__main__":
    print(f"{len(build())} front-end files built in {BUILT.name}/")  # noqa: T201 - a command that says what it did
