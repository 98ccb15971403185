"""The coordinators' pages at size: 10,000 requests and 100,000 volunteers by default.

    python benchmarks/desk.py [--requests 10000] [--volunteers 100000] [--kind sqlite] [--index]
    python benchmarks/desk.py --url sqlite:////a/file.sqlite      (a database filled before)

It fills a fresh database in bulk, then asks for every page as a signed-in coordinator would, and
prints the time and the number of queries of each. ``--index`` also asks why others were not
proposed, for which the index of all offers is built first. ``--areas`` asks as somebody who sees a
twelfth of the councils. ``--keep FILE`` keeps the SQLite file.
"""

import argparse
import itertools
import os
import random
import shutil
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from corpus import make_corpus
from databases import KINDS, fresh_database, settings_for
from flask import Flask
from sqlalchemy import Row, event, insert, select, text

from matcher.actions.organisations import refresh_councils
from matcher.actions.proposals.offering import make_offer
from matcher.app import create_app
from matcher.lifecycle import help_request, pairing, volunteer
from matcher.lifecycle.access import Role
from matcher.lifecycle.choices import TaskKind, WhoPays
from matcher.matching.plain import as_dict
from matcher.places.gazetteer import Gazetteer
from matcher.records.coordinators import Coordinator
from matcher.records.database import Base, db, writing
from matcher.records.help_requests import HelpRequest
from matcher.records.history import Happening
from matcher.records.offers import IndexVersion, OfferChange
from matcher.records.organisations import Organisation
from matcher.records.outbox import OutgoingEmail
from matcher.records.pairings import Pairing
from matcher.records.programmes import Programme
from matcher.records.tasks import Task
from matcher.records.volunteers import Volunteer
from matcher.records.workers import WorkerSign

NOW = datetime.now(UTC)
CHUNK = 2000
ROUNDS = 7
LIMIT_MS = 200
#: Of a hundred requests, so many stand in each state; most are over in a service that is used.
STATES = {"in_review": 1, "needs_info": 1, "asking": 6, "nobody": 2, "part_filled": 2, "filled": 12}
STATES |= {"reopened": 1, "unconfirmed": 1, "done": 54, "closed": 8, "withdrawn": 6, "expired": 6}
PEOPLE = {"active": 86, "paused": 3, "resting": 4, "unverified": 2, "pending": 1, "left": 4}
PATHS = (
    "/coordinator",
    "/coordinator/requests",
    "/coordinator/requests?page=400",
    "/coordinator/requests?state=done",
    "/coordinator/requests?queue=close",
    "/coordinator/requests?queue=to_review",
    "/coordinator/requests?queue=nobody",
    "/coordinator/requests?queue=waiting_for_requester",
    "/coordinator/requests?words={word}",
    "/coordinator/requests?words=Leeds+{word}",
    "/coordinator/requests?words=nosuchwordanywhere",
    "/coordinator/requests?words=H-4321",
    "/coordinator/requests/{request}",
    "/coordinator/volunteers",
    "/coordinator/volunteers?page=4000",
    "/coordinator/volunteers?state=pending",
    "/coordinator/volunteers?words={word}",
    "/coordinator/volunteers?words=Leeds+{word}",
    "/coordinator/volunteers?words=nosuchwordanywhere",
    "/coordinator/volunteers/{volunteer}",
    "/coordinator/emails",
    "/coordinator/emails?fate=waiting",
    "/coordinator/emails?fate=refused",
    "/coordinator/emails?fate=skipped",
    "/coordinator/tasks",
    "/coordinator/requests/{request}/by-hand",
    "/coordinator/statistics",
    "/coordinator/statistics?span=all",
    "/coordinator/statistics/load.csv",
    "/coordinator/advice",
    "/coordinator/asking",
    "/coordinator/assign",
    "/coordinator/events",
    "/coordinator/exports",
    "/coordinator/email-words",
    "/coordinator/settings",
    "/coordinator/settings/history",
    "/coordinator/thesaurus",
    "/coordinator/more",
)


def drawn(shares: dict[str, int], dice: random.Random) -> str:
    return dice.choices(list(shares), list(shares.values()))[0]


def add_in_bulk(model: type[Base], rows: Iterator[dict[str, object]]) -> None:
    while chunk := list(itertools.islice(rows, CHUNK)):
        db.session.rollback()
        with writing() as session:
            session.execute(insert(model), chunk)


