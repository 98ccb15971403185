"""Public bodies: councils from the shipped list, others as they are named."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import ForeignKey, Integer, String, UniqueConstraint, func, or_, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column, relationship

from matcher.records.database import Base, JsonColumn


class Organisation(Base):
    """A public body; people belong to one.

    ``gss`` only for those from the councils list; ``vetted`` where a coordinator knows the body.
    ``closures`` are pairs of first and last days, in ISO form, on which nobody works there.
    ``staff_of_id`` names the one whose staff it shares; ``successor_id`` the one it became part of.
    Both name the last of a chain.
    """

    __tablename__ = "organisation"
    __table_args__ = (UniqueConstraint("programme_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    name: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str] = mapped_column(String(200), default="")
    gss: Mapped[str | None] = mapped_column(String(9), unique=True)
    nation: Mapped[str] = mapped_column(String(32), default="England")
    vetted: Mapped[bool] = mapped_column(default=False)
    closures: Mapped[list[list[str]]] = mapped_column(JsonColumn, default=list)
    staff_of_id: Mapped[int | None]
    successor_id: Mapped[int | None]
    domains: Mapped[list["OrganisationDomain"]] = relationship(
        back_populates="organisation", cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def counts_as(self) -> int:
        """The id by which the matcher knows it: those that share staff have the same."""
        return self.staff_of_id or self.id

    @property
    def closed_days(self) -> frozenset[date]:
        """The days on which nobody works there, besides weekends and bank holidays."""
        return frozenset(day for first, last in self.closures for day in _days(first, last))


def _days(first: str, last: str) -> list[date]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [start + timedelta(days=number) for number in range((end - start).days + 1)]


class OrganisationDomain(Base):
    """A domain whose addresses are known to belong to an organisation."""

    __tablename__ = "organisation_domain"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    domain: Mapped[str] = mapped_column(String(253), index=True)
    organisation: Mapped[Organisation] = relationship(back_populates="domains")


def list_organisations(session: Session) -> list[Organisation]:
    """Return the organisations offered in forms: the councils list and those vetted since."""
    offered = Organisation.gss.is_not(None) | Organisation.vetted
    here = select(Organisation).where(offered, Organisation.successor_id.is_(None))
    return list(session.scalars(here.order_by(Organisation.name)))


def find_organisation(session: Session, name: str) -> Organisation | None:
    """Return the organisation with this name or short name, in any case of letters.

    For one that became part of another, that other is returned.
    """
    wanted = name.strip().casefold()
    names = func.lower(Organisation.name), func.lower(Organisation.short_name)
    close = or_(*(each == name.strip().lower() for each in names))
    found = session.scalars(select(Organisation).where(close).order_by(Organisation.id)).all()
    exact = [known for known in found if known.name.casefold() == wanted]
    named = next(iter(exact or found), None)
    if named is None or named.successor_id is None:
        return named
    return session.get(Organisation, named.successor_id)


def counted_as(session: Session, ids: Iterable[int]) -> frozenset[int]:
    """Return the ids by which the matcher knows these organisations."""
    named = aliased(Organisation)
    today = func.coalesce(named.successor_id, named.id) == Organisation.id
    known = func.coalesce(Organisation.staff_of_id, Organisation.id, type_=Integer)
    chosen = select(known).join(named, today).where(named.id.in_(set(ids)))
    return frozenset(session.scalars(chosen))


def domain_of(email: str) -> str:
    """Return what stands behind the @ of an address."""
    return email.rpartition("@")[2].lower()


def knows_domain(organisation: Organisation, email: str) -> bool:
    """Return whether the address lies in a known domain of its organisation, or below one."""
    domain = domain_of(email)
    known = (entry.domain for entry in organisation.domains)
    return any(domain == each or domain.endswith(f".{each}") for each in known)
