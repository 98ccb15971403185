# ruff: noqa: S608  the lists of states in the queries are the constants below
"""What must always hold, read from the tables with plain SQL and nothing of the service's own code.

Each invariant is one function; it gives a line for each row that breaks it. The database is
SQLite's. Only what happened after the last look is looked at where the past cannot change.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
FIRST_HOUR, LAST_HOUR = 8, 18
QUARTER = timedelta(days=91)
#: The clock may stand still for a week, and an email is tried for four days.
LONGEST_WAIT = timedelta(days=12)
OVERDUE = timedelta(days=1)
KM_PER_MILE = 1.609344

OPEN = "('in_review','needs_info','asking','nobody','part_filled','filled','reopened')"
TAKES_ANSWERS = "('asking','nobody','part_filled','reopened')"
HOLDS_PLACE = "('accepted','confirmed','visited','missed')"
WAITING = "('proposed','approved','invited','reserve','accepted','confirmed')"
COMING = "('dates_offered','agreed','reconfirmed','rescheduling')"

# Bank holidays as gov.uk lists them, written down here a second time on purpose.
ENGLAND = """2026-12-25 2026-12-28 2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31
2027-08-30 2027-12-27 2027-12-28 2028-01-03"""
SCOTLAND = """2026-11-30 2026-12-25 2026-12-28 2027-01-01 2027-01-04 2027-03-26 2027-05-03
2027-05-31 2027-08-02 2027-11-30 2027-12-27 2027-12-28 2028-01-03"""
IRELAND = ENGLAND + " 2027-03-17 2027-07-12"
HOLIDAYS = {"Scotland": set(SCOTLAND.split()), "Northern Ireland": set(IRELAND.split())}

#: Each event of a pairing and the emails that stand beside it.
CAUSED = {
    "invite": ("invitation",),
    "accept": ("accepted", "accepted_volunteer"),
    "join_reserve": ("reserve",),
    "confirm": ("introduction_requester", "introduction_volunteer"),
    "turn_down": ("turned_down",),
}


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the tables. ``since`` is the moment of the look before."""

    rows: sqlite3.Connection
    now: datetime
    since: datetime
    waves: tuple[tuple[int, int], ...] = ((43, 5), (14, 3), (0, 1))

    def all(self, query: str, **values: object) -> list[sqlite3.Row]:
        """Return the rows of a query; ``:now`` and ``:since`` are known to it."""
        known = {"now": as_text(self.now), "since": as_text(self.since)}
        return self.rows.execute(query, known | values).fetchall()


def as_text(moment: datetime) -> str:
    """Return a moment as the tables hold it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def as_moment(kept: str) -> datetime:
    """Return a moment as the tables hold it, aware."""
    return datetime.fromisoformat(kept).replace(tzinfo=UTC)


def _is_working_day(day: date, nation: str) -> bool:
    holidays = HOLIDAYS.get(nation, set(ENGLAND.split()))
    return day.weekday() < 5 and day.isoformat() not in holidays


def _asks(look: Look) -> list[sqlite3.Row]:
    """Return the invitations since the last look; not those that a colleague fetched by a press."""
    return look.all(
        """SELECT h.id, h.at, p.id AS pairing_id, p.help_request_id, p.volunteer_id,
                  v.asks_per_quarter AS cap, v.organisation_id, v.travel_limit,
                  v.latitude, v.longitude, r.organisation_id AS asking_id, r.unwanted,
                  r.remote_too, r.latitude AS to_latitude, r.longitude AS to_longitude
           FROM happening h JOIN pairing p ON p.id = h.subject_id
           JOIN volunteer v ON v.id = p.volunteer_id JOIN help_request r ON r.id = p.help_request_id
           WHERE h.subject = 'pairing' AND h.event = 'invite' AND h.at > :since
             AND p.snapshot NOT LIKE '%passed_on_from%'"""
    )


def asked_beyond_their_cap(look: Look) -> Iterator[str]:
    """Nobody is asked more often in a quarter than they allow."""
    for ask in _asks(look):
        start = as_text(as_moment(ask["at"]) - QUARTER)
        asked = look.all(
            """SELECT count(*) AS asks FROM happening WHERE subject = 'pairing'
               AND event = 'invite' AND volunteer_id = :who AND at > :start AND id <= :id""",
            who=ask["volunteer_id"],
            start=start,
            id=ask["id"],
        )[0]["asks"]
        if asked > ask["cap"]:
            yield f"volunteer {ask['volunteer_id']} asked {asked} times, cap {ask['cap']}"


def barred_but_asked(look: Look) -> Iterator[str]:
    """Nobody from the requester's own or an unwanted organisation, too far, or after a no."""
    for ask in _asks(look):
        pair = f"volunteer {ask['volunteer_id']} for request {ask['help_request_id']}"
        if ask["organisation_id"] in {ask["asking_id"], *json.loads(ask["unwanted"])}:
            yield f"{pair}: organisation"
        limit = json.loads(ask["travel_limit"]).get("miles")
        too_far = limit is not None and _km(ask) > limit * KM_PER_MILE + 0.5
        if too_far and not ask["remote_too"] and not _has_moved_since(look, ask):
            yield f"{pair}: {_km(ask):.0f} km, limit {limit} miles"
        if look.all(
            """SELECT 1 FROM happening WHERE subject = 'pairing' AND subject_id = :pairing
               AND id < :id AND to_state IN ('declined','released','turned_down')""",
            pairing=ask["pairing_id"],
            id=ask["id"],
        ):
            yield f"{pair}: asked again after a no"


