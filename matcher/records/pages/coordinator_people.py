"""What coordinators read of one volunteer: what they offer, their limits, what they were asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.lifecycle import pairing
from matcher.lifecycle import volunteer as standing
from matcher.lifecycle.choices import Kind
from matcher.lifecycle.refusals import NotFound
from matcher.lifecycle.tables import Actor
from matcher.records.coordinators import Coordinator
from matcher.records.organisations import knows_domain
from matcher.records.pages.candidates import count_asks_of
from matcher.records.pages.timelines import HappeningRow, read_volunteer_history
from matcher.records.pages.views import same_named
from matcher.records.pairings import Pairing
from matcher.records.travel import Travel
from matcher.records.volunteers import Volunteer, VolunteerNote

PAIRINGS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class PairingRow:
    """One request for which a volunteer was proposed."""

    request_id: int
    reference: str
    heading: str
    organisation: str
    state: pairing.State
    proposed_at: datetime


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A private note, and the coordinator who wrote it."""

    note_id: int
    words: str
    by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class VolunteerView:
    """A volunteer as coordinators see them; name and address only by a press that is logged.

    ``domain`` is that of their address, ``domain_known`` whether it is their organisation's.
    """

    volunteer_id: int
    shown_as: str
    state: standing.State
    organisation: str
    domain: str
    domain_known: bool
    hides_organisation: bool
    vouched: bool
    findable: bool
    hellos_barred: bool
    handles: tuple[str, ...]
    job_title: str
    offer: str
    skills: tuple[str, ...]
    experience: tuple[str, ...]
    kinds: tuple[Kind, ...]
    place_label: str
    travel: Travel
    asks: int
    asks_per_quarter: int
    visits: int
    paused_until: date | None
    away: tuple[tuple[date, date], ...]
    joined_at: datetime
    pairings: tuple[PairingRow, ...]
    pairings_in_all: int
    history: tuple[HappeningRow, ...]
    notes: tuple[NoteRow, ...]

    def allows(self, event: standing.Event) -> bool:
        """Whether a coordinator may cause this now."""
        return standing.TABLE.allows(self.state, event, Actor.COORDINATOR)

    @property
    def may_approve(self) -> bool:
        """Whether they wait to be let in."""
        return self.allows(standing.Event.APPROVE)

    @property
    def may_pause(self) -> bool:
        """Whether a pause can begin."""
        return self.allows(standing.Event.PAUSE) and self.state != standing.State.PAUSED

    @property
    def may_resume(self) -> bool:
        """Whether they can be asked again."""
        return self.allows(standing.Event.RESUME)

    @property
    def has_details(self) -> bool:
        """Whether there is a proved name and address to show."""
        return self.state in standing.MEMBERS


def read_volunteer(session: Session, volunteer_id: int, now: datetime) -> VolunteerView:
    """Return one volunteer with what they were asked. Raises NotFound."""
    volunteer = session.get(Volunteer, volunteer_id)
    if volunteer is None:
        raise NotFound("no such volunteer")
    states = _count_pairings(session, volunteer_id)
    seen = {
        "volunteer_id": volunteer.id,
        "organisation": volunteer.organisation.name,
        "domain": volunteer.email.rpartition("@")[2],
        "domain_known": knows_domain(volunteer.organisation, volunteer.email),
        "vouched": volunteer.vouched_at is not None,
        "handles": tuple(volunteer.handles),
        "skills": tuple(volunteer.skills),
        "experience": tuple(volunteer.experience),
        "kinds": tuple(Kind(kind) for kind in volunteer.kinds),
        "asks": count_asks_of(session, [volunteer_id], now).get(volunteer_id, 0),
        "visits": states.get(pairing.State.VISITED, 0),
        "away": tuple((span.first_on, span.last_on) for span in volunteer.away),
        "pairings": _latest_pairings(session, volunteer_id),
        "pairings_in_all": sum(states.values()),
        "history": read_volunteer_history(session, volunteer_id),
        "notes": _read_notes(session, volunteer_id),
    }
    return VolunteerView(**same_named(VolunteerView, volunteer) | seen)


def _read_notes(session: Session, volunteer_id: int) -> tuple[NoteRow, ...]:
    noted = (
        select(VolunteerNote, Coordinator.name)
        .outerjoin(Coordinator, VolunteerNote.coordinator_id == Coordinator.id)
        .where(VolunteerNote.volunteer_id == volunteer_id)
        .order_by(VolunteerNote.id.desc())
    )
    return tuple(
        NoteRow(note.id, note.words, by or "", note.made_at) for note, by in session.execute(noted)
    )


def _count_pairings(session: Session, volunteer_id: int) -> Mapping[pairing.State, int]:
    counted = select(Pairing.state, func.count(Pairing.id).label("pairings"))
    mine = counted.where(Pairing.volunteer_id == volunteer_id)
    rows = session.execute(mine.group_by(Pairing.state))
    return {row.state: row.pairings for row in rows}


def _latest_pairings(session: Session, volunteer_id: int) -> tuple[PairingRow, ...]:
    mine = select(Pairing).filter_by(volunteer_id=volunteer_id)
    latest = session.scalars(mine.order_by(Pairing.id.desc()).limit(PAIRINGS_SHOWN))
    return tuple(
        PairingRow(
            request_id=kept.help_request_id,
            reference=kept.help_request.reference,
            heading=kept.help_request.heading,
            organisation=kept.help_request.organisation.name,
            state=kept.state,
            proposed_at=kept.proposed_at,
        )
        for kept in latest
    )


@dataclass(frozen=True, slots=True)
class ShownName:
    """How a volunteer may be named to others."""

    shown_as: str
    organisation: str


def read_shown_names(session: Session, volunteer_ids: Sequence[int]) -> Mapping[int, ShownName]:
    """Return how each of the volunteers is named."""
    named = select(Volunteer).where(Volunteer.id.in_(volunteer_ids))
    return {
        each.id: ShownName(each.shown_as, each.organisation.name) for each in session.scalars(named)
    }
