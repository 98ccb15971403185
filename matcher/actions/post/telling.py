"""What emails are told of requests, people and visits, read from the rows."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.actions.post.outgoing import Addressee
from matcher.lifecycle import help_request, pairing
from matcher.mail.facts import (
    About,
    Asked,
    BothAt,
    Ending,
    Found,
    Journey,
    MatchedWord,
    Meeting,
    More,
    Person,
    WhyYou,
)
from matcher.records.advice import AdviceNote
from matcher.records.help_requests import HelpRequest, shortened
from matcher.records.history import Happening
from matcher.records.pages.answers import matching_words
from matcher.records.pages.hiding import before_introduction, without_names
from matcher.records.pages.journeys import distance_between, read_journey
from matcher.records.pages.reach import read_reach
from matcher.records.pages.views import read_both_at
from matcher.records.pairings import Pairing, Visit
from matcher.records.volunteers import Volunteer

LONGEST_EXPERIENCE = 400
PIECES_OF_EXPERIENCE = 3


def to_requester(request: HelpRequest, kept: Pairing | None = None) -> Addressee:
    """Return the requester as somebody to write to."""
    return Addressee(
        request.requester_name,
        request.requester_email,
        request.nation,
        request.organisation.closed_days,
        help_request_id=request.id,
        pairing_id=None if kept is None else kept.id,
    )


def to_volunteer(volunteer: Volunteer, kept: Pairing | None = None) -> Addressee:
    """Return a volunteer as somebody to write to; the name they gave with a yes, if they did."""
    return Addressee(
        (kept.accepted_as if kept else "") or volunteer.name,
        volunteer.email,
        volunteer.nation,
        volunteer.organisation.closed_days,
        help_request_id=None if kept is None else kept.help_request_id,
        pairing_id=None if kept is None else kept.id,
        volunteer_id=volunteer.id,
    )


def about(request: HelpRequest) -> About:
    """Return how a request is named."""
    organisation = request.organisation
    return About(request.reference, request.heading, organisation.name, organisation.vetted)


def asked(request: HelpRequest) -> Asked:
    """Return what a volunteer may read of a request: never by whom."""
    return Asked(
        need=request.need,
        place=request.place_label,
        dates=request.dates,
        dates_note=request.dates_note,
        who_pays=request.who_pays.value,
        kind=request.kind.value if request.kind else "",
        audience=request.audience,
        how_long=request.how_long,
        remote_too=request.remote_too,
    )


def journey(kept: Pairing) -> Journey:
    """Return how far the volunteer would travel."""
    found = read_journey(kept)
    return Journey(
        starts_from=kept.volunteer.place_label,
        distance_km=found.distance_km,
        train_minutes=found.train_minutes,
        door_to_door_minutes=found.door_to_door_minutes,
        car_minutes=found.car_minutes,
        over=found.over,
        over_sea=found.over_sea,
        estimated=found.estimated,
    )


def why_you(session: Session, kept: Pairing) -> WhyYou:
    """Return the words that matched, in the volunteer's spelling, or who passed the ask on."""
    words = matching_words(kept.snapshot.get("candidate", {}))
    passed = session.get(Pairing, kept.snapshot.get("passed_on_from", 0))
    return WhyYou(
        words=tuple(MatchedWord(each.word, each.need_word) for each in words),
        passed_on_by=passed.volunteer.shown_as if passed else "",
        both_at=both_at(kept),
    )


def found(session: Session, kept: Pairing) -> Found:
    """Return the volunteer as the requester may see them before saying yes: no name, no address."""
    volunteer = kept.volunteer
    shown = before_introduction(volunteer)
    experience = shown.experience[:PIECES_OF_EXPERIENCE]
    return Found(
        job_title=shown.job_title,
        organisation=shown.organisation,
        offer=shortened(shown.offer, LONGEST_EXPERIENCE),
        experience=tuple(shortened(each, LONGEST_EXPERIENCE) for each in experience),
        distance_km=distance_between(volunteer, kept.help_request),
        past_visits=_count_visits(session, volunteer.id),
        chosen_on=kept.chosen_on,
        note=without_names(volunteer, kept.answer_note),
        interest=without_names(volunteer, kept.interest),
        both_at=both_at(kept),
        known_as=shown.known_as,
        vouched=shown.vouched,
    )


