"""What a volunteer's own page shows: frozen views, read in a bounded number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from matcher.lifecycle import pairing, visit
from matcher.lifecycle.choices import Kind
from matcher.lifecycle.tables import Actor
from matcher.lifecycle.volunteer import TABLE, Event, State
from matcher.mail.links import Purpose
from matcher.records.links import Link
from matcher.records.pages.answers import (
    Asked,
    MatchingWord,
    OtherSide,
    asked,
    matching_words,
    other_side,
)
from matcher.records.pages.journeys import JourneyView, read_journey
from matcher.records.pairings import Pairing, Visit
from matcher.records.travel import Travel
from matcher.records.volunteers import Volunteer

PAST_ON_A_PAGE = 10
#: Past for the volunteer. Proposals that were never sent are none of these.
PAST = frozenset(
    {
        pairing.State.DECLINED,
        pairing.State.LAPSED,
        pairing.State.PASSED_ON,
        pairing.State.TURNED_DOWN,
        pairing.State.RELEASED,
        pairing.State.VISITED,
        pairing.State.MISSED,
        pairing.State.STOOD_DOWN,
    }
)


@dataclass(frozen=True, slots=True)
class LinkRef:
    """The link that opens an invitation; the address is made of it when the page is shown."""

    id: str
    key_id: str


@dataclass(frozen=True, slots=True)
class Invited:
    """One invitation in a list on the volunteer's page."""

    pairing_id: int
    state: pairing.State
    asked: Asked
    journey: JourneyView
    answer_by: datetime | None
    answered_at: datetime | None
    visit_on: date | None
    visit_state: visit.State | None
    other_side: OtherSide | None
    words: tuple[MatchingWord, ...]
    link: LinkRef | None


@dataclass(frozen=True, slots=True)
class OfferView:
    """What a volunteer says of themselves."""

    offer: str
    display_name: str
    job_title: str
    skills: tuple[str, ...]
    experience: tuple[str, ...]
    kinds: tuple[Kind, ...]
    place_id: str
    place_label: str
    travel: Travel
    asks_per_quarter: int
    away: tuple[tuple[date, date], ...]
    not_for_me: tuple[str, ...]
    hides_organisation: bool
    vouched: bool
    handles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VolunteerPage:
    """A volunteer's own page."""

    volunteer_id: int
    state: State
    name: str
    email: str
    organisation: str
    paused_until: date | None
    offer: OfferView
    open_asks: tuple[Invited, ...]
    reserves: tuple[Invited, ...]
    waiting: tuple[Invited, ...]
    coming: tuple[Invited, ...]
    past_count: int

    def allows(self, event: Event) -> bool:
        """Whether the volunteer may cause this now."""
        return TABLE.allows(self.state, event, Actor.VOLUNTEER)

    @property
    def may_pause(self) -> bool:
        """Whether a pause can begin."""
        return self.allows(Event.PAUSE)

    @property
    def may_resume(self) -> bool:
        """Whether "I'm back" means anything."""
        return self.allows(Event.RESUME)


@dataclass(frozen=True, slots=True)
class Standing:
    """Who somebody is and where they stand."""

    volunteer_id: int
    state: State
    name: str
    organisation: str
    paused_until: date | None = None
    supplied_by: str | None = None
    next_at: datetime | None = None


def read_standing(session: Session, volunteer_id: int) -> Standing:
    """Return where a volunteer stands. Raises NoResultFound."""
    volunteer = session.get_one(Volunteer, volunteer_id)
    return Standing(
        volunteer_id=volunteer.id,
        state=volunteer.state,
        name=volunteer.name,
        organisation=volunteer.organisation.name,
        paused_until=volunteer.paused_until,
        supplied_by=volunteer.supplied_by,
        next_at=volunteer.next_at,
    )


def read_volunteer_page(session: Session, volunteer_id: int, now: datetime) -> VolunteerPage:
    """Return the page of one volunteer as it stands. Raises NoResultFound."""
    volunteer = session.get_one(Volunteer, volunteer_id)
    current = _list_invited(session, volunteer, pairing.KNOWN_TO_VOLUNTEER, now)
    return VolunteerPage(
        volunteer_id=volunteer.id,
        state=volunteer.state,
        name=volunteer.name,
        email=volunteer.email,
        organisation=volunteer.organisation.name,
        paused_until=volunteer.paused_until,
        offer=offer_view(volunteer),
        open_asks=_in(current, pairing.State.INVITED),
        reserves=_in(current, pairing.State.RESERVE),
        waiting=_in(current, pairing.State.ACCEPTED),
        coming=_in(current, pairing.State.CONFIRMED),
        past_count=_count_past(session, volunteer_id),
    )


def list_open_asks(session: Session, volunteer_id: int, now: datetime) -> tuple[Invited, ...]:
    """Return the invitations that wait for a volunteer's answer, the latest first."""
    volunteer = session.get_one(Volunteer, volunteer_id)
    return _list_invited(session, volunteer, (pairing.State.INVITED,), now)


