"""Ready definitions picked from a page."""

import re
from html import unescape

import pytest

from qiplatform.accounts.models import User
from qiplatform.measures import queries
from qiplatform.measures.rules import library
from tests.support.client import Client
from tests.support.measure_pages import text, typed
from tests.support.measures import Measures
from tests.support.queries import counted


def test_the_library_is_searched_by_words_type_and_setting(
    page: Client, measures: Measures, lead: User
) -> None:
    address = f"/projects/{measures.project(lead).id}/measures/library"
    everything = text(page.get(address).text)
    assert f"{len(library.library())} definitions" in everything
    some = page.get(f"{address}?q=bed+sores&type=process&setting=Pressure+ulcers").text
    assert "1 definition" in text(some)
    assert "Skin checked within six hours of arrival" in some
    assert re.search(r'<option value="process"[^>]* selected', some)
    nothing = text(page.get(f"{address}?q=zebra+%3Cb%3E").text)
    assert "Nothing here has these words" in nothing
    assert f"{len(library.library())} definitions" in text(page.get(f"{address}?type=x&setting=y").text)


@pytest.mark.parametrize(
    "key", ["falls-rate", "clinic-by-video", "staff-sickness", "falls-with-harm-days-between"]
)
def test_a_ready_definition_fills_the_form_and_is_saved_as_it_stands(
    *, page: Client, measures: Measures, lead: User, key: str
) -> None:
    project = measures.project(lead)
    cards = page.get(f"/projects/{project.id}/measures/library").text
    address = f"/projects/{project.id}/measures/new?from={key}"
    assert address in cards
    ready = library.find(key)
    assert ready is not None
    form = page.get(address).text
    assert ready.origin in unescape(form)
    answer = page.submit(f"/projects/{project.id}/measures/new", typed(form))
    assert answer.status_code == 303, text(answer.text)
    with measures.store.session(reading=True) as db:
        (kept,) = queries.of_project(db, project.id)
    wanted = ready.definition()
    for name in (
        "name",
        "type",
        "chart",
        "counts",
        "direction",
        "frequency",
        "unit",
        "exclusion_words",
        "sampling",
    ):
        assert getattr(kept, name) == getattr(wanted, name)
    assert kept.operational_definition == wanted.operational_definition
    assert kept.minutes_a_month == ready.minutes_a_month


def test_a_definition_that_is_gone_leaves_an_empty_form_and_says_so(
    page: Client, measures: Measures, lead: User
) -> None:
    form = page.get(f"/projects/{measures.project(lead).id}/measures/new?from=gone").text
    assert "no longer in the library" in text(form)
    assert typed(form).get("name", "") == ""


def test_the_way_to_the_library_is_shown_where_measures_begin(
    page: Client, measures: Measures, lead: User
) -> None:
    project = measures.project(lead)
    address = f"/projects/{project.id}/measures/library"
    for begin in (f"/projects/{project.id}", f"/projects/{project.id}/measures/new"):
        assert f'href="{address}"' in page.get(begin).text


def test_the_library_asks_the_database_for_no_more_than_who_comes_in(
    page: Client, measures: Measures, lead: User
) -> None:
    project = measures.project(lead)
    with counted(measures.store) as asked:
        page.get(f"/projects/{project.id}/measures/library")
    assert 0 < len(asked) <= 4, asked
