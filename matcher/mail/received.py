"""Reading what comes to the service's address: bounces (RFC 3464), notes that somebody is away,
and what people write. Whatever is sent, it is read in a moment or not at all, and never obeyed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import parseaddr
from enum import StrEnum
from hashlib import sha256
from itertools import islice

#: Our own emails are a tenth of it; a report brings at most the whole of one back.
MOST_BYTES = 1024 * 1024
MOST_PARTS = 60
MOST_BOUNDARIES = 1000
MOST_HEADER_BYTES = 64 * 1024
MOST_IDS = 50
MOST_FAILURES = 20
LONGEST_TEXT = 4000
LONGEST_SUBJECT = 200
LONGEST_ADDRESS = 254
LONGEST_WHY = 300
HEADERS_END = re.compile(rb"\r?\n\r?\n")
#: Every part but the first begins with a line of its own kind; so deep or many, nobody writes.
PART = re.compile(rb"^content-type:", re.IGNORECASE | re.MULTILINE)
MESSAGE_ID = re.compile(r"<[^<>\s]{1,250}>")
TAG = re.compile(r"<[^<>]{0,500}>")
AWAY = re.compile(
    r"\A(?:automatic reply|auto(?:matic)?[ -]?re(?:ply|sponse)|out of (?:the )?office|"
    r"allan o.r swyddfa|ateb awtomatig)\b",
    re.IGNORECASE,
)
#: RFC 3834 and the headers that programs used before it.
#: What mail servers write of whom the envelope named, beside what the sender wrote.
ADDRESSED = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "to")
LONGEST_ADDRESSED = 1000
MAIL_SYSTEMS = frozenset({"mailer-daemon", "postmaster"})
MACHINE_HEADERS = ("x-autoreply", "x-autorespond", "x-autoresponder")


class ReceivedKind(StrEnum):
    """What an email is that came to the service. A REPORT needs nothing: late, or delivered."""

    BOUNCE = "bounce"
    REPORT = "report"
    OUT_OF_OFFICE = "out_of_office"
    REPLY = "reply"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Failure:
    """One address that an email did not reach; ``for_good`` where no other try helps (5.x.x)."""

    address: str
    for_good: bool
    why: str


@dataclass(frozen=True, slots=True)
class Received:
    """One email, read. ``answers`` are the Message-IDs it names: of a report, the email that came
    back; of a reply, those it answers to. ``text`` is kept of people's words alone; ``came_to``
    are the addresses that it was sent to, as far as its headers tell.
    """

    digest: str
    kind: ReceivedKind
    from_address: str = ""
    subject: str = ""
    text: str = ""
    answers: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
    came_to: tuple[str, ...] = ()


def read_message(raw: bytes) -> Received:
    """Return what an email is. Never raises: what cannot be read is UNREADABLE."""
    digest = sha256(raw).hexdigest()
    if _is_too_much(raw):
        return Received(digest, ReceivedKind.UNREADABLE)
    try:
        message = BytesParser(policy=compat32).parsebytes(raw)
        return replace(_read(message, digest), came_to=_came_to(message))
    except (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError):
        # The standard library's parser raises any of these on mail that was made to break it.
        return Received(digest, ReceivedKind.UNREADABLE)


def _came_to(message: Message) -> tuple[str, ...]:
    found = (str(each) for name in ADDRESSED for each in message.get_all(name, []))
    return tuple(each[:LONGEST_ADDRESSED] for each in islice(found, MOST_IDS))


def _is_too_much(raw: bytes) -> bool:
    end = HEADERS_END.search(raw, 0, MOST_HEADER_BYTES)
    whole_headers = end is not None or len(raw) <= MOST_HEADER_BYTES
    parts = sum(1 for _ in zip(PART.finditer(raw), range(MOST_PARTS + 1), strict=False))
    begun = raw.count(b"\n--") > MOST_BOUNDARIES
    return len(raw) > MOST_BYTES or not whole_headers or parts > MOST_PARTS or begun


def _read(message: Message, digest: str) -> Received:
    subject = _subject(message)
    sender = parseaddr(_header(message, "from"))[1][:LONGEST_ADDRESS].lower()
    report = next((part for part in message.walk() if _is_report(part)), None)
    if report is not None:
        return _read_report(message, report, Received(digest, ReceivedKind.REPORT, sender, subject))
    answers = _ids(_header(message, "in-reply-to"), _header(message, "references"))
    # A failure told in a program's own words is for a person to read.
    failed = sender.partition("@")[0] in MAIL_SYSTEMS
    if _is_from_machine(message, subject) and not failed:
        return Received(digest, ReceivedKind.OUT_OF_OFFICE, sender, subject, answers=answers)
    text = _text(message)
    return Received(digest, ReceivedKind.REPLY, sender, subject, text, answers)


def _header(message: Message, name: str) -> str:
    return str(message.get(name, ""))


def _subject(message: Message) -> str:
    written = _header(message, "subject")[: 4 * LONGEST_SUBJECT]
    try:
        words = str(make_header(decode_header(written)))
    except (MessageError, LookupError, ValueError):
        words = written
    return " ".join(_plain(words).split())[:LONGEST_SUBJECT]


def _plain(words: str) -> str:
    """Return words that any database keeps: no NUL, no halves of characters."""
    return words.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _ids(*headers: str) -> tuple[str, ...]:
    found = (each for header in headers for each in MESSAGE_ID.findall(header[:20_000]))
    return tuple(dict.fromkeys(found))[:MOST_IDS]


def _is_report(part: Message) -> bool:
    return part.get_content_type() == "message/delivery-status"


def _read_report(message: Message, report: Message, seen: Received) -> Received:
    failures = tuple(islice(_failures(_inside(report)), MOST_FAILURES))
    kind = ReceivedKind.BOUNCE if failures else ReceivedKind.REPORT
    returned = (_ids(_header(part, "message-id")) for part in _returned(message))
    answers = tuple(each for ids in returned for each in ids)
    return Received(
        seen.digest, kind, seen.from_address, seen.subject, answers=answers, failures=failures
    )


def _returned(message: Message) -> Iterator[Message]:
    """Yield the email that came back, or its headers: what a report brings inside."""
    for part in message.walk():
        if part.get_content_type() == "message/rfc822":
            yield from _inside(part)
        elif part.get_content_type() == "text/rfc822-headers":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                yield BytesParser(policy=compat32).parsebytes(content, headersonly=True)


def _inside(part: Message) -> list[Message]:
    payload = part.get_payload()
    parts = payload if isinstance(payload, list) else []
    return [each for each in parts if isinstance(each, Message)]


def _failures(blocks: Iterable[Message]) -> Iterator[Failure]:
    for block in blocks:
        if _header(block, "action").strip().lower() != "failed":
            continue
        address = _header(block, "original-recipient") or _header(block, "final-recipient")
        status = _header(block, "status").strip()
        why = _plain(" ".join(f"{status} {_header(block, 'diagnostic-code')}".split()))
        bare = address.rpartition(";")[2].strip().strip("<>").lower()
        yield Failure(bare[:LONGEST_ADDRESS], status.startswith("5"), why[:LONGEST_WHY])


def _is_from_machine(message: Message, subject: str) -> bool:
    submitted = _header(message, "auto-submitted").strip().lower()
    automatic = submitted != "" and not submitted.startswith("no")
    old_way = any(name in message for name in MACHINE_HEADERS)
    bulk = _header(message, "precedence").strip().lower() in {"bulk", "junk", "auto_reply"}
    nobody = _header(message, "return-path").strip() == "<>"
    return automatic or old_way or bulk or nobody or bool(AWAY.match(subject))


def _text(message: Message) -> str:
    """Return the first words of an email, out of its plain text or else its HTML."""
    by_type: dict[str, str] = {}
    for part in message.walk():
        kind = part.get_content_type()
        if kind in {"text/plain", "text/html"} and kind not in by_type:
            by_type[kind] = _decoded(part)
    words = by_type.get("text/plain") or TAG.sub(" ", by_type.get("text/html", ""))
    return words.strip()[:LONGEST_TEXT]


def _decoded(part: Message) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    charset = str(part.get_content_charset() or "utf-8")
    try:
        words = content.decode(charset, "replace")
    except LookupError:
        words = content.decode("utf-8", "replace")
    return _plain(words[: 10 * LONGEST_TEXT])
