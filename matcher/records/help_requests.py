"""Help requests: one asking each, with its place, its dates and its places to fill."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Select,
    String,
    Text,
    and_,
    false,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matcher.lifecycle.choices import Kind, OneAlone, WhoPays
from matcher.lifecycle.help_request import OPEN, State
from matcher.lifecycle.timers import Due
from matcher.records.database import Base, JsonColumn, JsonObject, UtcDateTime, state_type
from matcher.records.organisations import Organisation
from matcher.records.privacy_notice import PRIVACY_NOTICE

#: Shown as H-1001, so that the first request does not look like the first.
REFERENCE_OFFSET = 1000


@dataclass(frozen=True, slots=True)
class Hold:
    """What holds a request: until when, why, and whether its requester reads why."""

    until: date
    because: str
    is_told: bool


class HelpRequest(Base):
    """One asking. ``filled`` of ``places`` are taken; ``next_at`` is when it next needs something.

    ``wanted_dates`` are ISO dates in order, empty where the dates are flexible. ``unwanted`` are
    organisation ids that the requester would rather not have; volunteers never see them.
    ``nudge_at`` is when the step ``nudge`` is due, such as a reminder. ``first_found`` is a yes
    given in advance to whoever is found; ``apart`` wishes people of different organisations.
    ``venue``, ``agenda`` and ``expenses`` are for whoever comes. ``reach`` counts what would bring
    in more people (see ``records/reach.py``); scores are looked at again after ``changed_at``.
    ``display_name`` and ``handles`` are what those who are asked may see of the requester.
    ``held_until`` is the day on which a coordinator who holds it looks again (see ``hold``).
    ``merged_into_id`` is the request that asks for the same and goes on in its place.
    ``supplied_by`` names the coordinator who typed it up; empty for the operator, else None.
    """

    __tablename__ = "help_request"
    __table_args__ = (
        CheckConstraint("filled >= 0 AND filled <= places", name="filled_within_places"),
        CheckConstraint("places BETWEEN 1 AND 3", name="places_one_to_three"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    state: Mapped[State] = mapped_column(state_type(State), default=State.UNCONFIRMED, index=True)
    form_key: Mapped[str] = mapped_column(String(32), unique=True)
    requester_name: Mapped[str] = mapped_column(String(100))
    requester_email: Mapped[str] = mapped_column(String(254), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    need: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(String(120), default="")
    kind: Mapped[Kind | None] = mapped_column(state_type(Kind))
    audience: Mapped[str] = mapped_column(String(500), default="")
    how_long: Mapped[str] = mapped_column(String(100), default="")
    access: Mapped[str] = mapped_column(Text, default="")
    contact_on_day: Mapped[str] = mapped_column(String(200), default="")
    remote_too: Mapped[bool] = mapped_column(default=False)
    unwanted: Mapped[list[int]] = mapped_column(JsonColumn, default=list)
    place_id: Mapped[str] = mapped_column(String(40))
    place_label: Mapped[str] = mapped_column(String(200))
    latitude: Mapped[float]
    longitude: Mapped[float]
    outcode: Mapped[str] = mapped_column(String(4))
    council_gss: Mapped[str] = mapped_column(String(9), default="")
    nation: Mapped[str] = mapped_column(String(32))
    wanted_dates: Mapped[list[str]] = mapped_column(JsonColumn, default=list)
    dates_note: Mapped[str] = mapped_column(String(500), default="")
    who_pays: Mapped[WhoPays] = mapped_column(state_type(WhoPays))
    places: Mapped[int] = mapped_column(default=1)
    filled: Mapped[int] = mapped_column(default=0)
    wave: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    proposed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    end_reason: Mapped[str] = mapped_column(String(200), default="")
    nudge: Mapped[Due | None] = mapped_column(state_type(Due))
    nudge_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    venue: Mapped[str] = mapped_column(String(300), default="")
    agenda: Mapped[str] = mapped_column(Text, default="")
    expenses: Mapped[str] = mapped_column(String(500), default="")
    first_found: Mapped[bool] = mapped_column(default=False)
    apart: Mapped[bool] = mapped_column(default=False)
    one_alone: Mapped[OneAlone] = mapped_column(state_type(OneAlone), default=OneAlone.NOT_SAID)
    reach: Mapped[JsonObject] = mapped_column(JsonColumn, default=dict)
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    display_name: Mapped[str] = mapped_column(String(100), default="", server_default="")
    handles: Mapped[list[str]] = mapped_column(JsonColumn, default=list, server_default="[]")
    supplied_by: Mapped[str | None] = mapped_column(String(100))
    held_until: Mapped[date | None] = mapped_column(index=True)
    held_because: Mapped[str] = mapped_column(Text, default="", server_default="")
    hold_is_told: Mapped[bool] = mapped_column(default=False, server_default=false())
    merged_into_id: Mapped[int | None] = mapped_column(index=True)
    privacy_notice: Mapped[str] = mapped_column(String(16), default=PRIVACY_NOTICE)
    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)

    @property
    def reference(self) -> str:
        """How people name the request on the phone and in subject lines."""
        return f"H-{self.id + REFERENCE_OFFSET}"

    @property
    def heading(self) -> str:
        """The title, or the first words of the need where it has none."""
        return self.title or shortened(self.need)

    @property
    def hold(self) -> Hold | None:
        """What holds it: while something does, nobody is asked, reminded, or given up on."""
        if self.held_until is None or self.state not in OPEN:
            return None
        return Hold(self.held_until, self.held_because, self.hold_is_told)

    @property
    def dates(self) -> tuple[date, ...]:
        """The wanted dates, in order; empty where they are flexible."""
        return tuple(date.fromisoformat(day) for day in self.wanted_dates)


def shortened(words: str, length: int = 80) -> str:
    """Return the first words, at most ``length`` characters, with an ellipsis where cut."""
    line = " ".join(words.split())
    if len(line) <= length:
        return line
    return line[:length].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def is_held() -> ColumnElement[bool]:
    """Return the condition for requests with a hold, as ``HelpRequest.hold`` says it of one."""
    return and_(HelpRequest.held_until.is_not(None), HelpRequest.state.in_(OPEN))


def held_ids() -> Select[int]:
    """Return the query for the ids of the requests with a hold."""
    return select(HelpRequest.id).where(is_held())
