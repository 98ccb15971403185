"""What coordinators read of one help request: a frozen view, read in a few queries."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from matcher.lifecycle import help_request, pairing
from matcher.lifecycle.choices import Kind, WhoPays
from matcher.lifecycle.refusals import NotFound
from matcher.lifecycle.tables import Actor
from matcher.records.help_requests import HelpRequest, Hold
from matcher.records.pages.candidates import CandidateView, list_candidates
from matcher.records.pages.coordinator_emails import EmailRow, list_emails_about
from matcher.records.pages.merging import (
    Merged,
    find_merged_into,
    list_merged_in,
    undo_until,
)
from matcher.records.pages.timelines import HappeningRow, read_request_history
from matcher.records.pages.views import organisation_names, same_named

PS = pairing.State
#: As many more than are wanted are ticked beforehand: somebody may say no.
EXTRA_TICKED = 2
#: Whoever has less than this share of the best score is not ticked beforehand.
NEAR_THE_BEST = 0.5
#: In these, what is approved is asked.
ASKS = help_request.TAKES_ANSWERS | {help_request.State.IN_REVIEW}


@dataclass(frozen=True, slots=True)
class RequestView:
    """A help request as coordinators see it; never the requester's name or address.

    ``contact_on_day`` may hold a phone number, so it is shown with the details only.
    """

    request_id: int
    reference: str
    heading: str
    state: help_request.State
    organisation: str
    organisation_vetted: bool
    need: str
    kind: Kind | None
    audience: str
    how_long: str
    remote_too: bool
    access: str
    unwanted: tuple[str, ...]
    place_label: str
    dates: tuple[date, ...]
    dates_note: str
    who_pays: WhoPays
    places: int
    filled: int
    sent_at: datetime
    proposed_at: datetime | None
    next_at: datetime | None
    end_reason: str
    hold: Hold | None
    merged_into: Merged | None
    merged_in: tuple[Merged, ...]
    undo_until: datetime | None
    candidates: tuple[CandidateView, ...]
    history: tuple[HappeningRow, ...]
    emails: tuple[EmailRow, ...]

    @property
    def open(self) -> bool:
        """Whether the request has not ended; one whose address is not proved has not begun."""
        return self.state in help_request.OPEN

    @property
    def asks(self) -> bool:
        """Whether volunteers approved now are asked."""
        return self.state in ASKS and self.hold is None

    @property
    def may_close(self) -> bool:
        """Whether a coordinator may end it."""
        close = help_request.Event.CLOSE
        return help_request.TABLE.allows(self.state, close, Actor.COORDINATOR)

    @property
    def may_merge(self) -> bool:
        """Whether it may be merged into another: as long as nobody has said yes."""
        return self.may_close and not self.filled

    @property
    def may_reopen(self) -> bool:
        """Whether a coordinator may open it again."""
        reopen = help_request.Event.REOPEN
        return help_request.TABLE.allows(self.state, reopen, Actor.COORDINATOR)

    @property
    def may_hold(self) -> bool:
        """Whether a coordinator may hold it."""
        return self.state in help_request.MAY_BE_HELD

    @property
    def may_look_again(self) -> bool:
        """Whether the matcher would look for further volunteers."""
        return self.open and self.state != help_request.State.FILLED

    @property
    def looking(self) -> bool:
        """Whether the matcher has yet to look."""
        return self.may_look_again and self.proposed_at is None

    @property
    def found(self) -> tuple[CandidateView, ...]:
        """Those who said yes."""
        return self._in(*pairing.HOLDS_PLACE)

    @property
    def asked(self) -> tuple[CandidateView, ...]:
        """Those whose answer is awaited, and those who wait in reserve."""
        return self._in(PS.INVITED, PS.RESERVE)

    @property
    def approved(self) -> tuple[CandidateView, ...]:
        """Those who are asked next."""
        return self._in(PS.APPROVED)

    @property
    def asked_soon_at(self) -> datetime | None:
        """When those who were approved are asked, where all of it can still be taken back."""
        waits = bool(self.approved) and not self.asked and not self.found
        return self.next_at if waits and self.asks else None

    @property
    def proposed(self) -> tuple[CandidateView, ...]:
        """Those whom the matcher proposes."""
        return self._in(PS.PROPOSED)

    @property
    def over(self) -> tuple[CandidateView, ...]:
        """Those who will not come of this."""
        return self._in(*(frozenset(PS) - pairing.HOLDS_PLACE - pairing.OPEN))

    def _in(self, *states: pairing.State) -> tuple[CandidateView, ...]:
        return tuple(each for each in self.candidates if each.state in states)

    @property
    def next_deadline(self) -> datetime | None:
        """When the next awaited answer falls due."""
        due = (each.answer_by for each in self.asked if each.state == PS.INVITED)
        return min((each for each in due if each is not None), default=None)

    @property
    def suggested(self) -> frozenset[int]:
        """The proposals that are ticked beforehand: the best, and those that come near it."""
        if self.state != help_request.State.IN_REVIEW:
            return frozenset()
        good = [each for each in self.proposed if not each.match.why_thin and not each.spent]
        good = [each for each in good if each.score >= NEAR_THE_BEST * good[0].score]
        return frozenset(each.pairing_id for each in good[: self.places + EXTRA_TICKED])

    def get_candidate(self, pairing_id: int) -> CandidateView:
        """Return one of the candidates. Raises NotFound where it is not of this request."""
        found = [each for each in self.candidates if each.pairing_id == pairing_id]
        if not found:
            raise NotFound("no such pairing")
        return found[0]


def read_request(session: Session, request_id: int, now: datetime) -> RequestView:
    """Return one help request with its candidates, history and emails. Raises NotFound."""
    request = session.get(HelpRequest, request_id)
    if request is None:
        raise NotFound("no such help request")
    values = same_named(RequestView, request) | {
        "request_id": request.id,
        "organisation": request.organisation.name,
        "organisation_vetted": request.organisation.vetted,
        "unwanted": organisation_names(session, request.unwanted),
        "candidates": list_candidates(session, request_id, now),
        "history": read_request_history(session, request_id),
        "emails": list_emails_about(session, request_id),
        "merged_into": find_merged_into(session, request_id),
        "merged_in": list_merged_in(session, request_id),
        "undo_until": undo_until(session, request_id, now),
    }
    return RequestView(**values)
