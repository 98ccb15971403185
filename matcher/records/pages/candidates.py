"""Kept candidates as coordinators see them: what the match was made of, and where it stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.lifecycle import pairing
from matcher.lifecycle import volunteer as standing
from matcher.matching.offers import ReasonKind
from matcher.places.wording import rough_minutes
from matcher.records.database import JsonObject, whole_sight
from matcher.records.history import ASKS, ASKS_COUNT_FOR, Happening
from matcher.records.pages.answers import WORD_KINDS, MatchingWord
from matcher.records.pages.journeys import JourneyView, read_journey
from matcher.records.pages.views import BothAt, read_both_at
from matcher.records.pairings import Pairing

WORDS_SHOWN = 12
S = pairing.State
#: Whoever is furthest on comes first.
ORDER = (
    S.CONFIRMED,
    S.VISITED,
    S.MISSED,
    S.ACCEPTED,
    S.RESERVE,
    S.INVITED,
    S.APPROVED,
    S.PROPOSED,
    S.LAPSED,
    S.DECLINED,
    S.PASSED_ON,
    S.RELEASED,
    S.TURNED_DOWN,
    S.STOOD_DOWN,
    S.DISMISSED,
)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score: words add to it, travel, load and dates take off."""

    name: str
    points: float


@dataclass(frozen=True, slots=True)
class Match:
    """What a match was made of, as it was kept; ``by_hand`` is the reason of one made by hand.

    ``words`` are the weightiest first; ``marked`` all that stand in the volunteer's own text.
    """

    parts: tuple[Part, ...]
    words: tuple[MatchingWord, ...]
    marked: tuple[str, ...]
    train_minutes: int | None
    by_video: bool
    why_thin: str
    both_at: BothAt | None = None
    by_hand: str = ""


@dataclass(frozen=True, slots=True)
class CandidateView:
    """A kept candidate: the volunteer, the state of the pairing, and what it was made from.

    ``score`` is from 0 to 1. ``asks`` counts the invitations of the last quarter.
    """

    pairing_id: int
    volunteer_id: int
    state: pairing.State
    score: float
    match: Match
    shown_as: str
    organisation: str
    job_title: str
    place_label: str
    journey: JourneyView
    volunteer_state: standing.State
    offer: str
    skills: tuple[str, ...]
    experience: tuple[str, ...]
    asks: int
    asks_per_quarter: int
    away: tuple[tuple[date, date], ...]
    answer_by: datetime | None
    answered_at: datetime | None
    chosen_on: date | None
    answer_reason: str
    answer_note: str
    interest: str

    @property
    def spent(self) -> bool:
        """Whether the volunteer was asked as often as they allow."""
        return self.asks >= self.asks_per_quarter

    @property
    def may_be_told(self) -> tuple[pairing.Told, ...]:
        """What either side may tell a coordinator as it stands, once there was an invitation."""
        return pairing.may_be_told(self.state)


def list_candidates(session: Session, request_id: int, now: datetime) -> tuple[CandidateView, ...]:
    """Return the kept candidates of a request: who is furthest on first, then by rank."""
    kept = session.scalars(select(Pairing).filter_by(help_request_id=request_id)).all()
    asks = count_asks_of(session, (each.volunteer_id for each in kept), now)
    ordered = sorted(kept, key=lambda each: (ORDER.index(each.state), each.rank, each.id))
    return tuple(_candidate(each, asks.get(each.volunteer_id, 0)) for each in ordered)


def count_asks_of(
    session: Session, volunteer_ids: Iterable[int], now: datetime
) -> Mapping[int, int]:
    """Return how often each was invited in the last quarter; who was not is left out."""
    asked = (
        select(Happening.volunteer_id, func.count(Happening.id).label("asks"))
        .where(
            Happening.subject.in_(ASKS),
            Happening.event == pairing.Event.INVITE,
            Happening.volunteer_id.in_(set(volunteer_ids)),
            Happening.at > now - ASKS_COUNT_FOR,
        )
        .group_by(Happening.volunteer_id)
    )
    with whole_sight(session):  # their limit is one for all the country
        return {row.volunteer_id: row.asks for row in session.execute(asked)}


def _candidate(kept: Pairing, asks: int) -> CandidateView:
    volunteer = kept.volunteer
    return CandidateView(
        pairing_id=kept.id,
        volunteer_id=volunteer.id,
        state=kept.state,
        score=kept.score,
        match=read_match(kept.snapshot),
        shown_as=volunteer.shown_as,
        organisation=volunteer.organisation.name,
        job_title=volunteer.job_title,
        place_label=volunteer.place_label,
        journey=read_journey(kept),
        volunteer_state=volunteer.state,
        offer=volunteer.offer,
        skills=tuple(volunteer.skills),
        experience=tuple(volunteer.experience),
        asks=asks,
        asks_per_quarter=volunteer.asks_per_quarter,
        away=tuple((span.first_on, span.last_on) for span in volunteer.away),
        answer_by=kept.answer_by,
        answered_at=kept.answered_at,
        chosen_on=kept.chosen_on,
        answer_reason=kept.answer_reason,
        answer_note=kept.answer_note,
        interest=kept.interest,
    )


def read_match(snapshot: JsonObject) -> Match:
    """Return what a match was made of. What an older snapshot does not hold is left out."""
    candidate = snapshot.get("candidate", {})
    reasons = candidate.get("reasons", ())
    told = [reason for reason in reasons if reason["kind"] in WORD_KINDS]
    return Match(
        parts=tuple(Part(name, points) for name, points in candidate.get("parts", {}).items()),
        words=tuple(_word(reason) for reason in told[:WORDS_SHOWN]),
        marked=tuple(dict.fromkeys(reason["word"] for reason in told)),
        train_minutes=rough_minutes(candidate.get("journey", {}).get("train_minutes")),
        by_video=any(reason["kind"] == ReasonKind.REMOTE for reason in reasons),
        why_thin=candidate.get("why_thin") or "",
        both_at=read_both_at(snapshot),
        by_hand=snapshot.get("by_hand", {}).get("reason", ""),
    )


def _word(reason: JsonObject) -> MatchingWord:
    """Return a word that matched; forms of one word, such as hall and halls, are the same."""
    same = reason["kind"] == ReasonKind.WORD
    return MatchingWord(reason["word"], reason["word"] if same else reason["need_word"])
