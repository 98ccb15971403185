"""Half-filled forms: what was typed is kept for a day, and nothing is lost on the way back."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from matcher.actions.occasion import Occasion
from matcher.records.database import JsonObject, db, writing
from matcher.records.drafts import Draft, find_draft, find_typed


def save_draft(
    key: str | None, form: str, values: Mapping[str, object], occasion: Occasion
) -> tuple[str, JsonObject]:
    """Add ``values`` to the draft, a new one where there is none; return its key and contents."""
    expires_at = occasion.now + timedelta(hours=occasion.settings.draft_hours)
    with writing() as session:
        draft = find_draft(session, key, form, occasion.now) if key else None
        if draft is None:
            draft = Draft(key=secrets.token_hex(16), form=form, values={})
            session.add(draft)
        draft.values = {**draft.values, **values}
        draft.expires_at = expires_at
        return draft.key, draft.values


def read_draft(key: str | None, form: str, now: datetime) -> JsonObject:
    """Return what was typed so far; empty where there is no draft or its day is over."""
    return (find_typed(db.session(), key, form, now) or {}) if key else {}


def drop_draft(key: str) -> None:
    """Delete a draft that was sent."""
    with writing() as session:
        draft = session.get(Draft, key)
        if draft is not None:
            session.delete(draft)
