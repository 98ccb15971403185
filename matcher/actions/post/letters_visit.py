"""Which facts and links the emails about a visit have, and which of its two sides gets them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from matcher.actions.post import telling
from matcher.actions.post.enclosed import Desk
from matcher.actions.post.letters import Letter
from matcher.actions.post.outgoing import Addressee
from matcher.lifecycle import pairing
from matcher.lifecycle.tables import Actor
from matcher.mail import emails_visit
from matcher.mail.facts import Person
from matcher.records.pairings import Visit


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a visit: who it is, where to write, the link, and whom they will meet.

    ``other`` is None before the two were introduced.
    """

    actor: Actor
    to: Addressee
    link: str
    other: Person | None


def sides(desk: Desk, begun: Visit) -> tuple[Side, Side]:
    """Return the requester's side of a visit and the volunteer's."""
    kept, request = begun.pairing, begun.pairing.help_request
    introduced = kept.state in pairing.DETAILS_SHOWN
    return (
        Side(
            Actor.REQUESTER,
            telling.to_requester(request, kept),
            desk.visit_of_requester(kept),
            telling.volunteer(kept) if introduced else None,
        ),
        Side(
            Actor.VOLUNTEER,
            telling.to_volunteer(kept.volunteer, kept),
            desk.visit_of_volunteer(kept),
            telling.requester(request) if introduced else None,
        ),
    )


def _visit_agreed(desk: Desk, begun: Visit) -> Iterator[Letter]:
    """To both; before the introduction to nobody, for it will say the day."""
    request = begun.pairing.help_request
    about, meeting = telling.about(request), telling.meeting_of(begun)
    for side in sides(desk, begun):
        if side.other is not None:
            email = emails_visit.visit_agreed(
                about, meeting, side.other, who_pays=request.who_pays.value, visit=side.link
            )
            yield email, side.to


def visit_changed(
    changed: tuple[str, ...],
) -> Callable[[Desk, Visit], Iterator[Letter]]:
    """Return what tells both sides that something but the date has changed."""

    def write(desk: Desk, begun: Visit) -> Iterator[Letter]:
        request = begun.pairing.help_request
        about, meeting = telling.about(request), telling.meeting_of(begun)
        who_pays = request.who_pays.value
        for side in sides(desk, begun):
            email = emails_visit.visit_changed(
                about, meeting, side.other, changed, who_pays=who_pays, visit=side.link
            )
            yield email, side.to

    return write


def address_moved(of: Actor) -> Callable[[Desk, Visit], Iterator[Letter]]:
    """Return what tells the other side of a visit that this one has another email address."""

    def write(desk: Desk, begun: Visit) -> Iterator[Letter]:
        request = begun.pairing.help_request
        about, meeting = telling.about(request), telling.meeting_of(begun)
        who_pays = request.who_pays.value
        for side in sides(desk, begun):
            if side.actor != of and side.other is not None:
                email = emails_visit.visit_changed(
                    about, meeting, side.other, ("email",), who_pays=who_pays, visit=side.link
                )
                yield email, side.to

    return write


def _reschedule(desk: Desk, begun: Visit) -> Iterator[Letter]:
    """Ask the side that did not ask for it; the one that did gets a receipt."""
    about = telling.about(begun.pairing.help_request)
    given_up = telling.meeting_of(begun, begun.was_on)
    for side in sides(desk, begun):
        if side.actor == begun.offered_by:
            yield emails_visit.reschedule_receipt(about, given_up, visit=side.link), side.to
            continue
        email = emails_visit.reschedule(
            about,
            given_up,
            dates=begun.dates_offered,
            moved_to=begun.pairing.help_request.place_label if begun.place_moved else "",
            answer_by=begun.next_at or desk.occasion.now,
            visit=side.link,
        )
        yield email, side.to


ABOUT_VISITS: Mapping[str, Callable[[Desk, Visit], Iterator[Letter]]] = {
    "visit_agreed": _visit_agreed,
    "reschedule": _reschedule,
}
