"""A name that is not there: silent for the NHS macros, a fault in our own templates."""

import pytest
from jinja2 import Environment, UndefinedError

from qiplatform.web.rendering import environment


@pytest.fixture
def ours() -> Environment:
    return environment()


@pytest.mark.parametrize(
    "template",
    [
        "{{ page.typo }}",
        "{{ typo }}",
        "{{ page.a.b.c }}",
        "{% for one in page.typo %}x{% endfor %}",
        "{{ page.typo | length }}",
    ],
)
def test_printing_or_walking_what_is_not_there_is_a_fault(ours: Environment, template: str) -> None:
    with pytest.raises(UndefinedError):
        ours.from_string(template).render(page=object())


@pytest.mark.parametrize(
    "template",
    [
        "{% if page.typo %}x{% endif %}",
        "{{ page.typo | default('') }}",
        "{{ 'x' if page.a.b is defined else '' }}",
    ],
)
def test_asking_whether_it_is_there_is_allowed(ours: Environment, template: str) -> None:
    assert ours.from_string(template).render(page=object()) == ""


def test_the_nhs_macros_may_leave_things_out(ours: Environment) -> None:
    template = "{% from 'nhsuk/components/radios/macro.jinja' import radios %}{{ radios({'name': 'a', 'items': [{'value': '1', 'text': 'One'}]}) }}"
    assert "One" in ours.from_string(template).render()
