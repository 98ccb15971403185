"""The emails that both sides of a visit get; each says whom it is for by its link alone."""

from collections.abc import Sequence
from datetime import date, datetime

from matcher.mail.emails import Email, compose
from matcher.mail.facts import About, Asked, Meeting, Person


def visit_agreed(
    about: About, meeting: Meeting, other: Person | None, *, who_pays: str, visit: str
) -> Email:
    """A date is agreed, and goes into both calendars. ``other`` once they are introduced."""
    links = {"visit": visit}
    return compose(
        "visit_agreed", links, about=about, meeting=meeting, other=other, who_pays=who_pays
    )


def visit_changed(
    about: About,
    meeting: Meeting,
    other: Person | None,
    changed: Sequence[str],
    *,
    who_pays: str,
    visit: str,
) -> Email:
    """Something but the date has changed: the codes of what, and how it stands now."""
    return compose(
        "visit_changed",
        {"visit": visit},
        about=about,
        meeting=meeting,
        other=other,
        changed=list(changed),
        who_pays=who_pays,
    )


def reschedule(
    about: About,
    meeting: Meeting,
    *,
    dates: tuple[date, ...],
    moved_to: str,
    answer_by: datetime,
    visit: str,
) -> Email:
    """To the side that is asked: the other needs a new date, or another place.

    ``meeting`` is the one given up, ``dates`` those offered instead; ``moved_to`` names the new
    place, where it changed.
    """
    return compose(
        "reschedule",
        {"visit": visit},
        about=about,
        meeting=meeting,
        dates=dates,
        moved_to=moved_to,
        answer_by=answer_by,
    )


def reschedule_receipt(about: About, meeting: Meeting, *, visit: str) -> Email:
    """To the side that needs a new date: the other has been asked."""
    return compose("reschedule_receipt", {"visit": visit}, about=about, meeting=meeting)


def reconfirm(about: About, asked: Asked, *, on: date, visit: str) -> Email:
    """A week before: is all still well?"""
    return compose("reconfirm", {"visit": visit}, about=about, place=asked.place, on=on)


def visit_question(about: About, *, on: date | None, visit: str) -> Email:
    """The day after: did it happen, did it help?"""
    return compose("visit_question", {"visit": visit}, about=about, on=on)


def written_down(about: About, *, told: str, by: str) -> Email:
    """A coordinator did what somebody told them; ``told`` says for which side, and what."""
    return compose("written_down", {}, about=about, told=told, by=by)