def _has_moved_since(look: Look, ask: sqlite3.Row) -> bool:
    """Return whether the request is now elsewhere than when this was asked."""
    moved = """SELECT 1 FROM happening WHERE subject = 'help_request' AND event = 'change_place'
               AND subject_id = :request AND id > :id"""
    return bool(look.all(moved, request=ask["help_request_id"], id=ask["id"]))


def _km(ask: sqlite3.Row) -> float:
    """Return the great circle between volunteer and request (haversine)."""
    south, north = radians(ask["latitude"]), radians(ask["to_latitude"])
    east = radians(ask["to_longitude"] - ask["longitude"])
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(east / 2) ** 2
    return 2 * 6371.0 * asin(sqrt(half))


def asked_while_unavailable(look: Look) -> Iterator[str]:
    """Nobody who is away, paused, resting, unverified, or has left."""
    for ask in _asks(look):
        who = ask["volunteer_id"]
        standing = look.all(
            """SELECT to_state FROM happening WHERE subject = 'volunteer' AND subject_id = :who
               AND id < :id AND to_state <> '' ORDER BY id DESC LIMIT 1""",
            who=who,
            id=ask["id"],
        )
        if standing and standing[0]["to_state"] != "active":
            yield f"volunteer {who} asked while {standing[0]['to_state']}"
        day = as_moment(ask["at"]).astimezone(LONDON).date().isoformat()
        if look.all(
            """SELECT 1 FROM volunteer_away WHERE volunteer_id = :who
               AND first_on <= :day AND last_on >= :day""",
            who=who,
            day=day,
        ):
            yield f"volunteer {who} asked while away on {day}"


def place_double_booked(look: Look) -> Iterator[str]:
    """As many people hold places as are counted, and never more than there are places."""
    for row in look.all(
        f"""SELECT r.id, r.state, r.places, r.filled, count(p.id) AS held FROM help_request r
            LEFT JOIN pairing p ON p.help_request_id = r.id AND p.state IN {HOLDS_PLACE}
            GROUP BY r.id HAVING held > r.places OR (r.state IN {OPEN} AND held <> r.filled)"""
    ):
        yield f"request {row['id']}: {row['held']} hold {row['places']}, counted {row['filled']}"


def request_forgotten(look: Look) -> Iterator[str]:
    """Every open request has a date at which it is looked at again, or an open task."""
    due = as_text(look.now - OVERDUE)
    for row in look.all(f"SELECT * FROM help_request WHERE state IN {OPEN}"):
        dates = [row["next_at"], dict(row).get("nudge_at")]
        for kept in look.all(
            """SELECT p.next_at, p.answer_by, v.next_at AS visit_at FROM pairing p
               LEFT JOIN visit v ON v.pairing_id = p.id WHERE p.help_request_id = :request
               AND p.state IN ('invited','accepted','confirmed','visited','missed')""",
            request=row["id"],
        ):
            dates += list(kept)
        tasks = "SELECT 1 FROM task WHERE help_request_id = :request AND done_at IS NULL"
        if look.all(tasks, request=row["id"]):
            continue  # it stands in a coordinator's queue until somebody ends the task
        newest = max((each for each in dates if each), default="none")
        if newest == "none" or newest < due:
            yield f"request {row['id']}, {row['state']}: next date {newest}"


def email_without_an_end(look: Look) -> Iterator[str]:
    """Every email is sent, given up, or skipped with a reason; none waits for ever."""
    for row in look.all(
        """SELECT id, name, queued_at, not_before FROM outgoing_email
           WHERE (skipped_at IS NOT NULL AND skipped_because = '')
              OR (sent_at IS NULL AND failed_at IS NULL AND skipped_at IS NULL
                  AND queued_at < :long_ago AND not_before < :now)""",
        long_ago=as_text(look.now - LONGEST_WAIT),
    ):
        yield f"email {row['id']}, {row['name']}, queued {row['queued_at']}"


