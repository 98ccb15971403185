"""Volunteers: what they offer, from where, how far, how often, and when not."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, String, Text, false, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from matcher.lifecycle.choices import StartsAt
from matcher.lifecycle.volunteer import MEMBERS, State
from matcher.records.database import Base, JsonColumn, JsonObject, UtcDateTime, state_type
from matcher.records.organisations import Organisation
from matcher.records.privacy_notice import PRIVACY_NOTICE
from matcher.records.travel import Travel, as_row, from_row

ONE_ROW_PER_ADDRESS = text("state NOT IN ('unconfirmed', 'left')")


class Volunteer(Base):
    """The person who helps.

    ``travel_limit`` holds the fields of matching's TravelLimit; ``travel`` reads and writes it.
    ``place_*`` say where they start from: the point of an outward code or a town, never a home.
    ``not_for_me`` are topics about which they want to be asked nothing. ``handles`` are addresses
    of theirs on the web. Who ``hides_organisation`` is proposed once a coordinator vouches.
    Others find who is ``findable`` and may say hello.
    ``supplied_by`` names the coordinator who supplied the details; empty for the operator, None
    where they gave them.
    """

    __tablename__ = "volunteer"
    __table_args__ = (
        Index(
            "uq_volunteer_member",
            "programme_id",
            "email",
            unique=True,
            sqlite_where=ONE_ROW_PER_ADDRESS,
            postgresql_where=ONE_ROW_PER_ADDRESS,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    state: Mapped[State] = mapped_column(state_type(State), default=State.UNCONFIRMED, index=True)
    form_key: Mapped[str] = mapped_column(String(32), unique=True)
    session_key: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(100))
    email: Mapped[str] = mapped_column(String(254), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    display_name: Mapped[str] = mapped_column(String(100), default="")
    hides_organisation: Mapped[bool] = mapped_column(default=False, server_default=false())
    vouched_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    handles: Mapped[list[str]] = mapped_column(JsonColumn, default=list, server_default="[]")
    job_title: Mapped[str] = mapped_column(String(200), default="")
    offer: Mapped[str] = mapped_column(Text)
    skills: Mapped[list[str]] = mapped_column(JsonColumn, default=list)
    experience: Mapped[list[str]] = mapped_column(JsonColumn, default=list)
    kinds: Mapped[list[str]] = mapped_column(JsonColumn, default=list)
    place_id: Mapped[str] = mapped_column(String(40))
    place_label: Mapped[str] = mapped_column(String(200))
    latitude: Mapped[float]
    longitude: Mapped[float]
    outcode: Mapped[str] = mapped_column(String(4))
    council_gss: Mapped[str] = mapped_column(String(9), default="", server_default="")
    nation: Mapped[str] = mapped_column(String(32))
    travel_limit: Mapped[JsonObject] = mapped_column(JsonColumn, default=dict)
    starts_at: Mapped[str] = mapped_column(String(8), default="", server_default="")
    same_day: Mapped[bool] = mapped_column(default=False, server_default=false())
    asks_per_quarter: Mapped[int] = mapped_column(default=3)
    not_for_me: Mapped[list[str]] = mapped_column(JsonColumn, default=list)
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    paused_until: Mapped[date | None]
    lapses_in_a_row: Mapped[int] = mapped_column(default=0)
    wants_event_news: Mapped[bool] = mapped_column(default=False)
    findable: Mapped[bool] = mapped_column(default=False, server_default=false())
    hellos_barred: Mapped[bool] = mapped_column(default=False, server_default=false())
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    supplied_by: Mapped[str | None] = mapped_column(String(100))
    privacy_notice: Mapped[str] = mapped_column(String(16), default=PRIVACY_NOTICE)
    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    away: Mapped[list["Away"]] = relationship(
        back_populates="volunteer",
        cascade="all, delete-orphan",
        lazy="selectin",
        order_by="Away.first_on",
    )

    @property
    def travel(self) -> Travel:
        """How they are willing to travel."""
        starts_at = StartsAt(self.starts_at) if self.starts_at else None
        return Travel(from_row(self.travel_limit), starts_at, self.same_day)

    @travel.setter
    def travel(self, stated: Travel) -> None:
        self.travel_limit = as_row(stated.limit)
        self.starts_at = stated.starts_at or ""
        self.same_day = stated.same_day

    @property
    def shown_as(self) -> str:
        """The name that others may see before an introduction."""
        return self.display_name or self.name

    @property
    def stands_for_themselves(self) -> bool:
        """Whether their organisation is shown, or a coordinator vouches for them."""
        return not self.hides_organisation or self.vouched_at is not None


class Away(Base):
    """Days on which a volunteer cannot come, both ends included."""

    __tablename__ = "volunteer_away"

    id: Mapped[int] = mapped_column(primary_key=True)
    volunteer_id: Mapped[int] = mapped_column(
        ForeignKey("volunteer.id", ondelete="CASCADE"), index=True
    )
    first_on: Mapped[date]
    last_on: Mapped[date]
    volunteer: Mapped[Volunteer] = relationship(back_populates="away")


class VolunteerNote(Base):
    """What coordinators note about a volunteer, for each other; the volunteer's export holds it."""

    __tablename__ = "volunteer_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    volunteer_id: Mapped[int] = mapped_column(
        ForeignKey("volunteer.id", ondelete="CASCADE"), index=True
    )
    coordinator_id: Mapped[int | None] = mapped_column(ForeignKey("coordinator.id"))
    words: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


def find_member(session: Session, email: str) -> Volunteer | None:
    """Return the volunteer who has proved this address and has not left."""
    return session.scalars(select(Volunteer).where(*_is_member(email))).one_or_none()


def find_member_id(session: Session, email: str) -> int | None:
    """Return the id of the volunteer who has proved this address and has not left.

    Nothing else is read of them: where strangers ask, the work is the same for every address.
    """
    return session.scalars(select(Volunteer.id).where(*_is_member(email))).one_or_none()


def _is_member(email: str) -> tuple[ColumnElement[bool], ...]:
    return Volunteer.email == email.strip().lower(), Volunteer.state.in_(MEMBERS)
