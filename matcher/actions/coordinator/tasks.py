"""Tasks for coordinators: made by what happens, ended by whoever did them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.actions.occasion import Occasion
from matcher.lifecycle.choices import TaskKind
from matcher.lifecycle.refusals import NotFound
from matcher.records.database import writing
from matcher.records.pairings import Pairing
from matcher.records.programmes import get_programme
from matcher.records.tasks import Task
from matcher.records.volunteers import Volunteer


def add_task(
    session: Session,
    kind: TaskKind,
    key: str,
    occasion: Occasion,
    *,
    urgent: bool = False,
    words: str = "",
    **about: int | None,
) -> None:
    """Add a task, once for each kind and ``key``, within the caller's transaction.

    ``about`` names its rows: help_request_id, pairing_id, volunteer_id, received_email_id.
    """
    whole_key = f"{kind} {key}"
    if session.scalars(select(Task.id).filter_by(key=whole_key)).first() is not None:
        return
    session.add(
        Task(
            programme_id=get_programme(session).id,
            key=whole_key,
            kind=kind,
            urgent=urgent,
            made_at=occasion.now,
            words=words,
            **about,
        )
    )


def add_phone_task(session: Session, kept: Pairing, kind: TaskKind, occasion: Occasion) -> None:
    """Add an urgent phone call where a place is given up so shortly before the visit that an
    email may be read too late; the day is the visit's, or the first that was wanted.
    """
    days = [kept.chosen_on] if kept.chosen_on else sorted(kept.help_request.dates)
    coming = [day for day in days if day >= occasion.today]
    if not coming or (coming[0] - occasion.today).days >= occasion.settings.phone_within_days:
        return
    add_task(
        session,
        kind,
        f"pairing {kept.id}",
        occasion,
        urgent=True,
        help_request_id=kept.help_request_id,
        pairing_id=kept.id,
        volunteer_id=kept.volunteer_id,
    )


def ask_to_vouch(session: Session, volunteer: Volunteer, occasion: Occasion) -> None:
    """Have a coordinator look at who somebody is, once."""
    key = f"volunteer {volunteer.id}"
    add_task(session, TaskKind.VOUCH, key, occasion, volunteer_id=volunteer.id)


def end_task(task_id: int, occasion: Occasion) -> None:
    """Mark a task as done by the coordinator who acts; pressed twice, nothing more.

    Raises NotFound.
    """
    with writing() as session:
        task = session.get(Task, task_id, with_for_update=True)
        if task is None:
            raise NotFound("no such task")
        if task.done_at is None:
            task.done_at, task.done_by = occasion.now, occasion.actor_id