def read_offer(session: Session, volunteer_id: int) -> OfferView:
    """Return what a volunteer says of themselves. Raises NoResultFound."""
    return offer_view(session.get_one(Volunteer, volunteer_id))


def offer_view(volunteer: Volunteer) -> OfferView:
    """Return what a volunteer says of themselves."""
    return OfferView(
        offer=volunteer.offer,
        display_name=volunteer.display_name,
        job_title=volunteer.job_title,
        skills=tuple(volunteer.skills),
        experience=tuple(volunteer.experience),
        kinds=tuple(Kind(kind) for kind in volunteer.kinds),
        place_id=volunteer.place_id,
        place_label=volunteer.place_label,
        travel=volunteer.travel,
        asks_per_quarter=volunteer.asks_per_quarter,
        away=tuple((span.first_on, span.last_on) for span in volunteer.away),
        not_for_me=tuple(volunteer.not_for_me),
        hides_organisation=volunteer.hides_organisation,
        vouched=volunteer.vouched_at is not None,
        handles=tuple(volunteer.handles),
    )


def _in(invited: Iterable[Invited], state: pairing.State) -> tuple[Invited, ...]:
    return tuple(each for each in invited if each.state == state)


def _count_past(session: Session, volunteer_id: int) -> int:
    past = select(func.count(Pairing.id)).filter_by(volunteer_id=volunteer_id)
    return session.scalar(past.where(Pairing.state.in_(PAST), Pairing.wave > 0)) or 0


@dataclass(frozen=True, slots=True)
class Past:
    """One page of a volunteer's finished invitations, the latest first; pages count from 1."""

    invited: tuple[Invited, ...]
    page: int
    pages: int


def read_past(session: Session, volunteer_id: int, page: int, now: datetime) -> Past:
    """Return one page of what is over; a page beyond the last is the last."""
    volunteer = session.get_one(Volunteer, volunteer_id)
    pages = max(1, -(-_count_past(session, volunteer_id) // PAST_ON_A_PAGE))
    page = min(max(page, 1), pages)
    return Past(_list_invited(session, volunteer, PAST, now, page=page), page, pages)


def _list_invited(
    session: Session,
    volunteer: Volunteer,
    states: Iterable[pairing.State],
    now: datetime,
    page: int = 0,
) -> tuple[Invited, ...]:
    """Return a volunteer's invitations in some states, the latest first; all for page 0."""
    mine = select(Pairing).filter_by(volunteer_id=volunteer.id)
    asked_for = mine.where(Pairing.state.in_(states), Pairing.wave > 0)
    ordered = asked_for.order_by(Pairing.id.desc())
    if page:
        ordered = ordered.limit(PAST_ON_A_PAGE).offset((page - 1) * PAST_ON_A_PAGE)
    rows = session.scalars(ordered).all()
    visits, links = _visits(session, rows), _links(session, rows, now)
    return tuple(_invited(kept, visits.get(kept.id), links.get(kept.id)) for kept in rows)


def _visits(session: Session, rows: Sequence[Pairing]) -> Mapping[int, Visit]:
    begun = select(Visit).where(Visit.pairing_id.in_([kept.id for kept in rows]))
    return {each.pairing_id: each for each in session.scalars(begun)}


def _links(session: Session, rows: Sequence[Pairing], now: datetime) -> Mapping[int, LinkRef]:
    """Return for each pairing the newest link that still opens it."""
    made = select(Link).filter_by(purpose=Purpose.ANSWER, revoked_at=None)
    for_these = made.where(
        Link.pairing_id.in_([kept.id for kept in rows]),
        or_(Link.expires_at.is_(None), Link.expires_at > now),
    )
    newest_last = session.scalars(for_these.order_by(Link.made_at, Link.id))
    return {
        link.pairing_id: LinkRef(link.id, link.key_id) for link in newest_last if link.pairing_id
    }


def find_answer_link(session: Session, pairing_id: int, now: datetime) -> LinkRef | None:
    """Return the newest link that opens an invitation; None where none was sent or is good."""
    made = select(Link).filter_by(purpose=Purpose.ANSWER, pairing_id=pairing_id, revoked_at=None)
    good = made.where(or_(Link.expires_at.is_(None), Link.expires_at > now))
    newest = session.scalars(good.order_by(Link.made_at.desc(), Link.id.desc())).first()
    return LinkRef(newest.id, newest.key_id) if newest else None


def _invited(kept: Pairing, begun: Visit | None, link: LinkRef | None) -> Invited:
    return Invited(
        pairing_id=kept.id,
        state=kept.state,
        asked=asked(kept.help_request),
        journey=read_journey(kept),
        answer_by=kept.answer_by,
        answered_at=kept.answered_at,
        visit_on=begun.on if begun else kept.chosen_on,
        visit_state=begun.state if begun else None,
        other_side=other_side(kept),
        words=matching_words(kept.snapshot.get("candidate", {})),
        link=link,
    )
