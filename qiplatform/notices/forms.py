"""What is typed on the page of notices: nothing but which ones were seen."""

from pydantic import Field

from qiplatform.store.base import ID_LENGTH
from qiplatform.web.forms import Form


class SeenForm(Form):
    """One notice, or everything up to the newest on the page."""

    notice: str | None = Field(default=None, title="Notice", max_length=ID_LENGTH)
    newest: str | None = Field(default=None, title="Newest notice", max_length=ID_LENGTH)
