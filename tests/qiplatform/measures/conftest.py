"""A team lead, their measures, their browser and their token."""

import pytest

from qiplatform.accounts.models import User
from qiplatform.store.session import Store
from tests.support.client import Client
from tests.support.factories import Factory
from tests.support.measures import Measures


@pytest.fixture
def lead(make: Factory) -> User:
    return make.user("Lead")


@pytest.fixture
def measures(store: Store) -> Measures:
    return Measures(store)


@pytest.fixture
def page(client: Client, lead: User) -> Client:
    return client.as_(lead)


@pytest.fixture
def api(client: Client, lead: User) -> Client:
    return client.token(lead)
