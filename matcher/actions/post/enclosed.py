"""The links and deadlines that emails carry: the same ones in every email about one thing."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.orm import Session

from matcher.actions.linking import find_or_make_link
from matcher.actions.occasion import Occasion
from matcher.lifecycle.waves import Wave, wave_for
from matcher.lifecycle.working_days import LONDON, deadline, next_asking_time, reminding_time
from matcher.mail.links import LIFETIMES, Purpose
from matcher.records.help_requests import HelpRequest
from matcher.records.pairings import Pairing
from matcher.records.peer_questions import PeerAnswer
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

    def visit_of_requester(self, kept: Pairing) -> str:
        """Return the link to a visit for whoever asked for it."""
        ids = {"help_request_id": kept.help_request_id, "pairing_id": kept.id}
        return self._lasting(Purpose.VISIT, None, **ids, volunteer_id=None)

    def visit_of_volunteer(self, kept: Pairing) -> str:
        """Return the link to a visit for whoever makes it."""
        return self._lasting(Purpose.VISIT, None, **_ids(kept))

    def answer(self, kept: Pairing) -> str:
        """Return the link with which the volunteer answers, good for some time after the dates."""
        return self._lasting(Purpose.ANSWER, self._answers_end(kept.help_request), **_ids(kept))

    def _answers_end(self, request: HelpRequest) -> datetime | None:
        if not request.dates:
            return None
        days = timedelta(days=self.occasion.settings.answer_days_after + 1)
        return datetime.combine(max(request.dates) + days, time(), LONDON).astimezone(UTC)

    def advice(
        self,
        *,
        volunteer_id: int | None = None,
        help_request_id: int | None = None,
        pairing_id: int | None = None,
    ) -> str:
        """Return the link of somebody's own notes of advice, or of those about one visit."""
        subject = {
            "volunteer_id": volunteer_id,
            "help_request_id": help_request_id,
            "pairing_id": pairing_id,
        }
        return self._lasting(Purpose.ADVICE, None, **subject)

    def peer_question(self, asked: PeerAnswer) -> str:
        """Return the link with which a volunteer answers a question."""
        request_id = asked.question.help_request_id
        ids = {"help_request_id": request_id, "volunteer_id": asked.volunteer_id}
        return self._lasting(Purpose.PEER_QUESTION, None, **ids)

    def hellos(self, volunteer: Volunteer) -> str:
        """Return the link of a volunteer's own hellos."""
        return self._lasting(Purpose.HELLO, None, volunteer_id=volunteer.id)

    def stop_hellos(self, volunteer: Volunteer) -> str:
        """Return the link with which nobody finds a volunteer any more."""
        lifetime = LIFETIMES[Purpose.STOP_HELLOS].lifetime or timedelta()
        ends = self.occasion.now + lifetime
        return self._lasting(Purpose.STOP_HELLOS, ends, volunteer_id=volunteer.id)

    def unsubscribe(self, volunteer: Volunteer) -> str:
        """Return the link with which a volunteer is asked nothing more."""
        lifetime = LIFETIMES[Purpose.UNSUBSCRIBE].lifetime or timedelta()
        ends = self.occasion.now + lifetime
        return self._lasting(Purpose.UNSUBSCRIBE, ends, volunteer_id=volunteer.id)

    def back(self, volunteer: Volunteer) -> str:
        """Return the link with which a volunteer who rests says that they are back."""
        lifetime = LIFETIMES[Purpose.BACK].lifetime or timedelta()
        ends = self.occasion.now + lifetime
        return self._lasting(Purpose.BACK, ends, volunteer_id=volunteer.id)

    def _lasting(self, purpose: Purpose, expires_at: datetime | None, **subject: int | None) -> str:
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
    days = wave_of(kept, occasion).answer_working_days
    settings, where = occasion.settings, _workplace(kept.volunteer)
    sent_at = next_asking_time(occasion.now, settings.asking_hours, *where)
    return deadline(sent_at, days, settings.asking_hours, *where)


def remind_at(kept: Pairing, occasion: Occasion) -> datetime | None:
    """Return when an ask that is sent now is reminded of; None where its wave has no reminder."""
    days = wave_of(kept, occasion).reminder_working_days
    if days is None:
        return None
    hours = occasion.settings.asking_hours
    return reminding_time(occasion.now, days, hours, *_workplace(kept.volunteer))


def more_time(kept: Pairing, occasion: Occasion) -> tuple[datetime, datetime]:
    """Return the new deadline of an ask whose volunteer has to ask a manager, and its reminder.

    It counts from the old deadline, and ends on the eve of the last wanted date.
    """
    settings, where = occasion.settings, _workplace(kept.volunteer)
    hours, start = settings.asking_hours, kept.answer_by or occasion.now
    due = deadline(start, settings.manager_working_days, hours, *where)
    if kept.help_request.dates:
        eve = max(kept.help_request.dates) - timedelta(days=1)
        due = min(due, datetime.combine(eve, time(hours.due_hour), LONDON))
    return due, reminding_time(start, settings.manager_reminder_working_days, hours, *where)


def wave_of(kept: Pairing, occasion: Occasion) -> Wave:
    """Return the wave that fits the time left to the wanted dates."""
    return wave_for(kept.help_request.dates, occasion.today, occasion.settings.waves)


def _workplace(volunteer: Volunteer) -> tuple[str, frozenset[date]]:
    """Return what decides somebody's working days: the nation, and when their office is closed."""
    return volunteer.nation, volunteer.organisation.closed_days
