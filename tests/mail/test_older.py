import pytest

from matcher.mail.older import NOT_SAID, completed
from matcher.mail.rendering import Renderer
from tests.builders_mail import EVERY, TEMPLATES, values_of


def as_queued_before(context):
    """The values as a release would have queued them that knew none of the later facts."""
    return {
        name: {part: said for part, said in held.items() if part not in NOT_SAID.get(name, {})}
        if isinstance(held, dict)
        else held
        for name, held in context.items()
    }


@pytest.fixture(scope="module")
def renderer():
    return Renderer(TEMPLATES)


def test_every_email_queued_by_an_older_release_can_be_written(renderer):
    for email in EVERY:
        values = {**values_of(email), **completed(as_queued_before(email.context))}
        assert renderer.render(email.name, values).text


def test_what_was_said_stays_as_it_was_said():
    for email in EVERY:
        assert completed(email.context) == email.context
