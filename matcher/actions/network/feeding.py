"""Events from calendar files: each is proposed once, and its place is looked up."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from matcher.actions.handed_in import Whereabouts
from matcher.actions.network.attending import SentEvent, add_event
from matcher.actions.occasion import Occasion
from matcher.mail.calendar_files import FoundEvent, read_calendar
from matcher.places.gazetteer import Gazetteer
from matcher.places.place import Place

LONGEST_DAYS = timedelta(days=14)
LONGEST_NAME, LONGEST_DESCRIPTION, LONGEST_WEBSITE = 150, 2000, 300


@dataclass(frozen=True, slots=True)
class Fed:
    """How many events were proposed or known already, and what is wrong with the others."""

    events: int
    problems: tuple[str, ...]


def feed_events(content: bytes, gazetteer: Gazetteer, occasion: Occasion) -> Fed:
    """Propose the coming events of a calendar file to the coordinators; those known stay.

    Raises CalendarRefused for what is no such file.
    """
    found = read_calendar(content)
    problems = list(found.problems)
    taken = 0
    for event in found.events:
        if event.last_on < occasion.today:
            continue
        place = _place(gazetteer, event.place)
        if place is None or not event.uid or event.last_on - event.first_on >= LONGEST_DAYS:
            problems.append(f"{event.name}: {_why_not(event, place)}")
            continue
        add_event(_sent(event, place), secrets.token_hex(16), occasion)
        taken += 1
    return Fed(taken, tuple(problems))


def _place(gazetteer: Gazetteer, words: str) -> Place | None:
    """Return the place that one of the parts of an address names, the last part first."""
    for part in reversed([each.strip() for each in words.split(",")]):
        found = gazetteer.find(part) if part else []
        if len(found) == 1:
            return found[0]
    return None


def _why_not(event: FoundEvent, place: Place | None) -> str:
    if place is None:
        return f"the place “{event.place[:80]}” is not known, or may be several"
    return "it has no UID" if not event.uid else "it takes more than 14 days"


def _sent(event: FoundEvent, place: Place) -> SentEvent:
    return SentEvent(
        name=event.name[:LONGEST_NAME],
        first_on=event.first_on,
        last_on=event.last_on,
        where=Whereabouts(
            place_id=place.id,
            place_label=place.label,
            latitude=place.latitude,
            longitude=place.longitude,
            outcode=place.outcode,
            nation=place.nation,
            council_gss=place.council_gss,
        ),
        description=event.description[:LONGEST_DESCRIPTION],
        website=event.website[:LONGEST_WEBSITE] if event.website.startswith("https://") else "",
        feed_uid=event.uid,
    )
