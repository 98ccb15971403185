"""How a programme goes: what came of the requests of a period, and how evenly people were asked."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from statistics import median

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session, aliased

from matcher.lifecycle import help_request, pairing, volunteer
from matcher.lifecycle.working_days import LONDON
from matcher.records.help_requests import HelpRequest
from matcher.records.history import Happening
from matcher.records.organisations import Organisation
from matcher.records.pairings import Pairing
from matcher.records.volunteers import Volunteer

#: Tables that name things show so many of them.
MOST_ROWS = 15
SECONDS_PER_HOUR = 3600
#: The steps of an ask, by the state that it reached.
STEPS = (
    pairing.State.INVITED,
    pairing.State.ACCEPTED,
    pairing.State.CONFIRMED,
    pairing.State.VISITED,
)
R = help_request.State


@dataclass(frozen=True, slots=True)
class Period:
    """Requests sent from one day to another, both included, in London; None is without end."""

    first: date | None
    last: date | None

    def of(self, sent: Select[int]) -> Select[int]:
        """Return the requests of this period among these."""
        if self.first:
            sent = sent.where(HelpRequest.sent_at >= _midnight(self.first))
        if self.last:
            sent = sent.where(HelpRequest.sent_at < _midnight(self.last + timedelta(days=1)))
        return sent


@dataclass(frozen=True, slots=True)
class Step:
    """How far things came: how many asks reached a state, and of how many requests."""

    state: pairing.State
    asks: int
    requests: int


@dataclass(frozen=True, slots=True)
class Spread:
    """How often people or organisations were asked: (asks, how many were asked so often).

    ``gini`` is 0 where all were asked alike and near 1 where one was asked for everything.
    """

    counts: tuple[tuple[int, int], ...]
    gini: float


@dataclass(frozen=True, slots=True)
class Helping:
    """What the people of one organisation were asked and did."""

    organisation: str
    people: int
    asks: int
    confirmed: int


@dataclass(frozen=True, slots=True)
class Route:
    """So many introductions brought somebody of one organisation to another."""

    helper: str
    helped: str
    introductions: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """The figures of a period. Hours are those from the proved address to the first yes."""

    requests: int
    filled: int
    steps: tuple[Step, ...]
    first_yes_hours: tuple[float, ...]
    load: Spread
    load_of_organisations: Spread
    organisations: tuple[Helping, ...]
    routes: tuple[Route, ...]

    @property
    def median_hours(self) -> float | None:
        """The median time to the first yes; None where nobody has said yes."""
        return median(self.first_yes_hours) if self.first_yes_hours else None


def requests_of(period: Period) -> Select[int]:
    """Return the ids of the requests of a period whose address was proved."""
    return period.of(select(HelpRequest.id).where(HelpRequest.confirmed_at.is_not(None)))


def read_statistics(session: Session, period: Period) -> Statistics:
    """Return the figures of a period, in a handful of queries whatever its size."""
    wanted = requests_of(period)
    asked = _list_asked(session, wanted)
    helping = _by_organisation(asked)
    active = _count_active(session)
    filled = (R.FILLED, R.DONE)
    return Statistics(
        requests=_count(session, wanted),
        filled=_count(session, wanted.where(HelpRequest.state.in_(filled))),
        steps=_steps(session, wanted),
        first_yes_hours=_first_yes_hours(session, wanted),
        load=_spread(_how_many((each.asks_each, each.people) for each in asked), at_least=active),
        load_of_organisations=_spread(_how_many((each.asks, 1) for each in helping.values())),
        organisations=_organisations(session, helping),
        routes=_routes(session, wanted),
    )


def gini(counts: Iterable[tuple[int, int]]) -> float:
    """Return the Gini coefficient of values given as (value, how many have it); 0 for none.

    Gini 1912, by the area below the Lorenz curve.
    """
    ordered = sorted(counts)
    people = sum(many for _value, many in ordered)
    total = sum(value * many for value, many in ordered)
    if not total:
        return 0.0
    below, so_far = 0.0, 0
    for value, many in ordered:
        below += many * (so_far + value * many / 2)
        so_far += value * many
    return 1 - 2 * below / (people * total)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def _count(session: Session, wanted: Select[int]) -> int:
    return session.execute(select(func.count()).select_from(wanted.subquery())).scalar_one()


def _steps(session: Session, wanted: Select[int]) -> tuple[Step, ...]:
    reached = (
        select(
            Happening.to_state,
            func.count(func.distinct(Happening.subject_id)),
            func.count(func.distinct(Happening.help_request_id)),
        )
        .where(
            Happening.subject == Pairing.__tablename__,
            Happening.to_state.in_(STEPS),
            Happening.help_request_id.in_(wanted),
        )
        .group_by(Happening.to_state)
    )
    found = {state: (asks, requests) for state, asks, requests in session.execute(reached)}
    return tuple(Step(state, *found.get(state, (0, 0))) for state in STEPS)


def _first_yes_hours(session: Session, wanted: Select[int]) -> tuple[float, ...]:
    first = (
        select(HelpRequest.confirmed_at, func.min(Happening.at, type_=Happening.at.type))
        .join(Happening, Happening.help_request_id == HelpRequest.id)
        .where(
            HelpRequest.id.in_(wanted),
            Happening.subject == Pairing.__tablename__,
            Happening.to_state == pairing.State.ACCEPTED,
        )
        .group_by(HelpRequest.id, HelpRequest.confirmed_at)
    )
    spans = (yes - proved for proved, yes in session.execute(first) if proved)
    return tuple(sorted(span.total_seconds() / SECONDS_PER_HOUR for span in spans))


@dataclass(frozen=True, slots=True)
class _Asked:
    """How many people of one organisation were asked so often, and confirmed of all these asks."""

    organisation_id: int
    asks_each: int
    people: int
    confirmed: int


def _list_asked(session: Session, wanted: Select[int]) -> list[_Asked]:
    """Return everybody who was asked: one walk over the asks, from which three figures are made."""
    confirmed = func.sum(case((Pairing.state.in_(pairing.DETAILS_SHOWN), 1), else_=0))
    each = (
        select(Pairing.volunteer_id, func.count().label("asks"), confirmed.label("confirmed"))
        .where(Pairing.help_request_id.in_(wanted), Pairing.invited_at.is_not(None))
        .group_by(Pairing.volunteer_id)
        .subquery()
    )
    alike = (Volunteer.organisation_id, each.c.asks)
    rows = (
        select(*alike, func.count(), func.sum(each.c.confirmed))
        .join(each, each.c.volunteer_id == Volunteer.id)
        .group_by(*alike)
    )
    return [_Asked(*row) for row in session.execute(rows)]


def _by_organisation(asked: Iterable[_Asked]) -> dict[int, Helping]:
    """Return what the people of each organisation were asked; the names are still to come."""
    sums: dict[int, list[int]] = {}
    for each in asked:
        of_one = sums.setdefault(each.organisation_id, [0, 0, 0])
        more = (each.people, each.people * each.asks_each, each.confirmed)
        for place, number in enumerate(more):
            of_one[place] += number
    return {organisation_id: Helping("", *of_one) for organisation_id, of_one in sums.items()}


def _how_many(asked: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return (asks, how many were asked so often), from such pairs of a part each."""
    counts: Counter[int] = Counter()
    for asks, people in asked:
        counts[asks] += people
    return sorted(counts.items())


