"""What the demo's people write to each other: under a pseudonym, as a hello, as a question."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select

from matcher.actions.network.asking_peers import answer_peer, ask_first
from matcher.actions.network.greeting import be_findable, say_hello, write_back
from matcher.actions.network.vouching import vouch
from matcher.actions.volunteer.volunteering import change_page
from matcher.demo.filler import Filler, Row
from matcher.lifecycle.tables import Actor
from matcher.records.database import db
from matcher.records.help_requests import HelpRequest
from matcher.records.peer_questions import PeerAnswer
from matcher.records.volunteers import Volunteer


def add_peers(filler: Filler, rows: Mapping[str, Sequence[Row]]) -> None:
    """Add everything, as each of them would."""
    for row in rows["hidden"]:
        _hide(filler, row)
    for row in rows["findable"]:
        _be_findable(filler, _volunteer(row["by"]))
    for row in rows["hello"]:
        _greet(filler, row)
    for row in rows["question"]:
        _ask(filler, row)


def _hide(filler: Filler, row: Row) -> None:
    volunteer_id = _volunteer(row["by"])
    shown = {"display_name": row["display_name"], "handles": tuple(row["handles"])}
    change_page(
        volunteer_id,
        lambda page: replace(page, hides_organisation=True, **shown),
        filler.acting(Actor.VOLUNTEER, volunteer_id),
    )
    vouch(volunteer_id, filler.acting(Actor.COORDINATOR, 1))


def _be_findable(filler: Filler, volunteer_id: int) -> None:
    be_findable(volunteer_id, True, filler.acting(Actor.VOLUNTEER, volunteer_id))


def _greet(filler: Filler, row: Row) -> None:
    sender, reader = _volunteer(row["from"]), _volunteer(row["to"])
    for each in (sender, reader):
        _be_findable(filler, each)
    hello = say_hello(sender, reader, row["words"], filler.acting(Actor.VOLUNTEER, sender))
    if "answer" in row:
        write_back(hello, reader, row["answer"], filler.acting(Actor.VOLUNTEER, reader))


def _ask(filler: Filler, row: Row) -> None:
    asking = select(HelpRequest.id).filter_by(requester_email=row["request"])
    request_id = db.session.scalars(asking).one()
    ask_first(filler.live, request_id, row["words"], filler.acting(Actor.REQUESTER))
    by = _volunteer(row["by"])
    asked = db.session.scalars(select(PeerAnswer.id).filter_by(volunteer_id=by)).one()
    answer_peer(asked, row["answer"], filler.acting(Actor.VOLUNTEER, by))


def _volunteer(email: str) -> int:
    return db.session.scalars(select(Volunteer.id).filter_by(email=email)).one()
