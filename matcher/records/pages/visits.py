"""What the page of a visit shows to each of its two sides: frozen views."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.lifecycle import pairing, visit
from matcher.lifecycle.choices import MissedReason, Outcome, WhoPays
from matcher.lifecycle.refusals import NotFound
from matcher.lifecycle.tables import Actor
from matcher.records.help_requests import HelpRequest
from matcher.records.pages.hiding import before_introduction
from matcher.records.pairings import Pairing, Visit
from matcher.records.volunteers import find_member

TOOK_PLACE = frozenset({visit.State.TOOK_PLACE, visit.State.TOOK_PLACE_REMOTE})
V, E = visit.State, visit.Event


@dataclass(frozen=True, slots=True)
class OtherSide:
    """Whom somebody meets. Name and address only once both were introduced."""

    organisation: str
    job_title: str
    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class VisitPage:
    """A visit as ``side`` sees it; ``said`` and ``helped`` are what that side told of it."""

    visit_id: int
    pairing_id: int
    volunteer_id: int
    request_id: int
    side: Actor
    addressee: str
    addressee_organisation: str
    reference: str
    heading: str
    need: str
    audience: str
    how_long: str
    state: visit.State
    pairing_state: pairing.State
    on: date | None
    begins: time | None
    ends: time | None
    was_on: date | None
    dates: tuple[date, ...]
    offered: tuple[date, ...]
    offered_by: Actor | None
    place_moved: bool
    answer_by: datetime | None
    place_label: str
    venue: str
    access: str
    contact_on_day: str
    agenda: str
    who_pays: WhoPays
    expenses: str
    host: str
    guest: str
    guest_title: str
    guest_offer: str
    guest_experience: tuple[str, ...]
    other: OtherSide
    said: Outcome | None
    helped: bool | None
    missed_because: MissedReason | None
    words: str
    manager_thanked: bool

    @property
    def introduced(self) -> bool:
        """Whether each side knows who the other is."""
        return bool(self.other.name)

    def allows(self, event: visit.Event) -> bool:
        """Whether this side may cause an event now."""
        return visit.TABLE.allows(self.state, event, self.side)

    @property
    def may_choose(self) -> bool:
        """Whether this side may agree to one of the dates offered."""
        return bool(self.offered) and self.offered_by != self.side and self.allows(E.AGREE)

    @property
    def may_offer(self) -> bool:
        """Whether this side may ask for another date."""
        return self.allows(E.RESCHEDULE)

    @property
    def may_reconfirm(self) -> bool:
        """Whether this side may say that it is still on."""
        return self.allows(E.RECONFIRM)

    @property
    def coming(self) -> bool:
        """Whether the visit is still to come, as far as is known."""
        return self.state in visit.COMING

    @property
    def took_place(self) -> bool:
        """Whether it took place, in person or by video."""
        return self.state in TOOK_PLACE

    def may_tell(self, today: date) -> bool:
        """Whether this side may tell what came of it."""
        over = visit.may_lie_behind(self.on, self.offered, self.dates, today)
        known = self.coming or self.state in visit.KNOWN
        return known and over and self.introduced and self.said is None

    @property
    def may_tell_anew(self) -> bool:
        """Whether this side may put right what it told."""
        return self.said is not None and self.state in visit.KNOWN and self.introduced

    @property
    def may_call_off(self) -> bool:
        """Whether the visit can still be called off."""
        return self.coming


def read_visit(session: Session, pairing_id: int | None, side: Actor) -> VisitPage:
    """Return the visit of a pairing as one side sees it. Raises NotFound where none has begun."""
    begun = session.scalars(select(Visit).filter_by(pairing_id=pairing_id)).one_or_none()
    if begun is None:
        raise NotFound("no such visit")
    kept, mine = begun.pairing, side == Actor.REQUESTER
    return VisitPage(
        visit_id=begun.id,
        pairing_id=kept.id,
        volunteer_id=kept.volunteer_id,
        request_id=kept.help_request_id,
        side=side,
        pairing_state=kept.state,
        other=_other(kept, side),
        said=begun.requester_said if mine else begun.volunteer_said,
        helped=begun.requester_helped if mine else begun.volunteer_helped,
        offered=begun.dates_offered,
        answer_by=begun.next_at if begun.state == V.RESCHEDULING else None,
        **_own(begun),
        **_asked(kept, side),
        **_guest(kept),
    )


# Plain values by the names of the view's fields.
def _own(begun: Visit) -> dict[str, Any]:
    names = ("state", "on", "begins", "ends", "was_on", "offered_by", "place_moved")
    more = ("missed_because", "words", "manager_thanked")
    return {name: getattr(begun, name) for name in (*names, *more)}


def _asked(kept: Pairing, side: Actor) -> dict[str, Any]:
    request = kept.help_request
    copied = ("reference", "heading", "need", "audience", "how_long", "place_label", "venue")
    more = ("access", "contact_on_day", "agenda", "who_pays", "expenses", "dates")
    mine = side == Actor.REQUESTER
    to = request.organisation if mine else kept.volunteer.organisation
    shown = kept.state in pairing.DETAILS_SHOWN or mine
    return {name: getattr(request, name) for name in (*copied, *more)} | {
        "addressee": request.requester_name if mine else kept.accepted_as or kept.volunteer.name,
        "addressee_organisation": to.name,
        "host": request.organisation.name,
        "contact_on_day": request.contact_on_day if shown else "",
        "access": request.access if shown else "",
    }


def _guest(kept: Pairing) -> dict[str, Any]:
    volunteer = kept.volunteer
    shown = kept.state in pairing.DETAILS_SHOWN
    seen = volunteer if shown else before_introduction(volunteer)
    return {
        "guest": (kept.accepted_as or volunteer.name) if shown else "",
        "guest_title": seen.job_title,
        "guest_offer": seen.offer,
        "guest_experience": tuple(seen.experience),
    }


def _other(kept: Pairing, side: Actor) -> OtherSide:
    request, volunteer = kept.help_request, kept.volunteer
    shown = kept.state in pairing.DETAILS_SHOWN
    if side == Actor.REQUESTER:
        name, email = kept.accepted_as or volunteer.name, volunteer.email
        hidden = before_introduction(volunteer)
        organisation = volunteer.organisation.name if shown else hidden.organisation
        job_title = volunteer.job_title if shown else hidden.job_title
    else:
        name, email = request.requester_name, request.requester_email
        organisation, job_title = request.organisation.name, ""
    details = {"name": name, "email": email} if shown else {}
    return OtherSide(organisation, job_title, **details)


def takes_part(session: Session, request_id: int) -> bool:
    """Return whether whoever asked for a visit is a volunteer, too."""
    return (
        find_member(session, session.get_one(HelpRequest, request_id).requester_email) is not None
    )
