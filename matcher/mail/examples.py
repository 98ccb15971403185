"""A good example of every email, with people who do not exist: shown where its words are edited."""

from datetime import UTC, date, datetime

from matcher.mail import emails_advice as advice
from matcher.mail import emails_coordinator as to_coordinator
from matcher.mail import emails_events as events
from matcher.mail import emails_requester as to_requester
from matcher.mail import emails_visit as to_both
from matcher.mail import emails_volunteer as to_volunteer
from matcher.mail.emails import Email
from matcher.mail.emails_own_data import your_data
from matcher.mail.facts import (
    About,
    Advice,
    Asked,
    Ending,
    Found,
    Gathering,
    Journey,
    MatchedWord,
    Meeting,
    More,
    Needing,
    Person,
    Task,
    WhyYou,
)

IDS = {
    role: f"{number:032x}"
    for number, role in enumerate(
        (
            "confirm",
            "status",
            "confirm_person",
            "page",
            "proof",
            "answer",
            "unsubscribe",
            "visit",
            "sign_in",
            "advice",
            "back",
        ),
        start=0x10,
    )
}
STATUS, ANSWER, STOP, VISIT = IDS["status"], IDS["answer"], IDS["unsubscribe"], IDS["visit"]
DAY = date(2027, 1, 20)
ABOUT = About(
    reference="H-1012",
    heading="Brief our chief executive and members on social media",
    organisation="West Berkshire Council",
    listed=True,
)
ASKED = Asked(
    need="We would like someone to brief our chief executive and council members on what another "
    "authority does with social media.\n\nWe post notices today and little else. Members ask "
    "whether it could do more, and what it would cost in people’s time.",
    place="RG14, West Berkshire",
    dates=(DAY, date(2027, 1, 27)),
    dates_note="Afternoons are best",
    who_pays="requester_pays",
    kind="brief_leaders",
    audience="Chief executive, 6 members and the head of communications",
    how_long="2 hours",
    remote_too=True,
)
JOURNEY = Journey("WS1, Walsall", distance_km=137.4, train_minutes=150, door_to_door_minutes=210)
WHY_YOU = WhyYou(
    (
        MatchedWord("social media", "social media"),
        MatchedWord("briefed members", "brief members"),
        MatchedWord("chief exec", "chief executive"),
    )
)
FOUND = Found(
    job_title="Head of digital communications",
    organisation="Walsall Council",
    offer="I run our council’s social media and have briefed members and the chief executive on "
    "what it can and cannot do.",
    experience=("Moved 14 accounts into 3.", "Trained 40 members to post safely."),
    distance_km=137.4,
    past_visits=2,
    chosen_on=DAY,
    note="I could bring our planner.",
    interest="My sister works in your planning team.",
)
VICTOR = Person("Victor Osei", "victor.osei@walsall.example", "Walsall Council", FOUND.job_title)
RUTH = Person(
    "Ruth Adeyemi",
    "ruth@westberks.example",
    "West Berkshire Council",
    on_the_day="Reception, 01635 555 0100",
)
MEETING = Meeting(
    "visit-7@help.example", 0, DAY, "RG14, West Berkshire", "Step-free from Market Street"
)
TIMED = Meeting(
    "visit-9@help.example",
    2,
    DAY,
    "Council Chamber, Market Street, RG14, West Berkshire",
    "Step-free from Market Street",
    "14:00",
    "16:30",
    "2pm a word with the chief executive\n2:30pm members",
    "Up to £90 by train, claimed on our form",
)
ANSWER_BY = datetime(2026, 11, 27, 18, tzinfo=UTC)
TASKS = (
    Task(Needing.REVIEW, date(2026, 11, 20), "H-1012", ABOUT.heading),
    Task(Needing.REOPENED, date(2026, 11, 19), "H-1009", "A day with our housing options team"),
    Task(Needing.VOLUNTEER_WAITING, date(2026, 11, 18)),
)


def _to_requester() -> list[Email]:
    return [
        to_requester.confirm_request(confirm=IDS["confirm"]),
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
        to_requester.introduction_requester(
            ABOUT, VICTOR, MEETING, who_pays=ASKED.who_pays, status=STATUS, visit=VISIT
        ),
        to_requester.withdrawn(ABOUT, MEETING, asking_others=True, status=STATUS),
        to_requester.called_off_requester(ABOUT, MEETING, ended=True, status=STATUS),
        to_requester.nobody(ABOUT, More(14, 3, 2), asked_in_all=5, status=STATUS),
        to_requester.new_date(ABOUT, status=STATUS),
        to_requester.request_withdrawn_requester(ABOUT, told=3, status=STATUS),
        to_requester.closed(ABOUT, reason="duplicate", note="Please see H-1003.", status=STATUS),
    ]


def _to_both() -> list[Email]:
    return [
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
        to_coordinator.coordinator_invited(),
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
    return [events.event_news(EVENT, unsubscribe=STOP), events.event_called_off(EVENT)]


ALL = (
    _to_requester(),
    _to_both(),
    _to_volunteer(),
    _to_coordinator(),
    _about_advice(),
    _about_events(),
)
EXAMPLES = {email.name: email for emails in ALL for email in emails}
