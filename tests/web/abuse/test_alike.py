"""A known address and an unknown one cannot be told apart: not by the answer, nor by the work.

The work is what is sent to the database: the time that it takes follows from it.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from matcher.mail.links import Purpose, mask
from matcher.records.database import db
from tests.web.requester.test_help_form import ANSWERS as ASK
from tests.web.volunteer.test_joining import ANSWERS as OFFER

pytestmark = pytest.mark.usefixtures("monday")

KNOWN = "somebody@known.example"
UNKNOWN = "nobody@unknown.example"
#: What differs from answer to answer anyway.
CHANGING = re.compile(
    r'nonce="[^"]*"|name="csrf_token"[^>]*|somebody@known|nobody@unknown|H-[0-9]+|[0-9a-f.]{65}'
)
OWN = {"X-Request-Id", "Content-Security-Policy", "Set-Cookie", "Content-Length"}


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request):
    return request.getfixturevalue(f"{request.param}_url")


@contextmanager
def statements() -> Iterator[list[str]]:
    """What is sent to the database within; how a savepoint ends counts as the same."""
    sent: list[str] = []

    def keep(_connection, _cursor, statement, *_rest) -> None:
        sent.append(re.sub(r"^(RELEASE|ROLLBACK TO) SAVEPOINT.*", "END OF SAVEPOINT", statement))

    event.listen(db.engine, "before_cursor_execute", keep)
    yield sent
    event.remove(db.engine, "before_cursor_execute", keep)


def ask_for_a_link(path):
    def ask(client, email, _address):
        with statements() as sent:
            answer = client.post(path, data={"email": email})
        return answer, sent

    return ask


def join(client, email, _address):
    client.post("/offer/again")
    for name, typed in OFFER.items():
        client.post(f"/offer/{name}", data={**typed, "email": email})
    with statements() as sent:
        answer = client.post("/offer/check")
    return answer, sent


def ask_again(client, email, _address):
    client.post("/ask/again")
    for name, typed in ASK.items():
        client.post(f"/ask/{name}", data={**typed, "email": email})
    client.get("/ask/same")
    with statements() as sent:
        answer = client.post("/ask/same", data={"which": "1"})
    return answer, sent


def pass_on(client, email, address):
    link = address(Purpose.ANSWER, pairing_id={KNOWN: 1, UNKNOWN: 2}.get(email, 3))
    with statements() as sent:
        answer = client.post(f"{link}/someone-else", data={"name": "Priya", "email": email})
    return answer, sent


WAYS = {
    "a volunteer's link": ask_for_a_link("/volunteer/sign-in"),
    "a coordinator's link": ask_for_a_link("/coordinator/sign-in"),
    "a link to one's data": ask_for_a_link("/your-data"),
    "an offer": join,
    "a request's page": ask_again,
    "a colleague": pass_on,
}


@pytest.fixture
def people(cast):
    """Somebody who asks, helps and coordinates under the known address; three who are asked."""
    cast.request(email=KNOWN)
    cast.volunteer(email=KNOWN)
    cast.coordinator(email=KNOWN)
    for _ in range(3):
        need = cast.request(need="Help us to plan a cycle lane.", email="ruth@reading.example")
        cast.invited(need, cast.volunteer())


@pytest.mark.parametrize("way", WAYS.values(), ids=list(WAYS))
def test_the_answer_and_the_work_are_the_same_for_every_address(client, people, address, way):
    tried = ("first@warm.example", KNOWN, UNKNOWN)
    _, known, unknown = (seen(client, way(client, email, address)) for email in tried)
    assert known == unknown


def seen(client, tried):
    """The work, and all that whoever asked can see: status, headers, the page it leads to."""
    answer, work = tried
    assert answer.status_code == 303
    page = CHANGING.sub("", client.get(answer.location).text)
    headers = [each for each in answer.headers if each[0] not in {*OWN, "Location"}]
    return work, headers, mask(answer.location), page
