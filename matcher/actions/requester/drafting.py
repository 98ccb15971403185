"""Half-filled forms: what was typed is kept for a day, and nothing is lost on the way back."""

import secrets
from collections.abc import Mapping
from datetime import timedelta

from matcher.actions.occasion import Occasion
from matcher.records.database import JsonObject, db, writing
from matcher.records.drafts import Draft, find_draft


def save_draft(key: str | None, form: str, values: Mapping[str, object], occasion: Occasion) -> str:
    """Add ``values`` to the draft and return its key; a new draft where there is none."""
    expires_at = occasion.now + timedelta(hours=occasion.settings.draft_hours)
    with writing() as session:
        draft = find_draft(session, key, form, occasion.now) if key else None
        if draft is None:
            draft = Draft(key=secrets.token_hex(16), form=form, values={})
            session.add(draft)
        draft.values = {**draft.values, **values}
        draft.expires_at = expires_at
        return draft.key


def read_draft(key: str | None, form: str, occasion: Occasion) -> JsonObject:
    """Return what was typed so far; empty where there is no draft or its day is over."""
    draft = find_draft(db.session(), key, form, occasion.now) if key else None
    return dict(draft.values) if draft else {}


def drop_draft(key: str) -> None:
    """Delete a draft that was sent."""
    with writing() as session:
        draft = session.get(Draft, key)
        if draft is not None:
            session.delete(draft)
