"""The people of benchmarks/year.py: who they are, and the dice that say what they do.

Everybody's dice are named by who throws them for what, so that the same people throw the same
numbers whatever else happens. The shares come from data/behaviour.json.
"""

import json
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from math import exp, log
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from matcher.actions.handed_in import Details, JoinForm, OfferPage, SentForm, Whereabouts
from matcher.lifecycle.choices import Kind, WhoPays
from matcher.matching.offers import TravelLimit
from matcher.places.councils import Council
from matcher.places.gazetteer import Gazetteer
from matcher.records.travel import Travel

LONDON = ZoneInfo("Europe/London")
BEHAVIOUR = json.loads((Path(__file__).parent / "data" / "behaviour.json").read_text("utf-8"))
ANY_DISTANCE = None
MACHINES_DAYS = BEHAVIOUR["machines"]["clock_standstill_days_in_year"]
MILES = (15, 30, 50, 80, 120, 200, ANY_DISTANCE)
CAPS = (1, 2, 3, 3, 3, 4, 6)
#: A place a few weeks of which are spoken for.
AWAY_SPANS = (0, 0, 1, 1, 2)


def dice(*name: object) -> Random:
    """Return dice that always throw the same for the same name."""
    return Random("/".join(map(str, name)))


def hours(spread: dict[str, Any], thrown: Random) -> timedelta:
    """Return a length of time from a lognormal spread of hours."""
    return timedelta(hours=lognormal(spread, thrown))


def lognormal(spread: dict[str, Any], thrown: Random) -> float:
    return exp(thrown.gauss(log(spread["median"]), spread["sigma"]))


@cache
def demo(name: str) -> list[dict[str, Any]]:
    """Return what the demo's people write: words that people might write."""
    text = (files("matcher.demo") / "data" / f"{name}s.toml").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = tomllib.loads(text)[name]
    return rows


@cache
def councils() -> tuple[Council, ...]:
    return tuple(each for each in Gazetteer.load().councils() if not each.former)


def where(council: Council) -> Whereabouts:
    return Whereabouts(
        place_id=f"gss:{council.gss}",
        place_label=council.official_name,
        latitude=council.latitude,
        longitude=council.longitude,
        outcode=council.outcode,
        nation=council.nation,
        council_gss=council.gss,
    )


@dataclass(frozen=True, slots=True)
class Offering:
    """A volunteer before they join."""

    form: JoinForm
    page: OfferPage


def make_volunteer(number: int, seed: int, first_day: date) -> Offering:
    """Return a volunteer: a demo person's words, somebody else's council and limits."""
    thrown = dice(seed, "volunteer", number)
    words, council = thrown.choice(demo("volunteer")), thrown.choice(councils())
    miles, cap = thrown.choice(MILES), thrown.choice(CAPS)
    travel = Travel(TravelLimit(miles=miles))
    away = []
    for _ in range(thrown.choice(AWAY_SPANS)):
        start = first_day + timedelta(days=thrown.randrange(360))
        away.append((start, start + timedelta(days=thrown.randrange(1, 21))))
    form = JoinForm(
        form_key=f"year-volunteer-{number}",
        network=f"10.{number % 250}.0.0/24",
        offer=words["offer"].strip(),
        where=where(council),
        travel=travel,
        name=f"Volunteer {number}",
        email=f"volunteer{number}@{council.gss.lower()}.example",
        organisation=council.official_name,
    )
    page = OfferPage(
        offer=form.offer,
        display_name=f"V{number}",
        job_title=words["job_title"],
        skills=tuple(words["skills"]),
        experience=tuple(each.strip() for each in words["experience"]),
        kinds=tuple(Kind(kind) for kind in words["kinds"]),
        asks_per_quarter=cap,
        travel=travel,
        where=form.where,
        away=tuple(sorted(away)),
    )
    return Offering(form, page)


@dataclass(frozen=True, slots=True)
class Asking:
    """A help request before it is sent, with what its requester will add."""

    number: int
    sent_at: datetime
    form: SentForm
    details: Details


def make_request(number: int, seed: int, first_day: date, days: int) -> Asking:
    """Return a help request: demo words, another council, on one of so many days."""
    thrown = dice(seed, "request", number)
    words, council = thrown.choice(demo("request")), thrown.choice(councils())
    sent_on = weekday_from(first_day + timedelta(days=thrown.randrange(days)))
    sent_at = datetime.combine(sent_on, time(thrown.randrange(8, 18), thrown.randrange(60)), LONDON)
    people = BEHAVIOUR["requester"]
    lead = max(3, round(lognormal(people["lead_days"], thrown)))
    wanted = weekday_from(sent_on + timedelta(days=lead))
    dates = (
        (wanted, weekday_from(wanted + timedelta(days=7))) if thrown.random() < 0.7 else (wanted,)
    )
    form = SentForm(
        form_key=f"year-request-{number}",
        network=f"10.{number % 250}.1.0/24",
        need=words["need"].strip(),
        where=where(council),
        wanted_dates=dates,
        dates_note="",
        who_pays=WhoPays(words["who_pays"]),
        name=f"Requester {number}",
        email=f"requester{number}@{council.gss.lower()}.example",
        organisation=council.official_name,
    )
    details = Details(
        title=words["title"],
        kind=Kind(words["kind"]),
        audience=words["audience"],
        places=2 if thrown.random() < people["wants_two"] else 1,
        how_long=words["how_long"],
        remote_too=words["remote_too"],
        access=words["access"],
        contact_on_day=words["contact_on_day"],
        unwanted=(thrown.choice(councils()).official_name,) if thrown.random() < 0.1 else (),
    )
    return Asking(number, sent_at, form, details)


def weekday_from(day: date) -> date:
    """Return the day, or the Monday after it."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
