"""The least to be measured against: bare Flask views that write the rows the help form writes.

No forms library, no checks, no layout: a page is a line of HTML with a token, a post is one
transaction with the same rows, on an engine with the same settings.
"""

import secrets
from datetime import UTC, datetime, timedelta

from flask import Flask, abort, redirect, request, session
from sqlalchemy import Connection, create_engine, insert, select, update
from sqlalchemy.orm import Session

from matcher.lifecycle.choices import WhoPays
from matcher.records.database import engine_options, prepare_engine
from matcher.records.drafts import Draft
from matcher.records.help_requests import HelpRequest
from matcher.records.limits import count_one
from matcher.records.links import Link
from matcher.records.organisations import Organisation
from matcher.records.outbox import OutgoingEmail
from matcher.settings import Settings

PLACE = {
    "place_id": "outcode:RG14",
    "place_label": "RG14",
    "latitude": 51.4,
    "longitude": -1.3,
    "outcode": "RG14",
    "nation": "England",
}


def make_bare_app(settings: Settings) -> Flask:
    """Return the application."""
    app = Flask(__name__, static_folder=None)
    app.secret_key = settings.secret_key.get_secret_value()
    engine = create_engine(settings.database_url, **engine_options(settings.database_url))
    prepare_engine(engine)

    @app.get("/ask/<name>")
    def page(name: str) -> str:  # noqa: ARG001  every page is the same
        token = session.setdefault("token", secrets.token_hex(16))
        return f'<form method="post"><input name="csrf_token" type="hidden" value="{token}">'

    @app.post("/ask/<name>")
    def post(name: str):
        if request.form.get("csrf_token") != session.get("token"):
            abort(400)
        with engine.connect() as connection:
            writing = connection.execution_options(write=True)
            with writing.begin():
                return _send(writing) if name == "check" else _keep(writing, name)

    return app


def _keep(connection: Connection, name: str):
    typed = {each: value for each, value in request.form.items() if each != "csrf_token"}
    expires = datetime.now(UTC) + timedelta(hours=24)
    if "draft" not in session:
        session["draft"] = secrets.token_hex(16)
        values = {"key": session["draft"], "form": "help_request", "values": {name: typed}}
        connection.execute(insert(Draft).values(**values, expires_at=expires))
        return redirect("/ask/next", 303)
    mine = Draft.key == session["draft"]
    kept = connection.execute(select(Draft.values).where(mine)).scalar_one()
    changed = {"values": {**kept, name: typed}, "expires_at": expires}
    connection.execute(update(Draft).where(mine).values(**changed))
    return redirect("/ask/next", 303)


def _send(connection: Connection):
    now, mine = datetime.now(UTC), Draft.key == session["draft"]
    typed = connection.execute(select(Draft.values).where(mine)).scalar_one()
    you = typed["you"]
    named = select(Organisation.id).where(Organisation.name == you["organisation"])
    request_id = connection.execute(
        insert(HelpRequest).values(
            programme_id=1,
            form_key=session["draft"],
            organisation_id=connection.execute(named).scalar_one(),
            requester_name=you["name"],
            requester_email=you["email"],
            need=typed["need"]["need"],
            who_pays=WhoPays(typed["costs"]["who_pays"]),
            sent_at=now,
            next_at=now + timedelta(days=7),
            **PLACE,
        )
    ).inserted_primary_key[0]
    _queue(connection, request_id, you["email"], now)
    marked = {"values": {**typed, "sent": True}}
    connection.execute(update(Draft).where(mine).values(**marked))
    return redirect("/ask/sent", 303)


def _queue(connection: Connection, request_id: int, email: str, now: datetime) -> None:
    link = secrets.token_hex(16)
    connection.execute(
        insert(Link).values(
            id=link,
            key_id="one",
            purpose="confirm_request",
            help_request_id=request_id,
            made_at=now,
            expires_at=now + timedelta(days=7),
        )
    )
    connection.execute(
        insert(OutgoingEmail).values(
            message_id=f"<{secrets.token_hex(16)}@bench.test>",
            name="confirm_request",
            to_name="",
            to_address=email,
            context={},
            links={"confirm": link},
            help_request_id=request_id,
            queued_at=now,
            not_before=now,
        )
    )
    for key in (f"address {email}", f"network {request.headers['X-Forwarded-For']}", "in all"):
        count_one(Session(connection), f"bare {key}", now + timedelta(hours=24))
