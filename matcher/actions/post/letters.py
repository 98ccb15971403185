"""Which facts and links each email has that a step of a state table causes, and who gets it."""

from collections.abc import Callable, Iterator, Mapping

from matcher.actions.post import telling
from matcher.actions.post.enclosed import Desk, answer_by
from matcher.actions.post.outgoing import Addressee
from matcher.lifecycle import help_request, pairing
from matcher.lifecycle.tables import Actor
from matcher.lifecycle.timers import Due
from matcher.mail import emails_requester, emails_volunteer
from matcher.mail.emails import Email
from matcher.mail.facts import Meeting
from matcher.records.help_requests import HelpRequest
from matcher.records.pairings import Pairing
from matcher.records.volunteers import Volunteer

Letter = tuple[Email, Addressee]


def invitation(desk: Desk, kept: Pairing) -> Iterator[Letter]:
    """May we ask you? The deadline told here is set anew when the email is sent."""
    request, volunteer = kept.help_request, kept.volunteer
    email = emails_volunteer.invitation(
        telling.about(request),
        telling.asked(request),
        telling.journey(kept),
        telling.why_you(desk.session, kept),
        answer_by=answer_by(kept, desk.occasion),
        answer=desk.answer(kept),
        unsubscribe=desk.unsubscribe(volunteer),
    )
    yield email, telling.to_volunteer(volunteer, kept)


def reminder(desk: Desk, kept: Pairing) -> Iterator[Letter]:
    """The one reminder."""
    request, volunteer = kept.help_request, kept.volunteer
    email = emails_volunteer.reminder(
        telling.about(request),
        telling.asked(request),
        answer_by=kept.answer_by or answer_by(kept, desk.occasion),
        answer=desk.answer(kept),
        unsubscribe=desk.unsubscribe(volunteer),
    )
    yield email, telling.to_volunteer(volunteer, kept)


def _ask_manager(desk: Desk, kept: Pairing) -> Iterator[Letter]:
    email = emails_volunteer.ask_manager(
        telling.about(kept.help_request),
        telling.asked(kept.help_request),
        answer_by=kept.answer_by or answer_by(kept, desk.occasion),
        answer=desk.answer(kept),
        unsubscribe=desk.unsubscribe(kept.volunteer),
    )
    yield email, telling.to_volunteer(kept.volunteer, kept)


def request_changed(changed: tuple[str, ...]) -> Callable[[Desk, Pairing], Iterator[Letter]]:
    """Return what tells somebody who was asked that something about the request is new."""

    def write(desk: Desk, kept: Pairing) -> Iterator[Letter]:
        request, volunteer = kept.help_request, kept.volunteer
        email = emails_volunteer.request_changed(
            telling.about(request),
            telling.asked(request),
            telling.journey(kept),
            changed,
            answer=desk.answer(kept),
            unsubscribe=desk.unsubscribe(volunteer),
        )
        yield email, telling.to_volunteer(volunteer, kept)

    return write


def _accepted(desk: Desk, kept: Pairing) -> Iterator[Letter]:
    """Ask for the requester's yes; who gave it in advance gets the introduction alone."""
    request = kept.help_request
    if kept.next_step == Due.CONFIRM_IN_ADVANCE:
        return
    email = emails_requester.accepted(
        telling.about(request),
        telling.found(desk.session, kept),
        confirm_person=desk.confirm_person(kept),
        status=desk.status(request),
    )
    yield email, telling.to_requester(request, kept)


def _accepted_volunteer(desk: Desk, kept: Pairing) -> Iterator[Letter]:
    if kept.next_step == Due.CONFIRM_IN_ADVANCE:
        return
    about, to = telling.about(kept.help_request), telling.to_volunteer(kept.volunteer, kept)
    # A reserve is taken at their word by the clock alone; everybody else says yes themselves.
    email = emails_volunteer.accepted_volunteer(
        about,
        chosen_on=kept.chosen_on,
        from_reserve=desk.occasion.actor == Actor.CLOCK,
        answer=desk.answer(kept),
    )
    yield email, to


def _reserve(desk: Desk, kept: Pairing) -> Iterator[Letter]:
    email = emails_volunteer.reserve(telling.about(kept.help_request), answer=desk.answer(kept))
    yield email, telling.to_volunteer(kept.volunteer, kept)


def _introduction_requester(desk: Desk, kept: Pairing) -> Iterator[Letter]:
    request = kept.help_request
    email = emails_requester.introduction_requester(
        telling.about(request),
        telling.volunteer(kept),
        _visit(desk, kept),
        who_pays=request.who_pays.value,
        status=desk.status(request),
        visit=desk.visit_of_requester(kept),
    )
    yield email, telling.to_requester(request, kept)


def _introduction_volunteer(desk: Desk, kept: Pairing) -> Iterator[Letter]:
    request = kept.help_request
    email = emails_volunteer.introduction_volunteer(
        telling.about(request),
        telling.requester(request),
        _visit(desk, kept),
        who_pays=request.who_pays.value,
        visit=desk.visit_of_volunteer(kept),
    )
    yield email, telling.to_volunteer(kept.volunteer, kept)


def _visit(desk: Desk, kept: Pairing) -> Meeting:
    """Return the visit that a confirmation has begun. Raises LookupError where there is none."""
    begun = telling.meeting(desk.session, kept)
    if begun is None:
        raise LookupError(f"pairing {kept.id} is confirmed without a visit")
    return begun


