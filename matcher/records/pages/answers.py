"""What the pages behind an invitation show: frozen views that the row's state decides.

The requester's name, address and directions are in them only once both sides were introduced.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.lifecycle import help_request, pairing, visit
from matcher.lifecycle import volunteer as standing
from matcher.lifecycle.choices import DeclineReason, Kind, WhoPays
from matcher.lifecycle.tables import Actor
from matcher.lifecycle.working_days import LONDON
from matcher.matching.offers import ReasonKind
from matcher.records.database import JsonObject
from matcher.records.help_requests import HelpRequest
from matcher.records.links import Link
from matcher.records.pages.journeys import JourneyView, distance_between, read_journey
from matcher.records.pages.views import BothAt, read_both_at
from matcher.records.pairings import Pairing, Visit
from matcher.records.volunteers import Volunteer

WORD_KINDS = frozenset(
    {
        ReasonKind.WORD,
        ReasonKind.SPELLING,
        ReasonKind.ACRONYM,
        ReasonKind.THESAURUS,
        ReasonKind.NEIGHBOUR,
    }
)
WORDS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class MatchingWord:
    """A word of the volunteer's, and the word of the request that it answers to."""

    word: str
    need_word: str

    @property
    def same(self) -> bool:
        """Whether both say it alike."""
        return self.word.casefold() == self.need_word.casefold()


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, by which organisation, where and when; never by whom.

    ``asked_by`` and ``handles`` are what the requester chose to show.
    """

    reference: str
    heading: str
    need: str
    kind: Kind | None
    audience: str
    how_long: str
    organisation: str
    place_label: str
    dates: tuple[date, ...]
    dates_note: str
    who_pays: WhoPays
    remote_too: bool
    state: help_request.State
    asked_by: str = ""
    handles: tuple[str, ...] = ()

    @property
    def takes_answers(self) -> bool:
        """Whether a yes can still come to something: a place, or one in reserve."""
        return self.state in help_request.TAKES_ANSWERS | {help_request.State.FILLED}


@dataclass(frozen=True, slots=True)
class OtherSide:
    """Whom the volunteer will meet, from the introduction on."""

    name: str
    email: str
    contact_on_day: str
    access: str


@dataclass(frozen=True, slots=True)
class Ask:
    """One invitation as its addressee sees it."""

    pairing_id: int
    state: pairing.State
    asked: Asked
    volunteer_id: int
    addressee: str
    addressee_organisation: str
    volunteer_state: standing.State
    paused_until: date | None
    starts_from: str
    journey: JourneyView
    both_at: BothAt | None
    words: tuple[MatchingWord, ...]
    answer_by: datetime | None
    extended: bool
    chosen_on: date | None
    accepted_as: str
    answer_reason: str
    visit_on: date | None
    visit_state: visit.State | None
    other_side: OtherSide | None

    def allows(self, event: pairing.Event) -> bool:
        """Whether the volunteer may cause this now."""
        return pairing.TABLE.allows(self.state, event, Actor.VOLUNTEER)

    @property
    def may_accept(self) -> bool:
        """Whether a yes may be said; whoever waits in reserve has said it."""
        waits = self.state == pairing.State.RESERVE
        member = self.volunteer_state in standing.MEMBERS
        possible = self.allows(pairing.Event.ACCEPT) and self.asked.takes_answers
        return member and possible and not waits

    @property
    def may_decline(self) -> bool:
        """Whether a no may be said to the ask; a yes is withdrawn on a page of its own."""
        waits = self.state == pairing.State.RESERVE
        return not waits and self.allows(pairing.Event.DECLINE)

    @property
    def may_withdraw(self) -> bool:
        """Whether a yes may be taken back."""
        waits = self.state == pairing.State.RESERVE
        return waits or self.allows(pairing.Event.RELEASE)

    @property
    def may_ask_manager(self) -> bool:
        """Whether more time may be had, once; not where the last wanted date is too near."""
        if self.extended or self.answer_by is None or not self.allows(pairing.Event.EXTEND):
            return False
        eve = self.answer_by.astimezone(LONDON).date() + timedelta(days=1)
        return not self.asked.dates or max(self.asked.dates) > eve

    @property
    def may_pass_on(self) -> bool:
        """Whether a colleague may be named."""
        return self.allows(pairing.Event.PASS_ON)

    @property
    def may_adjust(self) -> bool:
        """Whether the limit that a no was about can be changed by the same link."""
        member = self.volunteer_state in standing.MEMBERS
        return member and self.state == pairing.State.DECLINED and bool(self.answer_reason)

    @property
    def may_pause(self) -> bool:
        """Whether the volunteer may ask to be left alone for a while."""
        paused = self.volunteer_state == standing.State.PAUSED
        event = standing.Event.PAUSE
        allowed = standing.TABLE.allows(self.volunteer_state, event, Actor.VOLUNTEER)
        return allowed and not paused

    @property
    def declined_by_pause(self) -> bool:
        """Whether the ask ended because the volunteer wants to be asked nothing for now."""
        paused = self.volunteer_state == standing.State.PAUSED
        busy = self.answer_reason == DeclineReason.TOO_BUSY
        return self.state == pairing.State.DECLINED and paused and busy


def read_ask(session: Session, pairing_id: int) -> Ask:
    """Return one invitation. Raises NoResultFound."""
    kept = session.get_one(Pairing, pairing_id)
    volunteer, request = kept.volunteer, kept.help_request
    candidate = kept.snapshot.get("candidate", {})
    begun = session.scalars(select(Visit).filter_by(pairing_id=kept.id)).one_or_none()
    return Ask(
        pairing_id=kept.id,
        state=kept.state,
        asked=asked(request),
        volunteer_id=volunteer.id,
        addressee=volunteer.name,
        addressee_organisation=volunteer.organisation.name,
        volunteer_state=volunteer.state,
        paused_until=volunteer.paused_until,
        starts_from=volunteer.place_label,
        journey=read_journey(kept),
        both_at=read_both_at(kept.snapshot),
        words=matching_words(candidate),
        answer_by=kept.answer_by,
        extended=kept.extended_at is not None,
        chosen_on=kept.chosen_on,
        accepted_as=kept.accepted_as,
        answer_reason=kept.answer_reason,
        visit_on=begun.on if begun else kept.chosen_on,
        visit_state=begun.state if begun else None,
        other_side=other_side(kept),
    )


def asked(request: HelpRequest) -> Asked:
    """Return what a volunteer may read of a help request before an introduction."""
    return Asked(
        reference=request.reference,
        heading=request.heading,
        need=request.need,
        kind=request.kind,
        audience=request.audience,
        how_long=request.how_long,
        organisation=request.organisation.name,
        place_label=request.place_label,
        dates=request.dates,
        dates_note=request.dates_note,
        who_pays=request.who_pays,
        remote_too=request.remote_too,
        state=request.state,
        asked_by=request.display_name,
        handles=tuple(request.handles),
    )


def other_side(kept: Pairing) -> OtherSide | None:
    """Return whom the volunteer meets; None before they were introduced."""
    if kept.state not in pairing.DETAILS_SHOWN:
        return None
    request = kept.help_request
    return OtherSide(
        name=request.requester_name,
        email=request.requester_email,
        contact_on_day=request.contact_on_day,
        access=request.access,
    )


def matching_words(candidate: JsonObject) -> tuple[MatchingWord, ...]:
    """Return the words that made the match, the weightiest first; none for a pair made by hand."""
    reasons = candidate.get("reasons", ())
    told = [reason for reason in reasons if reason["kind"] in WORD_KINDS]
    return tuple(MatchingWord(each["word"], each["need_word"]) for each in told[:WORDS_SHOWN])


@dataclass(frozen=True, slots=True)
class Proof:
    """A colleague who was named, and what was passed on to them."""

    pairing_id: int
    asked: Asked
    passed_on_by: str
    volunteer_id: int
    name: str
    organisation: str
    volunteer_state: standing.State
    place_label: str
    journey: JourneyView

    @property
    def known(self) -> bool:
        """Whether the colleague takes part already, so that nothing needs to be asked."""
        return self.volunteer_state in standing.MEMBERS

    @property
    def closed(self) -> bool:
        """Whether nothing can be taken over any more."""
        gone = self.volunteer_state == standing.State.LEFT
        return gone or self.asked.state in help_request.ENDED


def read_proof(session: Session, link: Link) -> Proof:
    """Return what a colleague's link is about. Raises NoResultFound."""
    kept = session.get_one(Pairing, link.pairing_id)
    colleague = session.get_one(Volunteer, link.volunteer_id)
    return Proof(
        pairing_id=kept.id,
        asked=asked(kept.help_request),
        passed_on_by=kept.volunteer.shown_as,
        volunteer_id=colleague.id,
        name=colleague.name,
        # They were taken to be of the organisation of whoever named them.
        organisation="" if kept.volunteer.hides_organisation else colleague.organisation.name,
        volunteer_state=colleague.state,
        place_label=colleague.place_label,
        journey=JourneyView(distance_between(colleague, kept.help_request)),
    )
