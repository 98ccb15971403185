"""The emails to the person who asked for help."""

from datetime import date

from matcher.mail.emails import Email, compose
from matcher.mail.facts import About, Found, Meeting, More, Person
from matcher.mail.links import LIFETIMES, Purpose, days_of


def confirm_request(*, confirm: str) -> Email:
    """To whoever's address stands in a help form: prove it, and the request is sent."""
    days = days_of(LIFETIMES[Purpose.CONFIRM_REQUEST])
    return compose("confirm_request", {"confirm": confirm}, days=days)


def supplied_request(*, supplied_by: str, last_on: date, confirm: str) -> Email:
    """A coordinator typed up what somebody asked for: by whom, and please confirm.

    ``supplied_by`` is empty for whoever runs the service.
    """
    links = {"confirm": confirm}
    return compose("supplied_request", links, supplied_by=supplied_by, last_on=last_on)


def request_received(about: About, *, status: str) -> Email:
    """The address is proved; what happens next, and the address of the request's own page."""
    return compose("request_received", {"status": status}, about=about)


def question(about: About, question: str, *, days: int, status: str) -> Email:
    """A coordinator cannot go on without an answer, and waits so many ``days`` for it."""
    return compose("question", {"status": status}, about=about, question=question, days=days)


def question_reminder(about: About, question: str, *, days: int, status: str) -> Email:
    """The question still waits for its answer; the request is closed in so many ``days``."""
    links = {"status": status}
    return compose("question_reminder", links, about=about, question=question, days=days)


def review_late(about: About, *, status: str) -> Email:
    """Nobody has looked at the request in time; somebody else will."""
    return compose("review_late", {"status": status}, about=about)


def accepted(about: About, found: Found, *, confirm_person: str, status: str) -> Email:
    """A volunteer said yes: will the requester, too? No name, no contact details."""
    links = {"confirm_person": confirm_person, "status": status}
    return compose("accepted", links, about=about, found=found)


def confirm_reminder(
    about: About, found: Found, *, days: int, confirm_person: str, status: str
) -> Email:
    """The volunteer who said yes still waits for the requester's; for so many ``days`` more."""
    links = {"confirm_person": confirm_person, "status": status}
    return compose("confirm_reminder", links, about=about, found=found, days=days)


def one_alone(about: About, *, filled: int, places: int, status: str) -> Email:
    """Fewer people than were wanted can be found: shall those who are go ahead?"""
    links = {"status": status}
    return compose("one_alone", links, about=about, filled=filled, places=places)


def your_request(*, status: str) -> Email:
    """The address of the requester's own page, for whoever asked for it with this address."""
    return compose("your_request", {"status": status})


def introduction_requester(
    about: About, volunteer: Person, meeting: Meeting, *, who_pays: str, status: str, visit: str
) -> Email:
    """Both said yes: here is the volunteer, and what to do next."""
    return compose(
        "introduction_requester",
        {"status": status, "visit": visit},
        about=about,
        other=volunteer,
        meeting=meeting,
        who_pays=who_pays,
    )


def withdrawn(about: About, meeting: Meeting | None, *, asking_others: bool, status: str) -> Email:
    """The volunteer who had said yes can no longer come. ``meeting`` where both were introduced."""
    return compose(
        "withdrawn", {"status": status}, about=about, meeting=meeting, asking_others=asking_others
    )


def called_off_requester(about: About, meeting: Meeting, *, ended: bool, status: str) -> Email:
    """The visit will not happen: take it out of the requester's calendar, too.

    ``ended`` where the whole request has; else somebody else is looked for.
    """
    links = {"status": status}
    return compose("called_off_requester", links, about=about, meeting=meeting, ended=ended)


def nobody(about: About, more: More, *, asked_in_all: int, status: str) -> Email:
    """Nobody can come; what would help most."""
    return compose("nobody", {"status": status}, about=about, more=more, asked_in_all=asked_in_all)


def new_date(about: About, *, status: str) -> Email:
    """The dates have passed and nobody came: is there a new one?"""
    return compose("new_date", {"status": status}, about=about)


def request_withdrawn_requester(about: About, *, told: int, status: str) -> Email:
    """The receipt of a withdrawal. ``told`` volunteers were asked and hear of it."""
    return compose("request_withdrawn_requester", {"status": status}, about=about, told=told)


def closed(about: About, *, reason: str, note: str, status: str, into: str = "") -> Email:
    """A coordinator, or the clock, closed the request. ``reason`` is its code, may be empty.

    ``into`` is the reference of the request that asks for the same and goes on.
    """
    links = {"status": status}
    return compose("closed", links, about=about, reason=reason, note=note, into=into)
