"""What a volunteer sees of people like themselves, and of the hellos between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from matcher.lifecycle.hello import OPEN, State
from matcher.lifecycle.volunteer import State as Standing
from matcher.records.hellos import Hello, HelloWords, known_to
from matcher.records.pages.hiding import before_introduction
from matcher.records.volunteers import Volunteer


@dataclass(frozen=True, slots=True)
class Peer:
    """Somebody who agreed to be found, as others see them before an introduction."""

    volunteer_id: int
    name: str
    organisation: str
    job_title: str
    offer: str
    handles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What one of the two wrote."""

    mine: bool
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HelloView:
    """A hello as one of the two sees it. ``began_it`` says whether it was theirs."""

    hello_id: int
    peer: Peer
    state: State
    began_it: bool
    said: tuple[Said, ...]

    @property
    def may_answer(self) -> bool:
        """Whether words of theirs would go to the other."""
        waits = self.state == State.SENT and not self.began_it
        return waits or self.state == State.ANSWERED

    @property
    def open(self) -> bool:
        """Whether it has not come to an end. To who began it, a silent end looks like waiting."""
        silent = self.state in {State.DECLINED, State.BLOCKED} and self.began_it
        return silent or self.state in OPEN


@dataclass(frozen=True, slots=True)
class Own:
    """A volunteer's own page of peers."""

    volunteer_id: int
    name: str
    shown_as: str
    findable: bool
    barred: bool
    active: bool
    hellos: tuple[HelloView, ...]


def read_own(session: Session, volunteer_id: int) -> Own:
    """Return somebody's hellos, the latest first. Raises NoResultFound."""
    volunteer = session.get_one(Volunteer, volunteer_id)
    mine = or_(Hello.from_id == volunteer_id, Hello.to_id == volunteer_id)
    hellos = session.scalars(select(Hello).where(mine).order_by(Hello.id.desc())).all()
    return Own(
        volunteer_id=volunteer.id,
        name=volunteer.name,
        shown_as=volunteer.shown_as,
        findable=volunteer.findable,
        barred=volunteer.hellos_barred,
        active=volunteer.state == Standing.ACTIVE,
        hellos=tuple(_view(session, each, volunteer_id) for each in hellos),
    )


def _view(session: Session, hello: Hello, volunteer_id: int) -> HelloView:
    other = session.get_one(Volunteer, hello.other_than(volunteer_id))
    written = select(HelloWords).filter_by(hello_id=hello.id).order_by(HelloWords.id)
    return HelloView(
        hello_id=hello.id,
        peer=as_peer(other),
        state=hello.state,
        began_it=hello.from_id == volunteer_id,
        said=tuple(
            Said(each.volunteer_id == volunteer_id, each.words, each.written_at)
            for each in session.scalars(written)
            if each.words
        ),
    )


def as_peer(volunteer: Volunteer) -> Peer:
    """Return a volunteer as others may see them."""
    shown = before_introduction(volunteer)
    return Peer(
        volunteer_id=volunteer.id,
        name=volunteer.shown_as,
        organisation=shown.organisation,
        job_title=shown.job_title,
        offer=shown.offer,
        handles=shown.handles,
    )


def list_findable(session: Session, volunteer_id: int) -> frozenset[int]:
    """Return the ids of those whom somebody may find: they agreed, and are not known already."""
    agreed = select(Volunteer.id).filter_by(findable=True, state=Standing.ACTIVE)
    others = agreed.where(Volunteer.id != volunteer_id)
    return frozenset(session.scalars(others)) - known_to(session, volunteer_id)


def read_peers(session: Session, ids: Sequence[int]) -> tuple[Peer, ...]:
    """Return these volunteers as others see them, in this order."""
    rows = session.scalars(select(Volunteer).where(Volunteer.id.in_(ids)))
    found = {each.id: each for each in rows}
    return tuple(as_peer(found[each]) for each in ids if each in found)
