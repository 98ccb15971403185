"""Erasure reaches every place, ends what is open, and stays when an older backup comes back."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from matcher.actions.privacy.erasing import erase, erase_again
from matcher.actions.proposals.offering import publish_offer
from matcher.actions.proposals.proposing import LiveIndex
from matcher.actions.requester.drafting import save_draft
from matcher.lifecycle import help_request, pairing, volunteer
from matcher.lifecycle.refusals import NotAllowed, NotFound
from matcher.lifecycle.tables import Actor
from matcher.mail.links import LinkKeys
from matcher.records.database import db, writing
from matcher.records.erasures import list_erasures
from matcher.records.help_requests import HelpRequest
from matcher.records.links import Link
from matcher.records.outbox import OutgoingEmail
from matcher.records.pairings import Pairing
from matcher.records.person import find_person
from matcher.records.uploads import UploadLine
from matcher.records.volunteers import Volunteer
from tests.canaries import MARK, Canaries, files_with_words, places_with_words

RUTH, VICTOR = "ruth@westberks.example", "victor@walsall.example"


@pytest.fixture
def keys(app) -> LinkKeys:
    return app.extensions["link_keys"]


@pytest.fixture
def story(cast) -> tuple[int, int, int]:
    """Ruth and Victor are introduced."""
    return introduced(cast)


def introduced(cast, ruth=None, victor=None) -> tuple[int, int, int]:
    request_id = cast.request(**(ruth or {}))
    volunteer_id = cast.volunteer(email=VICTOR, **(victor or {}))
    return request_id, volunteer_id, cast.confirmed(request_id, volunteer_id)


MARKED = {
    Actor.REQUESTER: {"ruth": {"organisation": f"{MARK} club", "name": MARK, "need": f"{MARK} a"}},
    Actor.VOLUNTEER: {"victor": {"name": MARK, "offer": MARK}},
}


def filled(cast, side: Actor) -> str:
    """Put a mark into everything that is one side's, and return their address as it is now."""
    request_id, volunteer_id, pairing_id = introduced(cast, **MARKED[side])
    rows = {Actor.REQUESTER: (HelpRequest, request_id), Actor.VOLUNTEER: (Volunteer, volunteer_id)}
    ids = {"programme": 1, "help_request": request_id, "volunteer": volunteer_id}
    ids |= {"pairing": pairing_id, "visit": 1, "advice_note": 1}
    assert Canaries(side, ids).fill() > 20
    with writing() as session:
        publish_offer(session, session.get_one(Volunteer, volunteer_id), cast.occasion)
    row = cast.get(*rows[side])
    address = row.requester_email if side == Actor.REQUESTER else row.email
    save_draft(None, "need", {"email": address, "need": MARK}, cast.occasion)
    with writing() as session:
        session.execute(update(UploadLine).values(address=address))
    return address


SIDES = [Actor.REQUESTER, Actor.VOLUNTEER]


@pytest.mark.parametrize("side", SIDES)
def test_nothing_of_an_erased_person_is_left_in_any_table_file_index_or_log(
    cast, side, keys, app, capfd
):
    address, live = filled(cast, side), LiveIndex()
    live.follow(db.session())
    assert len(set(places_with_words())) > 10
    erase(address, keys, cast.acting(side))
    assert places_with_words() == []
    if db.engine.dialect.name == "sqlite":
        assert files_with_words(Path(db.engine.url.database)) == []
    assert MARK not in remembered(live.follow(db.session()))
    assert MARK not in "".join(capfd.readouterr())


def remembered(index) -> str:
    """Everything that an index holds, as words."""
    seen: set[int] = set()

    def walk(value):
        if id(value) in seen:
            return
        seen.add(id(value))
        if isinstance(value, str | bytes):
            yield repr(value).lower()
        elif isinstance(value, dict):
            for pair in value.items():
                yield from walk(pair)
        elif isinstance(value, list | tuple | set | frozenset):
            for each in value:
                yield from walk(each)
        elif hasattr(value, "__dict__") or hasattr(value, "__slots__"):
            names = [*getattr(value, "__dict__", ()), *getattr(value, "__slots__", ())]
            for name in names:
                yield from walk(getattr(value, name, None))

    return " ".join(walk(index))


