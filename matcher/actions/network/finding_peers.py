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
    volunteer = session.get_one(Volunteer, volunteer_id)
    findable = list_findable(session, volunteer_id) if volunteer.findable else frozenset()
    need = Need(
        id="peers",
        title=volunteer.job_title,
        text=" ".join((volunteer.offer, *volunteer.skills, *volunteer.experience)),
    )
    index = live.follow(session)
    session.rollback()  # no transaction stays open while the matcher works
    found = (int(each) for each in index.find(need, limit=None).ids) if findable else ()
    return [each for each in found if each in findable][:limit]
