"""The numbered log of offers, from which every process rebuilds the same index.

Each change of an offer appends a row; numbers are taken under the programme's row lock, so a
higher number never becomes visible before a lower one. An index version names the number up to
which offers were read when the idf was fitted; later rows are added without a refit.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Select, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from matcher.records.database import Base, JsonColumn, JsonObject, UtcDateTime
from matcher.records.programmes import Programme


class OfferChange(Base):
    """What an offer became; ``payload`` is None where it is no longer offered."""

    __tablename__ = "offer_change"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"), index=True)
    payload: Mapped[JsonObject | None] = mapped_column(JsonColumn)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class IndexVersion(Base):
    """One fit of the idf, on the offers as they stood after change ``up_to``."""

    __tablename__ = "index_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    up_to: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


#: So many offers are read in one transaction.
AT_ONCE = 5000


def add_offer_changes(
    session: Session,
    *,
    programme_id: int,
    payloads: Mapping[int, JsonObject | None],
    now: datetime,
) -> None:
    """Append the payloads of volunteers, given by id, to the log, all numbers taken at once."""
    last: int = session.execute(
        update(Programme)
        .where(Programme.id == programme_id)
        .values(offer_number=Programme.offer_number + len(payloads))
        .returning(Programme.offer_number)
    ).scalar_one()
    session.add_all(
        OfferChange(
            number=number,
            programme_id=programme_id,
            volunteer_id=volunteer_id,
            payload=payload,
            made_at=now,
        )
        for number, (volunteer_id, payload) in enumerate(payloads.items(), last - len(payloads) + 1)
    )


def latest_offers(session: Session, up_to: int) -> Iterator[JsonObject]:
    """Yield the payloads of all offers as they stood after change ``up_to``, for a reader.

    Many take seconds to read, so each part is read in a transaction of its own; no change up to
    that number is ever written again.
    """
    numbers = session.scalars(_newest().where(OfferChange.number <= up_to)).all()
    for start in range(0, len(numbers), AT_ONCE):
        some = OfferChange.number.in_(numbers[start : start + AT_ONCE])
        payloads = session.scalars(select(OfferChange.payload).where(some)).all()
        session.rollback()
        yield from (payload for payload in payloads if payload is not None)


def latest_payloads(
    session: Session, volunteer_ids: Collection[int]
) -> dict[int, JsonObject | None]:
    """Return the latest payloads of volunteers, by id; None where they cannot be proposed."""
    newest = _newest().where(OfferChange.volunteer_id.in_(volunteer_ids)).subquery()
    latest = select(OfferChange.volunteer_id, OfferChange.payload)
    rows = session.execute(latest.join(newest, OfferChange.number == newest.c.number))
    return {row.volunteer_id: row.payload for row in rows}


def _newest() -> Select[int]:
    return select(func.max(OfferChange.number).label("number")).group_by(OfferChange.volunteer_id)


def changes_after(session: Session, number: int) -> Sequence[OfferChange]:
    """Return the changes with higher numbers, in order."""
    later = select(OfferChange).where(OfferChange.number > number).order_by(OfferChange.number)
    return session.scalars(later).all()


def latest_index_version(session: Session) -> IndexVersion | None:
    """Return the newest fit, or None before the first."""
    return session.scalars(
        select(IndexVersion).order_by(IndexVersion.id.desc()).limit(1)
    ).one_or_none()


def find_payload(
    session: Session, volunteer_id: int, up_to: int | None = None
) -> JsonObject | None:
    """Return one volunteer's offer as it stood after change ``up_to``, or as it stands now.

    None where nothing was offered.
    """
    changes = select(OfferChange.payload).filter_by(volunteer_id=volunteer_id)
    if up_to is not None:
        changes = changes.where(OfferChange.number <= up_to)
    return session.scalars(changes.order_by(OfferChange.number.desc()).limit(1)).first()
