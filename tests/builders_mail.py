"""The forms of emails that read differently from the examples, and values that work for all."""

from datetime import date
from pathlib import Path

from matcher.mail import emails_advice as advice
from matcher.mail import emails_coordinator as to_coordinator
from matcher.mail import emails_events as events
from matcher.mail import emails_hello as hellos
from matcher.mail import emails_peers as peers
from matcher.mail import emails_requester as to_requester
from matcher.mail import emails_visit as to_both
from matcher.mail import emails_volunteer as to_volunteer
from matcher.mail.catalogue import CATALOGUE
from matcher.mail.emails import Email
from matcher.mail.example_facts import (
    ABOUT,
    ANSWER,
    ANSWER_BY,
    ASKED,
    DAY,
    IDS,
    JOURNEY,
    MEETING,
    RUTH,
    STATUS,
    STOP,
    TASKS,
    VICTOR,
    VISIT,
    WHY_YOU,
)
from matcher.mail.examples import EXAMPLES
from matcher.mail.facts import (
    About,
    Advice,
    Asked,
    BothAt,
    Ending,
    Found,
    Gathering,
    Journey,
    Meeting,
    More,
    Needing,
    Peer,
    Task,
    WhyYou,
)
from matcher.mail.links import LinkKeys, address, make_token

