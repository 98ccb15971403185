"""The way to the mail server: Flask-Mail's connection with a timeout and verified TLS.

What a server may answer is sorted into three: sent, put off, refused for good.
"""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from types import TracebackType
from typing import Self

from flask import Flask
from flask_mail import Connection, Mail

from matcher.settings import Settings

PERMANENT = range(500, 600)
#: The server says it is about to hang up.
CLOSING = 421


@dataclass(frozen=True, slots=True)
class Sent:
    """The server has taken the email."""


@dataclass(frozen=True, slots=True)
class PutOff:
    """A passing fault. ``reached`` says whether the server answered about this email at all."""

    why: str
    reached: bool


@dataclass(frozen=True, slots=True)
class RefusedForGood:
    """The server will never take this email for this address."""

    why: str


Answer = Sent | PutOff | RefusedForGood


class SafeConnection(Connection):
    """Flask-Mail's connection, with the timeout and the certificate check that it lacks."""

    def __init__(self, mail: Mail, settings: Settings) -> None:
        super().__init__(mail)
        self._settings = settings

    def configure_host(self) -> smtplib.SMTP:
        """Open the connection as the settings say. Raises OSError and SMTPException."""
        settings, context = self._settings, self._context()
        timeout = settings.smtp_timeout_seconds
        place = settings.smtp_host, settings.smtp_port
        host: smtplib.SMTP
        if settings.smtp_tls == "tls":
            host = smtplib.SMTP_SSL(*place, timeout=timeout, context=context)
        else:
            host = smtplib.SMTP(*place, timeout=timeout)
        if settings.smtp_tls == "starttls":
            host.starttls(context=context)
        if settings.smtp_username:
            host.login(settings.smtp_username, settings.smtp_password.get_secret_value())
        return host

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
        """Hand one email over. A connection that died since the last one is opened once more."""
        reused = self._host is not None
        answer = self._try(message, sender, to)
        if reused and isinstance(answer, PutOff) and not answer.reached:
            answer = self._try(message, sender, to)
        return answer

    def _try(self, message: EmailMessage, sender: str, to: str) -> Answer:
        try:
            if self._host is None:
                connection = SafeConnection(self._mail, self._settings)
                self._host = connection.configure_host()
        except (OSError, smtplib.SMTPException) as fault:
            return PutOff(f"no connection: {fault}", reached=False)
        return self._hand_over(self._host, message, sender, to)

    def _hand_over(self, host: smtplib.SMTP, message: EmailMessage, sender: str, to: str) -> Answer:
        try:
            host.send_message(message, from_addr=sender, to_addrs=[to])
        except smtplib.SMTPRecipientsRefused as refusal:
            code, text = refusal.recipients[to]
            return self._sort(code, text)
        except smtplib.SMTPSenderRefused as refusal:
            self.close()
            return PutOff(f"sender refused: {refusal.smtp_code}", reached=True)
        except smtplib.SMTPDataError as refusal:
            return self._sort(refusal.smtp_code, refusal.smtp_error)
        except (OSError, smtplib.SMTPException) as fault:
            self.close()
            return PutOff(f"the connection broke: {fault}", reached=False)
        return Sent()

    def _sort(self, code: int, text: bytes | str) -> Answer:
        if code == CLOSING:
            self.close()
        words = text.decode(errors="replace") if isinstance(text, bytes) else text
        why = f"{code} {words}"
        return RefusedForGood(why) if code in PERMANENT else PutOff(why, reached=True)
