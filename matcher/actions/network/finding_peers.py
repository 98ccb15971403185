"""People like you: the matcher that finds volunteers for a need, with an offer as the need."""

from sqlalchemy.orm import Session

from matcher.actions.proposals.live_index import LiveIndex
from matcher.matching.offers import Need
from matcher.records.pages.hellos import list_findable
from matcher.records.volunteers import Volunteer


def people_like(live: LiveIndex, session: Session, volunteer_id: int, limit: int) -> list[int]:
    """Return the ids of volunteers who offer much the same and agreed to be found, best first.

    Nobody who does not agree to be found finds others.
    """
    if not session.get_one(Volunteer, volunteer_id).findable:
        return []
    findable = list_findable(session, volunteer_id)
    found = who_offer_the_same(live, session, volunteer_id, None)
    return [each for each in found if each in findable][:limit]


def who_offer_the_same(
    live: LiveIndex, session: Session, volunteer_id: int, limit: int | None
) -> list[int]:
    """Return the ids of the others whose offers read most like a volunteer's, best first.

    They are active, and were asked less often of late than they allow.
    """
    volunteer = session.get_one(Volunteer, volunteer_id)
    need = Need(
        id="peers",
        title=volunteer.job_title,
        text=" ".join((volunteer.offer, *volunteer.skills, *volunteer.experience)),
        refused=frozenset({str(volunteer_id)}),
    )
    index = live.follow(session)
    session.rollback()  # no transaction stays open while the matcher works
    return [int(each) for each in index.find(need, limit).ids]
