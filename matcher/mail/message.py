"""Building the message that goes over the wire, from the standard library's parts alone.

Nothing that a person typed can become a header: control characters are taken out of every header
value, and the standard library folds and encodes the rest.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
#: SMTP limits a line to 998 octets; longer ones are encoded. cte "8bit" is never offered.
WIRE = policy.SMTP.clone(cte_type="7bit", max_line_length=78)


class BadAddress(ValueError):  # noqa: N818  what is wrong is the address
    """An address that no mail server can be given."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """What an email says."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who it is from and to, and the headers that stay the same on every try."""

    from_name: str
    from_address: str
    to_name: str
    to_address: str
    message_id: str
    sent_at: datetime
    reply_to: str = ""
    thread: str = ""
    unsubscribe: str = ""


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """An iCalendar file, with the method that calendar programs look for."""

    content: bytes
    method: str


def build(
    rendered: Rendered, envelope: Envelope, calendar: CalendarPart | None = None
) -> EmailMessage:
    """Return the whole message. Raises BadAddress."""
    message = EmailMessage(policy=WIRE)
    message["Subject"] = one_line(rendered.subject)
    message["From"] = _address(envelope.from_name, envelope.from_address)
    message["To"] = _address(envelope.to_name, envelope.to_address)
    if envelope.reply_to:
        message["Reply-To"] = _address("", envelope.reply_to)
    message["Date"] = format_datetime(envelope.sent_at)
    message["Message-ID"] = one_line(envelope.message_id)
    _add_thread(message, envelope)
    message["Auto-Submitted"] = "auto-generated"
    if envelope.unsubscribe:
        message["List-Unsubscribe"] = f"<{one_line(envelope.unsubscribe)}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(rendered.text, charset="utf-8")
    message.add_alternative(rendered.html, subtype="html", charset="utf-8")
    if calendar is not None:
        _add_calendar(message, calendar)
    return message


def one_line(text: str) -> str:
    """Return the text with every run of control characters and line ends as one space."""
    return CONTROL.sub(" ", text).strip()


def _address(name: str, address: str) -> Address:
    try:
        address.encode("ascii")
        return Address(display_name=one_line(name), addr_spec=address)
    except (ValueError, IndexError) as error:
        raise BadAddress("an address that cannot be written to") from error


def _add_thread(message: EmailMessage, envelope: Envelope) -> None:
    """Make mail programs show all emails about one request together."""
    if envelope.thread and envelope.thread != envelope.message_id:
        message["In-Reply-To"] = one_line(envelope.thread)
        message["References"] = one_line(envelope.thread)


def _add_calendar(message: EmailMessage, calendar: CalendarPart) -> None:
    """Add the entry twice: as a part that programs act on, and as a file that people can open."""
    text = calendar.content.decode()
    message.get_body(("html",))  # the alternative below must come after it
    message.add_alternative(text, subtype="calendar", charset="utf-8", params={"method": calendar.method})
    message.add_attachment(
        calendar.content, maintype="application", subtype="ics", filename="visit.ics"
    )
