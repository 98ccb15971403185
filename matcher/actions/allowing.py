"""Whether whoever acts at the desk may: asked again by the action, whatever page led there."""

from sqlalchemy.orm import Session

from matcher.actions.occasion import Occasion
from matcher.lifecycle.access import Role, holds
from matcher.lifecycle.refusals import NotAllowed
from matcher.lifecycle.tables import Actor
from matcher.records.coordinators import Coordinator, asks_for_themself
from matcher.records.help_requests import HelpRequest


def require_role(session: Session, least: Role, occasion: Occasion) -> None:
    """Raise NotAllowed where a coordinator acts whose access has ended or whose role is below.

    Without a row it is the operator, at a command; others than coordinators are not meant.
    """
    if occasion.actor != Actor.COORDINATOR or occasion.actor_id is None:
        return
    person = session.get_one(Coordinator, occasion.actor_id)
    if person.ended_at is not None or not holds(Role(person.role), least):
        raise NotAllowed("Your role does not include this")


def require_another(session: Session, request: HelpRequest, occasion: Occasion) -> None:
    """Raise NotAllowed where a coordinator would decide about a request of their own."""
    if occasion.actor != Actor.COORDINATOR or occasion.actor_id is None:
        return
    if asks_for_themself(session, occasion.actor_id, request.requester_email):
        raise NotAllowed("This is your own request: another coordinator approves it.")
