"""Everything anyone may open, read from the routes themselves: a new one is visited without anybody thinking of it."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from fastapi import FastAPI

from tests.house import access, routes
from tests.house.access import Who

TABLE = {**access.PAGES, **access.API}
ASKED: Mapping[str, Sequence[str]] = {
    "GET /published": ("", "?q=ornithology", "?topic=birds"),
    "GET /api/v1/published": ("", "?q=ornithology", "?topic=birds"),
    "GET /feeds/published.atom": ("", "?topic=birds", "?setting=Ward"),
    "GET /feeds/published.json": ("", "?topic=birds"),
    "GET /oai": (
        "?verb=ListRecords&metadataPrefix=oai_dc",
        "?verb=ListRecords&metadataPrefix=oai_dc&set=result:improved",
        "?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:127.0.0.1:{report}",
    ),
}
"""What is asked of a route besides its plain address."""
NUMBERS = {"number": ("1",), "place": ("0", "1")}
ENDINGS = {"charts": ("svg", "png", "json"), "cite": ("bib", "ris", "json")}
"""What the last part of an address can be, by a word that stands in it."""


def visits(app: FastAPI, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Give row and address of everything anyone may open, filled with the ids of reports."""
    for one in routes.of_house(app):
        if one.method != "GET" or TABLE.get(one.key) is not Who.ANYONE:
            continue
        for query in ASKED.get(one.key, ("",)):
            wanted = ids if "{report}" in one.path + query else ids[:1]
            for words in _filled(one.path, one.key):
                yield from ((one.key, (one.path + query).format(report=report, **words)) for report in wanted)


def _filled(path: str, key: str) -> Iterator[Mapping[str, str]]:
    names = sorted(set(re.findall(r"{(\w+)}", path)) - {"report"})
    endings = next((ends for word, ends in ENDINGS.items() if word in path), ())
    known = {**NUMBERS, "ending": endings}
    assert all(known.get(name) for name in names), f"{key}: what stands behind {names}?"
    for values in product(*(known[name] for name in names)):
        yield dict(zip(names, values, strict=True))


def text_of(content: bytes) -> str:
    """Return what an answer says; a workbook is opened, a picture says nothing."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return "\n".join(book.read(name).decode() for name in book.namelist())
    return "" if content.startswith(b"\x89PNG") else content.decode()
