"""What a bounce, a note of absence and a person's reply set off."""

import pytest

from matcher.actions.coordinator.tasks import end_task
from matcher.actions.network.asking_peers import ask_first
from matcher.actions.post.bouncing import ENDS
from matcher.actions.post.receiving import receive
from matcher.actions.post.sending import mark_refused, mark_sent
from matcher.actions.proposals.live_index import LiveIndex
from matcher.actions.volunteer.volunteering import sign_in
from matcher.lifecycle import pairing
from matcher.lifecycle.choices import TaskKind
from matcher.lifecycle.peer_question import AskState
from matcher.lifecycle.tables import Actor
from matcher.lifecycle.volunteer import State
from matcher.mail.catalogue import CATALOGUE, IfBounced
from matcher.mail.links import Purpose
from matcher.mail.received import ReceivedKind, read_message
from matcher.records.database import db, writing
from matcher.records.links import Link
from matcher.records.outbox import OutgoingEmail
from matcher.records.pairings import Pairing
from matcher.records.peer_questions import PeerAnswer
from matcher.records.received import ReceivedEmail
from matcher.records.tasks import Task, count_tasks, list_tasks
from matcher.records.volunteers import Volunteer
from tests.builders_received import reply, report

VICTOR = "victor.osei@walsall.example"


@pytest.fixture
def asked(cast):
    """An invitation that was sent to Victor: the pairing, him, and its Message-ID."""
    volunteer_id = cast.volunteer(email=VICTOR)
    pairing_id = cast.invited(cast.request(), volunteer_id)
    email = cast.emails("invitation")[0]
    mark_sent(email.id, cast.occasion)
    return pairing_id, volunteer_id, email.message_id


def take_in(cast, raw):
    return receive(read_message(raw), cast.occasion)


def test_a_bounce_ends_the_ask_asks_the_next_and_has_the_address_proved_again(cast, asked):
    request_id = cast.get(Pairing, asked[0]).help_request_id
    *_others, last = [cast.invited(request_id, cast.volunteer()) for _ in range(3)]
    take_in(cast, report(to=VICTOR, message_id=asked[2]))
    assert cast.get(Pairing, asked[0]).state == pairing.State.LAPSED
    assert cast.get(Volunteer, asked[1]).state == State.UNVERIFIED
    assert cast.get(Pairing, last).state == pairing.State.INVITED


def test_a_bounce_is_a_task_for_a_coordinator(cast, asked):
    take_in(cast, report(to=VICTOR, message_id=asked[2]))
    (task,) = list_tasks(db.session())
    assert (task.kind, task.volunteer_id) == (TaskKind.BOUNCED, asked[1])
    assert "Recipient address rejected" in task.words


def test_a_mailbox_that_is_full_ends_the_ask_but_the_address_stays_good(cast, asked):
    take_in(cast, report(to=VICTOR, message_id=asked[2], status="4.2.2"))
    assert cast.get(Pairing, asked[0]).state == pairing.State.LAPSED
    assert cast.get(Volunteer, asked[1]).state == State.ACTIVE


@pytest.mark.parametrize(
    "forged",
    [
        lambda _ours: report(to=VICTOR, message_id="<made-up@help.test>"),
        lambda ours: report(to="somebody.else@walsall.example", message_id=ours),
        lambda ours: report(to=VICTOR, message_id=ours, action="delayed"),
    ],
    ids=["of no email of ours", "of another address", "of a delay"],
)
def test_a_report_that_does_not_name_our_email_and_its_address_changes_nothing(cast, asked, forged):
    take_in(cast, forged(asked[2]))
    assert cast.get(Pairing, asked[0]).state == pairing.State.INVITED
    assert cast.get(Volunteer, asked[1]).state == State.ACTIVE


def test_a_bounce_read_twice_counts_once(cast, asked):
    raw = report(to=VICTOR, message_id=asked[2])
    assert [take_in(cast, raw), take_in(cast, raw)] == [True, False]
    assert (len(cast.rows(ReceivedEmail)), len(cast.rows(Task))) == (1, 1)


def test_a_bounce_after_the_yes_leaves_the_yes_and_tells_a_coordinator(cast, asked):
    pairing_id = cast.accepted(
        cast.request(need="Our crematorium"), cast.volunteer(email="w@walsall.example")
    )
    thanked = cast.emails("accepted_volunteer", pairing_id=pairing_id)[0]
    take_in(cast, report(to="w@walsall.example", message_id=thanked.message_id))
    assert cast.get(Pairing, pairing_id).state == pairing.State.ACCEPTED
    assert [task.kind for task in list_tasks(db.session())] == [TaskKind.BOUNCED]


