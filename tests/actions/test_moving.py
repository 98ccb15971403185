"""Every state by every event by every actor, moved for real: one step, or nothing is written."""

from itertools import product

import pytest
from sqlalchemy import func, select, update

from matcher.actions.moving import TABLES, move
from matcher.lifecycle.refusals import IllegalMove
from matcher.lifecycle.tables import Actor
from matcher.records.database import writing
from matcher.records.help_requests import HelpRequest
from matcher.records.history import Happening
from matcher.records.outbox import OutgoingEmail
from matcher.records.pairings import Pairing, Visit
from matcher.records.volunteers import Volunteer

MOVED = (HelpRequest, Pairing, Visit, Volunteer)


@pytest.fixture
def introduced(cast):
    """The ids of a request, a volunteer, their pairing and their visit, all of them underway."""
    request_id, volunteer_id = cast.request(), cast.volunteer()
    pairing_id = cast.confirmed(request_id, volunteer_id)
    visit_id = cast.rows(Visit, pairing_id=pairing_id)[0].id
    return {HelpRequest: request_id, Volunteer: volunteer_id, Pairing: pairing_id, Visit: visit_id}


def counts(session):
    return [session.scalar(select(func.count(each.id))) for each in (Happening, OutgoingEmail)]


def put_into(session, model, row_id, state):
    session.execute(update(model).where(model.id == row_id).values(state=state))
    return session.get_one(model, row_id, populate_existing=True)


def moved(model, row_id, step, occasion):
    """Take a step, and take it back; return the new state, how much history and whether emails."""
    with writing() as session:
        row, before = put_into(session, model, row_id, step.state), counts(session)
        move(session, row, step.event, occasion, reason="because")
        session.flush()
        happened, emails = (now - was for now, was in zip(counts(session), before, strict=True))
        found = (row.state, happened, emails > 0)
        session.rollback()
    return found


@pytest.mark.parametrize("model", MOVED, ids=lambda model: model.__tablename__)
def test_every_step_by_every_actor_who_may_take_it_moves_once_and_is_told(cast, introduced, model):
    for step in TABLES[model]:
        for actor in step.actors:
            found = moved(model, introduced[model], step, cast.acting(actor))
            assert found == (step.to, 1, bool(step.emails)), (step, actor)


@pytest.mark.parametrize("model", MOVED, ids=lambda model: model.__tablename__)
def test_everything_else_in_every_state_by_every_actor_is_refused_and_writes_nothing(
    cast, introduced, model
):
    table = TABLES[model]
    first = next(iter(table))
    for state in type(first.state):
        with writing() as session:
            row, before = put_into(session, model, introduced[model], state), counts(session)
            for event, actor in product(type(first.event), Actor):
                if not table.allows(state, event, actor):
                    with pytest.raises(IllegalMove):
                        move(session, row, event, cast.acting(actor))
            assert (row.state, counts(session)) == (state, before)
