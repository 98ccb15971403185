"""Races, at full size: several say yes at once, one link is pressed many times, and a requester
withdraws at the moment at which the volunteer says yes.

    python benchmarks/races.py [--rounds 1000] [--at-once 4] [--links 200] [--presses 20]
                               [--withdrawals 1000] [--minutes 60] [--database sqlite]

Each round puts four volunteers against one place, in threads that start together; then single-use
links are pressed by many at once; then each withdrawal meets one yes, for at most so many minutes.
It prints what was seen.
"""

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from uuid import uuid4

from databases import KINDS, fresh_app
from flask import Flask
from sqlalchemy import func, select

from matcher.actions.coordinator.access import add_coordinator
from matcher.actions.coordinator.signing_in import sign_in_coordinator
from matcher.actions.linking import make_link
from matcher.actions.occasion import Occasion
from matcher.actions.post.sending import look
from matcher.actions.requester.asking import withdraw_request
from matcher.actions.volunteer.answering import Outcome, Yes, accept
from matcher.lifecycle import help_request, pairing, volunteer
from matcher.lifecycle.choices import WhoPays, WithdrawReason
from matcher.lifecycle.refusals import Refused
from matcher.lifecycle.tables import Actor
from matcher.mail.links import Purpose
from matcher.records.database import db, writing
from matcher.records.help_requests import HelpRequest
from matcher.records.history import Happening
from matcher.records.organisations import Organisation
from matcher.records.outbox import OutgoingEmail, still_waiting
from matcher.records.pairings import Pairing
from matcher.records.programmes import ProgrammeSettings
from matcher.records.volunteers import Volunteer

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
PLACE = {
    "place_id": "outcode:RG14",
    "place_label": "RG14",
    "latitude": 51.4,
    "longitude": -1.3,
    "outcode": "RG14",
    "nation": "England",
}


def acting(actor: Actor) -> Occasion:
    return Occasion(NOW, actor, ProgrammeSettings(), "one", "help.test")


def at_once(
    app: Flask, pool: ThreadPoolExecutor, acts: Sequence[Callable[[], object]]
) -> list[object]:
    """Run the acts in threads that start together; return what each answered or raised."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        with app.app_context():
            start.wait()
            try:
                return act()
            except Refused as refusal:
                return type(refusal).__name__
            finally:
                db.session.remove()

    return list(pool.map(run, acts))


def add_people(count: int) -> list[int]:
    """Add active volunteers without ceremony; return their ids."""
    with writing() as session:
        organisation_id = session.scalars(select(Organisation.id).limit(1)).one()
        people = [
            Volunteer(
                programme_id=1,
                state=volunteer.State.ACTIVE,
                form_key=uuid4().hex,
                session_key=uuid4().hex,
                name=f"Volunteer {number}",
                email=f"v{number}@x.example",
                organisation_id=organisation_id,
                offer="words",
                joined_at=NOW,
                **PLACE,
            )
            for number in range(count)
        ]
        session.add_all(people)
        session.flush()
        return [each.id for each in people]


def add_round(volunteer_ids: Sequence[int]) -> tuple[int, list[int]]:
    """Add a request that is asking all of them; return its id and its pairings' ids."""
    return add_rounds(volunteer_ids, 1)[0]


def add_rounds(volunteer_ids: Sequence[int], count: int) -> list[tuple[int, list[int]]]:
    """Add so many requests, each asking all of them, in one transaction."""
    with writing() as session:
        organisation_id = session.scalars(select(Organisation.id).offset(1).limit(1)).one()
        requests = [new_request(organisation_id) for _ in range(count)]
        session.add_all(requests)
        session.flush()
        rounds = [
            (each.id, [new_pairing(each.id, who) for who in volunteer_ids]) for each in requests
        ]
        session.add_all(kept for _, pairings in rounds for kept in pairings)
        session.flush()
        return [(request_id, [kept.id for kept in pairings]) for request_id, pairings in rounds]


