"""A good example of every email: shown where its words are edited, and tried by tests."""

from datetime import date

from matcher.mail import emails_advice as advice
from matcher.mail import emails_coordinator as to_coordinator
from matcher.mail import emails_events as events
from matcher.mail import emails_hello as hellos
from matcher.mail import emails_peers as peers
from matcher.mail import emails_requester as to_requester
from matcher.mail import emails_visit as to_both
from matcher.mail import emails_volunteer as to_volunteer
from matcher.mail.emails import Email
from matcher.mail.emails_own_data import address_changed, new_address, new_links, your_data
from matcher.mail.example_facts import (
    ABOUT,
    ANSWER,
    ANSWER_BY,
    ASKED,
    DAY,
    FOUND,
    IDS,
    JOURNEY,
    MEETING,
    PEER,
    RUTH,
    STATUS,
    STOP,
    TASKS,
    TIMED,
    VICTOR,
    VISIT,
    WHY_YOU,
)
from matcher.mail.facts import Advice, Ending, Gathering, More

#: What either side may tell a coordinator.
TOLD = ("volunteer_yes", "volunteer_no", "requester_yes", "requester_no")


def _to_requester() -> list[Email]:
    return [
        to_requester.confirm_request(confirm=IDS["confirm"]),
        to_requester.supplied_request(supplied_by="Cora Bell", last_on=DAY, confirm=IDS["confirm"]),
        to_requester.supplied_request(supplied_by="", last_on=DAY, confirm=IDS["confirm"]),
        to_requester.request_received(ABOUT, status=STATUS),
        to_requester.question(
            ABOUT, "Is it for all members, or the cabinet?", days=14, status=STATUS
        ),
        to_requester.question_reminder(
            ABOUT, "Is it for all members, or the cabinet?", days=7, status=STATUS
        ),
        to_requester.review_late(ABOUT, status=STATUS),
        to_requester.accepted(ABOUT, FOUND, confirm_person=IDS["confirm_person"], status=STATUS),
        to_requester.confirm_reminder(
            ABOUT, FOUND, days=6, confirm_person=IDS["confirm_person"], status=STATUS
        ),
        to_requester.one_alone(ABOUT, filled=1, places=2, status=STATUS),
        to_requester.your_request(status=STATUS),
        to_requester.new_date(ABOUT, status=STATUS),
    ]


def _to_requester_later() -> list[Email]:
    return [
        to_requester.introduction_requester(
            ABOUT, VICTOR, MEETING, who_pays=ASKED.who_pays, status=STATUS, visit=VISIT
        ),
        to_requester.withdrawn(ABOUT, MEETING, asking_others=True, status=STATUS),
        to_requester.called_off_requester(ABOUT, MEETING, ended=True, status=STATUS),
        to_requester.nobody(ABOUT, More(14, 3, 2), asked_in_all=5, status=STATUS),
        to_requester.request_withdrawn_requester(ABOUT, told=3, status=STATUS),
        to_requester.closed(ABOUT, reason="duplicate", note="Please see H-1003.", status=STATUS),
    ]


def _to_both() -> list[Email]:
    return [
        *(to_both.written_down(ABOUT, told=told, by="Cora Bell") for told in TOLD),
        to_both.visit_agreed(ABOUT, TIMED, RUTH, who_pays=ASKED.who_pays, visit=VISIT),
        to_both.visit_changed(
            ABOUT, TIMED, VICTOR, ("venue", "agenda"), who_pays=ASKED.who_pays, visit=VISIT
        ),
        to_both.reschedule(
            ABOUT,
            MEETING,
            dates=(date(2027, 2, 3), date(2027, 2, 4)),
            moved_to="",
            answer_by=ANSWER_BY,
            visit=VISIT,
        ),
        to_both.reschedule_receipt(ABOUT, MEETING, visit=VISIT),
        to_both.reconfirm(ABOUT, ASKED, on=DAY, visit=VISIT),
        to_both.visit_question(ABOUT, on=DAY, visit=VISIT),
    ]


