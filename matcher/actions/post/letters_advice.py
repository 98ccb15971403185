"""Which facts and links the emails about notes of advice have, and who gets them."""

from collections.abc import Callable, Iterator, Mapping

from matcher.actions.post import telling
from matcher.actions.post.enclosed import Desk
from matcher.actions.post.letters import Letter
from matcher.actions.post.outgoing import Addressee
from matcher.lifecycle.tables import Actor
from matcher.mail import emails_advice
from matcher.mail.facts import Advice
from matcher.records.advice import AdviceNote, answered_by
from matcher.records.help_requests import HelpRequest
from matcher.records.pairings import Pairing
from matcher.records.volunteers import Volunteer


def _about(note: AdviceNote) -> Advice:
    return Advice(note.title, note.slug, note.shown_as)


def _agree(desk: Desk, note: AdviceNote) -> Iterator[Letter]:
    """To whoever did not write it; nothing where the visit is no longer known."""
    if note.peer_answer_id is not None:
        yield from _agree_to_answer(desk, note)
        return
    kept = desk.session.get(Pairing, note.pairing_id)
    if kept is None:
        return
    if note.written_by == Actor.VOLUNTEER:
        to = telling.to_requester(kept.help_request, kept)
        link = desk.advice(help_request_id=kept.help_request_id, pairing_id=kept.id)
        organisation = kept.volunteer.organisation.name
    else:
        to = telling.to_volunteer(kept.volunteer, kept)
        link = desk.advice(volunteer_id=kept.volunteer_id, pairing_id=kept.id)
        organisation = kept.help_request.organisation.name
    yield emails_advice.advice_agree(_about(note), organisation=organisation, advice=link), to


def _agree_to_answer(desk: Desk, note: AdviceNote) -> Iterator[Letter]:
    """To the volunteer who gave the answer that a note was made of."""
    volunteer = desk.session.get_one(Volunteer, answered_by(desk.session, note))
    request = desk.session.get_one(HelpRequest, note.help_request_id)
    about, link = request.organisation.name, desk.advice(volunteer_id=volunteer.id)
    email = emails_advice.advice_agree(
        _about(note), organisation=about, of_answer=True, advice=link
    )
    yield email, telling.to_volunteer(volunteer)


def _published(desk: Desk, note: AdviceNote) -> Iterator[Letter]:
    for to, link in _author(desk, note):
        yield emails_advice.advice_published(_about(note), advice=link), to


def _refused(desk: Desk, note: AdviceNote) -> Iterator[Letter]:
    reason = telling.latest_reason(desk.session, note)
    by_other_side = desk.occasion.actor != Actor.COORDINATOR
    for to, link in _author(desk, note):
        email = emails_advice.advice_refused(
            _about(note), reason=reason, by_other_side=by_other_side, advice=link
        )
        yield email, to


def _holds(desk: Desk, note: AdviceNote) -> Iterator[Letter]:
    for to, link in _author(desk, note):
        yield emails_advice.advice_holds(_about(note), answered=note.answered, advice=link), to


def _author(desk: Desk, note: AdviceNote) -> Iterator[tuple[Addressee, str]]:
    """Yield the author and the link of their own notes; nobody where they are forgotten."""
    if note.volunteer_id is not None:
        volunteer = desk.session.get_one(Volunteer, note.volunteer_id)
        link = desk.advice(volunteer_id=volunteer.id, pairing_id=note.pairing_id)
        yield telling.to_volunteer(volunteer), link
    elif note.help_request_id is not None:
        request = desk.session.get_one(HelpRequest, note.help_request_id)
        link = desk.advice(help_request_id=request.id, pairing_id=note.pairing_id)
        yield telling.to_requester(request), link


ABOUT_ADVICE: Mapping[str, Callable[[Desk, AdviceNote], Iterator[Letter]]] = {
    "advice_agree": _agree,
    "advice_published": _published,
    "advice_refused": _refused,
    "advice_holds": _holds,
}