def new_request(organisation_id: int) -> HelpRequest:
    return HelpRequest(
        programme_id=1,
        state=help_request.State.ASKING,
        form_key=uuid4().hex,
        requester_name="Ruth",
        requester_email="ruth@y.example",
        organisation_id=organisation_id,
        need="words",
        who_pays=WhoPays.REQUESTER,
        sent_at=NOW,
        **PLACE,
    )


def new_pairing(request_id: int, volunteer_id: int) -> Pairing:
    return Pairing(
        help_request_id=request_id,
        volunteer_id=volunteer_id,
        state=pairing.State.INVITED,
        rank=1,
        score=0.5,
        snapshot={},
        proposed_at=NOW,
        wave=1,
    )


def race_accepts(app: Flask, rounds: int, count: int) -> None:
    """Print how many rounds had one winner and how many losers became reserves."""
    people = add_people(count)
    seen: Counter[str] = Counter()
    began = time.perf_counter()
    with ThreadPoolExecutor(count) as pool:
        for _ in range(rounds):
            request_id, kept = add_round(people)
            acts = [lambda each=each: accept(each, Yes(), acting(Actor.VOLUNTEER)) for each in kept]
            outcomes = Counter(at_once(app, pool, acts))
            seen["one winner"] += outcomes[Outcome.ACCEPTED] == 1
            seen["all others reserve"] += outcomes[Outcome.RESERVE] == count - 1
            seen["agrees with the tables"] += agrees(request_id, count)
    took = time.perf_counter() - began
    print(f"  {rounds} rounds of {count} at once: {dict(seen)}, {took:.0f} s")


def agrees(request_id: int, count: int) -> bool:
    """Whether the rows say the same: one place, one yes, the rest in reserve, one email each."""
    db.session.rollback()
    states = Counter(
        db.session.scalars(select(Pairing.state).filter_by(help_request_id=request_id))
    )
    named = select(OutgoingEmail.name).filter_by(help_request_id=request_id)
    emails = Counter(db.session.scalars(named))
    filled = db.session.scalar(select(HelpRequest.filled).filter_by(id=request_id))
    return (
        filled == 1
        and states == {pairing.State.ACCEPTED: 1, pairing.State.RESERVE: count - 1}
        and emails == {"accepted": 1, "accepted_volunteer": 1, "reserve": count - 1}
    )


def race_links(app: Flask, links: int, presses: int) -> None:
    """Print how many effects single-use links had, each pressed by many at once."""
    coordinator_id = add_coordinator("cora@x.example", "Cora", acting(Actor.COORDINATOR))
    effects = refused = 0
    with ThreadPoolExecutor(presses) as pool:
        for _ in range(links):
            with writing() as session:
                link_id = make_link(
                    session,
                    Purpose.SIGN_IN_COORDINATOR,
                    acting(Actor.COORDINATOR),
                    coordinator_id=coordinator_id,
                )
            act = lambda link_id=link_id: sign_in_coordinator(link_id, acting(Actor.COORDINATOR))  # noqa: E731
            outcomes = at_once(app, pool, [act] * presses)
            effects += outcomes.count(coordinator_id)
            refused += outcomes.count("LinkUsed")
    print(f"  {links} links pressed {presses} times at once: {effects} effects, {refused} refused")


def race_answers(app: Flask, links: int, presses: int) -> None:
    """Print how many yeses were written where each of many presses was the same yes."""
    people = add_people(1)
    with ThreadPoolExecutor(presses) as pool:
        for _ in range(links):
            _, (pairing_id,) = add_round(people)
            act = lambda each=pairing_id: accept(each, Yes(), acting(Actor.VOLUNTEER))  # noqa: E731
            at_once(app, pool, [act] * presses)
    db.session.rollback()
    written = select(func.count(Happening.id)).filter_by(subject="pairing", event="accept")
    print(f"  {links} yeses pressed {presses} times at once: {db.session.scalar(written)} written")


