"""Emails that the clock causes where a row has waited for somebody: facts, links, addressees."""

from collections.abc import Iterator

from matcher.actions.post import telling
from matcher.actions.post.enclosed import Desk
from matcher.actions.post.letters import Letter
from matcher.actions.post.letters_visit import sides
from matcher.lifecycle.tables import Actor
from matcher.mail import emails_requester, emails_visit
from matcher.records.help_requests import HelpRequest
from matcher.records.pairings import Pairing, Visit


def question_reminder(desk: Desk, request: HelpRequest) -> Iterator[Letter]:
    """The question once more, and how long it still waits."""
    settings = desk.occasion.settings
    email = emails_requester.question_reminder(
        telling.about(request),
        telling.latest_reason(desk.session, request),
        days=settings.question_days - settings.question_reminder_days,
        status=desk.status(request),
    )
    yield email, telling.to_requester(request)


def review_late(desk: Desk, request: HelpRequest) -> Iterator[Letter]:
    """Say honestly that nobody has looked yet."""
    email = emails_requester.review_late(telling.about(request), status=desk.status(request))
    yield email, telling.to_requester(request)


def one_alone(desk: Desk, request: HelpRequest) -> Iterator[Letter]:
    """Shall those who are found go ahead?"""
    email = emails_requester.one_alone(
        telling.about(request),
        filled=request.filled,
        places=request.places,
        status=desk.status(request),
    )
    yield email, telling.to_requester(request)


def confirm_reminder(desk: Desk, kept: Pairing) -> Iterator[Letter]:
    """The volunteer still waits for the requester's word."""
    request, settings = kept.help_request, desk.occasion.settings
    email = emails_requester.confirm_reminder(
        telling.about(request),
        telling.found(desk.session, kept),
        days=settings.confirm_release_working_days - settings.confirm_reminder_working_days,
        confirm_person=desk.confirm_person(kept),
        status=desk.status(request),
    )
    yield email, telling.to_requester(request, kept)


def reconfirm(desk: Desk, begun: Visit) -> Iterator[Letter]:
    """A week before, to the volunteer: is it still on?"""
    kept = begun.pairing
    if begun.on is not None:
        email = emails_visit.reconfirm(
            telling.about(kept.help_request),
            telling.asked(kept.help_request),
            on=begun.on,
            visit=desk.visit_of_volunteer(kept),
        )
        yield email, telling.to_volunteer(kept.volunteer, kept)


def visit_question(desk: Desk, begun: Visit) -> Iterator[Letter]:
    """To both sides, save who has told already: did it happen, did it help?"""
    said = {Actor.REQUESTER: begun.requester_said, Actor.VOLUNTEER: begun.volunteer_said}
    about = telling.about(begun.pairing.help_request)
    for side in sides(desk, begun):
        if said[side.actor] is None:
            yield emails_visit.visit_question(about, on=begun.on, visit=side.link), side.to
