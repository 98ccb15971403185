"""From the outbox to the message: the whole story's emails, written out with links that work."""

import re
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest
from flask import Flask

from matcher.actions.linking import get_link
from matcher.actions.post.sending import look, mark_sent, take
from matcher.actions.requester.asking import turn_down_person, withdraw_request
from matcher.actions.volunteer.answering import decline
from matcher.actions.volunteer.passing_on import Colleague, pass_on
from matcher.app import shipped_folder
from matcher.delivery.postroom import Postroom
from matcher.delivery.transport import RefusedForGood, Sent
from matcher.lifecycle.choices import DeclineReason, WithdrawReason
from matcher.lifecycle.tables import Actor
from matcher.mail.links import Purpose, read_token
from matcher.mail.return_path import named_email
from matcher.records.database import db
from matcher.records.outbox import OutgoingEmail
from matcher.records.pairings import Pairing

LINK = re.compile(r"http://help\.test/t/([a-z_]+)/([0-9a-f.]+)")


class Kept:
    """A transport that keeps what it is given."""

    def __init__(self):
        self.messages: list[EmailMessage] = []
        self.senders: list[str] = []

    def send(self, message, *, sender, **_to):
        self.messages.append(message)
        self.senders.append(sender)
        return Sent()

    def close(self):
        """Nothing is open."""


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def postroom(app: Flask, settings, kept) -> Postroom:
    return Postroom(settings, app.extensions["link_keys"], shipped_folder("templates"), kept)


def send_all(postroom, occasion):
    """Send what waits, as the worker does; return what became of each."""
    answers = []
    for email_id in take(occasion, 200, timedelta(minutes=5)):
        letter = look(email_id, occasion)
        if letter is not None:
            answers.append(postroom.send(letter, occasion.settings))
            mark_sent(email_id, occasion)
    return answers


def named(kept, words) -> EmailMessage:
    (found,) = [each for each in kept.messages if words in str(each["Subject"])]
    return found


def text(message) -> str:
    return message.get_body(("plain",)).get_content()


def entry(message) -> str:
    (attached,) = message.iter_attachments()
    return attached.get_content().decode()


def the_story(cast):
    """One request to its introduction, one withdrawn, one turned down, one passed on."""
    cast.coordinator()
    introduced = cast.confirmed(cast.request(), cast.volunteer())
    over = cast.request()
    cast.invited(over, cast.volunteer())
    cast.confirmed(over, cast.volunteer())
    withdraw_request(over, WithdrawReason.NOT_NEEDED, "", cast.acting(Actor.REQUESTER))
    turned_down = cast.accepted(cast.request(), cast.volunteer())
    turn_down_person(turned_down, "", cast.acting(Actor.REQUESTER))
    passed = cast.invited(cast.request(), cast.volunteer())
    priya = Colleague("Priya Nair", "priya@walsall.example", "192.0.2.0/24")
    pass_on(passed, priya, cast.acting(Actor.VOLUNTEER))
    return introduced


def test_every_email_of_the_story_can_be_written_and_its_links_open(app, cast, postroom, kept):
    the_story(cast)
    answers = send_all(postroom, cast.occasion)
    assert len(answers) > 15
    assert set(answers) == {Sent()}
    for message in kept.messages:
        for purpose, token in LINK.findall(text(message)):
            assert read_token(token)
            get_link(
                db.session(),
                app.extensions["link_keys"],
                Purpose(purpose),
                token,
                cast.occasion.now,
            )


def test_the_introductions_bring_the_visit_into_both_calendars(cast, postroom, kept):
    cast.confirmed(cast.request(), cast.volunteer())
    send_all(postroom, cast.occasion)
    entries = [entry(each) for each in kept.messages if "introduced" in str(each["Subject"])]
    assert len(entries) == 2
    for each in entries:
        assert "METHOD:REQUEST" in each
        assert "DTSTART;VALUE=DATE:20270120" in each
        assert "mailto:ruth@westberks.example" in each.replace("\r\n ", "")
        assert "ORGANIZER" in each


def test_a_visit_that_is_off_leaves_both_calendars(cast, postroom, kept):
    pairing_id = cast.confirmed(cast.request(), cast.volunteer())
    decline(pairing_id, DeclineReason.DATES, "", cast.acting(Actor.VOLUNTEER))
    send_all(postroom, cast.occasion)
    to_ruth = entry(named(kept, "can no longer come"))
    to_victor = entry(named(kept, "no longer expected"))
    for each in (to_ruth, to_victor):
        assert "METHOD:CANCEL" in each
        assert "SEQUENCE:1" in each


def test_the_deadline_in_an_invitation_counts_from_its_sending(cast, postroom, kept):
    pairing_id = cast.invited(cast.request(), cast.volunteer())
    on_thursday = replace(cast.occasion, now=cast.occasion.now + timedelta(days=3))
    send_all(postroom, on_thursday)
    assert "Thursday 3 December 2026 at 6pm" in text(named(kept, "Could you help"))
    assert cast.get(Pairing, pairing_id).answer_by.date().isoformat() == "2026-12-03"


def test_an_invitation_offers_to_unsubscribe_and_a_receipt_does_not(cast, postroom, kept):
    cast.invited(cast.request(), cast.volunteer())
    send_all(postroom, cast.occasion)
    assert named(kept, "Could you help")["List-Unsubscribe"].startswith("<http://help.test/t/")
    assert named(kept, "We have your request")["List-Unsubscribe"] is None


def test_an_address_that_cannot_be_written_to_is_refused_for_good(cast, postroom):
    cast.request(email="ruth@@westberks.example", confirmed=False)
    answers = send_all(postroom, cast.occasion)
    assert [type(each) for each in answers] == [RefusedForGood]


def test_each_email_has_a_return_path_of_its_own_where_bounces_have_an_address(
    app, cast, settings, kept
):
    keys = app.extensions["link_keys"]
    with_path = settings.model_copy(update={"mail_bounces_to": "bounces@help.test"})
    room = Postroom(with_path, keys, shipped_folder("templates"), kept)
    cast.invited(cast.request(), cast.volunteer())
    waiting = [each.id for each in cast.rows(OutgoingEmail)]
    send_all(room, cast.occasion)
    assert {named_email(keys, [each]) for each in kept.senders} <= set(waiting)
    assert len(set(kept.senders)) == len(kept.messages) > 1


def test_without_such_an_address_the_sender_is_who_the_email_is_from(
    cast, settings, postroom, kept
):
    cast.invited(cast.request(), cast.volunteer())
    send_all(postroom, cast.occasion)
    assert set(kept.senders) == {settings.mail_from}