def both_at(kept: Pairing) -> BothAt | None:
    """Return the event at which both sides will be anyway, if the pair was proposed for it."""
    met = read_both_at(kept.snapshot)
    return None if met is None else BothAt(met.name, met.place, met.on)


def _count_visits(session: Session, volunteer_id: int) -> int:
    visited = select(func.count(Pairing.id)).filter_by(
        volunteer_id=volunteer_id, state=pairing.State.VISITED
    )
    return session.scalar(visited) or 0


def requester(request: HelpRequest) -> Person:
    """Return the requester's details, for after both sides have said yes."""
    return Person(
        name=request.requester_name,
        email=request.requester_email,
        organisation=request.organisation.name,
        on_the_day=request.contact_on_day,
    )


def volunteer(kept: Pairing) -> Person:
    """Return the volunteer's details, for after both sides have said yes."""
    return Person(
        name=kept.accepted_as or kept.volunteer.name,
        email=kept.volunteer.email,
        organisation=kept.volunteer.organisation.name,
        job_title=kept.volunteer.job_title,
    )


def meeting(session: Session, kept: Pairing) -> Meeting | None:
    """Return the visit of a pairing, if one has begun."""
    begun = session.scalars(select(Visit).filter_by(pairing_id=kept.id)).one_or_none()
    if begun is None:
        return None
    return meeting_of(begun)


def meeting_of(begun: Visit, on: date | None = None) -> Meeting:
    """Return a visit as emails tell it; ``on`` names a day that was given up."""
    request = begun.pairing.help_request
    return Meeting(
        uid=begun.calendar_uid,
        sequence=begun.sequence,
        on=on or begun.on,
        place=", ".join(filter(None, (request.venue, request.place_label))),
        access=request.access,
        begins=begun.begins.isoformat("minutes") if begun.begins else "",
        ends=begun.ends.isoformat("minutes") if begun.ends else "",
        agenda=request.agenda,
        expenses=request.expenses,
    )


def more(request: HelpRequest) -> More:
    """Return what would bring in more people, as it was counted when they were last proposed."""
    reach = read_reach(request)
    return More(reach.if_remote, reach.if_wider, reach.if_other_dates)


def ending(request: HelpRequest) -> Ending:
    """Return why those who were asked are not needed any more."""
    if request.state in help_request.ENDED and request.merged_into_id is not None:
        return Ending.REQUEST_MERGED
    if request.state in help_request.ENDED:
        return Ending.REQUEST_ENDED
    return Ending.PLACES_FILLED if request.filled >= request.places else Ending.REQUEST_CHANGED


def count_in(session: Session, request: HelpRequest, states: frozenset[pairing.State]) -> int:
    """Return how many pairings of a request are in one of these states."""
    mine = select(func.count(Pairing.id)).filter_by(help_request_id=request.id)
    return session.scalar(mine.where(Pairing.state.in_(states))) or 0


def count_asked(session: Session, request: HelpRequest) -> int:
    """Return how many volunteers were invited for a request so far."""
    mine = select(func.count(Pairing.id)).filter_by(help_request_id=request.id)
    return session.scalar(mine.where(Pairing.wave > 0)) or 0


def latest_reason(session: Session, row: HelpRequest | AdviceNote) -> str:
    """Return what was written beside the latest change of a row's state."""
    happened = select(Happening.reason).filter_by(subject=row.__tablename__, subject_id=row.id)
    return session.scalars(happened.order_by(Happening.id.desc()).limit(1)).first() or ""
