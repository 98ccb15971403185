"""The way to the mail server: Flask-Mail's connection with time limits and verified TLS.

What a server may answer is sorted into three: sent, put off, refused for good.
"""

import io
import re
import select
import smtplib
import socket
import ssl
import time
from dataclasses import dataclass
from email.message import EmailMessage
from types import TracebackType
from typing import Self

from flask import Flask
from flask_mail import Connection, Mail

from matcher.delivery.tokens import Tokens, answer_xoauth2
from matcher.settings import Settings

PERMANENT = range(500, 600)
#: 530 and 538: sign in or encrypt first. 5.7: security or policy (RFC 3463), which is how servers
#: say "relay access denied". Our settings are wrong then, and not the addressee's address.
OUR_FAULT = re.compile(r"\A(?:530|538)|\b5\.7\.\d")
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Sent:
    """The server has taken the email."""


@dataclass(frozen=True, slots=True)
class PutOff:
    """A passing fault. ``reached`` says whether it is worth trying the next email at once.

    It is not where no connection can be made, or where the server fell silent.
    """

    why: str
    reached: bool


@dataclass(frozen=True, slots=True)
class RefusedForGood:
    """The server will never take this email for this address."""

    why: str


Answer = Sent | PutOff | RefusedForGood


class _Reader(io.RawIOBase):
    """Reads from a socket until a moment of the steady clock, however little comes at a time."""

    def __init__(self, source: socket.socket) -> None:
        self._source = source
        self.until = 0.0

    def readable(self) -> bool:
        """Say that this can be read from."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # as io calls it
        """Read what is there. Raises TimeoutError when the moment has come."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError("the server took too long")
        before = self._source.gettimeout()
        self._source.settimeout(left)
        try:
            return self._source.recv_into(buffer)
        finally:
            self._source.settimeout(before)


class Limited(smtplib.SMTP):
    """A connection on which every whole answer must come within the timeout.

    The standard library's own lets a server that sends a byte now and then go on for ever.
    """

    _reader: _Reader | None = None

    def getreply(self) -> tuple[int, bytes]:
        """Return the server's next answer. Raises SMTPServerDisconnected."""
        if self.file is None and self.sock is not None:
            self._reader = _Reader(self.sock)
            self.file = io.BufferedReader(self._reader)
        if self._reader is not None:
            self._reader.until = time.monotonic() + self.timeout
        return super().getreply()


class LimitedTls(Limited, smtplib.SMTP_SSL):
    """The same, encrypted from the first byte on."""


class SafeConnection(Connection):
    """Flask-Mail's connection, with the timeout and the certificate check that it lacks."""

    def __init__(self, mail: Mail, settings: Settings, tokens: Tokens) -> None:
        super().__init__(mail)
        self._settings = settings
        self._tokens = tokens

    def configure_host(self) -> smtplib.SMTP:
        """Open the connection as the settings say. Raises OSError and SMTPException."""
        settings, context = self._settings, self._context()
        timeout = settings.smtp_timeout_seconds
        place = settings.smtp_host, settings.smtp_port
        host: smtplib.SMTP
        if settings.smtp_tls == "tls":
            host = LimitedTls(*place, timeout=timeout, context=context)
        else:
            host = Limited(*place, timeout=timeout)
        try:
            self._let_in(host, context)
        except (OSError, smtplib.SMTPException):
            close_quietly(host)
            raise
        return host

    def _let_in(self, host: smtplib.SMTP, context: ssl.SSLContext) -> None:
        settings = self._settings
        if settings.smtp_tls == "starttls":
            host.starttls(context=context)
        if settings.signs_in_by_token:
            self._sign_in_by_token(host)
        elif settings.smtp_username:
            host.login(settings.smtp_username, settings.smtp_password.get_secret_value())

    def _sign_in_by_token(self, host: smtplib.SMTP) -> None:
        """Sign in by XOAUTH2. A token that is not taken is asked for anew the next time."""
        host.ehlo_or_helo_if_needed()
        answer = answer_xoauth2(self._settings.smtp_username, self._tokens.get())
        try:
            host.auth("XOAUTH2", answer)  # type: ignore[arg-type]  # its stubs want overloads
        except smtplib.SMTPAuthenticationError:
            self._tokens.forget()
            raise

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self._settings.smtp_ca_file is not None:
            context.load_verify_locations(self._settings.smtp_ca_file)
        return context

    def __exit__(
        self, exc_type: type[BaseException], exc_value: BaseException, tb: TracebackType
    ) -> None:
        """Close; a server that complains at the door has still taken what it took."""
        if self.host is not None:
            close_quietly(self.host)


def close_quietly(host: smtplib.SMTP) -> None:
    """Say goodbye, and mind no answer."""
    try:
        host.quit()
    except (OSError, smtplib.SMTPException):
        host.close()


class Transport:
    """One reused connection to the mail server, opened when first needed."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self._settings = settings
        self._mail = Mail(app)
        self._tokens = Tokens(settings)
        self._host: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection, if there is one."""
        if self._host is not None:
            close_quietly(self._host)
            self._host = None

    def send(self, message: EmailMessage, *, sender: str, to: str) -> Answer:
        """Hand one email over. A connection that died since the last one is opened anew."""
        if self._host is not None and _was_closed(self._host):
            self.close()
        try:
            if self._host is None:
                connection = SafeConnection(self._mail, self._settings, self._tokens)
                self._host = connection.configure_host()
        except (OSError, smtplib.SMTPException) as fault:
            return PutOff(_shortened(f"no connection: {fault}"), reached=False)
        return self._hand_over(self._host, message, sender, to)

    def _hand_over(self, host: smtplib.SMTP, message: EmailMessage, sender: str, to: str) -> Answer:
        try:
            host.send_message(message, from_addr=sender, to_addrs=[to])
        except smtplib.SMTPRecipientsRefused as refusal:
            return _sorted_answer(*refusal.recipients[to])
        except smtplib.SMTPDataError as refusal:
            return _sorted_answer(refusal.smtp_code, refusal.smtp_error)
        except smtplib.SMTPSenderRefused as refusal:
            self.close()
            words = _words(refusal.smtp_code, refusal.smtp_error)
            return PutOff(_shortened(f"sender refused: {words}"), reached=True)
        except (OSError, smtplib.SMTPException) as fault:
            self.close()
            reached = not isinstance(fault.__context__, TimeoutError)
            return PutOff(_shortened(f"the connection broke: {fault}"), reached=reached)
        return Sent()


def _sorted_answer(code: int, text: bytes | str) -> Answer:
    words = _words(code, text)
    for_good = code in PERMANENT and not OUR_FAULT.search(words)
    return RefusedForGood(words) if for_good else PutOff(words, reached=True)


def _was_closed(host: smtplib.SMTP) -> bool:
    """Return whether the server ended an idle connection: only then is there anything to read."""
    if host.sock is None:
        return True
    ready, _, _ = select.select([host.sock], [], [], 0)
    return bool(ready)


def _words(code: int, text: bytes | str) -> str:
    decoded = text.decode(errors="replace") if isinstance(text, bytes) else text
    return _shortened(f"{code} {' '.join(decoded.split())}")


def _shortened(words: str) -> str:
    return words[:LONGEST_REASON]