def test_what_is_open_ends_and_the_others_are_told(cast, story, keys):
    request_id, volunteer_id, pairing_id = story
    erase(RUTH, keys, cast.acting(Actor.REQUESTER))
    assert cast.get(HelpRequest, request_id).state == help_request.State.WITHDRAWN
    assert cast.get(Pairing, pairing_id).state == pairing.State.STOOD_DOWN
    (told,) = cast.emails("called_off", volunteer_id=volunteer_id)
    assert (told.skipped_at, told.context["about"]["heading"]) == (None, "(erased)")


def test_a_volunteer_who_is_erased_leaves_and_the_request_goes_on(cast, story, keys):
    request_id, volunteer_id, pairing_id = story
    erase(VICTOR, keys, cast.acting(Actor.VOLUNTEER, volunteer_id))
    assert cast.get(Volunteer, volunteer_id).state == volunteer.State.LEFT
    assert cast.get(Pairing, pairing_id).state == pairing.State.RELEASED
    assert cast.get(HelpRequest, request_id).state in help_request.OPEN
    assert cast.get(HelpRequest, request_id).requester_email == RUTH


def test_the_erased_get_no_further_email_and_their_links_are_dead(cast, story, keys):
    erase(RUTH, keys, cast.acting(Actor.REQUESTER))
    to_nobody = cast.rows(OutgoingEmail, to_address="")
    assert all(email.sent_at or email.skipped_at for email in to_nobody)
    own = cast.rows(Link, help_request_id=story[0], volunteer_id=None)
    assert own
    assert all(link.revoked_at for link in own)


def test_an_email_that_still_waits_for_somebody_else_goes_without_the_erased_ones_words(
    cast, story, keys
):
    (before,) = cast.emails("introduction_volunteer")
    assert "Ruth Adeyemi" in json.dumps(before.context)
    erase(RUTH, keys, cast.acting(Actor.REQUESTER))
    (after,) = cast.emails("introduction_volunteer")
    assert after.to_address == VICTOR
    assert after.context["about"]["reference"] == before.context["about"]["reference"]
    assert "Ruth" not in json.dumps(after.context)


def test_who_still_coordinates_is_not_erased(cast, keys):
    cast.coordinator("cora@programme.example")
    with pytest.raises(NotAllowed):
        erase("cora@programme.example", keys, cast.acting(Actor.COORDINATOR))


def test_an_address_that_nobody_knows_is_said_so(cast, keys):
    with pytest.raises(NotFound):
        erase("nobody@nowhere.example", keys, cast.acting(Actor.COORDINATOR))


def test_the_list_names_nobody_and_erases_again_after_a_restore(cast, story, keys):
    erase(RUTH, keys, cast.acting(Actor.REQUESTER))
    lines = list_erasures(db.session())
    assert "ruth" not in lines[0].as_line()
    earlier = replace(cast, occasion=replace(cast.occasion, now=cast.occasion.now - HOUR))
    earlier.request(need="as an older backup brings it back")
    assert erase_again(lines, keys, cast.occasion) == 1
    assert not find_person(db.session(), RUTH).known
    assert list_erasures(db.session()) == lines


HOUR = timedelta(hours=1)


def test_who_came_back_after_being_erased_stays(cast, story, keys):
    erase(RUTH, keys, cast.acting(Actor.REQUESTER))
    lines = list_erasures(db.session())
    later = replace(cast, occasion=replace(cast.occasion, now=cast.occasion.now + HOUR))
    request_id = later.request()
    assert erase_again(lines, keys, later.occasion) == 0
    assert cast.get(HelpRequest, request_id).requester_email == RUTH