def fill(requests: int, volunteers: int) -> None:
    """Fill an empty database with so many requests and volunteers and all that belongs to them."""
    dice = random.Random(7)
    refresh_councils(Gazetteer.load().councils())
    bodies = list(
        db.session.execute(select(Organisation.id, Organisation.short_name, Organisation.gss))
    )
    db.session.rollback()  # PostgreSQL ends a transaction that idles
    corpus = make_corpus(volunteers, requests)
    add_in_bulk(Volunteer, (_volunteer(each, bodies, dice) for each in enumerate(corpus.offers, 1)))
    add_in_bulk(HelpRequest, (_request(each, bodies, dice) for each in enumerate(corpus.needs, 1)))
    kept = list(db.session.execute(select(HelpRequest.id, HelpRequest.state)))
    db.session.rollback()
    pairs = [each for row in kept for each in _pairings(row, volunteers, dice)]
    for number, pair in enumerate(pairs, 1):
        pair["id"] = number
    add_in_bulk(Pairing, iter(pairs))
    add_in_bulk(Happening, _happenings(kept, pairs))
    add_in_bulk(OutgoingEmail, _emails(pairs, dice))
    add_in_bulk(Task, _tasks(kept, dice))
    add_in_bulk(OfferChange, _changes())
    with writing() as session:
        session.add(WorkerSign(name="bench", seen_at=NOW + timedelta(days=1)))
        session.add(
            Coordinator(
                programme_id=1,
                email="c@x.test",
                name="Cora",
                session_key="k",
                invited_at=NOW,
                role=Role.ADMINISTRATOR,
            )
        )
        session.get_one(Programme, 1).offer_number = volunteers
        session.add(IndexVersion(programme_id=1, up_to=volunteers, made_at=NOW))
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT", write=True) as link:
        if db.engine.dialect.name == "postgresql":
            link.execute(text("SET statement_timeout = 0"))
        link.execute(text("ANALYZE"))


def _volunteer(numbered: tuple, bodies: list, dice: random.Random) -> dict[str, object]:
    number, offer = numbered
    body = dice.choice(bodies)
    return {
        "id": number,
        "programme_id": 1,
        "state": volunteer.State(drawn(PEOPLE, dice)),
        "form_key": f"v{number}",
        "session_key": "k",
        "name": f"Person {number} {offer.title.split()[0]}",
        "email": f"p{number}@council{body.id}.test",
        "organisation_id": body.id,
        "job_title": offer.title,
        "offer": offer.experience[0],
        "skills": list(offer.skills),
        "experience": list(offer.experience[1:]),
        "travel_limit": {"miles": offer.travel.miles},
        "joined_at": NOW - timedelta(minutes=volunteer_age(number)),
        "confirmed_at": NOW - timedelta(minutes=volunteer_age(number)),
        **_place(body, offer.place),
    }


def volunteer_age(number: int) -> int:
    return 1_000_000 - number * 9


def _request(numbered: tuple, bodies: list, dice: random.Random) -> dict[str, object]:
    number, need = numbered
    body = dice.choice(bodies)
    state = help_request.State(drawn(STATES, dice))
    first = NOW.date() + timedelta(days=dice.randint(3, 90))
    if state in help_request.ENDED:
        first -= timedelta(days=300)
    return {
        "id": number,
        "programme_id": 1,
        "state": state,
        "form_key": f"r{number}",
        "requester_name": f"Asker {number}",
        "requester_email": f"a{number}@council{body.id}.test",
        "organisation_id": body.id,
        "need": need.text * 3,
        "title": need.text[:80],
        "wanted_dates": [first.isoformat(), (first + timedelta(days=7)).isoformat()],
        "who_pays": WhoPays.REQUESTER,
        "filled": int(state in {help_request.State.FILLED, help_request.State.DONE}),
        "sent_at": NOW - timedelta(hours=30_000 - number * 3),
        "confirmed_at": NOW - timedelta(hours=30_000 - number * 3),
        "proposed_at": NOW - timedelta(hours=30_000 - number * 3),
        **_place(body, need.place),
    }


def _place(body: Row, point: object) -> dict[str, object]:
    return {
        "place_id": "outcode:RG14",
        "place_label": f"RG14, {body.short_name}",
        "council_gss": body.gss or "",
        "latitude": point.latitude,
        "longitude": point.longitude,
        "outcode": "RG14",
        "nation": "England",
    }


