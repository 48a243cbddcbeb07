"""What tests of measures' pages and API share: how a page is read, how a measure is made."""

import re
from html import unescape
from typing import Any

from qiplatform.accounts.models import User
from qiplatform.measures.models import Measure
from tests.support.client import Client
from tests.support.measures import Measures, rows

DEFINED = {"name": "Seen in time", "type": "outcome", "chart": "xmr", "direction": "increase"}


def text(html: str) -> str:
    """Return the words of a page."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def fields(html: str) -> dict[str, str]:
    """Return the names and texts of a page's grid."""
    found = re.findall(r'<input[^>]*\bname="((?:points|other)/[^"]+)"[^>]*\bvalue="([^"]*)"', html)
    return {unescape(name): unescape(value) for name, value in found}


def typed(html: str) -> dict[str, str]:
    """Return what a browser would send of a page's form, as it stands."""
    form = html[html.index('<form method="post"', html.index("<main")) :]
    found = dict(re.findall(r'<textarea[^>]*? name="([^"]+)"[^>]*>([^<]*)</textarea>', form))
    for tag in re.findall(r"<input[^>]*>", form):
        parts = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if parts.get("type") in {"text", "hidden"} or re.search(r"\schecked", tag):
            found[parts["name"]] = parts.get("value", "")
    for name, options in re.findall(r'<select[^>]*? name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)"[^>]* selected', options)
        found[name] = chosen[1] if chosen else ""
    return {name: unescape(value) for name, value in found.items() if name != "csrf_token"}


def with_numbers(measures: Measures, lead: User, values: list[str]) -> Measure:
    """Make a measure with one number a month."""
    measure = measures.measure(lead)
    measures.put(lead, measure, rows(values))
    return measure


def kept(measures: Measures, measure: Measure) -> list[tuple[str, str]]:
    """Return the values and notes that are kept."""
    return [(point.value, point.note) for point in measures.record(measure).points]


def defined(api: Client, measures: Measures, lead: User, **parts: Any) -> str:
    """Define a measure through the API and return its id."""
    project = measures.project(lead)
    answer = api.post(f"/api/v1/projects/{project.id}/measures", json={**DEFINED, **parts})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])