def _to_volunteer() -> list[Email]:
    return [
        to_volunteer.confirm_offer(confirm=IDS["confirm"]),
        to_volunteer.supplied_offer(supplied_by="Cora Bell", last_on=DAY, confirm=IDS["confirm"]),
        to_volunteer.supplied_offer(supplied_by="", last_on=DAY, confirm=IDS["confirm"]),
        to_volunteer.already_joined(page=IDS["page"]),
        to_volunteer.your_page(page=IDS["page"]),
        to_volunteer.offer_approved(),
        to_volunteer.still_up_for_it(back=IDS["back"], unsubscribe=STOP),
        to_volunteer.invitation(
            ABOUT,
            ASKED,
            JOURNEY,
            WHY_YOU,
            answer_by=ANSWER_BY,
            answer=ANSWER,
            unsubscribe=STOP,
        ),
        to_volunteer.reminder(ABOUT, ASKED, answer_by=ANSWER_BY, answer=ANSWER, unsubscribe=STOP),
        to_volunteer.ask_manager(
            ABOUT, ASKED, answer_by=ANSWER_BY, answer=ANSWER, unsubscribe=STOP
        ),
    ]


def _to_volunteer_later() -> list[Email]:
    return [
        to_volunteer.accepted_volunteer(ABOUT, chosen_on=DAY, from_reserve=False, answer=ANSWER),
        to_volunteer.reserve(ABOUT, answer=ANSWER),
        to_volunteer.introduction_volunteer(
            ABOUT, RUTH, MEETING, who_pays=ASKED.who_pays, visit=VISIT
        ),
        to_volunteer.turned_down(ABOUT, unsubscribe=STOP),
        to_volunteer.stood_down(ABOUT, why=Ending.PLACES_FILLED, said_yes=False, unsubscribe=STOP),
        to_volunteer.released(ABOUT, MEETING, own_wish=True),
        to_volunteer.called_off(ABOUT, MEETING),
        to_volunteer.passed_on(ABOUT, colleague_name="Priya Nair"),
        to_volunteer.colleague_proof(
            ABOUT,
            ASKED,
            passed_on_by="Victor Osei",
            their_organisation="Walsall Council",
            proof=IDS["proof"],
        ),
        to_volunteer.request_changed(
            ABOUT, ASKED, JOURNEY, ("dates", "place"), answer=ANSWER, unsubscribe=STOP
        ),
        to_volunteer.thanks(
            ABOUT, on=DAY, words="We changed how we post the next morning.", visit=VISIT
        ),
        to_volunteer.thanks_manager(
            ABOUT, volunteer="Victor Osei", on=DAY, words="We changed how we post."
        ),
    ]


def _to_coordinator() -> list[Email]:
    return [
        your_data(page=IDS["page"]),
        new_address(proof=IDS["proof"]),
        new_links(page=IDS["page"]),
        address_changed(),
        to_coordinator.coordinator_invited(join=IDS["join"], role="coordinator", by="Cora Bell"),
        to_coordinator.coordinator_sign_in(sign_in=IDS["sign_in"]),
        to_coordinator.coordinator_digest(TASKS),
    ]


NOTE = Advice("What to post and what to leave", "what-to-post", "Asha K.")


def _about_advice() -> list[Email]:
    link = IDS["advice"]
    return [
        advice.advice_agree(NOTE, organisation="Walsall Council", advice=link),
        advice.advice_published(NOTE, advice=link),
        advice.advice_refused(NOTE, reason="It names a person.", by_other_side=False, advice=link),
        advice.advice_holds(NOTE, answered=3, advice=link),
    ]


EVENT = Gathering("Unconference North", "unconference-north-2027", "Leeds", DAY, DAY)


def _about_events() -> list[Email]:
    return [
        events.event_news(EVENT, unsubscribe=STOP),
        events.event_called_off(EVENT),
        events.event_reminder(EVENT),
    ]


def _questions() -> list[Email]:
    links = {"question": IDS["question"], "unsubscribe": STOP}
    asked = "How long did your members need to get used to it?"
    return [
        peers.peer_question(ABOUT, asked, answer_by=ANSWER_BY, **links),
        peers.peer_answer(ABOUT, PEER, "Half a year, for most of them.", status=STATUS),
        peers.peer_unanswered(ABOUT, status=STATUS),
        peers.peer_unreached(ABOUT, awaited=3, answer_by=ANSWER_BY, status=STATUS),
    ]


def _hellos() -> list[Email]:
    links = {"hello": IDS["hello"], "unsubscribe": STOP}
    return [
        hellos.hello(PEER, "Hello! How do you do the rota?", **links),
        hellos.hello_answer(PEER, "By asking who minds least.", **links),
        hellos.hello_unpassed(PEER, "Hello! How do you do the rota?", hello=IDS["hello"]),
    ]


ALL = (
    _to_requester(),
    _to_requester_later(),
    _to_both(),
    _to_volunteer(),
    _to_volunteer_later(),
    _to_coordinator(),
    _about_advice(),
    _about_events(),
    _questions(),
    _hellos(),
)
EXAMPLES = {email.name: email for emails in ALL for email in emails}
