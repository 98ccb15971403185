"""How many asks are answered with a yes: what waves go by, and coordinators may see."""

from dataclasses import dataclass

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from matcher.lifecycle import pairing
from matcher.records.pairings import Pairing

#: So many asks are looked at, the latest that came to an end: people change, and so do seasons.
LATEST = 200
S = pairing.State
SAID_YES = (S.ACCEPTED, S.RESERVE, S.CONFIRMED, S.TURNED_DOWN, S.RELEASED, S.VISITED, S.MISSED)
SAID_NO = (S.DECLINED, S.LAPSED, S.PASSED_ON)


@dataclass(frozen=True, slots=True)
class YesRate:
    """Of ``asks`` that were sent and came to an end, ``yeses`` were answered with a yes."""

    asks: int
    yeses: int

    @property
    def rate(self) -> float:
        """The share, from 0 to 1; 0 where nobody was asked."""
        return self.yeses / self.asks if self.asks else 0.0


def measure_yes_rate(session: Session) -> YesRate:
    """Return the yes-rate of the latest asks.

    Who was stood down before answering counts on neither side, and whose address bounced was never
    asked.
    """
    stood_down_after_yes = and_(Pairing.state == S.STOOD_DOWN, Pairing.answered_at.is_not(None))
    said_yes = or_(Pairing.state.in_(SAID_YES), stood_down_after_yes)
    ended = or_(said_yes, Pairing.state.in_(SAID_NO))
    latest = (
        select(case((said_yes, 1), else_=0).label("yes"))
        .where(ended, Pairing.invited_at.is_not(None))
        .order_by(Pairing.invited_at.desc(), Pairing.id.desc())
        .limit(LATEST)
        .subquery()
    )
    asks, yeses = session.execute(
        select(func.count(), func.coalesce(func.sum(latest.c.yes), 0)).select_from(latest)
    ).one()
    return YesRate(asks, yeses)
