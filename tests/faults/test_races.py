"""Races for one place, at a small size; ``benchmarks/races.py`` runs the full size."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

from flask import Flask

from matcher.actions.network.greeting import be_findable, say_hello
from matcher.actions.requester.asking import withdraw_request
from matcher.actions.volunteer.answering import Outcome, Yes, accept
from matcher.lifecycle import help_request, pairing
from matcher.lifecycle.choices import WithdrawReason
from matcher.lifecycle.refusals import Refused
from matcher.lifecycle.tables import Actor
from matcher.records.database import db
from matcher.records.hellos import Hello
from matcher.records.help_requests import HelpRequest
from matcher.records.pairings import Pairing
from tests.cast import Cast

AT_ONCE = 4
ROUNDS = 3
IN_THREE_WEEKS = (date(2026, 12, 14),)  # so that all four are asked at once


def at_once(app: Flask, acts):
    """Run the acts in threads that start together; return what each answered or raised."""
    start = Barrier(len(acts))

    def run(act):
        with app.app_context():
            start.wait()
            try:
                return act()
            except Refused as refusal:
                return refusal
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def accepting(cast: Cast, pairing_id: int):
    return lambda: accept(pairing_id, Yes(), cast.acting(Actor.VOLUNTEER))


def test_of_four_who_accept_at_once_one_takes_the_place_and_three_wait(app, cast):
    volunteers = [cast.volunteer() for _ in range(AT_ONCE)]
    for _ in range(ROUNDS):
        request_id = cast.request(wanted_dates=IN_THREE_WEEKS)
        kept = [cast.invited(request_id, each) for each in volunteers]
        outcomes = at_once(app, [accepting(cast, each) for each in kept])
        expected = [Outcome.ACCEPTED] + [Outcome.RESERVE] * (AT_ONCE - 1)
        assert sorted(map(str, outcomes)) == expected
        assert cast.get(HelpRequest, request_id).filled == 1


def test_a_withdrawal_against_a_yes_has_one_winner_and_the_emails_agree(app, cast):
    volunteer_id = cast.volunteer()
    for _ in range(ROUNDS):
        request_id = cast.request()
        pairing_id = cast.invited(request_id, volunteer_id)
        at_once(
            app,
            [
                accepting(cast, pairing_id),
                lambda request_id=request_id: withdraw_request(
                    request_id, WithdrawReason.NOT_NEEDED, "", cast.acting(Actor.REQUESTER)
                ),
            ],
        )
        assert cast.get(HelpRequest, request_id).state == help_request.State.WITHDRAWN
        assert cast.get(Pairing, pairing_id).state == pairing.State.STOOD_DOWN
        assert len(cast.emails("stood_down", pairing_id=pairing_id)) == 1


def test_hellos_that_are_sent_at_once_keep_to_the_limit_of_the_week(app, cast):
    anna, *others = (cast.volunteer() for _ in range(AT_ONCE + 3))
    for each in (anna, *others):
        be_findable(each, True, cast.acting(Actor.VOLUNTEER, each))
    acting = cast.acting(Actor.VOLUNTEER, anna)
    for each in others[:2]:
        say_hello(anna, each, "Hello!", acting)
    tight = replace(acting, settings=acting.settings.model_copy(update={"hellos_per_week": 3}))
    acts = [lambda to=each: say_hello(anna, to, "Hello!", tight) for each in others[2:]]
    refused = [each for each in at_once(app, acts) if isinstance(each, Refused)]
    assert (len(cast.rows(Hello)), len(refused)) == (3, AT_ONCE - 1)
