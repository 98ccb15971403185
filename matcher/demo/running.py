"""``make demo``: web, worker and a mail server in one process tree, with people in it."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from types import FrameType

from flask import Flask

from matcher.app import create_app
from matcher.demo.mailbox import blueprint, start_mail_server
from matcher.demo.people import COORDINATOR_EMAIL, fill
from matcher.matching.warming import warm_up
from matcher.operating.serving import Server, migrate
from matcher.settings import Settings, read_settings

FOLDER = Path(".demo").absolute()
FIRST_PORT = 8000
FIRST_SMTP_PORT = 8600
PORTS_TRIED = 50
READY_SECONDS = 180


def run_demo() -> None:
    """Prepare everything, start web and worker, say what to open, and wait for Ctrl-C."""
    FOLDER.mkdir(exist_ok=True)
    smtp_port = _free_port(FIRST_SMTP_PORT)
    mail = start_mail_server(FOLDER / "mail", smtp_port)
    _set_environment(smtp_port)
    settings = read_settings()
    _prepare(settings)
    warm_up()  # once, before each process would compile for itself
    children = [_start("web"), _start("worker")]
    signal.signal(signal.SIGTERM, _stop)
    try:
        _wait_until_ready(settings)
        print(_welcome(settings), flush=True)  # noqa: T201  what the demo is for
        _watch(children)
    except KeyboardInterrupt:
        pass
    finally:
        _end(children)
        mail.stop()


def _set_environment(smtp_port: int) -> None:
    """Give every process of the demo the same settings; what is already set stays."""
    port = os.environ.get("PORT") or str(_free_port(FIRST_PORT))
    chosen = {
        "PORT": port,
        "BASE_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": f"sqlite:///{FOLDER / 'matcher.sqlite'}",
        "SECRET_KEY": _kept_secret("secret_key"),
        "LINK_KEYS": f"demo:{_kept_secret('link_key')}",
        "MAIL_FROM": "ask-in-person@demo.example",
        "LOG_LEVEL": "WARNING",
    }
    for name, value in chosen.items():
        os.environ.setdefault(name, value)
    os.environ |= {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(smtp_port), "SMTP_TLS": "none"}


def _free_port(first: int) -> int:
    for port in range(first, first + PORTS_TRIED):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise SystemExit(f"No port from {first} to {first + PORTS_TRIED - 1} is free.")


def _kept_secret(name: str) -> str:
    """Return a secret made at the first start and kept, so that links live on after a restart."""
    path = FOLDER / name
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32))
    return path.read_text()


def _prepare(settings: Settings) -> None:
    migrate(settings)
    app = create_app(settings)
    with app.app_context():
        fill(settings)


def _start(part: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "matcher.demo", part])  # noqa: S603  ourselves


def demo_web() -> None:
    """Serve the application with the mailbox page beside it."""
    settings = read_settings()
    bind = f"127.0.0.1:{os.environ['PORT']}"
    Server(lambda: create_demo_app(settings), bind=bind, processes=2, threads=8).run()


def create_demo_app(settings: Settings) -> Flask:
    """Return the service's application with the mailbox page, which no other factory adds."""
    app = create_app(settings)
    app.config["DEMO_MAIL"] = str(FOLDER / "mail")
    app.register_blueprint(blueprint)
    app.jinja_env.globals["demo"] = True
    return app


def _wait_until_ready(settings: Settings) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"{settings.base_url}/healthz", timeout=5).close()  # noqa: S310  our own address
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("The service did not become ready within three minutes.")


def _welcome(settings: Settings) -> str:
    return f"""
Ask for help in person is running.

  {settings.base_url}/                    the service
  {settings.base_url}/mailbox             every email it sends, for all three roles
  {settings.base_url}/coordinator         the coordinators' dashboard

To sign in as a coordinator, enter {COORDINATOR_EMAIL} there;
the link to sign in arrives in the mailbox. To be a volunteer, join, or enter a volunteer's
address at {settings.base_url}/volunteer/sign-in (the mailbox shows who was written to).

Press Ctrl-C to stop. To begin afresh, delete the folder {FOLDER.name}.
"""


def _watch(children: list[subprocess.Popen[bytes]]) -> None:
    while all(child.poll() is None for child in children):
        time.sleep(0.5)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        child.terminate()
    for child in children:
        child.wait()
