"""Building the message that goes over the wire, from the standard library's parts alone.

Nothing that a person typed can become a header: control characters are taken out of every value,
and names and subjects are written by the rules of RFC 5322 and RFC 2047 here. The standard library
drops a name's quotes where it folds (so that a comma makes two addresses), decodes what looks
encoded in a subject (so that a line end comes back), and encodes long links, which no program
would then read.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address, AddressHeader
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import cast

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
#: What a body may not hold: all of these but the tab and the line end.
CONTROL_IN_BODY = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
LINE_END = re.compile(r"\r\n|\r|\u2028|\u2029")
UNFOLDED = frozenset({"message-id", "in-reply-to", "references", "list-unsubscribe"})
#: Of a name or a subject, in characters.
LONGEST = 200
SHORT = 60


class Wire(EmailPolicy):
    """How headers are written: ASCII only, names always quoted or encoded, links never broken."""

    def header_store_parse(self, name: str, value: object) -> tuple[str, str]:
        """Keep a subject as it was given, where the standard library would decode it."""
        if name.lower() == "subject":
            return name, str(value)
        kept: tuple[str, str] = super().header_store_parse(name, value)
        return kept

    def fold(self, name: str, value: object) -> str:
        """Return a header as it goes over the wire."""
        if isinstance(value, AddressHeader):
            value = _addresses(value, self.linesep)
        elif name.lower() == "subject":
            value = _encoded(str(value), self.linesep) or value
        elif name.lower() not in UNFOLDED:
            folded: str = super().fold(name, cast(str, value))
            return folded
        return f"{name}: {value}{self.linesep}"

    def fold_binary(self, name: str, value: object) -> bytes:
        """Return the same as bytes."""
        return self.fold(name, value).encode("ascii")


#: SMTP limits a line to 998 octets; longer ones are encoded. cte "8bit" is never offered.
WIRE = Wire(linesep="\r\n", cte_type="7bit", max_line_length=78)


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
    message["Subject"] = one_line(rendered.subject)[:LONGEST]
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
    message.set_content(_body(rendered.text), charset="utf-8")
    message.add_alternative(_body(rendered.html), subtype="html", charset="utf-8")
    if calendar is not None:
        _add_calendar(message, calendar)
    return message


def one_line(text: str) -> str:
    """Return the text with every run of control characters and line ends as one space."""
    return CONTROL.sub(" ", text).strip()


def _body(text: str) -> str:
    """Return the text with one kind of line end, and without characters that are no text."""
    return CONTROL_IN_BODY.sub("", LINE_END.sub("\n", text))


def _address(name: str, address: str) -> Address:
    try:
        address.encode("ascii")
        known = Address(display_name=one_line(name)[:LONGEST], addr_spec=address)
    except (ValueError, IndexError, MessageError) as error:
        raise BadAddress("an address that cannot be written to") from error
    if known.addr_spec != address or CONTROL.search(address) or " " in address:
        raise BadAddress("an address that cannot be written to")
    return known


def _addresses(header: AddressHeader, line_end: str) -> str:
    return ", ".join(_written(each, line_end) for each in header.addresses)


def _written(address: Address, line_end: str) -> str:
    """Return one address: an ASCII name quoted, any other in encoded words, no name bare."""
    name = address.display_name
    if not name:
        return address.addr_spec
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    phrase = _encoded(name, line_end) or f'"{escaped}"'
    gap = " " if len(phrase) + len(address.addr_spec) < SHORT else f"{line_end} "
    return f"{phrase}{gap}<{address.addr_spec}>"


def _encoded(words: str, line_end: str) -> str:
    """Return words in encoded form; empty where they can stand as they are."""
    if words.isascii() and "=?" not in words:
        return ""
    return Header(words, "utf-8", header_name="Reply-To").encode(linesep=line_end)


def _add_thread(message: EmailMessage, envelope: Envelope) -> None:
    """Make mail programs show all emails about one request together."""
    if envelope.thread and envelope.thread != envelope.message_id:
        message["In-Reply-To"] = one_line(envelope.thread)
        message["References"] = one_line(envelope.thread)


def _add_calendar(message: EmailMessage, calendar: CalendarPart) -> None:
    """Add the entry twice: as a part that programs act on, and as a file that people can open."""
    text = calendar.content.decode()
    method = {"method": calendar.method}
    message.add_alternative(text, subtype="calendar", charset="utf-8", params=method)
    message.add_attachment(
        calendar.content, maintype="application", subtype="ics", filename="visit.ics"
    )
