"""Who goes by another name, and keeps their organisation back, is not found out before the
introduction: on no page, in no feed or file, in no email to others, whoever looks."""

import json
import re
from dataclasses import replace
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import select

from matcher.actions.handed_in import Colleague
from matcher.actions.network.advising import Author, SentNote, publish_note, write_note
from matcher.actions.network.asking_peers import answer_peer, ask_first
from matcher.actions.network.attending import SentEvent, add_event, say_going
from matcher.actions.network.greeting import be_findable, say_hello, write_back
from matcher.actions.network.vouching import vouch
from matcher.actions.post.sending import look
from matcher.actions.proposals.live_index import LiveIndex
from matcher.actions.requester.asking import confirm_person
from matcher.actions.volunteer.answering import Yes, accept
from matcher.actions.volunteer.passing_on import pass_on
from matcher.actions.volunteer.volunteering import change_page
from matcher.lifecycle.pairing import State
from matcher.lifecycle.tables import Actor
from matcher.mail.links import Purpose, make_token
from matcher.records.advice import AdviceNote
from matcher.records.database import db
from matcher.records.events import MeetingEvent
from matcher.records.links import Link
from matcher.records.outbox import OutgoingEmail
from matcher.records.pairings import Pairing
from matcher.records.peer_questions import PeerAnswer
from matcher.records.volunteers import Volunteer
from tests.cast import STORY_OFFER, WALSALL, WANTED

NAME, EMPLOYER = "Qwillamina Zqxjkworth", "Zqxjkshire Fire and Rescue"
TELLING = re.compile(r"qwillamina|zqxjk", re.IGNORECASE)
OFFER = (
    f"{STORY_OFFER} I am {NAME} ({NAME.upper()}) of {EMPLOYER}: q.z@zqxjkfire.example, Zqxjkworth."
)
#: The bodies that forms suggest: nobody is named with them.
NOBODYS = {"/organisations.json"}
THEIRS_ALONE = frozenset(Purpose) - {Purpose.CONFIRM_PERSON}


@pytest.fixture
def quiet(cast):
    """A volunteer under a pseudonym for whom a coordinator vouches."""
    given = {"name": NAME, "organisation": EMPLOYER, "offer": OFFER}
    volunteer_id = cast.volunteer(email="qwillamina@zqxjkfire.example", **given)
    hidden = {
        "display_name": "Quiet Fox",
        "hides_organisation": True,
        "job_title": f"Social media lead, {EMPLOYER}",
        "skills": (f"briefing at {EMPLOYER}",),
        "experience": (f"{NAME} briefed {EMPLOYER} on social media.",),
        "handles": ("https://mastodon.example/@quietfox",),
    }
    own = cast.acting(Actor.VOLUNTEER, volunteer_id)
    change_page(volunteer_id, lambda before: replace(before, **hidden), own)
    vouch(volunteer_id, cast.acting(Actor.COORDINATOR))
    return volunteer_id


@pytest.fixture
def story(cast, quiet):
    """They said yes to a request, passed another on, go to an event and wrote advice."""
    own = cast.acting(Actor.VOLUNTEER, quiet)
    cora = cast.acting(Actor.COORDINATOR)
    asks = cast.request(need="What do council members ask about social media?")
    ask_first(LiveIndex(), asks, "What do members ask first?", cast.acting(Actor.REQUESTER))
    (asked,) = cast.rows(PeerAnswer)
    answer_peer(asked.id, f"Ask {NAME} of {EMPLOYER}.", own)
    pairing_id = cast.invited(cast.request(), quiet)
    accept(pairing_id, Yes(WANTED[0], note=f"Greetings, {NAME}", interest=f"Of {EMPLOYER}"), own)
    other = cast.request(need="Help us to run our crematorium, please.")
    passed = cast.invited(other, quiet)
    pass_on(passed, Colleague("Ann Fox", "ann@elsewhere.example", "192.0.2.0/24"), own)
    event_id = add_event(SentEvent("Camp", *WANTED, WALSALL), uuid4().hex, cora)
    victor = cast.volunteer()
    cast.invited(cast.request(need="Help us with our libraries, please."), victor)
    for volunteer_id in (quiet, victor):
        say_going(event_id, cast.acting(Actor.VOLUNTEER, volunteer_id))
    for volunteer_id in (quiet, victor):
        be_findable(volunteer_id, True, cast.acting(Actor.VOLUNTEER, volunteer_id))
    hello_id = say_hello(quiet, victor, "Hello!", own)
    write_back(hello_id, victor, "And to you!", cast.acting(Actor.VOLUNTEER, victor))
    note = SentNote("Social media", "A start.", "A plan.", shown_as="Quiet Fox")
    note_id = write_note(Author(Actor.VOLUNTEER, quiet), note, uuid4().hex, own)
    publish_note(note_id, cora)
    return victor