UNASKED = {"proposed", "stood_down"}
SETTLED = {"filled": "confirmed", "done": "visited", "part_filled": "accepted"}


def _pairings(row: tuple, volunteers: int, dice: random.Random) -> Iterator[dict[str, object]]:
    request_id, state = row
    if state == "unconfirmed":
        return
    first = SETTLED.get(state, "invited" if state == "asking" else "proposed")
    rest = "stood_down" if state in help_request.ENDED else "proposed"
    for rank, who in enumerate(dice.sample(range(1, volunteers + 1), 20), 1):
        asked = {2: "declined", 3: "lapsed"}.get(rank, rest) if first != "proposed" else rest
        yield {
            "help_request_id": request_id,
            "volunteer_id": who,
            "state": pairing.State(first if rank == 1 else asked),
            "rank": rank,
            "score": 1 / (rank + 1),
            "snapshot": {"candidate": {"parts": {"words": 0.6, "travel": -0.1}, "reasons": []}},
            "proposed_at": NOW - timedelta(days=30),
            "invited_at": None if (first if rank == 1 else asked) in UNASKED else NOW,
            "answered_at": NOW - timedelta(days=9) if rank == 1 else None,
            "answer_by": NOW + timedelta(days=3) if first == "invited" else None,
        }


def _happenings(kept: list, pairs: list[dict[str, object]]) -> Iterator[dict[str, object]]:
    def one(subject: str, row_id: int, event_name: str, states: tuple, **of: object) -> dict:
        told = {"at": NOW - timedelta(days=40), "actor": "clock", "actor_id": None}
        named = {"subject": subject, "subject_id": row_id, "event": event_name}
        of = {"help_request_id": None, "volunteer_id": None, **of}
        return {**told, **named, "from_state": states[0], "to_state": states[1], **of}

    for request_id, state in kept:
        of = {"help_request_id": request_id}
        yield one("help_request", request_id, "confirm", ("unconfirmed", "in_review"), **of)
        yield one("help_request", request_id, "start_asking", ("in_review", "asking"), **of)
        yield one("help_request", request_id, "take_place", ("asking", state), **of)
    for pair in pairs:
        if pair["state"] in UNASKED:
            continue
        of = {key: pair[key] for key in ("help_request_id", "volunteer_id")}
        states = ("proposed", "approved", "invited", pair["state"])
        moves = zip(("approve", "invite", "answer"), itertools.pairwise(states), strict=True)
        for event_name, moved in moves:
            yield one("pairing", pair["id"], event_name, moved, **of)


def _emails(pairs: list[dict[str, object]], dice: random.Random) -> Iterator[dict[str, object]]:
    for number, pair in enumerate(each for each in pairs if each["rank"] <= 8):
        at, luck = NOW - timedelta(minutes=90_000 - number), dice.random()
        yield {
            "message_id": f"m{number}@x",
            "name": "invitation",
            "to_name": "x",
            "to_address": f"x{number % 5000}@x.test",
            "context": {},
            "links": {},
            "help_request_id": pair["help_request_id"],
            "pairing_id": pair["id"],
            "volunteer_id": pair["volunteer_id"],
            "queued_at": at,
            "not_before": at if luck < 0.999 else NOW + timedelta(hours=1),
            "sent_at": at if luck < 0.96 else None,
            "failed_at": at if 0.997 < luck < 0.999 else None,
            "skipped_at": at if 0.96 <= luck <= 0.997 else None,
        }


