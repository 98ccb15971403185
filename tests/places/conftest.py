"""The gazetteer and the estimator, read once for all tests of places."""

import pytest

from matcher.places.areas import Areas
from matcher.places.gazetteer import Gazetteer
from matcher.places.travel import Estimator, shared_estimator


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture(scope="session")
def estimator() -> Estimator:
    return shared_estimator()


@pytest.fixture(scope="session")
def areas() -> Areas:
    return Areas.load()
