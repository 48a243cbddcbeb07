"""What is asked of a search, in its address; which search is kept, and which is let go."""

from typing import Annotated

from fastapi import Depends, Query
from pydantic import Field

from qiplatform.search.rules import Question
from qiplatform.web.forms import Form

_LONGEST_QUERY = 3000
Text = Annotated[str, Query()]


def _asked(
    *,
    q: Text = "",
    setting: Text = "",
    topic: Text = "",
    organisation: Text = "",
    result: Text = "",
    method: Text = "",
    region: Text = "",
    strength: Text = "",
    year: Text = "",
    involvement: Text = "",
    sort: Text = "",
    exactly: Text = "",
    page: Text = "1",
) -> Question:
    # Named one by one so that the API's description lists them.
    return Question.of(locals())


AskedSearch = Annotated[Question, Depends(_asked)]
"""A search in a page's or an API call's address."""


class KeepForm(Form):
    """A search somebody wants to be told of."""

    search: str = Field(title="Search", max_length=_LONGEST_QUERY)