UNLISTED = About("H-1013", "Help us plan a food hub", "Thatcham Together CIC", listed=False)
FLEXIBLE = Asked("A word of advice on food hubs.", "RG19, Thatcham", (), "", "to_be_agreed")
UNDATED = Meeting("visit-8@help.example", 0, None, "RG19, Thatcham")
UNNAMED = Advice("What to post and what to leave", "what-to-post", "")
CAMP = Gathering("Camp", "camp-2027", "Leeds", DAY, date(2027, 1, 22))
#: The same emails where something is missing, unknown or otherwise.
OTHER_FORMS = (
    to_requester.accepted(
        UNLISTED,
        Found("", "Walsall Council", "I ran one.", (), None, 0, None),
        confirm_person=IDS["confirm_person"],
        status=STATUS,
    ),
    to_requester.introduction_requester(
        UNLISTED, VICTOR, UNDATED, who_pays="to_be_agreed", status=STATUS, visit=VISIT
    ),
    to_requester.withdrawn(UNLISTED, None, asking_others=False, status=STATUS),
    to_requester.nobody(UNLISTED, More(), asked_in_all=0, status=STATUS),
    to_requester.nobody(UNLISTED, More(1, 1, 1), asked_in_all=1, status=STATUS),
    to_requester.request_withdrawn_requester(UNLISTED, told=0, status=STATUS),
    to_requester.request_withdrawn_requester(UNLISTED, told=1, status=STATUS),
    *(
        to_requester.closed(UNLISTED, reason=reason, note="", status=STATUS)
        for reason in ("out_of_scope", "unmet", "handed_over", "other", "no_answer", "")
    ),
    to_requester.closed(UNLISTED, reason="duplicate", note="", status=STATUS, into="H-1003"),
    to_requester.one_alone(UNLISTED, filled=2, places=3, status=STATUS),
    to_requester.called_off_requester(UNLISTED, MEETING, ended=False, status=STATUS),
    to_both.visit_agreed(UNLISTED, MEETING, None, who_pays="to_be_agreed", visit=VISIT),
    to_both.visit_changed(
        UNLISTED, UNDATED, None, ("who_pays",), who_pays="to_be_agreed", visit=VISIT
    ),
    to_both.reschedule(
        UNLISTED,
        UNDATED,
        dates=(),
        moved_to="RG14, Newbury",
        answer_by=ANSWER_BY,
        visit=VISIT,
    ),
    to_both.reschedule_receipt(UNLISTED, UNDATED, visit=VISIT),
    to_both.visit_question(UNLISTED, on=None, visit=VISIT),
    to_volunteer.request_changed(
        UNLISTED, FLEXIBLE, JOURNEY, ("need",), answer=ANSWER, unsubscribe=STOP
    ),
    to_volunteer.thanks_manager(UNLISTED, volunteer="Victor Osei", on=None, words=""),
    to_volunteer.stood_down(UNLISTED, why=Ending.REQUEST_CHANGED, said_yes=False, unsubscribe=STOP),
    to_volunteer.stood_down(UNLISTED, why=Ending.REQUEST_MERGED, said_yes=False, unsubscribe=STOP),
    to_volunteer.invitation(
        UNLISTED,
        FLEXIBLE,
        Journey("WS1, Walsall", None),
        WhyYou(),
        answer_by=ANSWER_BY,
        answer=ANSWER,
        unsubscribe=STOP,
    ),
    to_volunteer.invitation(
        ABOUT,
        ASKED,
        Journey("RG1, Reading", 4.0),
        WhyYou(passed_on_by="Victor Osei"),
        answer_by=ANSWER_BY,
        answer=ANSWER,
        unsubscribe=STOP,
    ),
    to_volunteer.reminder(UNLISTED, FLEXIBLE, answer_by=ANSWER_BY, answer=ANSWER, unsubscribe=STOP),
    to_volunteer.ask_manager(
        UNLISTED, FLEXIBLE, answer_by=ANSWER_BY, answer=ANSWER, unsubscribe=STOP
    ),
    to_volunteer.accepted_volunteer(UNLISTED, chosen_on=None, from_reserve=True, answer=ANSWER),
    to_volunteer.introduction_volunteer(
        UNLISTED, RUTH, UNDATED, who_pays="volunteer_organisation", visit=VISIT
    ),
    to_volunteer.stood_down(UNLISTED, why=Ending.REQUEST_ENDED, said_yes=True, unsubscribe=STOP),
    to_volunteer.released(UNLISTED, None, own_wish=False),
    to_volunteer.released(UNLISTED, UNDATED, own_wish=False),
    to_volunteer.called_off(UNLISTED, UNDATED),
    to_volunteer.colleague_proof(
        UNLISTED,
        FLEXIBLE,
        passed_on_by="Victor Osei",
        their_organisation="Walsall Council",
        proof=IDS["proof"],
    ),
    to_volunteer.thanks(UNLISTED, on=None, words="", visit=VISIT),
    to_coordinator.coordinator_digest([Task(each, DAY, "H-1012", "Help") for each in Needing]),
    to_coordinator.coordinator_digest(TASKS[:1]),
    events.event_news(CAMP, unsubscribe=STOP),
    events.event_called_off(CAMP),
    events.event_reminder(CAMP),
    to_coordinator.coordinator_digest((), (CAMP,)),
    to_coordinator.coordinator_digest(TASKS[:1], (CAMP,)),
    peers.peer_answer(UNLISTED, Peer("", "", ""), "Half a year.", status=STATUS),
    advice.advice_agree(
        UNNAMED, organisation="Walsall Council", of_answer=True, advice=IDS["advice"]
    ),
    hellos.hello(Peer("Quiet Fox", "", ""), "Hello", hello=IDS["hello"], unsubscribe=STOP),
    to_volunteer.invitation(
        ABOUT,
        ASKED,
        JOURNEY,
        WhyYou(WHY_YOU.words, both_at=BothAt("Camp", "Leeds", DAY)),
        answer_by=ANSWER_BY,
        answer=ANSWER,
        unsubscribe=STOP,
    ),
    advice.advice_agree(UNNAMED, organisation="Walsall Council", advice=IDS["advice"]),
    advice.advice_refused(UNNAMED, reason="", by_other_side=True, advice=IDS["advice"]),
    advice.advice_holds(UNNAMED, answered=1, advice=IDS["advice"]),
    advice.advice_holds(UNNAMED, answered=0, advice=IDS["advice"]),
)
EVERY = (*EXAMPLES.values(), *OTHER_FORMS)
KEY = b"k" * 32
SITE = "https://help.example.gov.uk"
KEYS = LinkKeys({"one": KEY})
TEMPLATES = Path(__file__).parents[1] / "templates" / "email"


def values_of(email: Email) -> dict[str, object]:
    """What the templates of an email are given, with addresses that work."""
    entry = CATALOGUE[email.name]
    return {
        **email.context,
        "link": {role: _address(email, role) for role in email.links},
        "to_name": "" if entry.proves_address else "Sam Okafor",
        "site": SITE,
        "programme_name": "Ask for help in person",
        "controller": "Walsall Council",
        "contact_email": "help@programme.example",
    }


def _address(email: Email, role: str) -> str:
    purpose = CATALOGUE[email.name].links[role]
    return address(SITE, purpose, make_token(KEYS, "one", purpose, email.links[role]))
