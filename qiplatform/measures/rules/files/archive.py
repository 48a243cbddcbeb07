"""Workbooks are ZIP archives: looked through with bounds before any reader of workbooks opens them."""

import io
import re
import zipfile
import zlib

from qiplatform.errors import Invalid
from qiplatform.measures.rules.files.limits import MOST_PARTS, MOST_UNPACKED

_CHUNK = 262_144
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_BOMB = "The workbook unpacks to more than {most:,} bytes and is not opened. Copy the sheet with the numbers into a new workbook and choose that."


def parts(content: bytes, at: str) -> dict[str, bytes]:
    """Return the XML parts of a workbook by name, after unpacking every part within bounds.

    `Invalid` for an archive that is damaged, encrypted, or unpacks to more than it may (whatever it says of its own size).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _parts(archive, at)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        words = "The workbook is damaged and cannot be opened. Open it in a spreadsheet, save it again, and choose the new file."
        raise Invalid.one(at, words) from error


def _parts(archive: zipfile.ZipFile, at: str) -> dict[str, bytes]:
    entries = archive.infolist()
    # What the archive says of itself costs nothing to ask; it may lie, so that unpacking is bounded as well.
    if len(entries) > MOST_PARTS:
        raise Invalid.one(
            at,
            f"The workbook has {len(entries):,} parts; at most {MOST_PARTS:,} are opened. Copy the sheet with the numbers into a new workbook and choose that.",
        )
    if sum(one.file_size for one in entries) > MOST_UNPACKED:
        raise Invalid.one(at, _BOMB.format(most=MOST_UNPACKED))
    left = MOST_UNPACKED
    kept: dict[str, bytes] = {}
    for entry in entries:
        if entry.flag_bits & 1:
            raise Invalid.one(
                at, "The workbook is protected with a password. Save it without one and choose it again."
            )
        text = bytearray()
        with archive.open(entry) as part:
            while piece := part.read(_CHUNK):
                left -= len(piece)
                if left < 0:
                    raise Invalid.one(at, _BOMB.format(most=MOST_UNPACKED))
                text += piece
        if entry.filename.endswith((".xml", ".rels")):
            if _DOCTYPE.search(text):
                words = "The workbook holds a document type or entity definition, which no spreadsheet writes. It is not opened."
                raise Invalid.one(at, words)
            kept[entry.filename] = bytes(text)
        else:
            kept[entry.filename] = b""
    return kept
