"""People, requests and visits that do not exist, of which the examples of emails tell."""

from datetime import UTC, date, datetime

from matcher.mail.facts import (
    About,
    Asked,
    Found,
    Journey,
    MatchedWord,
    Meeting,
    Needing,
    Peer,
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
            "hello",
            "question",
            "join",
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
PEER = Peer("Quiet Fox", "Walsall Council", "Social media lead")