def _turned_down(desk: Desk, kept: Pairing) -> Iterator[Letter]:
    about, unsubscribe = telling.about(kept.help_request), desk.unsubscribe(kept.volunteer)
    email = emails_volunteer.turned_down(about, unsubscribe=unsubscribe)
    yield email, telling.to_volunteer(kept.volunteer, kept)


def _stood_down(desk: Desk, kept: Pairing) -> Iterator[Letter]:
    email = emails_volunteer.stood_down(
        telling.about(kept.help_request),
        why=telling.ending(kept.help_request),
        said_yes=kept.answered_at is not None,
        unsubscribe=desk.unsubscribe(kept.volunteer),
    )
    yield email, telling.to_volunteer(kept.volunteer, kept)


def _released(desk: Desk, kept: Pairing) -> Iterator[Letter]:
    """The requester hears that the volunteer cannot come, the volunteer that this is settled."""
    request = kept.help_request
    about, visit = telling.about(request), telling.meeting(desk.session, kept)
    to_be_asked = frozenset({pairing.State.RESERVE, pairing.State.APPROVED, pairing.State.INVITED})
    others = telling.count_in(desk.session, request, to_be_asked) > 0
    status = desk.status(request)
    yield (
        emails_requester.withdrawn(about, visit, asking_others=others, status=status),
        telling.to_requester(request, kept),
    )
    own_wish = desk.occasion.actor != Actor.CLOCK  # a coordinator writes down what they said
    yield (
        emails_volunteer.released(about, visit, own_wish=own_wish),
        telling.to_volunteer(kept.volunteer, kept),
    )


def _called_off(desk: Desk, kept: Pairing) -> Iterator[Letter]:
    """Both sides lose the entry in their calendars; the requester only where there was one."""
    request, visit = kept.help_request, _visit(desk, kept)
    about, ended = telling.about(request), request.state in help_request.ENDED
    yield emails_volunteer.called_off(about, visit), telling.to_volunteer(kept.volunteer, kept)
    if visit.on is not None:
        status = desk.status(request)
        email = emails_requester.called_off_requester(about, visit, ended=ended, status=status)
        yield email, telling.to_requester(request, kept)


def _request_received(desk: Desk, request: HelpRequest) -> Iterator[Letter]:
    about, status = telling.about(request), desk.status(request)
    yield emails_requester.request_received(about, status=status), telling.to_requester(request)


def _question(desk: Desk, request: HelpRequest) -> Iterator[Letter]:
    asked = telling.latest_reason(desk.session, request)
    days, status = desk.occasion.settings.question_days, desk.status(request)
    email = emails_requester.question(telling.about(request), asked, days=days, status=status)
    yield email, telling.to_requester(request)


def _nobody(desk: Desk, request: HelpRequest) -> Iterator[Letter]:
    email = emails_requester.nobody(
        telling.about(request),
        telling.more(request),
        asked_in_all=telling.count_asked(desk.session, request),
        status=desk.status(request),
    )
    yield email, telling.to_requester(request)


def _new_date(desk: Desk, request: HelpRequest) -> Iterator[Letter]:
    email = emails_requester.new_date(telling.about(request), status=desk.status(request))
    yield email, telling.to_requester(request)


def _request_withdrawn(desk: Desk, request: HelpRequest) -> Iterator[Letter]:
    told = telling.count_in(desk.session, request, pairing.KNOWN_TO_VOLUNTEER)
    about, status = telling.about(request), desk.status(request)
    email = emails_requester.request_withdrawn_requester(about, told=told, status=status)
    yield email, telling.to_requester(request)


def _closed(desk: Desk, request: HelpRequest) -> Iterator[Letter]:
    """What a coordinator wrote beside the reason is for coordinators, and is not told."""
    about, status = telling.about(request), desk.status(request)
    into = request.merged_into_id and desk.session.get_one(HelpRequest, request.merged_into_id)
    reason, reference = request.end_reason, into.reference if into else ""
    email = emails_requester.closed(about, reason=reason, note="", status=status, into=reference)
    yield email, telling.to_requester(request)


def _offer_approved(_desk: Desk, volunteer: Volunteer) -> Iterator[Letter]:
    yield emails_volunteer.offer_approved(), telling.to_volunteer(volunteer)


def _still_up_for_it(desk: Desk, volunteer: Volunteer) -> Iterator[Letter]:
    links = {"back": desk.back(volunteer), "unsubscribe": desk.unsubscribe(volunteer)}
    email = emails_volunteer.still_up_for_it(**links)
    yield email, telling.to_volunteer(volunteer)


ABOUT_PAIRINGS: Mapping[str, Callable[[Desk, Pairing], Iterator[Letter]]] = {
    "invitation": invitation,
    "ask_manager": _ask_manager,
    "accepted": _accepted,
    "accepted_volunteer": _accepted_volunteer,
    "reserve": _reserve,
    "introduction_requester": _introduction_requester,
    "introduction_volunteer": _introduction_volunteer,
    "turned_down": _turned_down,
    "stood_down": _stood_down,
    "released": _released,
    "called_off": _called_off,
}
ABOUT_REQUESTS: Mapping[str, Callable[[Desk, HelpRequest], Iterator[Letter]]] = {
    "request_received": _request_received,
    "question": _question,
    "nobody": _nobody,
    "new_date": _new_date,
    "request_withdrawn_requester": _request_withdrawn,
    "closed": _closed,
}
ABOUT_VOLUNTEERS: Mapping[str, Callable[[Desk, Volunteer], Iterator[Letter]]] = {
    "offer_approved": _offer_approved,
    "still_up_for_it": _still_up_for_it,
}