def asked_at_a_bad_hour(look: Look) -> Iterator[str]:
    """Invitations and reminders go on working days of the volunteer's nation, from 8 to 18."""
    for row in look.all(
        """SELECT e.id, e.name, e.sent_at, v.nation FROM outgoing_email e
           JOIN volunteer v ON v.id = e.volunteer_id
           WHERE e.name IN ('invitation','reminder') AND e.sent_at > :since"""
    ):
        sent = as_moment(row["sent_at"]).astimezone(LONDON)
        if not (
            FIRST_HOUR <= sent.hour < LAST_HOUR and _is_working_day(sent.date(), row["nation"])
        ):
            yield f"email {row['id']}, {row['name']}, sent {sent:%A %d %B %H:%M}"


def lapsed_too_early(look: Look) -> Iterator[str]:
    """The time to answer counts from when the invitation was sent, in working days."""
    for row in look.all(
        """SELECT h.at, p.id, p.help_request_id, r.wanted_dates, v.nation,
              (SELECT max(e.sent_at) FROM outgoing_email e
               WHERE e.pairing_id = p.id AND e.name = 'invitation') AS sent_at
           FROM happening h JOIN pairing p ON p.id = h.subject_id
           JOIN help_request r ON r.id = p.help_request_id JOIN volunteer v ON v.id = p.volunteer_id
           WHERE h.subject = 'pairing' AND h.event = 'lapse' AND h.at > :since"""
    ):
        if row["sent_at"] is None:
            yield f"pairing {row['id']} lapsed, never sent"
            continue
        due = _due(look, as_moment(row["sent_at"]), _dates_then(look, row), row["nation"])
        if as_moment(row["at"]) < due:
            yield f"pairing {row['id']} lapsed {row['at']}, due {due}"


def _dates_then(look: Look, row: sqlite3.Row) -> list[str]:
    """Return the dates that were wanted when the invitation was sent: requesters change them."""
    changed = look.all(
        """SELECT facts FROM happening WHERE subject = 'help_request' AND subject_id = :request
           AND event IN ('change_dates', 'give_new_date') AND at > :sent ORDER BY id LIMIT 1""",
        request=row["help_request_id"],
        sent=row["sent_at"],
    )
    then: list[str] = json.loads(changed[0]["facts"])["from"] if changed else []
    return then if changed else json.loads(row["wanted_dates"])


def _due(look: Look, sent_at: datetime, wanted: list[str], nation: str) -> datetime:
    sent_on = sent_at.astimezone(LONDON).date()
    coming = [date.fromisoformat(day) for day in wanted if day >= sent_on.isoformat()]
    left = (min(coming) - sent_on).days if coming else look.waves[0][0]
    days = next(days for from_days, days in look.waves if left >= from_days)
    day = sent_on
    while days:
        day += timedelta(days=1)
        days -= _is_working_day(day, nation)
    return datetime.combine(day, time(LAST_HOUR), LONDON)


def reminded_after_an_answer(look: Look) -> Iterator[str]:
    """Nobody is reminded who has answered."""
    for row in look.all(
        """SELECT e.id, p.answered_at, e.sent_at FROM outgoing_email e
           JOIN pairing p ON p.id = e.pairing_id
           WHERE e.name = 'reminder' AND e.sent_at > :since AND p.answered_at < e.sent_at"""
    ):
        yield f"email {row['id']} sent {row['sent_at']}, answered {row['answered_at']}"


def reserve_passed_over(look: Look) -> Iterator[str]:
    """No place stays free, and nobody else takes it, while somebody waits in reserve."""
    today = look.now.astimezone(LONDON).date().isoformat()
    for row in look.all(
        f"""SELECT r.id, p.id AS pairing_id FROM help_request r
            JOIN pairing p ON p.help_request_id = r.id AND p.state = 'reserve'
            JOIN volunteer v ON v.id = p.volunteer_id AND v.state <> 'unverified'
            WHERE r.state IN {TAKES_ANSWERS} AND r.filled < r.places
              AND (p.chosen_on IS NULL OR p.chosen_on > :today)""",
        today=today,
    ):
        yield f"request {row['id']} has a free place, pairing {row['pairing_id']} waits"


def pair_kept_twice(look: Look) -> Iterator[str]:
    """One pairing for a help request and a volunteer."""
    for row in look.all(
        """SELECT help_request_id, volunteer_id FROM pairing
           GROUP BY help_request_id, volunteer_id HAVING count(*) > 1"""
    ):
        yield f"request {row['help_request_id']}, volunteer {row['volunteer_id']}"


