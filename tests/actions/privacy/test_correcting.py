"""A name or an address is corrected wherever it stands."""

import pytest

from matcher.actions.privacy.correcting import correct
from matcher.lifecycle.refusals import NotAllowed, NotFound
from matcher.records.help_requests import HelpRequest
from matcher.records.volunteers import Volunteer

RUTH, VICTOR = "ruth@westberks.example", "victor@walsall.example"


def test_a_name_and_an_address_are_corrected_and_waiting_emails_go_there(cast):
    request_id = cast.request()
    correct(RUTH, cast.occasion, name="Ruth Adeyemi-Cole", new_address="R.Cole@westberks.example")
    request = cast.get(HelpRequest, request_id)
    assert request.requester_name == "Ruth Adeyemi-Cole"
    assert request.requester_email == "r.cole@westberks.example"
    (email,) = cast.emails("request_received")
    assert email.to_address == "r.cole@westberks.example"


def test_a_name_alone_leaves_the_address(cast):
    volunteer_id = cast.volunteer(email=VICTOR)
    correct(VICTOR, cast.occasion, name="Victor Osei-Bonsu")
    volunteer = cast.get(Volunteer, volunteer_id)
    assert (volunteer.name, volunteer.email) == ("Victor Osei-Bonsu", VICTOR)


def test_nobody_takes_another_volunteers_address(cast):
    cast.volunteer(email=VICTOR)
    cast.volunteer(email="vera@walsall.example")
    with pytest.raises(NotAllowed):
        correct("vera@walsall.example", cast.occasion, new_address=VICTOR)


def test_an_unknown_address_is_said_so(cast):
    with pytest.raises(NotFound):
        correct("nobody@nowhere.example", cast.occasion, name="Nobody")
