"""What stands in each file that can be taken out, column by column."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case
from sqlalchemy.orm import InstrumentedAttribute, aliased

from matcher.lifecycle import help_request
from matcher.lifecycle.volunteer import MEMBERS
from matcher.records.help_requests import REFERENCE_OFFSET, HelpRequest
from matcher.records.organisations import Organisation
from matcher.records.pairings import Pairing, Visit
from matcher.records.travel import from_row
from matcher.records.volunteers import Volunteer

# Columns of any type, and statements of any columns.
AnyColumn = ColumnElement[Any] | InstrumentedAttribute[Any]
AnySelect = Select[*tuple[Any, ...]]
Show = Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class Shown:
    """One column: its heading, where its values are, and how one is shown.

    ``detail``: a name or address of a person, which stands only in what is asked for with them.
    """

    heading: str
    column: AnyColumn
    show: Show = lambda value: value
    detail: bool = False


@dataclass(frozen=True, slots=True)
class Taking:
    """One kind of file: its columns, from which tables, ordered by which number."""

    columns: tuple[Shown, ...]
    joined: Callable[[AnySelect], AnySelect]
    order: AnyColumn


def _reference(request_id: int) -> str:
    return f"H-{request_id + REFERENCE_OFFSET}"


def _limit(part: str) -> Show:
    return lambda kept: getattr(from_row(kept), part)


PROVED = HelpRequest.state != help_request.State.UNCONFIRMED
MEMBER = Volunteer.state.in_(MEMBERS)

REQUESTS = Taking(
    (
        Shown("Request", HelpRequest.id, _reference),
        Shown("State", HelpRequest.state),
        Shown("Organisation", Organisation.name),
        Shown("Title", HelpRequest.title),
        Shown("What is needed", HelpRequest.need),
        Shown("Kind of help", HelpRequest.kind),
        Shown("Where", HelpRequest.place_label),
        Shown("Nation", HelpRequest.nation),
        Shown("Dates", HelpRequest.wanted_dates),
        Shown("About the dates", HelpRequest.dates_note),
        Shown("Who pays travel", HelpRequest.who_pays),
        Shown("People wanted", HelpRequest.places),
        Shown("People found", HelpRequest.filled),
        Shown("Sent at", HelpRequest.sent_at),
        Shown("Confirmed at", HelpRequest.confirmed_at),
        Shown("Proposed at", HelpRequest.proposed_at),
        Shown("Ended at", HelpRequest.ended_at),
        Shown("Why it ended", HelpRequest.end_reason),
        Shown("Name", case((PROVED, HelpRequest.requester_name), else_=""), detail=True),
        Shown("Email", case((PROVED, HelpRequest.requester_email), else_=""), detail=True),
    ),
    joined=lambda rows: rows.join(Organisation, HelpRequest.organisation_id == Organisation.id),
    order=HelpRequest.id,
)
VOLUNTEERS = Taking(
    (
        Shown("Volunteer", Volunteer.id),
        Shown("State", Volunteer.state),
        Shown("Organisation", Organisation.name),
        Shown("Job title", Volunteer.job_title),
        Shown("What others could learn from them", Volunteer.offer),
        Shown("Skills", Volunteer.skills),
        Shown("Experience", Volunteer.experience),
        Shown("Kinds of help", Volunteer.kinds),
        Shown("Starts from", Volunteer.place_label),
        Shown("Nation", Volunteer.nation),
        Shown("Minutes by train", Volunteer.travel_limit, _limit("train_minutes")),
        Shown("Minutes by car", Volunteer.travel_limit, _limit("car_minutes")),
        Shown("Miles", Volunteer.travel_limit, _limit("miles")),
        Shown("Only in these areas", Volunteer.travel_limit, _limit("areas")),
        Shown("By video call", Volunteer.travel_limit, _limit("remote")),
        Shown("Home the same day", Volunteer.same_day),
        Shown("How often in three months", Volunteer.asks_per_quarter),
        Shown("Joined at", Volunteer.joined_at),
        Shown("Confirmed at", Volunteer.confirmed_at),
        Shown("Paused until", Volunteer.paused_until),
        Shown("Name", case((MEMBER, Volunteer.name), else_=""), detail=True),
        Shown("Email", case((MEMBER, Volunteer.email), else_=""), detail=True),
    ),
    joined=lambda rows: rows.join(Organisation, Volunteer.organisation_id == Organisation.id),
    order=Volunteer.id,
)

ASKING, HELPING = aliased(Organisation), aliased(Organisation)
SIDES = (
    Shown("Request", Pairing.help_request_id, _reference),
    Shown("Organisation that asks", ASKING.name),
    Shown("Volunteer", Pairing.volunteer_id),
    Shown("Organisation of the volunteer", HELPING.name),
)


def _both_sides(rows: AnySelect) -> AnySelect:
    """Join the request, the volunteer and their organisations to rows of pairings."""
    return (
        rows.join(HelpRequest, Pairing.help_request_id == HelpRequest.id)
        .join(Volunteer, Pairing.volunteer_id == Volunteer.id)
        .join(ASKING, HelpRequest.organisation_id == ASKING.id)
        .join(HELPING, Volunteer.organisation_id == HELPING.id)
    )


def _visited(rows: AnySelect) -> AnySelect:
    return _both_sides(rows.join(Pairing, Visit.pairing_id == Pairing.id))


PAIRINGS = Taking(
    (
        *SIDES,
        Shown("State", Pairing.state),
        Shown("Rank", Pairing.rank),
        Shown("Score", Pairing.score, lambda score: round(score, 3)),
        Shown("Proposed at", Pairing.proposed_at),
        Shown("Wave", Pairing.wave),
        Shown("Asked at", Pairing.invited_at),
        Shown("Answered at", Pairing.answered_at),
        Shown("Day chosen", Pairing.chosen_on),
        Shown("Reason given", Pairing.answer_reason),
        Shown("Connection declared", Pairing.interest),
    ),
    joined=lambda rows: _both_sides(rows.select_from(Pairing)),
    order=Pairing.id,
)
ASKS = Taking(
    (
        *SIDES,
        Shown("Wave", Pairing.wave),
        Shown("Asked at", Pairing.invited_at),
        Shown("Answer by", Pairing.answer_by),
        Shown("Answered at", Pairing.answered_at),
        Shown("What came of it", Pairing.state),
        Shown("Reason given", Pairing.answer_reason),
    ),
    joined=lambda rows: _both_sides(rows.select_from(Pairing)).where(
        Pairing.invited_at.is_not(None)
    ),
    order=Pairing.id,
)
VISITS = Taking(
    (
        *SIDES,
        Shown("State", Visit.state),
        Shown("Day", Visit.on),
        Shown("Begins", Visit.begins),
        Shown("Ends", Visit.ends),
        Shown("What the requester said", Visit.requester_said),
        Shown("What the volunteer said", Visit.volunteer_said),
        Shown("It helped the requester", Visit.requester_helped),
        Shown("The volunteer found it worth it", Visit.volunteer_helped),
        Shown("Why it was missed", Visit.missed_because),
    ),
    joined=lambda rows: _visited(rows.select_from(Visit)),
    order=Visit.id,
)
