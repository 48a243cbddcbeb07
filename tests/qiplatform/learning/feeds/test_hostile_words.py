"""Whatever was typed into a report, every feed can be read and says it again."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from qiplatform.learning.models import PublicFacet
from qiplatform.learning.pages import feeds
from qiplatform.learning.pages.feeds import xml as writer
from qiplatform.learning.queries import Told, ToldPage
from tests.support.feeds import CONTENT, texts, xml

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
SITE = feeds.Site("https://improve.example.nhs.uk", "Example")
TYPED = st.text(st.characters(), max_size=60)
ALLOWED = re.compile("[\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _page(title: str, topic: str = "falls") -> ToldPage:
    content: dict[str, Any] = {**CONTENT, "title": title, "topics": [topic], "authors": [title]}
    content["sections"] = {**content["sections"], "summary": title}
    return ToldPage((Told("0123456789abcdefghjk", 1, AT, AT, "improved", content),), more=True)


def _kept(text: str) -> str:
    """Return what of a text an XML document can hold, worked out another way than the writer does."""
    return "".join(one for one in text.replace("\r\n", "\n").replace("\r", "\n") if ALLOWED.match(one))


@given(TYPED, TYPED)
@example("]]> <script>alert(1)</script> &amp; <!-- --> <?php ?>", "\"'<&>")
@example("שלום עולם \u202eRTL\u202c مرحبا", "👩‍⚕️ é e\u0301")
@example("\x00\x01\x0b\x1f\ufffe\uffff\ud800 end", "\x08")
@example("<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;", "a\tb\r\nc")
def test_atom_says_what_was_typed(title: str, topic: str) -> None:
    asked = feeds.Asked(
        SITE, "/feeds/published.atom", {PublicFacet.TOPIC: _kept(topic)} if _kept(topic) else {}
    )
    top = xml(feeds.atom(asked, _page(title, topic)))
    assert "".join(texts(top, "//a:entry/a:title/text()")) == _kept(title)
    scheme = "https://improve.example.nhs.uk/published#topic"
    # An attribute keeps its tabs and line ends, for they are written as references.
    assert texts(top, f"//a:category[@scheme='{scheme}']/@term") == [_kept(topic)]


@given(TYPED)
@example("\u2028 \u2029 \ud800 </script>")
def test_json_says_what_was_typed(title: str) -> None:
    told = json.loads(feeds.json_feed(feeds.Asked(SITE, "/feeds/published.json"), _page(title)))
    assert told["items"][0]["title"] == title.encode("utf-8", "replace").decode()


@pytest.mark.parametrize("title", ["\x07", "\ufffe", "\ud800"])
def test_a_writer_that_forgot_to_clean_would_be_seen(title: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "clean", lambda text: text)
    with pytest.raises((etree.XMLSyntaxError, UnicodeEncodeError)):
        xml(feeds.atom(feeds.Asked(SITE, "/feeds/published.atom"), _page(title)))
