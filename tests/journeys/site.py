"""The whole service as an operator runs it: web and worker processes, and a mail server."""

import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from socket import socket
from typing import TypeVar

from flask import Flask

from matcher.app import create_app
from matcher.demo.mailbox import start_mail_server
from matcher.records.database import db
from matcher.settings import Settings
from tests.conftest import make_settings

Found = TypeVar("Found")

PATIENCE_SECONDS = 60
BETWEEN_LOOKS = 0.1


def wait_for(what: str, look: Callable[[], Found | None]) -> Found:
    """Return what ``look`` finds, as soon as it finds anything."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        found = look()
        if found:
            return found
        time.sleep(BETWEEN_LOOKS)
    raise AssertionError(f"{what} did not come within {PATIENCE_SECONDS} seconds")


@dataclass(frozen=True, slots=True)
class Site:
    """One running service: its address, its emails, and its application for preparing rows."""

    address: str
    mail: Path
    app: Flask

    def emails(self, to: str = "") -> list[EmailMessage]:
        """Every email that arrived for an address, newest first."""
        files = sorted(self.mail.glob("*.eml"), reverse=True)
        every = (message_from_bytes(path.read_bytes(), policy=policy.default) for path in files)
        return [email for email in every if to in str(email["To"])]

    def email(self, to: str, subject: str) -> str:
        """The text of the newest email to ``to`` with these words in its subject; waits for it."""

        def look() -> str | None:
            found = [each for each in self.emails(to) if subject in str(each["Subject"])]
            return text_of(found[0]) if found else None

        return wait_for(f"an email to {to} with the subject {subject!r}", look)

    def link(self, purpose: str, *, to: str = "") -> str:
        """The newest link of one purpose that somebody got by email; waits for it."""
        sought = re.compile(rf"{re.escape(self.address)}/t/{purpose}/[0-9a-f.]+")

        def look() -> str | None:
            texts = (text_of(email) for email in self.emails(to))
            return next((found[0] for text in texts if (found := sought.search(text))), None)

        return wait_for(f"an email to {to or 'anybody'} with a link to {purpose}", look)


def text_of(email: EmailMessage) -> str:
    """The text version of an email."""
    part = email.get_body(("plain",))
    assert part is not None
    return part.get_content()


@contextmanager
def running(database_url: str, folder: Path, fill: Callable[[Settings], None]) -> Iterator[Site]:
    """Run the service on a migrated database, once ``fill`` has put its rows in."""
    port = free_port()
    server = start_mail_server(folder / "mail", free_port())
    settings = make_settings(
        database_url,
        base_url=f"http://127.0.0.1:{port}",
        smtp_host="127.0.0.1",
        smtp_port=server.port,
        trusted_proxies=1,
    )
    app = create_app(settings)
    with app.app_context():
        fill(settings)
        db.session.remove()
    parts = [start(settings, "serve", "--bind", f"127.0.0.1:{port}"), start(settings, "work")]
    try:
        wait_for("the first page", lambda: answers(settings.base_url, parts))
        yield Site(settings.base_url, folder / "mail", app)
    finally:
        end(parts)
        server.stop()
        with app.app_context():
            db.engine.dispose()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(settings: Settings, *command: str) -> subprocess.Popen[bytes]:
    """Start one part of the service as an operator does, with its settings in the environment."""
    secrets = {name: getattr(settings, name).get_secret_value() for name in SECRETS}
    plain = settings.model_dump(exclude={*SECRETS, "smtp_ca_file"})
    given = {name: value for name, value in {**plain, **secrets}.items() if value is not None}
    values = {name.upper(): str(value) for name, value in given.items()}
    return subprocess.Popen([sys.executable, "-m", "matcher", *command], env=os.environ | values)


SECRETS = ("secret_key", "link_keys", "smtp_password")


def answers(address: str, parts: list[subprocess.Popen[bytes]]) -> bool:
    """Whether the start page answers. Fails at once where a process has ended."""
    assert all(part.poll() is None for part in parts), "a process of the service ended"
    try:
        urllib.request.urlopen(address, timeout=10).close()  # noqa: S310  our own address
    except OSError:  # refused, or slow on a busy machine
        return False
    return True


def end(parts: list[subprocess.Popen[bytes]]) -> None:
    """End the processes, and wait until they have."""
    for part in parts:
        part.terminate()
    for part in parts:
        part.wait(timeout=PATIENCE_SECONDS)
