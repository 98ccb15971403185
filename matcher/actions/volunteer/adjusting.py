"""What a volunteer changes right after a no, so that the next ask fits: one limit at a time."""

from collections.abc import Callable
from datetime import date

from matcher.actions.occasion import Occasion
from matcher.actions.proposals.offering import publish_offer
from matcher.actions.volunteer.volunteering import get_volunteer
from matcher.lifecycle.refusals import NotAllowed
from matcher.lifecycle.volunteer import MEMBERS
from matcher.records.database import writing
from matcher.records.volunteers import Away, Volunteer

#: So many topics are kept; a longer list is a sign that the offer says too little.
MOST_TOPICS = 30


class TooManyTopics(NotAllowed):
    """The list of topics is full."""


def go_less_far(volunteer_id: int, miles: int, occasion: Occasion) -> None:
    """Ask the volunteer only within so many miles; their other limits stay."""

    def change(volunteer: Volunteer) -> None:
        volunteer.travel_limit = {**volunteer.travel_limit, "miles": miles}

    _change(volunteer_id, change, occasion)


def be_asked_less(volunteer_id: int, asks: int, occasion: Occasion) -> None:
    """Ask the volunteer at most so many times in a quarter."""

    def change(volunteer: Volunteer) -> None:
        volunteer.asks_per_quarter = asks

    _change(volunteer_id, change, occasion)


def be_away(volunteer_id: int, first_on: date, last_on: date, occasion: Occasion) -> None:
    """Ask the volunteer to come on none of these days; named twice, kept once."""

    def change(volunteer: Volunteer) -> None:
        if all((span.first_on, span.last_on) != (first_on, last_on) for span in volunteer.away):
            volunteer.away.append(Away(first_on=first_on, last_on=last_on))

    _change(volunteer_id, change, occasion)


def avoid_topic(volunteer_id: int, topic: str, occasion: Occasion) -> None:
    """Ask the volunteer nothing about a topic; named twice, in any letters, kept once.

    Raises TooManyTopics.
    """

    def change(volunteer: Volunteer) -> None:
        known = {each.casefold() for each in volunteer.not_for_me}
        if topic.casefold() in known:
            return
        if len(known) >= MOST_TOPICS:
            raise TooManyTopics("the list of topics is full")
        volunteer.not_for_me = [*volunteer.not_for_me, topic]

    _change(volunteer_id, change, occasion)


def allow_topic(volunteer_id: int, topic: str, occasion: Occasion) -> None:
    """Ask the volunteer about a topic again; pressed twice, nothing more."""

    def change(volunteer: Volunteer) -> None:
        volunteer.not_for_me = [each for each in volunteer.not_for_me if each != topic]

    _change(volunteer_id, change, occasion)


def _change(volunteer_id: int, change: Callable[[Volunteer], None], occasion: Occasion) -> None:
    """Change one thing and let the matcher see it. Raises NotAllowed for whoever has left."""
    with writing() as session:
        volunteer = get_volunteer(session, volunteer_id)
        if volunteer.state not in MEMBERS:
            raise NotAllowed("the volunteer has left")
        change(volunteer)
        publish_offer(session, volunteer, occasion)
