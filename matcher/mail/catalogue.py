"""Every email there is: who reads it, when it may go, which links it carries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from matcher.mail.links import Purpose


class Reader(StrEnum):
    """For whom an email is written."""

    REQUESTER = "requester"
    VOLUNTEER = "volunteer"
    COORDINATOR = "coordinator"
    BOTH_SIDES = "both_sides"
    MANAGER = "manager"


class IfBounced(StrEnum):
    """What happens when an email cannot be delivered."""

    COORDINATOR = "A coordinator is told."
    URGENT = "A coordinator is told at once, as somebody counts on its being read."
    NEXT = "The ask ends, the next who fit are asked, and whoever waits for an answer is told."
    AUTHOR = "Whoever wrote the words is told that they were not passed on."
    NOBODY = "Nothing: whoever asked for it sees that it does not come, and may ask again."


@dataclass(frozen=True, slots=True)
class Entry:
    """How an email is sent. ``links`` are the purposes of its links, by role.

    ``sent_at_once``: at any hour; the others wait for the hours in which people are asked.
    ``about_request``: mail programs show it together with the others about the same request.
    ``proves_address``: a stranger can cause it, so it holds nothing that anybody typed, not even
    the addressee's name.
    ``calendar``: the method of the calendar entry that rides with it where a date is known.
    """

    reader: Reader
    links: Mapping[str, Purpose] = field(default_factory=dict)
    sent_at_once: bool = True
    about_request: bool = True
    proves_address: bool = False
    calendar: str = ""
    if_bounced: IfBounced = IfBounced.COORDINATOR

    @property
    def carries_unsubscribe(self) -> bool:
        """Whether mail programs offer to unsubscribe."""
        return "unsubscribe" in self.links


REQUESTER, VOLUNTEER = Reader.REQUESTER, Reader.VOLUNTEER
COORDINATOR, BOTH_SIDES = Reader.COORDINATOR, Reader.BOTH_SIDES
MANAGER = Reader.MANAGER
URGENT, NEXT, AUTHOR = IfBounced.URGENT, IfBounced.NEXT, IfBounced.AUTHOR
STATUS = {"status": Purpose.STATUS}
ANSWER = {"answer": Purpose.ANSWER}
UNSUBSCRIBE = {"unsubscribe": Purpose.UNSUBSCRIBE}
VISIT = {"visit": Purpose.VISIT}
ADVICE = {"advice": Purpose.ADVICE}
QUESTION = {"question": Purpose.PEER_QUESTION}
HELLO = {"hello": Purpose.HELLO, "unsubscribe": Purpose.STOP_HELLOS}
PAGE = {"page": Purpose.SIGN_IN_VOLUNTEER}


def _proof(reader: Reader, **links: Purpose) -> Entry:
    nobody = IfBounced.NOBODY
    return Entry(reader, links, about_request=False, proves_address=True, if_bounced=nobody)


CATALOGUE: Mapping[str, Entry] = MappingProxyType(
    {
        "confirm_request": _proof(REQUESTER, confirm=Purpose.CONFIRM_REQUEST),
        "supplied_request": Entry(
            REQUESTER, {"confirm": Purpose.CONFIRM_REQUEST}, about_request=False
        ),
        "request_received": Entry(REQUESTER, STATUS),
        "question": Entry(REQUESTER, STATUS, if_bounced=URGENT),
        "accepted": Entry(
            REQUESTER, {"confirm_person": Purpose.CONFIRM_PERSON, **STATUS}, if_bounced=URGENT
        ),
        "question_reminder": Entry(REQUESTER, STATUS, sent_at_once=False, if_bounced=URGENT),
        "review_late": Entry(REQUESTER, STATUS, sent_at_once=False),
        "confirm_reminder": Entry(
            REQUESTER,
            {"confirm_person": Purpose.CONFIRM_PERSON, **STATUS},
            sent_at_once=False,
            if_bounced=URGENT,
        ),
        "one_alone": Entry(REQUESTER, STATUS, if_bounced=URGENT),
        "your_request": _proof(REQUESTER, **STATUS),
        "introduction_requester": Entry(
            REQUESTER, {**STATUS, **VISIT}, calendar="REQUEST", if_bounced=URGENT
        ),
        "withdrawn": Entry(REQUESTER, STATUS, calendar="CANCEL", if_bounced=URGENT),
        "called_off_requester": Entry(REQUESTER, STATUS, calendar="CANCEL", if_bounced=URGENT),
        "nobody": Entry(REQUESTER, STATUS),
        "new_date": Entry(REQUESTER, STATUS),
        "request_withdrawn_requester": Entry(REQUESTER, STATUS),
        "closed": Entry(REQUESTER, STATUS),
        "confirm_offer": _proof(VOLUNTEER, confirm=Purpose.CONFIRM_OFFER),
        "supplied_offer": Entry(
            VOLUNTEER,
            {"confirm": Purpose.CONFIRM_OFFER},
            sent_at_once=False,
            about_request=False,
        ),
        "already_joined": _proof(VOLUNTEER, **PAGE),
        "your_page": _proof(VOLUNTEER, **PAGE),
        "your_data": _proof(BOTH_SIDES, page=Purpose.YOUR_DATA),
        "new_address": _proof(BOTH_SIDES, proof=Purpose.NEW_ADDRESS),
        "new_links": Entry(BOTH_SIDES, {"page": Purpose.YOUR_DATA}, about_request=False),
        "address_changed": Entry(BOTH_SIDES, about_request=False),
        "colleague_proof": Entry(
            VOLUNTEER, {"proof": Purpose.COLLEAGUE_PROOF}, about_request=False
        ),
        "offer_approved": Entry(VOLUNTEER, about_request=False),
        "still_up_for_it": Entry(
            VOLUNTEER,
            {"back": Purpose.BACK, **UNSUBSCRIBE},
            sent_at_once=False,
            about_request=False,
        ),
        "invitation": Entry(
            VOLUNTEER, {**ANSWER, **UNSUBSCRIBE}, sent_at_once=False, if_bounced=NEXT
        ),
        "reminder": Entry(VOLUNTEER, {**ANSWER, **UNSUBSCRIBE}, sent_at_once=False),
        "ask_manager": Entry(VOLUNTEER, {**ANSWER, **UNSUBSCRIBE}),
        "accepted_volunteer": Entry(VOLUNTEER, ANSWER, if_bounced=URGENT),
        "reserve": Entry(VOLUNTEER, ANSWER),
        "request_changed": Entry(VOLUNTEER, {**ANSWER, **UNSUBSCRIBE}),
        "introduction_volunteer": Entry(VOLUNTEER, VISIT, calendar="REQUEST", if_bounced=URGENT),
        "turned_down": Entry(VOLUNTEER, UNSUBSCRIBE),
        "stood_down": Entry(VOLUNTEER, UNSUBSCRIBE),
        "released": Entry(VOLUNTEER, calendar="CANCEL"),
        "called_off": Entry(VOLUNTEER, calendar="CANCEL", if_bounced=URGENT),
        "passed_on": Entry(VOLUNTEER),
        "written_down": Entry(BOTH_SIDES),
        "thanks": Entry(VOLUNTEER, VISIT),
        "thanks_manager": Entry(MANAGER, about_request=False),
        "visit_agreed": Entry(BOTH_SIDES, VISIT, calendar="REQUEST", if_bounced=URGENT),
        "visit_changed": Entry(BOTH_SIDES, VISIT, calendar="REQUEST", if_bounced=URGENT),
        "reschedule": Entry(BOTH_SIDES, VISIT, calendar="CANCEL", if_bounced=URGENT),
        "reschedule_receipt": Entry(BOTH_SIDES, VISIT, calendar="CANCEL"),
        "reconfirm": Entry(BOTH_SIDES, VISIT, sent_at_once=False, if_bounced=URGENT),
        "visit_question": Entry(BOTH_SIDES, VISIT, sent_at_once=False),
        "advice_agree": Entry(BOTH_SIDES, ADVICE, about_request=False),
        "advice_published": Entry(BOTH_SIDES, ADVICE, about_request=False),
        "advice_refused": Entry(BOTH_SIDES, ADVICE, about_request=False),
        "advice_holds": Entry(BOTH_SIDES, ADVICE, sent_at_once=False, about_request=False),
        "event_news": Entry(VOLUNTEER, UNSUBSCRIBE, sent_at_once=False, about_request=False),
        "event_reminder": Entry(BOTH_SIDES, sent_at_once=False, about_request=False),
        "event_called_off": Entry(BOTH_SIDES, about_request=False),
        "peer_question": Entry(
            VOLUNTEER, {**QUESTION, **UNSUBSCRIBE}, sent_at_once=False, if_bounced=NEXT
        ),
        "peer_answer": Entry(REQUESTER, STATUS),
        "peer_unanswered": Entry(REQUESTER, STATUS),
        "peer_unreached": Entry(REQUESTER, STATUS),
        "hello": Entry(
            VOLUNTEER, HELLO, sent_at_once=False, about_request=False, if_bounced=AUTHOR
        ),
        "hello_answer": Entry(
            VOLUNTEER, HELLO, sent_at_once=False, about_request=False, if_bounced=AUTHOR
        ),
        "hello_unpassed": Entry(VOLUNTEER, {"hello": Purpose.HELLO}, about_request=False),
        "coordinator_invited": Entry(
            COORDINATOR,
            {"join": Purpose.COORDINATOR_INVITED},
            about_request=False,
            if_bounced=URGENT,
        ),
        "coordinator_sign_in": _proof(COORDINATOR, sign_in=Purpose.SIGN_IN_COORDINATOR),
        "coordinator_digest": Entry(COORDINATOR, sent_at_once=False, about_request=False),
    }
)