def race_withdrawals(app: Flask, rounds: int, minutes: float) -> None:
    """Print who won where a withdrawal meets a yes, and whether rows and emails agree with it.

    Rounds are prepared and looked at many together; each is raced by itself.
    """
    (person,) = add_people(1)
    seen: Counter[str] = Counter()
    began = time.perf_counter()
    with ThreadPoolExecutor(2) as pool:
        while seen["rounds"] < rounds and time.perf_counter() - began < minutes * 60:
            won: dict[int, bool] = {}
            for number, (request_id, kept) in enumerate(add_rounds([person], TOGETHER)):
                acts = withdrawing(request_id, kept[0])
                turn = 1 if number % 2 else -1  # whoever comes last to the start runs first
                answer = at_once(app, pool, acts[::turn])[::turn][0]
                won[request_id] = answer == Outcome.ACCEPTED
            seen["rounds"] += len(won)
            seen["the yes first"] += sum(won.values())
            seen["agree"] += withdrawals_agree(won)
    took = time.perf_counter() - began
    print(f"  withdrawals against yeses: {dict(seen)}, {took:.0f} s")
    print(f"  emails that tell of those yeses and would still go: {count_true_yeses()}")


TOGETHER = 50
LOOKED_AT = 2000


def withdrawing(request_id: int, pairing_id: int) -> list[Callable[[], object]]:
    reason = WithdrawReason.NOT_NEEDED
    return [
        lambda: accept(pairing_id, Yes(), acting(Actor.VOLUNTEER)),
        lambda: withdraw_request(request_id, reason, "", acting(Actor.REQUESTER)),
    ]


def withdrawals_agree(won: Mapping[int, bool]) -> int:
    """Return in how many rounds request and pairing ended, and the history and the emails are
    those of whoever was first; ``won`` says by request whether the yes was.
    """
    db.session.rollback()
    ids = list(won)
    emails, yeses = defaultdict(Counter), Counter()
    named = select(OutgoingEmail.help_request_id, OutgoingEmail.name)
    for request_id, name in db.session.execute(named.where(OutgoingEmail.help_request_id.in_(ids))):
        emails[request_id][name] += 1
    happened = select(Happening.help_request_id).filter_by(subject="pairing", event="accept")
    yeses.update(db.session.scalars(happened.where(Happening.help_request_id.in_(ids))))
    states = select(HelpRequest.id, HelpRequest.state, Pairing.state).join_from(
        HelpRequest, Pairing, Pairing.help_request_id == HelpRequest.id
    )
    ended = {
        request_id: (of_request, of_pairing)
        for request_id, of_request, of_pairing in db.session.execute(
            states.where(HelpRequest.id.in_(ids))
        )
    }
    both = (help_request.State.WITHDRAWN, pairing.State.STOOD_DOWN)
    return sum(
        emails[each] == EMAILS[first] and yeses[each] == first and ended[each] == both
        for each, first in won.items()
    )


ENDS = {"stood_down": 1, "request_withdrawn_requester": 1}
#: What is queued in all, by whether the yes was first.
EMAILS = {False: ENDS, True: {**ENDS, "accepted": 1, "accepted_volunteer": 1}}


def count_true_yeses() -> int:
    """Return how many of the emails that tell of a yes would still be sent: none may."""
    told = OutgoingEmail.name.in_(("accepted", "accepted_volunteer"))
    ids = db.session.scalars(select(OutgoingEmail.id).where(told, still_waiting()).limit(LOOKED_AT))
    return sum(look(each, acting(Actor.CLOCK)) is not None for each in list(ids))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--at-once", type=int, default=4)
    parser.add_argument("--links", type=int, default=200)
    parser.add_argument("--presses", type=int, default=20)
    parser.add_argument("--withdrawals", type=int, default=1000)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--database", choices=KINDS)
    given = parser.parse_args()
    for kind in [given.database] if given.database else KINDS:
        print(kind)
        if given.links:
            with fresh_app(kind) as app:
                race_links(app, given.links, given.presses)
            with fresh_app(kind) as app:
                race_answers(app, given.links, given.presses)
        if given.rounds:
            with fresh_app(kind) as app:
                race_accepts(app, given.rounds, given.at_once)
        if given.withdrawals:
            with fresh_app(kind) as app:
                race_withdrawals(app, given.withdrawals, given.minutes)


if __name__ == "__main__":
    main()
