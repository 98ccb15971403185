"""Working days of the four nations and the hours in which people may be asked.

All datetimes are aware; days are those of Europe/London. Bank holidays come with
govuk-bank-holidays (to 2028). ``closed`` are days on which an organisation is closed besides.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from govuk_bank_holidays.bank_holidays import BankHolidays

LONDON = ZoneInfo("Europe/London")
NEVER: frozenset[date] = frozenset()
SATURDAY = 5
DIVISIONS = {
    "England": BankHolidays.ENGLAND_AND_WALES,
    "Wales": BankHolidays.ENGLAND_AND_WALES,
    "Scotland": BankHolidays.SCOTLAND,
    "Northern Ireland": BankHolidays.NORTHERN_IRELAND,
}


@dataclass(frozen=True, slots=True)
class AskingHours:
    """When invitations may go out and answers fall due, as hours of the day in London.

    ``every_day`` lets a demonstration run at the weekend too.
    """

    first_hour: int = 8
    last_hour: int = 18
    due_hour: int = 18
    every_day: bool = False


@cache
def bank_holidays(nation: str) -> frozenset[date]:
    """Return the bank holidays of a nation; those of England where it is not known."""
    division = DIVISIONS.get(nation, BankHolidays.ENGLAND_AND_WALES)
    known = BankHolidays(use_cached_holidays=True)
    return frozenset(holiday["date"] for holiday in known.get_holidays(division=division))


def is_working_day(day: date, nation: str, closed: frozenset[date] = NEVER) -> bool:
    """Return whether people of this nation's public bodies work on that day."""
    return day.weekday() < SATURDAY and day not in bank_holidays(nation) and day not in closed


def add_working_days(day: date, count: int, nation: str, closed: frozenset[date] = NEVER) -> date:
    """Return the ``count``-th working day after ``day``."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day, nation, closed)
    return day


def working_days_between(start: date, end: date, nation: str) -> int:
    """Return how many working days lie after ``start`` and up to ``end``; 0 if end is not later."""
    days = range(1, (end - start).days + 1)
    return sum(is_working_day(start + timedelta(days=offset), nation) for offset in days)


def deadline(
    sent_at: datetime,
    working_days: int,
    hours: AskingHours,
    nation: str,
    closed: frozenset[date] = NEVER,
) -> datetime:
    """Return the hour on the nth working day after sending when an answer falls due."""
    due = add_working_days(sent_at.astimezone(LONDON).date(), working_days, nation, closed)
    return datetime.combine(due, time(hours.due_hour), LONDON)


def reminding_time(
    sent_at: datetime,
    working_days: int,
    hours: AskingHours,
    nation: str,
    closed: frozenset[date] = NEVER,
) -> datetime:
    """Return the first hour of asking on the nth working day after sending."""
    day = add_working_days(sent_at.astimezone(LONDON).date(), working_days, nation, closed)
    return datetime.combine(day, time(hours.first_hour), LONDON)


def working_days_later(
    moment: datetime,
    count: int,
    hours: AskingHours,
    nation: str,
    closed: frozenset[date] = NEVER,
) -> datetime:
    """Return the same time of the day ``count`` working days later, within the hours of asking."""
    local = moment.astimezone(LONDON)
    day = add_working_days(local.date(), count, nation, closed)
    first, last = time(hours.first_hour), time(hours.last_hour - 1)
    return datetime.combine(day, min(max(local.time(), first), last), LONDON)


def still_reminds(now: datetime, answer_by: datetime) -> bool:
    """Return whether a reminder leaves a day to answer: none goes on the day of the deadline."""
    return now.astimezone(LONDON).date() < answer_by.astimezone(LONDON).date()


def next_asking_time(
    now: datetime, hours: AskingHours, nation: str, closed: frozenset[date] = NEVER
) -> datetime:
    """Return ``now`` if people may be asked now, else the next hour at which they may."""
    local = now.astimezone(LONDON)
    allowed_day = hours.every_day or is_working_day(local.date(), nation, closed)
    if allowed_day and hours.first_hour <= local.hour < hours.last_hour:
        return now
    day = local.date()
    if local.hour >= hours.first_hour or not allowed_day:
        day = add_working_days(day, 1, nation, closed)
    return datetime.combine(day, time(hours.first_hour), LONDON)