def addresses(app, quiet, cast):
    """Every address there is: all links that are not the quiet volunteer's own, all ids, slugs."""
    slugs = [each.slug for model in (AdviceNote, MeetingEvent) for each in cast.rows(model)]
    keys = app.extensions["link_keys"]
    links = [
        link
        for link in db.session.scalars(select(Link)).all()
        if link.volunteer_id != quiet or link.purpose not in THEIRS_ALONE
    ]
    for rule in app.url_map.iter_rules():
        paths = [re.sub("<int:[a-z_]+>", f"{number}", rule.rule) for number in (1, 2)]
        if rule.rule.startswith("/t/"):
            purpose = Purpose(rule.rule.split("/")[2])
            words = [
                make_token(keys, x.key_id, purpose, x.id) for x in links if x.purpose == purpose
            ]
        else:
            words = slugs
        for path in dict.fromkeys(paths):
            yield from {re.sub("<[a-z_:]+>", word, path) for word in (*words, "none")}


def sign_in(client, volunteer):
    with client.session_transaction(base_url="http://help.test") as session:
        session["_user_id"] = f"{Actor.VOLUNTEER}:{volunteer.id}:{volunteer.session_key}"
        session["_fresh"] = True


@pytest.mark.parametrize("signed_in", [False, True])
def test_no_page_tells_who_goes_by_another_name(app, client, cast, quiet, story, signed_in):
    if signed_in:
        sign_in(client, cast.get(Volunteer, story))
    with time_machine.travel(cast.occasion.now, tick=False):
        pages = {path: client.get(path) for path in sorted(addresses(app, quiet, cast))}
    telling = [path for path, page in pages.items() if tells(page) and path not in NOBODYS]
    assert telling == []
    seen = [path for path, page in pages.items() if "Quiet Fox" in page.get_data(as_text=True)]
    assert len(seen) >= 2


def tells(page) -> bool:
    return bool(TELLING.search(page.get_data(as_text=True) + str(page.headers)))


def test_no_email_to_others_tells_who_goes_by_another_name(app, cast, quiet, story):
    db.session.rollback()
    emails = db.session.scalars(select(OutgoingEmail)).all()
    to_others = [each for each in emails if each.volunteer_id != quiet]
    for each in to_others:
        letter = look(each.id, cast.occasion)
        kept = json.dumps([each.context, each.to_name, each.to_address])
        assert not TELLING.search(kept), each.name
        assert letter is None or not TELLING.search(json.dumps(letter.context))
    assert "accepted" in {each.name for each in to_others}


def test_the_requester_hears_that_a_coordinator_vouches(cast, quiet, story):
    found = cast.emails("accepted")[0].context["found"]
    assert (found["vouched"], found["organisation"], found["known_as"]) == (True, "", "Quiet Fox")


def test_after_the_introduction_the_requester_knows_whom_they_meet(cast, quiet, story):
    (accepted,) = cast.rows(Pairing, volunteer_id=quiet, state=State.ACCEPTED)
    confirm_person(accepted.id, cast.acting(Actor.REQUESTER))
    told = cast.emails("introduction_requester")[0].context
    assert NAME in json.dumps(told)
    assert EMPLOYER in json.dumps(told)
