"""Lists that coordinators sent and have not yet taken in; gone a day later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from matcher.lifecycle.intake import Intake, KnownAs, LineState
from matcher.lifecycle.refusals import NotFound
from matcher.records.database import Base, JsonColumn, JsonObject, UtcDateTime, state_type
from matcher.records.pages.paging import Page, read_page


class Upload(Base):
    """One list as it was sent. ``coordinator_id`` is None where the operator brought it in.

    ``headings`` are those of the file, ``unread`` the ones among them that name no column. ``key``
    begins the form keys of whatever is made of its lines.
    """

    __tablename__ = "upload"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    intake: Mapped[Intake] = mapped_column(state_type(Intake))
    coordinator_id: Mapped[int | None] = mapped_column(ForeignKey("coordinator.id"))
    key: Mapped[str] = mapped_column(String(24), unique=True)
    file_name: Mapped[str] = mapped_column(String(100))
    headings: Mapped[list[str]] = mapped_column(JsonColumn)
    unread: Mapped[list[str]] = mapped_column(JsonColumn)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class UploadLine(Base):
    """One line of a list: its cells, what is wrong with them, or what is to be kept of them.

    ``known_as`` says why a line is not taken although nothing is wrong with it; ``same_as`` is
    the number of the line of this file that says the same. A line that was taken holds nothing.
    """

    __tablename__ = "upload_line"
    __table_args__ = (Index("ix_upload_line_standing", "upload_id", "state", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    upload_id: Mapped[int] = mapped_column(ForeignKey("upload.id", ondelete="CASCADE"))
    number: Mapped[int]
    state: Mapped[LineState] = mapped_column(state_type(LineState))
    address: Mapped[str] = mapped_column(String(254), index=True)
    cells: Mapped[list[str]] = mapped_column(JsonColumn)
    problems: Mapped[list[str]] = mapped_column(JsonColumn)
    values: Mapped[JsonObject] = mapped_column(JsonColumn)
    known_as: Mapped[KnownAs | None] = mapped_column(state_type(KnownAs))
    same_as: Mapped[int | None]


@dataclass(frozen=True, slots=True)
class LineView:
    """A line that is not taken, and why."""

    number: int
    cells: tuple[str, ...]
    address: str
    problems: tuple[str, ...]
    known_as: KnownAs | None
    same_as: int | None


@dataclass(frozen=True, slots=True)
class UploadView:
    """A list, how many of its lines stand where, and the lines of one page."""

    upload_id: int
    intake: Intake
    file_name: str
    headings: tuple[str, ...]
    unread: tuple[str, ...]
    counts: Mapping[LineState, int]
    expires_at: datetime

    def count(self, state: LineState) -> int:
        """Return how many lines stand there."""
        return self.counts[state]


def get_upload(
    session: Session, upload_id: int, coordinator_id: int | None, now: datetime
) -> Upload:
    """Return a list that this coordinator sent. Raises NotFound for another's, or an old one."""
    found = session.get(Upload, upload_id)
    if found is None or found.coordinator_id != coordinator_id or found.expires_at <= now:
        raise NotFound("no such list")
    return found


def read_upload(
    session: Session, upload_id: int, coordinator_id: int | None, now: datetime
) -> UploadView:
    """Return a list as its page shows it. Raises NotFound."""
    upload = get_upload(session, upload_id, coordinator_id, now)
    return UploadView(
        upload_id=upload.id,
        intake=upload.intake,
        file_name=upload.file_name,
        headings=tuple(upload.headings),
        unread=tuple(upload.unread),
        counts=count_lines(session, upload.id),
        expires_at=upload.expires_at,
    )


def count_lines(session: Session, upload_id: int) -> Mapping[LineState, int]:
    """Return how many lines of a list stand where; 0 where none does."""
    counted = (
        select(UploadLine.state, func.count(UploadLine.id).label("lines"))
        .where(UploadLine.upload_id == upload_id)
        .group_by(UploadLine.state)
    )
    found = {row.state: row.lines for row in session.execute(counted)}
    return {state: found.get(state, 0) for state in LineState}


def list_lines(session: Session, upload_id: int, state: LineState, number: int) -> Page[LineView]:
    """Return a page of the lines that stand there, in the order of the file."""
    wanted = (
        select(UploadLine).filter_by(upload_id=upload_id, state=state).order_by(UploadLine.number)
    )
    return read_page(session, wanted, number, lambda rows: tuple(map(_view, rows)))


def read_bad_lines(session: Session, upload_id: int) -> Sequence[LineView]:
    """Return every line with something wrong, in the order of the file."""
    bad = select(UploadLine).filter_by(upload_id=upload_id, state=LineState.BAD)
    return [_view(line) for line in session.scalars(bad.order_by(UploadLine.number))]


def _view(line: UploadLine) -> LineView:
    return LineView(
        number=line.number,
        cells=tuple(line.cells),
        address=line.address,
        problems=tuple(line.problems),
        known_as=line.known_as,
        same_as=line.same_as,
    )
