"""XML made of elements, never of pasted text: whatever was typed, what comes out can be read."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

Element = ET.Element
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document may hold, not even escaped (XML 1.0, production 2)."""


def clean(text: str) -> str:
    r"""Return text without what XML forbids; lines end as a reader of XML would make them end.

    >>> clean("bell\x07 and\r\nline")
    'bell and\nline'
    """
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def root(name: str, namespaces: Mapping[str, str], **attributes: str) -> Element:
    """Return the outermost element; `namespaces` are declared on it by their prefixes ("" for the default)."""
    declared = {f"xmlns:{prefix}" if prefix else "xmlns": uri for prefix, uri in namespaces.items()}
    return Element(name, {**declared, **{key: clean(value) for key, value in attributes.items()}})


def add(parent: Element, name: str, text: str = "", attributes: Mapping[str, str] | None = None) -> Element:
    """Add an element below another; names carry the prefixes that the root declares."""
    given = {key: clean(value) for key, value in (attributes or {}).items()}
    made = ET.SubElement(parent, name, given)
    made.text = clean(text) or None
    return made


def document(top: Element) -> bytes:
    """Return the whole as UTF-8."""
    body: bytes = ET.tostring(top, encoding="UTF-8", xml_declaration=True)
    return body


def instant(at: datetime) -> str:
    """Return an instant to the second.

    >>> instant(datetime(2026, 3, 3, 9, 0, 1, 5, tzinfo=UTC))
    '2026-03-03T09:00:01Z'
    """
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
