"""A form of several pages, kept as a draft while it is filled in; nothing is lost on the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import g, session

from matcher.actions.requester.drafting import read_draft, save_draft
from matcher.lifecycle.tables import Actor
from matcher.web.context import occasion
from matcher.web.forms.base import Form

SENT = "sent"


@dataclass(frozen=True, slots=True)
class DraftedForm:
    """The pages of one form in their order, each kept in the draft under its own name.

    The draft's key is in the session under ``name``, and names the form that is sent: sending it
    twice is the same as once. What is changed after sending makes a new draft of the whole.
    """

    name: str
    pages: Mapping[str, type[Form]]
    actor: Actor

    @property
    def key(self) -> str | None:
        """The draft's key, once something was kept."""
        return session.get(self.name)

    def read(self) -> dict[str, object]:
        """Return what was typed, by page; empty where nothing was or its day is over.

        One request reads it once; what it writes it knows.
        """
        known: dict[str | None, dict[str, object]] = g.setdefault("drafts", {})
        if self.key not in known:
            known[self.key] = read_draft(self.key, self.name, datetime.now(UTC))
        return dict(known[self.key])

    def _write(self, key: str | None, values: Mapping[str, object]) -> str:
        written, held = save_draft(key, self.name, values, occasion(self.actor))
        g.drafts = {written: held}
        return written

    def keep(self, page: str, form: Form) -> None:
        """Keep what was typed into one page."""
        kept = self.read()
        if kept.get(page) == form.kept():
            return
        key = None if kept.pop(SENT, False) else self.key
        typed = {**kept, page: form.kept()}
        session[self.name] = self._write(key, typed)

    def mark_sent(self) -> None:
        """Remember that this draft was sent as it stands."""
        self._write(self.key, {SENT: True})

    def forget(self) -> None:
        """Begin with an empty form from now on."""
        session.pop(self.name, None)

    def make(self, page: str) -> Form:
        """Return the form of a page: as sent with this request, else as it was kept."""
        return self.pages[page](data=_typed(self.read(), page))

    def filled(self) -> dict[str, Form]:
        """Return the forms of all pages as they were kept, whatever this request sent."""
        kept = self.read()
        return {page: self._filled(kept, page) for page in self.pages}

    def _filled(self, kept: Mapping[str, object], page: str) -> Form:
        return self.pages[page](formdata=None, data=_typed(kept, page), meta={"csrf": False})

    def next_page(self) -> str | None:
        """Return the first page that is not yet filled in properly, or None where all are."""
        kept = self.read()
        return next((page for page in self.pages if not self._is_complete(kept, page)), None)

    def _is_complete(self, kept: Mapping[str, object], page: str) -> bool:
        return page in kept and self._filled(kept, page).validate()

    def page_before(self, page: str) -> str | None:
        """Return the page to go back to, or None from the first."""
        names = list(self.pages)
        position = names.index(page)
        return names[position - 1] if position else None


def _typed(kept: Mapping[str, object], page: str) -> Mapping[str, object]:
    typed = kept.get(page)
    return typed if isinstance(typed, Mapping) else {}
