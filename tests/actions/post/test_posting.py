"""Which facts and links each queued email has, and to whom it goes."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from matcher.actions.coordinator.reviewing import approve, close_request
from matcher.actions.coordinator.signing_in import send_sign_in_link
from matcher.actions.handed_in import Details
from matcher.actions.post.letters import ABOUT_PAIRINGS, ABOUT_REQUESTS, ABOUT_VOLUNTEERS
from matcher.actions.post.posting import queue_reminder
from matcher.actions.requester.asking import add_details, turn_down_person, withdraw_request
from matcher.actions.volunteer.answering import Yes, accept, decline
from matcher.actions.volunteer.passing_on import Colleague, pass_on
from matcher.actions.volunteer.volunteering import send_page_link
from matcher.lifecycle import help_request, pairing, volunteer
from matcher.lifecycle.choices import CloseReason, DeclineReason, Kind, WithdrawReason
from matcher.lifecycle.tables import Actor
from matcher.mail.catalogue import CATALOGUE
from matcher.mail.links import Purpose
from matcher.records.database import writing
from matcher.records.links import Link
from matcher.records.pairings import Pairing
from matcher.records.volunteers import Volunteer
from tests.cast import WANTED

PHONE = "01635 555 0100"
UNWANTED = "Reading Borough Council"


def the_email(cast, name, **subject):
    """The one email of this name."""
    (email,) = cast.emails(name, **subject)
    return email


def told(email) -> str:
    return json.dumps(email.context, ensure_ascii=False)


def say_yes(cast, pairing_id):
    accept(pairing_id, Yes(WANTED[0]), cast.acting(Actor.VOLUNTEER))


def withdraw(cast, request_id):
    withdraw_request(request_id, WithdrawReason.NOT_NEEDED, "", cast.acting(Actor.REQUESTER))


def with_details(cast, request_id):
    """The same request after its requester has said everything that can be said."""
    details = Details(
        title="Brief our leaders",
        kind=Kind.BRIEF_LEADERS,
        audience="The chief executive and six members",
        places=1,
        how_long="2 hours",
        remote_too=True,
        access="Step-free from Market Street",
        contact_on_day=PHONE,
        unwanted=(UNWANTED,),
    )
    add_details(request_id, details, cast.acting(Actor.REQUESTER))
    return request_id


@pytest.mark.parametrize(
    ("table", "letters"),
    [
        (help_request.TABLE, ABOUT_REQUESTS),
        (pairing.TABLE, ABOUT_PAIRINGS),
        (volunteer.TABLE, ABOUT_VOLUNTEERS),
    ],
    ids=["help_request", "pairing", "volunteer"],
)
def test_every_email_that_a_step_causes_can_be_written(table, letters):
    assert {name for step in table for name in step.emails} == set(letters)


def test_the_email_that_proves_an_address_holds_nothing_that_was_typed(cast):
    request_id = cast.request(confirmed=False)
    email = the_email(cast, "confirm_request", help_request_id=request_id)
    assert (email.to_name, email.context) == ("", {"days": 7})


def test_an_offer_from_a_stranger_is_answered_without_their_words(cast):
    volunteer_id = cast.volunteer(confirmed=False)
    email = the_email(cast, "confirm_offer", volunteer_id=volunteer_id)
    assert (email.to_name, email.context) == ("", {"days": 7})


def test_a_second_offer_from_a_known_address_gets_the_way_to_their_page(cast):
    volunteer_id = cast.volunteer(email="victor@walsall.example")
    cast.volunteer(email="victor@walsall.example", confirmed=False)
    assert the_email(cast, "already_joined").volunteer_id == volunteer_id


def test_sign_in_links_name_nobody(cast):
    cast.coordinator()
    cast.volunteer(email="victor@walsall.example")
    send_page_link("victor@walsall.example", "192.0.2.0/24", cast.acting(Actor.VOLUNTEER))
    send_sign_in_link("cora@programme.example", "192.0.2.0/24", cast.acting(Actor.COORDINATOR))
    names = {cast.emails(name)[0].to_name for name in ("your_page", "coordinator_sign_in")}
    assert names == {""}


def test_the_invitation_says_what_is_asked_and_why_them(cast):
    request_id, volunteer_id = with_details(cast, cast.request()), cast.volunteer()
    pairing_id = cast.proposal(request_id, volunteer_id)
    reason = {"kind": "word", "share": 0.4, "word": "members", "need_word": "councillors"}
    with writing() as session:
        candidate = {"reasons": [reason], "journey": {"train_minutes": 95.0}}
        session.get_one(Pairing, pairing_id).snapshot = {"candidate": candidate}
    approve(request_id, [pairing_id], cast.acting(Actor.COORDINATOR))
    context = the_email(cast, "invitation", pairing_id=pairing_id).context
    assert context["asked"]["audience"] == "The chief executive and six members"
    assert context["asked"]["dates"] == [day.isoformat() for day in WANTED]
    assert context["why_you"]["words"] == [{"word": "members", "need_word": "councillors"}]
    assert round(context["journey"]["distance_km"]) == 139
    assert context["journey"]["train_minutes"] == 90


def test_the_invitation_names_neither_the_requester_nor_whom_they_would_not_have(cast):
    pairing_id = cast.invited(with_details(cast, cast.request()), cast.volunteer())
    words = told(the_email(cast, "invitation", pairing_id=pairing_id))
    for secret in ("Ruth", "westberks.example", PHONE, "Market Street", UNWANTED, "unwanted"):
        assert secret not in words


def test_the_reminder_keeps_the_same_secrets(cast):
    pairing_id = cast.invited(with_details(cast, cast.request()), cast.volunteer())
    with writing() as session:
        queue_reminder(session, session.get_one(Pairing, pairing_id), cast.occasion)
    words = told(the_email(cast, "reminder", pairing_id=pairing_id))
    for secret in ("Ruth", "westberks.example", PHONE, "Market Street", UNWANTED):
        assert secret not in words


def test_the_requester_reads_of_the_volunteer_all_but_who_it_is(cast):
    pairing_id = cast.accepted(cast.request(), cast.volunteer())
    email = the_email(cast, "accepted", pairing_id=pairing_id)
    assert email.context["found"]["organisation"] == "Walsall Metropolitan Borough Council"
    assert email.context["found"]["chosen_on"] == WANTED[0].isoformat()
    assert "Victor" not in told(email)
    assert "walsall.example" not in told(email)


def test_the_introduction_gives_each_side_the_other(cast):
    request_id = with_details(cast, cast.request())
    pairing_id = cast.confirmed(request_id, cast.volunteer())
    to_ruth = the_email(cast, "introduction_requester", pairing_id=pairing_id).context["other"]
    to_victor = the_email(cast, "introduction_volunteer", pairing_id=pairing_id).context["other"]
    assert (to_ruth["name"], to_ruth["email"][:7]) == ("Victor Osei", "victor.")
    assert (to_victor["name"], to_victor["email"]) == ("Ruth Adeyemi", "ruth@westberks.example")
    assert to_victor["on_the_day"] == PHONE


def test_an_organisation_that_nobody_has_vetted_is_kept_out_of_subject_lines(cast):
    cast.request(organisation="Buy Cheap Watches")
    assert the_email(cast, "request_received").context["about"]["listed"] is False


def test_all_emails_about_a_request_carry_the_same_link_to_its_page(cast):
    request_id = cast.request()
    cast.confirmed(request_id, cast.volunteer())
    names = ("request_received", "accepted", "introduction_requester")
    links = {the_email(cast, name, help_request_id=request_id).links["status"] for name in names}
    assert links == {cast.link_id(Purpose.STATUS, help_request_id=request_id)}


def test_the_answer_link_stays_the_same_until_the_visit_has_a_page_of_its_own(cast):
    pairing_id = cast.confirmed(cast.request(), cast.volunteer())
    names = ("invitation", "accepted_volunteer")
    assert len({the_email(cast, name).links["answer"] for name in names}) == 1
    assert cast.link_id(Purpose.ANSWER, pairing_id=pairing_id)


def test_one_link_to_be_asked_no_more_serves_all_invitations(cast):
    volunteer_id = cast.volunteer()
    for _ in range(2):
        cast.invited(cast.request(), volunteer_id)
    assert len({email.links["unsubscribe"] for email in cast.emails("invitation")}) == 1


def test_an_answer_can_be_given_until_thirty_days_after_the_last_wanted_date(cast):
    pairing_id = cast.invited(cast.request(), cast.volunteer())
    link = cast.get(Link, cast.link_id(Purpose.ANSWER, pairing_id=pairing_id))
    assert link.expires_at == datetime(2027, 2, 27, tzinfo=UTC)


def test_an_answer_to_flexible_dates_can_always_be_given(cast):
    pairing_id = cast.invited(cast.request(wanted_dates=()), cast.volunteer())
    assert cast.get(Link, cast.link_id(Purpose.ANSWER, pairing_id=pairing_id)).expires_at is None


def test_every_link_is_of_the_purpose_that_its_role_promises(cast):
    request_id = cast.request()
    waiting = cast.invited(request_id, cast.volunteer())
    cast.confirmed(request_id, cast.volunteer())
    withdraw(cast, request_id)
    assert waiting
    for name, entry in CATALOGUE.items():
        for email in cast.emails(name):
            kept = {role: cast.get(Link, each).purpose for role, each in email.links.items()}
            assert kept == dict(entry.links)


def test_a_yes_taken_back_is_told_to_both_and_leaves_both_calendars(cast):
    pairing_id = cast.confirmed(cast.request(), cast.volunteer())
    decline(pairing_id, DeclineReason.DATES, "", cast.acting(Actor.VOLUNTEER))
    to_ruth, to_victor = (the_email(cast, name) for name in ("withdrawn", "released"))
    assert to_ruth.to_address == "ruth@westberks.example"
    assert to_victor.to_address.startswith("victor.")
    assert to_victor.context["own_wish"] is True
    assert {email.context["meeting"]["sequence"] for email in (to_ruth, to_victor)} == {1}


def test_a_yes_taken_back_before_the_introduction_is_in_no_calendar(cast):
    pairing_id = cast.accepted(cast.request(), cast.volunteer())
    decline(pairing_id, DeclineReason.DATES, "", cast.acting(Actor.VOLUNTEER))
    assert the_email(cast, "withdrawn").context["meeting"] is None


def test_the_requester_hears_whether_somebody_else_is_asked(cast):
    request_id = cast.request()
    first, reserve = (cast.invited(request_id, cast.volunteer()) for _ in range(2))
    say_yes(cast, first)
    say_yes(cast, reserve)
    decline(first, DeclineReason.DATES, "", cast.acting(Actor.VOLUNTEER))
    assert the_email(cast, "withdrawn").context["asking_others"] is True


def test_a_reserve_who_gets_the_place_is_told_why_now(cast):
    request_id = cast.request()
    reserve, first = (cast.invited(request_id, cast.volunteer()) for _ in range(2))
    say_yes(cast, first)
    say_yes(cast, reserve)
    decline(first, DeclineReason.DATES, "", cast.acting(Actor.VOLUNTEER))
    kept = {
        each: the_email(cast, "accepted_volunteer", pairing_id=each) for each in (first, reserve)
    }
    assert kept[reserve].context["from_reserve"] is True
    assert kept[first].context["from_reserve"] is False


def test_a_visit_called_off_leaves_both_calendars(cast):
    request_id = cast.request()
    cast.confirmed(request_id, cast.volunteer())
    withdraw(cast, request_id)
    meetings = [
        the_email(cast, name).context["meeting"] for name in ("called_off", "called_off_requester")
    ]
    introduced = the_email(cast, "introduction_volunteer").context["meeting"]
    assert {each["uid"] for each in meetings} == {introduced["uid"]}
    assert {each["sequence"] for each in meetings} == {1}


def test_a_withdrawal_says_how_many_are_told(cast):
    request_id = cast.request()
    for _ in range(2):
        cast.invited(request_id, cast.volunteer())
    withdraw(cast, request_id)
    assert the_email(cast, "request_withdrawn_requester").context["told"] == 2


def test_those_who_are_stood_down_hear_why(cast):
    request_id = cast.request()
    waiting = cast.invited(request_id, cast.volunteer())
    cast.confirmed(request_id, cast.volunteer())
    context = the_email(cast, "stood_down", pairing_id=waiting).context
    assert (context["why"], context["said_yes"]) == ("places_filled", False)


def test_those_who_said_yes_to_a_request_that_ends_are_thanked_for_it(cast):
    request_id = cast.request()
    pairing_id = cast.accepted(request_id, cast.volunteer())
    withdraw(cast, request_id)
    context = the_email(cast, "stood_down", pairing_id=pairing_id).context
    assert (context["why"], context["said_yes"]) == ("request_ended", True)


def test_the_note_beside_a_no_to_a_volunteer_stays_with_the_coordinators(cast):
    pairing_id = cast.accepted(cast.request(), cast.volunteer())
    turn_down_person(pairing_id, "Too junior for us", cast.acting(Actor.REQUESTER))
    assert "junior" not in told(the_email(cast, "turned_down", pairing_id=pairing_id))


def test_a_closed_request_gives_its_reason_and_keeps_the_coordinators_note(cast):
    request_id = cast.request()
    note = "They ask every month"
    close_request(request_id, CloseReason.OUT_OF_SCOPE, note, cast.acting(Actor.COORDINATOR))
    email = the_email(cast, "closed")
    assert email.context["reason"] == "out_of_scope"
    assert note not in told(email)


def test_an_invitation_passed_on_asks_the_colleague_and_gives_a_receipt(cast):
    victor = cast.volunteer()
    pairing_id = cast.invited(cast.request(), victor)
    priya = Colleague("Priya Nair", "priya@walsall.example", "192.0.2.0/24")
    pass_on(pairing_id, priya, cast.acting(Actor.VOLUNTEER, victor))
    asked, receipt = (the_email(cast, name) for name in ("colleague_proof", "passed_on"))
    assert (asked.to_address, asked.to_name) == ("priya@walsall.example", "")
    assert "brief" not in told(asked)
    assert receipt.to_address == cast.get(Volunteer, victor).email


def test_a_revoked_link_is_not_given_out_again(cast):
    request_id = cast.request()
    first = cast.link_id(Purpose.STATUS, help_request_id=request_id)
    with writing() as session:
        session.get_one(Link, first).revoked_at = cast.occasion.now
    withdraw(cast, request_id)
    assert the_email(cast, "request_withdrawn_requester").links["status"] != first


def test_an_email_caused_later_lengthens_the_life_of_its_link(cast):
    volunteer_id = cast.volunteer()
    cast.invited(cast.request(), volunteer_id)
    later = replace(
        cast, occasion=replace(cast.occasion, now=datetime(2026, 12, 7, 10, tzinfo=UTC))
    )
    later.invited(later.request(), volunteer_id)
    link = cast.get(Link, cast.link_id(Purpose.UNSUBSCRIBE, volunteer_id=volunteer_id))
    assert link.expires_at.date() == date(2027, 12, 7)
