"""A person's own copy: all that is theirs, and nothing that is another's."""

import json

import pytest

from matcher.records.database import db
from matcher.records.exporting import as_words, read_copy
from matcher.records.person import find_person

RUTH, VICTOR = "ruth@westberks.example", "victor@walsall.example"


@pytest.fixture
def copies(cast):
    """Ruth's and Victor's copies after they were introduced."""
    request_id, volunteer_id = cast.request(), cast.volunteer(email=VICTOR)
    cast.confirmed(request_id, volunteer_id)
    session = db.session()
    people = (find_person(session, address) for address in (RUTH, VICTOR))
    return [read_copy(session, person, cast.occasion.now).as_json() for person in people]


def test_a_copy_holds_every_table_that_is_about_the_person(copies):
    ruth, victor = (json.loads(copy)["tables"] for copy in copies)
    assert {"help_request", "happening", "outgoing_email", "visit"} <= ruth.keys()
    assert {"volunteer", "pairing", "offer_change", "outgoing_email"} <= victor.keys()
    assert ruth["help_request"][0]["requester_email"] == RUTH


def test_a_copy_holds_nothing_of_the_other_side_that_was_not_sent(copies):
    ruth, victor = copies
    assert VICTOR not in ruth
    assert "Victor" not in ruth
    assert RUTH not in victor
    assert "Ruth" not in victor


def test_a_copy_holds_no_key_that_opens_anything(copies, cast):
    link_ids = [email.links.values() for email in cast.emails("request_received")]
    keys = [key for ids in link_ids for key in ids]
    assert keys
    assert not any(key in copy for key in keys for copy in copies)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"miles": 30, "areas": []}, "miles: 30"),
        (["workshop", "review"], "workshop; review"),
        ({"who": {"first_name": "A"}}, "who: first name: A"),
        (True, "yes"),
        (None, ""),
    ],
)
def test_values_are_put_into_words(value, words):
    assert as_words(value) == words
