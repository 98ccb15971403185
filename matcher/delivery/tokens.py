"""Tokens for signing in to a mail server by XOAUTH2, from a command or by client credentials."""

import json
import shlex
import smtplib
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from matcher.settings import Settings

#: A token is asked for anew this long before it ends.
SPARE_SECONDS = 60
#: How long a token without a stated end is kept: commands look after that themselves.
KEPT_SECONDS = 60
LONGEST_ANSWER = 65536


class NoToken(smtplib.SMTPException):
    """No token could be had."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token and the moment of the steady clock until which it is good."""

    value: str
    until: float


class Tokens:
    """Keeps a token while it is good."""

    def __init__(self, settings: Settings) -> None:
        by_command = bool(settings.smtp_token_command)
        self._fetch: Callable[[Settings], Token] = _by_command if by_command else _by_credentials
        self._settings = settings
        self._kept: Token | None = None

    def get(self) -> str:
        """Return a token that is good. Raises NoToken."""
        if self._kept is None or self._kept.until <= time.monotonic():
            self._kept = self._fetch(self._settings)
        return self._kept.value

    def forget(self) -> None:
        """Ask for a new one next time: the mail server did not take this one."""
        self._kept = None


def _by_command(settings: Settings) -> Token:
    """Run the command that prints a token; it is ours, from the settings. Raises NoToken."""
    command = shlex.split(settings.smtp_token_command)
    patience = settings.smtp_timeout_seconds
    try:
        done = subprocess.run(  # noqa: S603  the operator's own words
            command, check=True, capture_output=True, text=True, timeout=patience
        )
    except (OSError, subprocess.SubprocessError) as fault:
        raise NoToken(f"SMTP_TOKEN_COMMAND: {type(fault).__name__}") from None
    return Token(_checked(done.stdout.strip()), time.monotonic() + KEPT_SECONDS)


def _by_credentials(settings: Settings) -> Token:
    """Ask the token address (RFC 6749, 4.4). Raises NoToken, which never tells the secret."""
    asked = {
        "grant_type": "client_credentials",
        "client_id": settings.smtp_client_id,
        "client_secret": settings.smtp_client_secret.get_secret_value(),
        "scope": settings.smtp_token_scope,
    }
    body = urlencode({name: value for name, value in asked.items() if value}).encode()
    request = urllib.request.Request(settings.smtp_token_url, body)  # noqa: S310  from the settings
    try:
        with urllib.request.urlopen(request, timeout=settings.smtp_timeout_seconds) as answer:  # noqa: S310
            told = json.loads(answer.read(LONGEST_ANSWER))
        seconds = float(told.get("expires_in", SPARE_SECONDS))
        until = time.monotonic() + max(0.0, seconds - SPARE_SECONDS)
        return Token(_checked(str(told["access_token"])), until)
    except urllib.error.HTTPError as refused:
        refused.close()
        raise NoToken(f"SMTP_TOKEN_URL answers {refused.code}") from None
    except (OSError, ValueError, KeyError, AttributeError) as fault:
        raise NoToken(f"SMTP_TOKEN_URL: {type(fault).__name__}") from None


def _checked(token: str) -> str:
    """Refuse what would break out of the line it is sent in. Raises NoToken."""
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        raise NoToken("what was given is no token")
    return token


def answer_xoauth2(user: str, token: str) -> Callable[[bytes | None], str]:
    """Return what says XOAUTH2's words to smtplib: all at first, nothing to a complaint."""

    def answer(challenge: bytes | None = None) -> str:
        return f"user={user}\1auth=Bearer {token}\1\1" if challenge is None else ""

    return answer
