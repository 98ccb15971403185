"""The way of one email: from the outbox's row, through its templates, to the mail server."""

from collections.abc import Mapping
from datetime import date, time
from pathlib import Path

from matcher.actions.post.sending import Letter
from matcher.delivery.transport import Answer, RefusedForGood, Transport
from matcher.mail.calendar import Attendee, VisitEntry, cancellation, edges, invitation
from matcher.mail.catalogue import CATALOGUE
from matcher.mail.links import LinkKeys, Purpose, address, make_token
from matcher.mail.message import BadAddress, CalendarPart, Envelope, build
from matcher.mail.older import completed
from matcher.mail.rendering import Renderer
from matcher.mail.return_path import return_path
from matcher.records.programmes import ProgrammeSettings
from matcher.settings import Settings

#: The role of the link that mail programs show as "unsubscribe".
UNSUBSCRIBE = "unsubscribe"


class Postroom:
    """Writes letters out and hands them to the mail server."""

    def __init__(
        self, settings: Settings, keys: LinkKeys, templates: Path, transport: Transport
    ) -> None:
        self._settings = settings
        self._keys = keys
        self._renderer = Renderer(templates / "email")
        self._transport = transport

    def send(self, letter: Letter, programme: ProgrammeSettings) -> Answer:
        """Send one email and return what became of it."""
        links = {role: self._address(letter, role) for role in letter.links}
        values = {
            **completed(letter.context),
            "link": links,
            "to_name": letter.to_name,
            "site": self._settings.base_url,
            "programme_name": programme.name,
            "controller": programme.controller,
            "contact_email": programme.contact_email,
        }
        rendered = self._renderer.render(letter.name, values, programme.email_words)
        envelope = self._envelope(letter, programme, links.get(UNSUBSCRIBE, ""))
        calendar = self._calendar(letter, values, programme)
        try:
            message = build(rendered, envelope, calendar)
        except BadAddress as bad:
            return RefusedForGood(str(bad))
        return self._transport.send(message, sender=self._sender(letter), to=letter.to_address)

    def _sender(self, letter: Letter) -> str:
        """Return whom the mail server reports to: nobody else can make an address that counts."""
        base = self._settings.mail_bounces_to
        return return_path(base, self._keys, letter.id) if base else self._settings.mail_from

    def _address(self, letter: Letter, role: str) -> str:
        link = letter.links[role]
        purpose = Purpose(link.purpose)
        token = make_token(self._keys, link.key_id, purpose, link.id)
        return address(self._settings.base_url, purpose, token)

    def _calendar(
        self, letter: Letter, values: Mapping[str, object], programme: ProgrammeSettings
    ) -> CalendarPart | None:
        """Return the calendar entry that rides with an email about a visit whose day is known."""
        method, meeting = CATALOGUE[letter.name].calendar, letter.context.get("meeting")
        if not method or not meeting or not meeting["on"]:
            return None
        title, description = self._renderer.render_calendar(letter.name, values)
        named = [Attendee(letter.to_name, letter.to_address)]
        other = letter.context.get("other")
        if other:
            named.append(Attendee(other["name"], other["email"]))
        times = (meeting.get("begins"), meeting.get("ends"))
        begins, ended = (time.fromisoformat(each) if each else None for each in times)
        starts, ends = edges(date.fromisoformat(meeting["on"]), begins, ended)
        entry = VisitEntry(
            uid=meeting["uid"],
            sequence=meeting["sequence"],
            starts=starts,
            ends=ends,
            title=title,
            description=description,
            place=meeting["place"],
            organiser=Attendee(programme.name, self._settings.mail_from),
            attendees=tuple(named),
            stamped_at=letter.queued_at,
        )
        return cancellation(entry) if method == "CANCEL" else invitation(entry)

    def _envelope(self, letter: Letter, programme: ProgrammeSettings, unsubscribe: str) -> Envelope:
        return Envelope(
            from_name=programme.name,
            from_address=self._settings.mail_from,
            to_name=letter.to_name,
            to_address=letter.to_address,
            message_id=letter.message_id,
            sent_at=letter.queued_at,
            reply_to=self._settings.mail_reply_to,
            thread=letter.thread,
            unsubscribe=unsubscribe,
        )

    def rest(self) -> None:
        """Close the connection until the next email."""
        self._transport.close()
