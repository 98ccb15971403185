"""What would bring in more people, and what a changed need does to those who said yes."""

from matcher.actions.proposals.live_index import LiveIndex
from matcher.actions.proposals.offering import publish_offer
from matcher.actions.proposals.proposing import propose
from matcher.actions.proposals.rescoring import rescore_due
from matcher.actions.requester.changing import change_need
from matcher.lifecycle.choices import TaskKind
from matcher.lifecycle.tables import Actor
from matcher.records.database import writing
from matcher.records.help_requests import HelpRequest
from matcher.records.pairings import Pairing
from matcher.records.tasks import Task
from matcher.records.volunteers import Volunteer


def reach(cast, request_id):
    propose(LiveIndex(), request_id, cast.occasion)
    return cast.get(HelpRequest, request_id).reach


def test_nobody_within_range_is_said_with_how_many_a_little_further_would_add(cast):
    request_id = cast.request()
    cast.volunteer(miles=75)  # Walsall to Newbury is about 86 miles
    cast.vera()
    assert reach(cast, request_id) == {"if_remote": 0, "if_wider": 1, "if_other_dates": 0}


def test_who_knows_nothing_of_it_is_not_counted(cast):
    request_id = cast.request()
    cast.volunteer(miles=75, offer="I plan cycle lanes.")
    assert reach(cast, request_id)["if_wider"] == 0


def test_those_who_would_help_by_video_are_counted(cast):
    request_id, vera = cast.request(), cast.vera()
    with writing() as session:
        volunteer = session.get_one(Volunteer, vera)
        volunteer.travel_limit = {**volunteer.travel_limit, "remote": True}
    republish(cast, vera)
    assert reach(cast, request_id)["if_remote"] == 1


def republish(cast, volunteer_id):
    with writing() as session:
        publish_offer(session, session.get_one(Volunteer, volunteer_id), cast.occasion)


def changed(cast, need):
    request_id = cast.request()
    pairing_id = cast.accepted(request_id, cast.volunteer())
    change_need(request_id, need, cast.acting(Actor.REQUESTER))
    rescore_due(LiveIndex(), cast.occasion)
    assert cast.get(HelpRequest, request_id).changed_at is None
    return cast.get(Pairing, pairing_id)


def test_a_yes_that_no_longer_fits_the_need_goes_to_the_coordinator(cast):
    kept = changed(cast, "Help us to plan a cycle lane.")
    assert len(cast.rows(Task, kind=TaskKind.NO_LONGER_FITS, pairing_id=kept.id)) == 1


def test_a_yes_that_still_fits_is_left_alone(cast):
    kept = changed(cast, "Social media training for our chief executive, members and officers.")
    assert kept.score > 0
    assert cast.rows(Task, kind=TaskKind.NO_LONGER_FITS) == []
