"""The emails to the person who helps."""

from collections.abc import Sequence
from datetime import date, datetime

from matcher.mail.emails import Email, compose
from matcher.mail.facts import About, Asked, Ending, Journey, Meeting, Person, WhyYou
from matcher.mail.links import LIFETIMES, Purpose, days_of, minutes_of


def confirm_offer(*, confirm: str) -> Email:
    """To whoever's address stands in a join form: prove it, and the offer is kept."""
    days = days_of(LIFETIMES[Purpose.CONFIRM_OFFER])
    return compose("confirm_offer", {"confirm": confirm}, days=days)


def supplied_offer(*, supplied_by: str, last_on: date, confirm: str) -> Email:
    """A coordinator supplied somebody's details: by whom, and please confirm.

    ``supplied_by`` is empty for whoever runs the service.
    """
    links = {"confirm": confirm}
    return compose("supplied_offer", links, supplied_by=supplied_by, last_on=last_on)


def already_joined(*, page: str) -> Email:
    """Somebody filled in the join form with the address of a volunteer: their page's link."""
    minutes = minutes_of(LIFETIMES[Purpose.SIGN_IN_VOLUNTEER])
    return compose("already_joined", {"page": page}, minutes=minutes)


def your_page(*, page: str) -> Email:
    """The link that signs a volunteer in."""
    minutes = minutes_of(LIFETIMES[Purpose.SIGN_IN_VOLUNTEER])
    return compose("your_page", {"page": page}, minutes=minutes)


def offer_approved() -> Email:
    """A coordinator has let the volunteer in."""
    return compose("offer_approved", {})


def still_up_for_it(*, back: str, unsubscribe: str) -> Email:
    """Two asks in a row went unanswered: shall we go on?"""
    return compose("still_up_for_it", {"back": back, "unsubscribe": unsubscribe})


def invitation(
    about: About,
    asked: Asked,
    journey: Journey,
    why_you: WhyYou,
    *,
    answer_by: datetime,
    answer: str,
    unsubscribe: str,
) -> Email:
    """May we ask you? What, by which organisation, where, how far, when, who pays, why you."""
    return compose(
        "invitation",
        {"answer": answer, "unsubscribe": unsubscribe},
        about=about,
        asked=asked,
        journey=journey,
        why_you=why_you,
        answer_by=answer_by,
    )


def reminder(
    about: About, asked: Asked, *, answer_by: datetime, answer: str, unsubscribe: str
) -> Email:
    """The one reminder of an invitation."""
    links = {"answer": answer, "unsubscribe": unsubscribe}
    return compose("reminder", links, about=about, asked=asked, answer_by=answer_by)


def ask_manager(
    about: About, asked: Asked, *, answer_by: datetime, answer: str, unsubscribe: str
) -> Email:
    """More time to answer, because a manager has to agree, and words that can be forwarded."""
    links = {"answer": answer, "unsubscribe": unsubscribe}
    return compose("ask_manager", links, about=about, asked=asked, answer_by=answer_by)


def accepted_volunteer(
    about: About, *, chosen_on: date | None, from_reserve: bool, answer: str
) -> Email:
    """Thank you for the yes; nothing is settled until the requester has said yes, too.

    ``from_reserve`` where a place came free for somebody who had waited.
    """
    return compose(
        "accepted_volunteer",
        {"answer": answer},
        about=about,
        chosen_on=chosen_on,
        from_reserve=from_reserve,
    )


def reserve(about: About, *, answer: str) -> Email:
    """Somebody else was first; the volunteer waits in reserve."""
    return compose("reserve", {"answer": answer}, about=about)


def introduction_volunteer(
    about: About, requester: Person, meeting: Meeting, *, who_pays: str, visit: str
) -> Email:
    """Both said yes: here is the person who asked, and what to do next."""
    return compose(
        "introduction_volunteer",
        {"visit": visit},
        about=about,
        other=requester,
        meeting=meeting,
        who_pays=who_pays,
    )


def turned_down(about: About, *, unsubscribe: str) -> Email:
    """The requester said no to the volunteer's yes."""
    return compose("turned_down", {"unsubscribe": unsubscribe}, about=about)


def stood_down(about: About, *, why: Ending, said_yes: bool, unsubscribe: str) -> Email:
    """No answer is needed any more. ``said_yes`` where the volunteer had, or was in reserve."""
    return compose(
        "stood_down", {"unsubscribe": unsubscribe}, about=about, why=why, said_yes=said_yes
    )


def released(about: About, meeting: Meeting | None, *, own_wish: bool) -> Email:
    """The volunteer's yes is taken back: by themselves, or because nobody answered it."""
    return compose("released", {}, about=about, meeting=meeting, own_wish=own_wish)


def called_off(about: About, meeting: Meeting) -> Email:
    """The visit will not happen."""
    return compose("called_off", {}, about=about, meeting=meeting)


def passed_on(about: About, *, colleague_name: str) -> Email:
    """The receipt for passing an invitation on."""
    return compose("passed_on", {}, about=about, colleague_name=colleague_name)


def colleague_proof(
    about: About, asked: Asked, *, passed_on_by: str, their_organisation: str, proof: str
) -> Email:
    """To a colleague who was named: prove the address, and see what is asked.

    Holds nothing of the need's own words: the address is not proved yet.
    """
    return compose(
        "colleague_proof",
        {"proof": proof},
        organisation=about.organisation if about.listed else "",
        dates=asked.dates,
        passed_on_by=passed_on_by,
        their_organisation=their_organisation,
        days=days_of(LIFETIMES[Purpose.COLLEAGUE_PROOF]),
    )


def request_changed(
    about: About,
    asked: Asked,
    journey: Journey,
    changed: Sequence[str],
    *,
    answer: str,
    unsubscribe: str,
) -> Email:
    """What somebody was asked for has changed: the codes of what, and how it stands now."""
    return compose(
        "request_changed",
        {"answer": answer, "unsubscribe": unsubscribe},
        about=about,
        asked=asked,
        journey=journey,
        changed=list(changed),
    )


def thanks(about: About, *, on: date | None, words: str, visit: str) -> Email:
    """After a visit that helped. ``words`` are the requester's own, may be empty."""
    return compose("thanks", {"visit": visit}, about=about, on=on, words=words)


def thanks_manager(about: About, *, volunteer: str, on: date | None, words: str) -> Email:
    """To the manager of a volunteer who wished it: what was made possible by letting them go."""
    return compose("thanks_manager", {}, about=about, volunteer=volunteer, on=on, words=words)
