"""Bringing in lists: kept for a day as they were sent, then taken by one press, in whole chunks.

A chunk is one transaction; what a line makes carries a form key made of the list and the line, and
every chunk looks again who is here already. So pressing twice, or sending a list twice, makes
nobody twice, and a press that was cut off is finished by the next.
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from matcher.actions.lists.importing_requests import REQUESTS
from matcher.actions.lists.importing_volunteers import VOLUNTEERS
from matcher.actions.lists.intaking import Intaking, Known, Supplied, Values
from matcher.actions.occasion import Occasion
from matcher.lifecycle.intake import Intake, KnownAs, LineState
from matcher.mail.links import LinkKeys
from matcher.records.coordinators import Coordinator
from matcher.records.database import JsonObject, writing
from matcher.records.programmes import get_programme, lock_programme
from matcher.records.uploads import Upload, UploadLine, count_lines, get_upload

CHUNK = 500
KEPT_FOR = timedelta(hours=24)
INTAKES: Mapping[Intake, Intaking] = {
    Intake.VOLUNTEERS: VOLUNTEERS,
    Intake.REQUESTS: REQUESTS,
}
#: A line that was taken holds nothing of anybody.
NOTHING: JsonObject = {"address": "", "cells": [], "problems": [], "values": {}}


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """A line of a list: what is wrong with it, or the values that are kept of it."""

    number: int
    cells: tuple[str, ...]
    problems: tuple[str, ...]
    values: Values


@dataclass(frozen=True, slots=True)
class SentList:
    """A list whose lines were checked, as it is kept until the press."""

    intake: Intake
    file_name: str
    headings: tuple[str, ...]
    unread: tuple[str, ...]
    lines: Sequence[CheckedLine]


def keep_list(sent: SentList, keys: LinkKeys, occasion: Occasion) -> int:
    """Keep a list until it is taken, for a day at most, and return its id."""
    with writing() as session:
        upload = Upload(
            programme_id=get_programme(session).id,
            intake=sent.intake,
            coordinator_id=occasion.actor_id,
            key=secrets.token_hex(12),
            file_name=sent.file_name,
            headings=list(sent.headings),
            unread=list(sent.unread),
            made_at=occasion.now,
            expires_at=occasion.now + KEPT_FOR,
        )
        session.add(upload)
        session.flush()
        intaking = INTAKES[sent.intake]
        good = [line.values for line in sent.lines if not line.problems]
        known = intaking.find_known(session, good, keys)
        rows = list(_rows(upload.id, sent.lines, intaking, known))
        if rows:
            session.execute(insert(UploadLine), rows)
        return upload.id


def _rows(
    upload_id: int, lines: Sequence[CheckedLine], intaking: Intaking, known: Known
) -> Iterator[JsonObject]:
    first: dict[str, int] = {}
    for line in lines:
        key = intaking.key(line.values) if line.values else ""
        known_as = known.get(key)
        same_as = first.setdefault(key, line.number) if key else line.number
        if known_as is None and same_as != line.number:
            known_as = KnownAs.SAME_FILE
        yield {
            "upload_id": upload_id,
            "number": line.number,
            "state": _state(line, known_as),
            "address": intaking.address(line.values) if line.values else "",
            "cells": list(line.cells),
            "problems": list(line.problems),
            "values": line.values,
            "known_as": known_as,
            "same_as": same_as if known_as == KnownAs.SAME_FILE else None,
        }


def _state(line: CheckedLine, known_as: KnownAs | None) -> LineState:
    if line.problems:
        return LineState.BAD
    return LineState.GOOD if known_as is None else LineState.KNOWN


def take_list(upload_id: int, keys: LinkKeys, occasion: Occasion) -> Mapping[LineState, int]:
    """Make what the good lines say; return how many lines stand where now.

    Raises NotFound for a list that is another's or over.
    """
    while _take_chunk(upload_id, keys, occasion):
        pass
    with writing() as session:
        return count_lines(session, upload_id)


def _take_chunk(upload_id: int, keys: LinkKeys, occasion: Occasion) -> bool:
    """Take some good lines, unless somebody is here meanwhile; return whether there were any."""
    with writing() as session:
        upload = get_upload(session, upload_id, occasion.actor_id, occasion.now)
        lock_programme(session, upload.programme_id)
        intaking = INTAKES[upload.intake]
        good = (
            select(UploadLine)
            .filter_by(upload_id=upload_id, state=LineState.GOOD)
            .order_by(UploadLine.number)
            .limit(CHUNK)
        )
        lines = session.scalars(good).all()
        known = intaking.find_known(session, [line.values for line in lines], keys)
        new = [line for line in lines if _is_new(line, intaking, known)]
        made = [(line.values, f"{upload.key}{line.number:08x}") for line in new]
        intaking.add(session, made, _supplied(session, upload), occasion)
        for line in new:
            line.state = LineState.TAKEN
            for name, nothing in NOTHING.items():
                setattr(line, name, nothing)
        return bool(lines)


def _is_new(line: UploadLine, intaking: Intaking, known: Known) -> bool:
    """Return whether nobody is here by that line; else mark it as known."""
    line.known_as = known.get(intaking.key(line.values))
    if line.known_as is not None:
        line.state = LineState.KNOWN
    return line.known_as is None


def _supplied(session: Session, upload: Upload) -> Supplied:
    if upload.coordinator_id is None:
        return Supplied(upload.programme_id, "")
    return Supplied(upload.programme_id, session.get_one(Coordinator, upload.coordinator_id).name)


def drop_list(upload_id: int, occasion: Occasion) -> None:
    """Delete a list with all its lines. Raises NotFound."""
    with writing() as session:
        session.delete(get_upload(session, upload_id, occasion.actor_id, occasion.now))
