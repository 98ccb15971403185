"""The emails to the person who asked for help, and those that both sides get about a visit."""

from datetime import date

from matcher.mail.emails import Email, compose
from matcher.mail.facts import About, Asked, Found, Meeting, More, Person
from matcher.mail.links import LIFETIMES, Purpose, days_of


def confirm_request(*, confirm: str) -> Email:
    """To whoever's address stands in a help form: prove it, and the request is sent."""
    days = days_of(LIFETIMES[Purpose.CONFIRM_REQUEST])
    return compose("confirm_request", {"confirm": confirm}, days=days)


def request_received(about: About, *, status: str) -> Email:
    """The address is proved; what happens next, and the address of the request's own page."""
    return compose("request_received", {"status": status}, about=about)


def question(about: About, question: str, *, days: int, status: str) -> Email:
    """A coordinator cannot go on without an answer, and waits so many ``days`` for it."""
    return compose("question", {"status": status}, about=about, question=question, days=days)


def accepted(about: About, found: Found, *, confirm_person: str, status: str) -> Email:
    """A volunteer said yes: will the requester, too? No name, no contact details."""
    links = {"confirm_person": confirm_person, "status": status}
    return compose("accepted", links, about=about, found=found)


def introduction_requester(
    about: About, volunteer: Person, meeting: Meeting, *, who_pays: str, status: str
) -> Email:
    """Both said yes: here is the volunteer, and what to do next."""
    return compose(
        "introduction_requester",
        {"status": status},
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


def called_off_requester(about: About, meeting: Meeting, *, status: str) -> Email:
    """The visit will not happen: take it out of the requester's calendar, too."""
    return compose("called_off_requester", {"status": status}, about=about, meeting=meeting)


def nobody(about: About, more: More, *, asked_in_all: int, status: str) -> Email:
    """Nobody can come; what would help most."""
    return compose("nobody", {"status": status}, about=about, more=more, asked_in_all=asked_in_all)


def new_date(about: About, *, status: str) -> Email:
    """The dates have passed and nobody came: is there a new one?"""
    return compose("new_date", {"status": status}, about=about)


def request_withdrawn_requester(about: About, *, told: int, status: str) -> Email:
    """The receipt of a withdrawal. ``told`` volunteers were asked and hear of it."""
    return compose("request_withdrawn_requester", {"status": status}, about=about, told=told)


def closed(about: About, *, reason: str, note: str, status: str) -> Email:
    """A coordinator, or the clock, closed the request. ``reason`` is its code, may be empty."""
    return compose("closed", {"status": status}, about=about, reason=reason, note=note)


def reschedule(about: About, *, was_on: date | None, dates: tuple[date, ...], visit: str) -> Email:
    """To the side that is asked: the other needs a new date. ``dates`` are those offered."""
    return compose("reschedule", {"visit": visit}, about=about, was_on=was_on, dates=dates)


def reconfirm(about: About, asked: Asked, *, on: date, visit: str) -> Email:
    """A week before: is all still well?"""
    return compose("reconfirm", {"visit": visit}, about=about, place=asked.place, on=on)


def visit_question(about: About, *, on: date | None, visit: str) -> Email:
    """The day after: did it happen, did it help?"""
    return compose("visit_question", {"visit": visit}, about=about, on=on)
