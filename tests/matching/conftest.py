import pytest
from hypothesis import settings

from matcher.matching.thesaurus import Thesaurus

settings.register_profile("matching", max_examples=20, deadline=None, derandomize=True)
settings.load_profile("matching")


@pytest.fixture
def no_thesaurus():
    return Thesaurus()
