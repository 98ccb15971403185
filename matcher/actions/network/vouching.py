"""Coordinators stand for volunteers who keep their organisation to themselves."""

from sqlalchemy import update

from matcher.actions.coordinator.reviewing import log_look
from matcher.actions.occasion import Occasion
from matcher.actions.proposals.offering import publish_offer
from matcher.lifecycle.choices import TaskKind
from matcher.lifecycle.refusals import NotFound
from matcher.records.database import writing
from matcher.records.tasks import Task
from matcher.records.volunteers import Volunteer


def vouch(volunteer_id: int, occasion: Occasion) -> None:
    """Say for the programme that a volunteer is who they say; from now on they may be proposed."""
    with writing() as session:
        volunteer = session.get(Volunteer, volunteer_id)
        if volunteer is None:
            raise NotFound("no such volunteer")
        if volunteer.vouched_at is not None:
            return
        volunteer.vouched_at = occasion.now
        log_look(session, volunteer, occasion, "vouched")
        asked = update(Task).filter_by(kind=TaskKind.VOUCH, volunteer_id=volunteer_id, done_at=None)
        session.execute(asked.values(done_at=occasion.now, done_by=occasion.actor_id))
        publish_offer(session, volunteer, occasion)
