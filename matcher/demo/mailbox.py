"""The demo's mailbox: a real SMTP server on this machine, and a page that shows what arrived.

Only the demo's own application has these pages; the service itself never imports this module.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Blueprint, Response, abort, current_app, make_response, render_template, request
from markupsafe import Markup, escape

from matcher.web.signed_in import open_to

ADDRESS = re.compile(r"https?://[^\s<>\"]+")
HTML_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"

blueprint = Blueprint("mailbox", __name__)


class Keeper:
    """Keeps every message as a file, so that the web processes can show it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's name
        """Write one message, then answer that it was taken."""
        number = len(list(self._folder.glob("*.eml"))) + 1
        content = envelope.content or b""
        whole = content if isinstance(content, bytes) else content.encode()
        (self._folder / f"{number:05}.part").write_bytes(whole)
        (self._folder / f"{number:05}.part").rename(self._folder / f"{number:05}.eml")
        return "250 kept"


def start_mail_server(folder: Path, port: int) -> Controller:
    """Start the SMTP server on this machine."""
    server = Controller(Keeper(folder), hostname="127.0.0.1", port=port)
    server.start()
    return server


@dataclass(frozen=True, slots=True)
class Received:
    """One email that arrived."""

    number: str
    message: EmailMessage

    @property
    def text(self) -> str:
        """The text version."""
        part = self.message.get_body(("plain",))
        return str(part.get_content()) if part else ""

    @property
    def html(self) -> str:
        """The HTML version."""
        part = self.message.get_body(("html",))
        return str(part.get_content()) if part else ""

    @property
    def attachments(self) -> list[str]:
        """The names of what is attached."""
        return [part.get_filename() or "" for part in self.message.iter_attachments()]


def _folder() -> Path:
    return Path(current_app.config["DEMO_MAIL"])


def _received() -> Iterator[Received]:
    for path in sorted(_folder().glob("*.eml"), reverse=True):
        yield _read(path)


def _read(path: Path) -> Received:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    return Received(path.stem, message)


@blueprint.app_template_filter("with_links")
def with_links(text: str) -> Markup:
    """Return the text, escaped, with its addresses as links."""
    return Markup(ADDRESS.sub(r'<a class="govuk-link" href="\g<0>">\g<0></a>', str(escape(text))))  # noqa: S704  escaped just here


@blueprint.get("/mailbox")
@open_to("demo")
def mailbox() -> str:
    """List every email that arrived, newest first; ``to`` narrows it to one address."""
    wanted = request.args.get("to", "").strip().lower()
    every = list(_received())
    people = sorted({str(each.message["To"]) for each in every})
    shown = [each for each in every if wanted in str(each.message["To"]).lower()]
    return render_template("demo/mailbox.html", emails=shown, people=people, wanted=wanted)


@blueprint.get("/mailbox/<int:number>")
@open_to("demo")
def read(number: int) -> str:
    """Show one email: its headers and its text, with links that can be pressed."""
    return render_template("demo/email.html", email=_find(number))


@blueprint.get("/mailbox/<int:number>/html")
@open_to("demo")
def read_html(number: int) -> Response:
    """Show the HTML version as a mail program would."""
    response = make_response(_find(number).html)
    response.headers["Content-Security-Policy"] = HTML_POLICY
    return response


def _find(number: int) -> Received:
    path = _folder() / f"{number:05}.eml"
    if not path.is_file():
        abort(404)
    return _read(path)
