"""Taking data out: each time is logged, with every person whose name and address go along."""

from typing import Any

from sqlalchemy import ColumnElement, String, insert, literal, null, select
from sqlalchemy.orm import Session

from matcher.actions.occasion import Occasion
from matcher.lifecycle import help_request
from matcher.lifecycle.volunteer import MEMBERS
from matcher.records.database import writing
from matcher.records.exports import SUBJECT, TOOK, WITH_DETAILS, Export
from matcher.records.help_requests import HelpRequest
from matcher.records.history import Happening
from matcher.records.volunteers import Volunteer

DETAILS_TAKEN = "details_taken_out"


def log_export(export: Export, occasion: Occasion, *, with_details: bool) -> bool:
    """Log an export before it begins; return whether names and addresses go along."""
    with_details = with_details and export in WITH_DETAILS
    with writing() as session:
        session.add(
            Happening(
                at=occasion.now,
                subject=SUBJECT,
                subject_id=occasion.actor_id or 0,
                event=TOOK,
                from_state="",
                to_state="",
                actor=occasion.actor,
                actor_id=occasion.actor_id,
                facts={"what": export.value, "with_details": with_details},
            )
        )
        if with_details:
            _log_looks(session, export, occasion)
    return with_details


def _log_looks(session: Session, export: Export, occasion: Occasion) -> None:
    """Write into everybody's history that their name and address were taken out; one statement."""
    of_request = export == Export.REQUESTS
    model = HelpRequest if of_request else Volunteer
    seen = (
        HelpRequest.state != help_request.State.UNCONFIRMED
        if of_request
        else Volunteer.state.in_(MEMBERS)
    )
    # Columns of several types.
    values: dict[str, ColumnElement[Any]] = {
        "at": literal(occasion.now, Happening.at.type),
        "subject": literal(model.__tablename__),
        "subject_id": model.id.expression,
        "help_request_id": model.id.expression if of_request else null(),
        "volunteer_id": null() if of_request else model.id.expression,
        "event": literal(DETAILS_TAKEN),
        "from_state": model.state.expression.cast(String),
        "to_state": model.state.expression.cast(String),
        "actor": literal(occasion.actor.value),
        "actor_id": literal(occasion.actor_id),
        "reason": literal(""),
        "facts": literal({}, Happening.facts.type),
    }
    rows = select(*values.values()).where(seen)
    session.execute(insert(Happening).from_select(list(values), rows))
