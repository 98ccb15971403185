"""The programme of this installation and its settings, which coordinators change on pages."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict
from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from matcher.lifecycle.waves import DEFAULT_WAVES, Wave
from matcher.lifecycle.working_days import AskingHours
from matcher.matching.weights import Weights
from matcher.records.database import Base, JsonColumn, JsonObject, UtcDateTime


class ProgrammeSettings(BaseModel):
    """What coordinators may change; every version is kept. Lengths carry their unit.

    A row that a later release wrote is read without what this one does not know.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str = "Ask for help in person"
    controller: str = "the council that runs this service"
    contact_email: str = "help@example.org"
    waves: tuple[Wave, ...] = DEFAULT_WAVES
    asking_hours: AskingHours = AskingHours()
    waves_follow_yes_rate: bool = True
    yes_rate_after_asks: int = 50
    manager_working_days: int = 5
    manager_reminder_working_days: int = 3
    phone_within_days: int = 3
    proposals: int = 20
    auto_approve: bool = False
    auto_approve_score: int = 40
    unconfirmed_days: int = 7
    supplied_days: int = 28
    review_working_days: int = 2
    question_days: int = 14
    question_reminder_days: int = 7
    confirm_reminder_working_days: int = 1
    confirm_task_working_days: int = 2
    confirm_release_working_days: int = 7
    reschedule_working_days: int = 2
    reconfirm_days: int = 7
    reconfirm_if_agreed_days: int = 21
    undated_visit_days: int = 28
    outcome_again_days: int = 7
    outcome_task_days: int = 14
    duplicate_days: int = 60
    duplicate_likeness: float = 0.5
    least_score: float = 0.1
    event_reminder_days: int = 3
    question_to: int = 3
    question_working_days: int = 3
    peers_shown: int = 5
    hello_days: int = 30
    hellos_per_week: int = 5
    hellos_received_per_week: int = 3
    hello_words_per_day: int = 5
    draft_hours: int = 24
    answer_days_after: int = 30
    retention_months: int = 24
    email_months: int = 6
    confirmations_per_address: int = 3
    confirmations_per_network: int = 30
    confirmations_in_all: int = 600
    confirmations_hours: int = 24
    sign_ins_per_address: int = 20
    sign_ins_per_network: int = 100
    weights: Weights = Weights()
    #: Own words for sentences of emails, by their keys (mail/own_words).
    email_words: dict[str, str] = {}


class Programme(Base):
    """One network run by its own coordinators. ``offer_number`` counts changes of offers."""

    __tablename__ = "programme"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    offer_number: Mapped[int] = mapped_column(default=0)


class ProgrammeSettingsVersion(Base):
    """One version of the settings, with who made it. The highest version is in force."""

    __tablename__ = "programme_settings"
    __table_args__ = (UniqueConstraint("programme_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    version: Mapped[int]
    values: Mapped[JsonObject] = mapped_column(JsonColumn)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("coordinator.id"))


def get_programme(session: Session) -> Programme:
    """Return the one programme of this installation; it is made with the first migration."""
    return session.scalars(select(Programme).order_by(Programme.id).limit(1)).one()


def lock_programme(session: Session, programme_id: int) -> None:
    """Hold the programme's row until the transaction ends: whoever asks people takes turns.

    Every invitation appends to the log of offers under this row's lock anyway; taken before the
    asks are counted, it keeps two requests from asking somebody beyond their cap. Rows that only
    name the programme may be added meanwhile: two that had been would wait for each other.
    """
    session.flush()
    session.execute(select(Programme.id).filter_by(id=programme_id).with_for_update(key_share=True))


def latest_settings(session: Session, programme_id: int) -> ProgrammeSettingsVersion | None:
    """Return the version in force; None where nobody changed any setting."""
    return session.scalars(
        select(ProgrammeSettingsVersion)
        .where(ProgrammeSettingsVersion.programme_id == programme_id)
        .order_by(ProgrammeSettingsVersion.version.desc())
        .limit(1)
    ).one_or_none()


def get_settings(session: Session) -> ProgrammeSettings:
    """Return the settings in force; the defaults where nobody changed any.

    Nearly every page asks for them, so this is one query, and of one column.
    """
    version = ProgrammeSettingsVersion
    programme_id = select(Programme.id).order_by(Programme.id).limit(1).scalar_subquery()
    values = session.execute(
        select(version.values)
        .where(version.programme_id == programme_id)
        .order_by(version.version.desc())
        .limit(1)
    ).scalar_one_or_none()
    return ProgrammeSettings(**(values or {}))
