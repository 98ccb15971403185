from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from matcher.actions.post.sending import mark_refused
from matcher.actions.volunteer.answering import Yes, accept, decline
from matcher.lifecycle.choices import DeclineReason
from matcher.lifecycle.tables import Actor
from matcher.records.database import db, writing
from matcher.records.help_requests import HelpRequest
from matcher.records.pages.coordinator_lists import list_requests
from matcher.records.pages.desk import SHOWN, read_dashboard
from matcher.records.pages.queues import Queue
from tests.cast import WANTED, Cast


def desk_of(cast, **later):
    """The dashboard as it stands so much later than Monday morning."""
    db.session.rollback()
    return read_dashboard(db.session(), cast.occasion.now + timedelta(**later))


def counts(desk):
    return {each.queue: each.count for each in desk.queues if each.count}


def wanted(cast, *days):
    return cast.request(
        wanted_dates=tuple(cast.occasion.today + timedelta(days=day) for day in days)
    )


def asking(cast, *days):
    """A request wanted in so many days, for which somebody is being asked; its id."""
    request_id = wanted(cast, *days)
    cast.invited(request_id, cast.volunteer())
    return request_id


def reopened(cast, by):
    """A request whose volunteer can no longer come, while another is being asked; its id."""
    request_id = cast.request()
    pairing_id, _ = (
        cast.invited(request_id, cast.volunteer(email=f"{name}@derby.example")) for name in "ab"
    )
    accept(pairing_id, Yes(WANTED[0]), cast.acting(Actor.VOLUNTEER))
    decline(pairing_id, DeclineReason.DATES, "", by)
    return request_id


def test_with_nothing_there_nothing_needs_anybody(cast):
    desk = desk_of(cast)
    assert (desk.tasks, desk.waiting) == ((), 0)


def test_a_request_whose_address_is_not_proved_needs_nobody(cast):
    cast.request(confirmed=False)
    desk = desk_of(cast)
    assert (desk.waiting, desk.running.unconfirmed) == (0, 1)


def test_a_proved_request_is_to_review(cast):
    cast.request()
    assert counts(desk_of(cast)) == {Queue.TO_REVIEW: 1}


def test_a_request_that_asks_runs_by_itself(cast):
    cast.invited(cast.request(), cast.volunteer())
    desk = desk_of(cast)
    assert (desk.waiting, desk.running.asking, desk.running.open_asks) == (0, 1, 1)


def test_who_withdraws_reopens_the_request_since_then(cast):
    later = Cast(replace(cast.occasion, now=cast.occasion.now + timedelta(days=3)))
    reopened(cast, later.acting(Actor.VOLUNTEER))
    task = desk_of(cast, days=3).tasks[0]
    assert (task.queue, task.since) == (Queue.REOPENED, later.occasion.now)


def test_when_everybody_said_no_there_is_nobody(cast):
    pairing_id = cast.invited(cast.request(), cast.volunteer())
    decline(pairing_id, DeclineReason.DATES, "", cast.acting(Actor.VOLUNTEER))
    assert counts(desk_of(cast)) == {Queue.NOBODY: 1}


@pytest.mark.parametrize(
    ("days", "close"), [((13,), 1), ((14,), 0), ((40, 5), 1), ((40, 50), 0), ((), 0)]
)
def test_a_wanted_date_within_a_fortnight_is_close(cast, days, close):
    asking(cast, *days)
    assert counts(desk_of(cast)).get(Queue.CLOSE, 0) == close


def test_a_first_date_gone_by_is_not_close_while_another_is_far(cast):
    asking(cast, 2, 40)
    assert counts(desk_of(cast, days=3)) == {}


def test_a_request_with_all_dates_gone_by_stays_in_sight(cast):
    asking(cast, 2, 4)
    assert counts(desk_of(cast, days=6)) == {Queue.CLOSE: 1}


@pytest.mark.parametrize(("days", "late"), [(0, 0), (1, 0), (2, 1)])
def test_a_yes_needs_a_person_after_two_working_days(cast, days, late):
    cast.accepted(cast.request(), cast.volunteer())
    desk = desk_of(cast, days=days)
    assert counts(desk).get(Queue.WAITING_FOR_REQUESTER, 0) == late
    assert desk.running.unanswered == 1


def test_a_weekend_does_not_make_the_requester_late(cast):
    friday = Cast(replace(cast.occasion, now=cast.occasion.now + timedelta(days=4)))
    friday.accepted(friday.request(), friday.volunteer())
    assert counts(desk_of(friday, days=3)) == {}
    assert counts(desk_of(friday, days=4)) == {Queue.WAITING_FOR_REQUESTER: 1}


def test_a_confirmed_yes_waits_for_nobody(cast):
    cast.confirmed(cast.request(), cast.volunteer())
    desk = desk_of(cast, days=5)
    assert (desk.waiting, desk.running.filled, desk.running.unanswered) == (0, 1, 0)


def test_volunteers_of_unknown_domains_wait_to_be_let_in(cast):
    cast.volunteer(active=False)
    assert counts(desk_of(cast)) == {Queue.PENDING: 1}


def test_refused_emails_wait_for_a_look(cast):
    cast.request()
    email_id = cast.emails("request_received")[0].id
    mark_refused(email_id, "550 no such mailbox", cast.acting(Actor.CLOCK))
    assert counts(desk_of(cast))[Queue.REFUSED_EMAILS] == 1


def test_the_most_pressing_come_first(cast):
    cast.volunteer(active=False)
    cast.request()
    reopened(cast, cast.acting(Actor.VOLUNTEER))
    order = [task.queue for task in desk_of(cast).tasks]
    assert order == [Queue.REOPENED, Queue.TO_REVIEW, Queue.PENDING]


def test_within_a_queue_a_close_date_comes_before_a_long_wait(cast):
    first, soon = wanted(cast, 60), wanted(cast, 10)
    assert [task.row_id for task in desk_of(cast).tasks] == [soon, first]


def test_a_request_in_two_queues_is_one_task(cast):
    request_id = wanted(cast, 10)
    with writing() as session:
        session.get_one(HelpRequest, request_id).places = 2
    accept(cast.invited(request_id, cast.volunteer()), Yes(), cast.acting(Actor.VOLUNTEER))
    desk = desk_of(cast, days=3)
    assert counts(desk) == {Queue.CLOSE: 1, Queue.WAITING_FOR_REQUESTER: 1}
    assert [task.queue for task in desk.tasks] == [Queue.CLOSE]


def test_only_the_first_tasks_are_named_but_all_are_counted(cast):
    for _ in range(SHOWN + 1):
        cast.request(need=uuid4().hex)  # no two are alike, which would be a task of its own
    desk = desk_of(cast)
    assert (len(desk.tasks), desk.waiting) == (SHOWN, SHOWN + 1)


def test_the_list_of_a_queue_is_what_it_counts_longest_waiting_first(cast):
    ids = [cast.request() for _ in range(3)]
    cast.invited(cast.request(), cast.volunteer())
    page = list_requests(db.session(), cast.occasion.now, queue="to_review")
    assert [row.request_id for row in page.rows] == ids


def test_a_new_day_begins_at_midnight_in_london(cast):
    asking(cast, 14)
    assert counts(desk_of(cast, hours=13, minutes=59)) == {}
    assert counts(desk_of(cast, hours=14)) == {Queue.CLOSE: 1}
