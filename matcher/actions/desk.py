"""The links and deadlines that emails carry: the same ones in every email about one thing."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from sqlalchemy.orm import Session

from matcher.actions.linking import find_or_make_link
from matcher.actions.occasion import Occasion
from matcher.lifecycle.waves import wave_for
from matcher.lifecycle.working_days import LONDON, deadline, next_asking_time
from matcher.mail.links import LIFETIMES, Purpose
from matcher.records.help_requests import HelpRequest
from matcher.records.pairings import Pairing
from matcher.records.volunteers import Volunteer


@dataclass(frozen=True, slots=True)
class Desk:
    """Where emails are written: in a transaction, on an occasion.

    The links of a person's own pages last: every email to them carries the same one.
    """

    session: Session
    occasion: Occasion

    def status(self, request: HelpRequest) -> str:
        """Return the link of the request's own page."""
        return self._lasting(Purpose.STATUS, None, help_request_id=request.id)

    def confirm_person(self, kept: Pairing) -> str:
        """Return the link with which the requester says yes or no."""
        return self._lasting(Purpose.CONFIRM_PERSON, None, **_ids(kept))

    def answer(self, kept: Pairing) -> str:
        """Return the link with which the volunteer answers, good for some time after the dates."""
        return self._lasting(Purpose.ANSWER, self._answers_end(kept.help_request), **_ids(kept))

    def _answers_end(self, request: HelpRequest) -> datetime | None:
        if not request.dates:
            return None
        days = timedelta(days=self.occasion.settings.answer_days_after + 1)
        return datetime.combine(max(request.dates) + days, time(), LONDON).astimezone(UTC)

    def unsubscribe(self, volunteer: Volunteer) -> str:
        """Return the link with which a volunteer is asked nothing more."""
        lifetime = LIFETIMES[Purpose.UNSUBSCRIBE].lifetime or timedelta()
        ends = self.occasion.now + lifetime
        return self._lasting(Purpose.UNSUBSCRIBE, ends, volunteer_id=volunteer.id)

    def _lasting(self, purpose: Purpose, expires_at: datetime | None, **subject: int) -> str:
        return find_or_make_link(
            self.session, purpose, self.occasion, expires_at=expires_at, **subject
        )


def _ids(kept: Pairing) -> dict[str, int]:
    return {
        "help_request_id": kept.help_request_id,
        "pairing_id": kept.id,
        "volunteer_id": kept.volunteer_id,
    }


def answer_by(kept: Pairing, occasion: Occasion) -> datetime:
    """Return when an answer falls due, if the ask is sent at the next hour in which it may be."""
    settings, nation = occasion.settings, kept.volunteer.nation
    wave = wave_for(kept.help_request.dates, occasion.today, settings.waves)
    sent_at = next_asking_time(occasion.now, settings.asking_hours, nation)
    return deadline(sent_at, wave.answer_working_days, settings.asking_hours, nation)