def _tasks(kept: list, dice: random.Random) -> Iterator[dict[str, object]]:
    for request_id, _ in dice.sample(kept, len(kept) // 20):
        yield {
            "programme_id": 1,
            "key": f"t{request_id}",
            "kind": TaskKind.PHONE_REQUESTER,
            "made_at": NOW - timedelta(days=3),
            "help_request_id": request_id,
            "done_at": None if dice.random() < 0.2 else NOW,
        }


def _changes() -> Iterator[dict[str, object]]:
    active = select(Volunteer.id).where(Volunteer.state == volunteer.State.ACTIVE)
    ids = list(db.session.scalars(active.order_by(Volunteer.id)))
    for start in range(0, len(ids), CHUNK):
        some = select(Volunteer).where(Volunteer.id.in_(ids[start : start + CHUNK]))
        found = [(each.id, as_dict(make_offer(each, 0))) for each in db.session.scalars(some)]
        db.session.expunge_all()
        db.session.rollback()
        for volunteer_id, payload in found:
            about = {"volunteer_id": volunteer_id, "payload": payload}
            yield {"number": volunteer_id, "programme_id": 1, "made_at": NOW, **about}


def limit_to_areas() -> None:
    """Let the coordinator see the requests of a twelfth of the councils, as a region has."""
    with writing() as session:
        codes = session.scalars(select(Organisation.gss).where(Organisation.gss.is_not(None)))
        cora = session.scalars(select(Coordinator)).one()
        cora.role, cora.councils = Role.COORDINATOR, sorted(codes)[::12]


def measure(app: Flask, *, index: bool) -> None:
    """Ask for every page and print what each took; those closed to people with areas are named."""
    client = app.test_client()
    with client.session_transaction(base_url="http://127.0.0.1:8999") as session:
        session["_user_id"], session["_fresh"] = "coordinator:1:k", True
    word = make_corpus(1, 1).offers[0].title.split()[0]
    asking = select(HelpRequest.id).where(HelpRequest.state == help_request.State.ASKING)
    person = select(Volunteer.id).where(Volunteer.state == volunteer.State.ACTIVE)
    councils = db.session.scalars(select(Coordinator.councils)).one()
    if councils is not None:
        asking = asking.where(HelpRequest.council_gss.in_(councils))
        person = person.where(Volunteer.council_gss.in_(councils))
    of = {"word": word, "request": db.session.scalars(asking.order_by(HelpRequest.id)).first()}
    of["volunteer"] = db.session.scalars(person.order_by(Volunteer.id)).first()
    db.session.remove()
    paths = [*PATHS, "/coordinator/requests/{request}/why-not"] if index else PATHS
    print(f"{'page':<56}{'median ms':>10}{'most ms':>9}{'CPU ms':>8}{'queries':>9}")
    for path in paths:
        if client.get(path.format(**of), base_url="http://127.0.0.1:8999").status_code == 403:
            print(f"{path:<56}closed")
            continue
        took, busy, queries = _ask(app, client, path.format(**of))
        late = "  over the limit" if statistics.median(took) > LIMIT_MS else ""
        middle, cpu = statistics.median(took), statistics.median(busy)
        print(
            f"{path:<56}{middle:>10.0f}{max(took):>9.0f}{cpu:>8.0f}{queries:>9}{late}", flush=True
        )


def _ask(app: Flask, client: object, path: str) -> tuple[list[float], list[float], int]:
    took, busy, queries = [], [], 0
    for _ in range(ROUNDS + 1):
        with counted(app) as counts:
            began, worked = time.perf_counter(), time.process_time()
            answer = client.get(path, base_url="http://127.0.0.1:8999", buffered=True)
            took.append((time.perf_counter() - began) * 1000)
            busy.append((time.process_time() - worked) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{path} answered {answer.status_code}")
        queries = len(counts)
    return took[1:], busy[1:], queries


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", note)
        yield seen
        event.remove(db.engine, "before_cursor_execute", note)


def run(url: str, wanted: argparse.Namespace, *, filled: bool) -> None:
    app = create_app(settings_for(url))
    with app.app_context():
        if not filled:
            began = time.perf_counter()
            db.session.rollback()
            fill(wanted.requests, wanted.volunteers)
            print(f"filled in {time.perf_counter() - began:.0f} s")
        if wanted.keep and url.startswith("sqlite") and not filled:
            db.session.remove()
            db.engine.dispose()  # the last connection that closes empties the log
            shutil.copy(url.removeprefix("sqlite:///"), wanted.keep)
        if wanted.areas:
            limit_to_areas()
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        measure(app, index=wanted.index)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--volunteers", type=int, default=100_000)
    parser.add_argument("--kind", choices=KINDS, action="append")
    parser.add_argument("--url", default="")
    parser.add_argument("--keep", default="")
    parser.add_argument("--index", action="store_true")
    parser.add_argument("--areas", action="store_true")
    wanted = parser.parse_args()
    if wanted.url:
        run(wanted.url, wanted, filled=True)
        return
    for kind in wanted.kind or KINDS:
        print(f"\n{kind}: {wanted.requests} requests, {wanted.volunteers} volunteers")
        with fresh_database(kind) as url:
            run(url, wanted, filled=False)


if __name__ == "__main__":
    main()
