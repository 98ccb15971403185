"""Tokens of the programming interface: made, counted, ended."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from matcher.actions.occasion import Occasion
from matcher.lifecycle.refusals import NotFound
from matcher.lifecycle.scopes import Scope
from matcher.records.api_tokens import ApiToken, digest_of_token, find_token
from matcher.records.coordinators import Coordinator
from matcher.records.database import writing
from matcher.records.limits import count_one
from matcher.records.programmes import get_programme

#: Scanners of repositories find a token that was left in one by this.
PREFIX = "ask_"
RANDOM_BYTES = 32
REQUESTS_A_MINUTE = 120
MINUTE = timedelta(minutes=1)
#: That a token was used is written down so often at most.
USE_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Admission:
    """Whether a token may read now: what it may read, and what is left of its minute.

    It shows what whoever made it sees: ``councils`` are those of their areas, None is everything.
    """

    scopes: frozenset[Scope]
    person_id: int
    councils: tuple[str, ...] | None
    left: int
    until: datetime

    @property
    def over(self) -> bool:
        """Whether the minute's requests are used up."""
        return self.left < 0


def make_token(name: str, scopes: Iterable[Scope], occasion: Occasion) -> str:
    """Add a token and return it; nobody can read it again."""
    token = PREFIX + secrets.token_urlsafe(RANDOM_BYTES)
    with writing() as session:
        session.add(
            ApiToken(
                programme_id=get_programme(session).id,
                coordinator_id=occasion.actor_id,
                name=name,
                digest=digest_of_token(token),
                scopes=sorted(scopes),
                made_at=occasion.now,
            )
        )
    return token


def end_token(token_id: int, occasion: Occasion) -> None:
    """End a token at once; pressed twice, nothing more. Raises NotFound."""
    with writing() as session:
        token = session.get(ApiToken, token_id)
        if token is None:
            raise NotFound("no such token")
        token.ended_at = token.ended_at or occasion.now


def admit(token: str, now: datetime) -> Admission | None:
    """Count one request of a token, exactly, and note its use; None where it is not good.

    This is all that reading by a token ever writes.
    """
    with writing() as session:
        found = find_token(session, token)
        if found is None:
            return None
        minute = int(now.timestamp() // MINUTE.total_seconds())
        until = datetime.fromtimestamp((minute + 1) * MINUTE.total_seconds(), UTC)
        used = count_one(session, f"api {found.id} {minute}", until)
        if found.used_at is None or now - found.used_at >= USE_NOTED_EVERY:
            found.used_at = now
        scopes = frozenset(Scope(each) for each in found.scopes)
        maker = session.get_one(Coordinator, found.coordinator_id)
        left = REQUESTS_A_MINUTE - used
        return Admission(scopes, maker.id, maker.areas, left, until)
