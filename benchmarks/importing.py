"""A list of 5,000 volunteers with 200 bad lines, through the pages: how long each step takes.

``python -m benchmarks.importing``, on both databases.
"""

import argparse
import os
import time
from contextlib import contextmanager

from flask.testing import FlaskClient
from sqlalchemy import func, select

from benchmarks.databases import KINDS, fresh_database, settings_for
from matcher.actions.coordinator.access import add_coordinator
from matcher.app import create_app
from matcher.lifecycle.tables import Actor
from matcher.operating.acting import operator_occasion
from matcher.places.gazetteer import Gazetteer
from matcher.records.coordinators import Coordinator
from matcher.records.database import db
from matcher.records.outbox import OutgoingEmail
from matcher.records.volunteers import Volunteer

HEADINGS = "Full name;E-mail;Council;Bio;Postcode;Longest time by train;Job title"


def a_list(rows: int, bad: int) -> bytes:
    towns = [each.name for each in Gazetteer.load().councils() if not each.former]
    every = rows // bad if bad else rows + 1
    lines = [HEADINGS]
    for number in range(1, rows + 1):
        town = towns[number % len(towns)]
        address = f"person{number}@council.example" if number % every else "no address"
        bio = f"I have led work on subject {number} with members and partners for years."
        lines.append(f"Person {number};{address};{town};{bio};{town} Council;90;Head of things")
    return "\n".join(lines).encode("utf-8-sig")


@contextmanager
def timed(what: str):
    began, worked = time.perf_counter(), time.process_time()
    yield
    wall, cpu = time.perf_counter() - began, time.process_time() - worked
    print(f"{what:44} {wall:6.2f} s, of processor time {cpu:6.2f} s")


def send(client, content: bytes) -> str:
    head = b'--end\r\nContent-Disposition: form-data; name="file"; filename="list.csv"\r\n\r\n'
    body = head + content + b"\r\n--end--\r\n"
    path = "/coordinator/import/volunteers"
    answer = client.post(path, data=body, content_type="multipart/form-data; boundary=end")
    assert answer.status_code == 303, answer.status_code
    return answer.headers["Location"]


def signed_in(app, settings):
    add_coordinator("cora@programme.example", "Cora", operator_occasion(settings))
    coordinator = db.session.scalars(select(Coordinator)).one()
    client = app.test_client()
    with client.session_transaction(base_url="http://127.0.0.1:8999") as session:
        session["_user_id"] = f"{Actor.COORDINATOR}:{coordinator.id}:{coordinator.session_key}"
    return client


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000)
    parser.add_argument("--bad", type=int, default=200)
    given = parser.parse_args()
    for kind in KINDS:
        with fresh_database(kind) as url:
            settings = settings_for(url)
            app = create_app(settings)
            app.config["WTF_CSRF_ENABLED"] = False
            app.test_client_class = Browser
            with app.app_context():
                print(kind)
                run(app, settings, given.rows, given.bad)
                db.engine.dispose()


class Browser(FlaskClient):
    """A client that names the one host that requests may name."""

    def open(self, *args, **kwargs):
        kwargs.setdefault("base_url", "http://127.0.0.1:8999")
        return super().open(*args, **kwargs)


def run(app, settings, rows: int, bad: int) -> None:
    client, content = signed_in(app, settings), a_list(rows, bad)
    print(
        f"{rows} lines, {bad} of them bad, {len(content) / 1024:.0f} KiB; "
        f"load {os.getloadavg()[0]:.1f}"
    )
    with timed("sent, read and checked"):
        page = send(client, content)
    with timed("the preview, 20 bad lines a page"):
        assert f"{bad} lines" in client.get(page).text
    with timed("the file of lines to mend"):
        assert client.get(f"{page}/to-mend.csv").data.count(b"no address") == 2 * bad
    with timed("the one press"):
        client.post(page)
    again = send(client, content)
    with timed("the press on the same list again"):
        client.post(again)
    db.session.rollback()
    people = db.session.scalar(select(func.count(Volunteer.id)))
    emails = db.session.scalar(
        select(func.count(OutgoingEmail.id)).filter_by(name="supplied_offer")
    )
    print(f"{people} volunteers, {emails} emails")
    assert people == emails == rows - bad


if __name__ == "__main__":
    main()