def history_broken(look: Look) -> Iterator[str]:
    """Each event begins where the one before ended, and the last one is how the row stands."""
    for table in ("help_request", "pairing", "visit", "volunteer"):
        for row in look.all(
            """SELECT subject_id, from_state, before FROM (
                 SELECT subject_id, from_state, lag(to_state) OVER
                   (PARTITION BY subject_id ORDER BY id) AS before
                 FROM happening WHERE subject = :table AND to_state <> '')
               WHERE before IS NOT NULL AND before <> from_state""",
            table=table,
        ):
            yield f"{table} {row['subject_id']}: from {row['from_state']} after {row['before']}"
        first = {"help_request": "unconfirmed", "pairing": "proposed", "volunteer": "unconfirmed"}
        for row in look.all(
            f"""SELECT t.id, t.state, (SELECT to_state FROM happening WHERE subject = :table
                  AND subject_id = t.id AND to_state <> ''
                  ORDER BY id DESC LIMIT 1) AS last
                FROM {table} t WHERE t.state <> coalesce(last, :first, t.state)""",
            table=table,
            first=first.get(table),
        ):
            yield f"{table} {row['id']}: {row['state']}, last event led to {row['last']}"


def email_apart_from_its_event(look: Look) -> Iterator[str]:
    """An event and its emails stand in the tables together, or neither does."""
    for event, names in CAUSED.items():
        for name in names:
            for row in look.all(
                """SELECT p.id,
                     (SELECT count(*) FROM happening h WHERE h.subject = 'pairing'
                        AND h.subject_id = p.id AND h.event = :event) AS events,
                     (SELECT count(*) FROM outgoing_email e
                        WHERE e.pairing_id = p.id AND e.name = :name) AS emails
                   FROM pairing p WHERE p.state <> 'proposed' AND events <> emails""",
                event=event,
                name=name,
            ):
                yield f"pairing {row['id']}: {row['events']} {event}, {row['emails']} {name}"


def details_before_confirmation(look: Look) -> Iterator[str]:
    """No email shows one side the other's address before the requester said yes."""
    for row in look.all(
        """SELECT e.id, e.name FROM outgoing_email e JOIN pairing p ON p.id = e.pairing_id
           JOIN help_request r ON r.id = p.help_request_id JOIN volunteer v ON v.id = p.volunteer_id
           WHERE e.queued_at > :since
             AND (e.name LIKE 'introduction%'
                  OR (e.to_address <> r.requester_email AND r.requester_email <> ''
                      AND instr(e.context, r.requester_email) > 0)
                  OR (e.to_address <> v.email AND v.email <> '' AND instr(e.context, v.email) > 0))
             AND NOT EXISTS (SELECT 1 FROM happening h WHERE h.subject = 'pairing'
               AND h.subject_id = p.id AND h.event = 'confirm' AND h.at <= e.queued_at)"""
    ):
        yield f"email {row['id']}, {row['name']}"


def ended_but_still_open(look: Look) -> Iterator[str]:
    """When a request ends, so do its pairings, and the visits of those stood down."""
    for row in look.all(
        f"""SELECT p.id, p.state, r.state AS ended FROM pairing p
            JOIN help_request r ON r.id = p.help_request_id
            WHERE r.state IN ('withdrawn','closed','expired') AND p.state IN {WAITING}"""
    ):
        yield f"pairing {row['id']} {row['state']}, its request {row['ended']}"
    for row in look.all(
        f"""SELECT v.id FROM visit v JOIN pairing p ON p.id = v.pairing_id
            WHERE v.state IN {COMING} AND p.state IN ('stood_down','released')"""
    ):
        yield f"visit {row['id']} is coming without its pairing"


INVARIANTS: tuple[Callable[[Look], Iterator[str]], ...] = (
    asked_beyond_their_cap,
    barred_but_asked,
    asked_while_unavailable,
    place_double_booked,
    request_forgotten,
    email_without_an_end,
    asked_at_a_bad_hour,
    lapsed_too_early,
    reminded_after_an_answer,
    reserve_passed_over,
    pair_kept_twice,
    history_broken,
    email_apart_from_its_event,
    details_before_confirmation,
    ended_but_still_open,
)


def broken(database: Path, now: datetime, since: datetime) -> Mapping[str, list[str]]:
    """Return, for each invariant by name, what breaks it now."""
    rows = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    rows.row_factory = sqlite3.Row
    try:
        look = Look(rows, now, since)
        return {each.__name__: list(each(look)) for each in INVARIANTS}
    finally:
        rows.close()
