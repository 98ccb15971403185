"""The gazetteer and the estimator, read once for all tests of places."""

import pytest

from matcher.places.gazetteer import Gazetteer


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()
