"""Measures with numbers, for the charts that cycles watch."""

import pytest

from qiplatform.store.session import Store
from tests.support.measures import Measures


@pytest.fixture
def measures(store: Store) -> Measures:
    return Measures(store)