def _count_active(session: Session) -> int:
    active = select(func.count()).where(Volunteer.state == volunteer.State.ACTIVE)
    return session.execute(active).scalar_one()


def _spread(asked: Sequence[tuple[int, int]], *, at_least: int = 0) -> Spread:
    """Return the spread; those of ``at_least`` people who were asked nothing count as well."""
    idle = max(0, at_least - sum(many for _asks, many in asked))
    counts = ((0, idle), *asked) if idle else tuple(asked)
    return Spread(counts, gini(counts))


def _organisations(session: Session, helping: Mapping[int, Helping]) -> tuple[Helping, ...]:
    """Return those asked most, with their names."""
    least = sorted((each.asks for each in helping.values()), reverse=True)[:MOST_ROWS][-1:]
    most = [each for each, kept in helping.items() if least and kept.asks >= least[0]]
    rows = session.execute(
        select(Organisation.id, Organisation.name).where(Organisation.id.in_(most))
    )
    named = [replace(helping[each], organisation=name) for each, name in rows]
    return tuple(sorted(named, key=lambda each: (-each.asks, each.organisation))[:MOST_ROWS])


def _routes(session: Session, wanted: Select[int]) -> tuple[Route, ...]:
    helper, helped = aliased(Organisation), aliased(Organisation)
    many = func.count().label("many")
    rows = (
        select(helper.name, helped.name, many)
        .select_from(Pairing)
        .join(Volunteer, Volunteer.id == Pairing.volunteer_id)
        .join(helper, helper.id == Volunteer.organisation_id)
        .join(HelpRequest, HelpRequest.id == Pairing.help_request_id)
        .join(helped, helped.id == HelpRequest.organisation_id)
        .where(Pairing.state.in_(pairing.DETAILS_SHOWN), Pairing.help_request_id.in_(wanted))
        .group_by(helper.id, helper.name, helped.id, helped.name)
        .order_by(many.desc(), helper.name, helped.name)
        .limit(MOST_ROWS)
    )
    return tuple(Route(*row) for row in session.execute(rows))