def test_an_address_that_bounced_is_proved_again_by_signing_in(cast, asked):
    take_in(cast, report(to=VICTOR, message_id=asked[2]))
    with writing() as session:
        link = Link(
            id="a" * 32,
            key_id="one",
            purpose=Purpose.SIGN_IN_VOLUNTEER,
            volunteer_id=asked[1],
            made_at=cast.occasion.now,
        )
        session.add(link)
    sign_in("a" * 32, cast.acting(Actor.VOLUNTEER))
    assert cast.get(Volunteer, asked[1]).state == State.ACTIVE


def test_a_note_that_somebody_is_away_is_counted_and_nothing_else(cast, asked):
    take_in(cast, reply(headers="Auto-Submitted: auto-replied", message_id=asked[2]))
    (row,) = cast.rows(ReceivedEmail)
    assert (row.kind, row.text, cast.rows(Task)) == (ReceivedKind.OUT_OF_OFFICE, "", [])
    assert cast.get(Pairing, asked[0]).state == pairing.State.INVITED


def test_what_a_person_wrote_waits_for_a_coordinator_and_is_not_acted_on(cast, asked):
    take_in(cast, reply("Yes! I accept. Stop asking me.", message_id=asked[2]))
    (task,) = list_tasks(db.session())
    assert (task.kind, task.volunteer_id) == (TaskKind.REPLY, asked[1])
    assert task.reply.text == "Yes! I accept. Stop asking me."
    assert cast.get(Pairing, asked[0]).state == pairing.State.INVITED


def test_a_task_is_done_once_and_leaves_the_list(cast, asked):
    take_in(cast, reply(message_id=asked[2]))
    cora = cast.acting(Actor.COORDINATOR, cast.coordinator())
    for _ in range(2):
        end_task(cast.rows(Task)[0].id, cora)
    assert (count_tasks(db.session()), cast.rows(Task)[0].done_by) == (0, cora.actor_id)


def test_a_bounced_confirmation_is_nobodys_task(cast):
    cast.request(confirmed=False)
    sent = cast.rows(OutgoingEmail)[0]
    take_in(cast, report(to=sent.to_address, message_id=sent.message_id))
    assert cast.rows(Task) == []


def test_what_the_catalogue_says_of_bounces_is_what_ends():
    ended = {IfBounced.NEXT, IfBounced.AUTHOR}
    assert set(ENDS) == {name for name, entry in CATALOGUE.items() if entry.if_bounced in ended}


@pytest.mark.parametrize("at_once", [True, False], ids=["refused at once", "came back later"])
def test_an_email_that_somebody_counts_on_is_an_urgent_task_when_it_bounces(cast, at_once):
    cast.accepted(cast.request(), cast.volunteer())
    (email,) = cast.emails("accepted")
    if at_once:
        mark_refused(email.id, "550 5.1.1 no such user", cast.occasion)
    else:
        take_in(cast, report(to=email.to_address, message_id=email.message_id))
    (task,) = list_tasks(db.session())
    assert (task.kind, task.urgent) == (TaskKind.BOUNCED, True)


def test_a_question_that_comes_back_later_ends_too(cast):
    volunteer_id, request_id = cast.volunteer(email=VICTOR), cast.request()
    asking = cast.acting(Actor.REQUESTER)
    ask_first(LiveIndex(), request_id, "How long do members need?", asking)
    (email,) = cast.emails("peer_question")
    take_in(cast, report(to=VICTOR, message_id=email.message_id, status="4.2.2"))
    assert cast.rows(PeerAnswer)[0].state == AskState.LAPSED
    assert cast.get(Volunteer, volunteer_id).state == State.ACTIVE


def test_a_report_that_came_to_the_return_path_needs_no_message_id(cast, asked):
    bare = report(to=VICTOR, message_id="<lost@elsewhere.test>")
    (email,) = cast.emails("invitation")
    receive(read_message(bare), cast.occasion, named=email.id)
    assert cast.get(Pairing, asked[0]).state == pairing.State.LAPSED


def test_the_return_path_alone_is_not_enough_where_another_address_failed(cast, asked):
    member = report(to="dead.member@walsall.example", message_id="<lost@elsewhere.test>")
    (email,) = cast.emails("invitation")
    receive(read_message(member), cast.occasion, named=email.id)
    assert cast.get(Pairing, asked[0]).state == pairing.State.INVITED
    assert [task.kind for task in list_tasks(db.session())] == [TaskKind.BOUNCED]
