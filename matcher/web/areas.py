"""Pages of the desk for people whose work is limited to areas, and how they are told which.

A page that says nothing concerns the whole programme and is closed to them. One that is marked
``within_areas`` reads through the rules of ``records/sight.py``, and the ids in its address must be
of rows that they see: others answer as if there were no such row.
"""

from collections.abc import Callable, Collection, Mapping
from typing import ParamSpec, TypeVar

from flask import abort

from matcher.lifecycle.refusals import NotFound
from matcher.records.api_tokens import ApiToken
from matcher.records.database import Base, db
from matcher.records.help_requests import HelpRequest
from matcher.records.outbox import OutgoingEmail
from matcher.records.pairings import Pairing
from matcher.records.saved_views import SavedView
from matcher.records.sight import narrow, sees
from matcher.records.tasks import Task
from matcher.records.volunteers import Volunteer, VolunteerNote

Given = ParamSpec("Given")
Answer = TypeVar("Answer")

#: What the ids in addresses are of. An id of anything else is on no page for people with areas.
ADDRESSED: Mapping[str, type[Base]] = {
    "request_id": HelpRequest,
    "pairing_id": Pairing,
    "volunteer_id": Volunteer,
    "note_id": VolunteerNote,
    "task_id": Task,
    "email_id": OutgoingEmail,
    "token_id": ApiToken,
    "view_id": SavedView,
}


def within_areas(view: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Open a page of the desk to people with areas, too; beneath the decorator of its users."""
    view.within_areas = True  # type: ignore[attr-defined]  # read by enter_desk and its test
    return view


def is_within_areas(view: object) -> bool:
    """Return whether a page is open to people with areas."""
    return getattr(view, "within_areas", False)


def enter_desk(
    view: object, person_id: int, councils: Collection[str] | None, given: Mapping[str, object]
) -> None:
    """Show this request what somebody sees who has these areas; None is everything.

    ``given`` are the values in the address. Raises NotFound, and Forbidden for a closed page.
    """
    session = db.session()
    narrow(session, person_id, councils)
    if councils is None:
        return
    if not is_within_areas(view):
        abort(403)
    for name, value in given.items():
        if isinstance(value, int) and not sees(session, ADDRESSED[name], value):
            raise NotFound("nothing of this number in the areas of whoever asks")
