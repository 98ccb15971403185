"""The year of benchmarks/year.py as it is lived: people act, the clock ticks, the post goes out.

Everything goes through the service's own actions and its own worker, whose clock is moved by hand.
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count

from flask import Flask
from sqlalchemy import func, select
from year_people import BEHAVIOUR, LONDON, Asking, Offering, dice, hours, make_request

from matcher.actions.coordinator.access import add_coordinator
from matcher.actions.coordinator.reviewing import (
    approve,
    approve_volunteer,
    close_request,
    dismiss,
    propose_again,
    say_nobody,
)
from matcher.actions.handed_in import Colleague
from matcher.actions.occasion import Occasion
from matcher.actions.post.sending import Letter
from matcher.actions.requester.asking import (
    add_details,
    confirm_person,
    confirm_request,
    send_request,
    turn_down_person,
    withdraw_request,
)
from matcher.actions.volunteer.answering import Yes, accept, ask_manager, decline
from matcher.actions.volunteer.passing_on import pass_on, take_over
from matcher.actions.volunteer.volunteering import (
    confirm_offer,
    join,
    leave,
    resume,
    save_page,
    send_page_link,
    sign_in,
)
from matcher.delivery.postroom import Postroom
from matcher.delivery.transport import Answer, PutOff, RefusedForGood, Sent
from matcher.lifecycle import help_request, pairing
from matcher.lifecycle import volunteer as standing
from matcher.lifecycle.choices import CloseReason, DeclineReason, DismissReason, WithdrawReason
from matcher.lifecycle.refusals import Refused
from matcher.lifecycle.tables import Actor
from matcher.mail.links import Purpose
from matcher.records.database import db
from matcher.records.help_requests import HelpRequest
from matcher.records.links import Link
from matcher.records.outbox import OutgoingEmail, still_waiting
from matcher.records.pairings import Pairing
from matcher.records.programmes import ProgrammeSettings
from matcher.records.volunteers import Volunteer
from matcher.worker import Worker

VOLUNTEER, REQUESTER = BEHAVIOUR["volunteer"], BEHAVIOUR["requester"]
COORDINATOR, MACHINES = BEHAVIOUR["coordinator"], BEHAVIOUR["machines"]
#: Five past these hours in London; people answer within days, so the minutes do not matter. The
#: tables are looked at right after the last: the real worker looks every second.
TICK_HOURS = (8, 12, 17, 22)
ROUND_AT = time(9, 30)
LOOKS_AGAIN = timedelta(days=7)
FATIGUE_DAYS = timedelta(days=30)
YES_AFTER_FATIGUE, LEAVING_BY_FATIGUE = 0.8, 0.02
#: Not in behaviour.json: whose address bounced proves it again after so long.
MENDS_ADDRESS = timedelta(days=10)

Act = Callable[[], object]
Reaction = Callable[["World", OutgoingEmail], None]


class Killed(BaseException):
    """The worker's process has gone, between handing an email over and marking it."""


class NoServer:
    """Takes every email that is handed over."""

    def send(self, _message: object, **_to: str) -> Answer:
        return Sent()

    def close(self) -> None:
        """Nothing is open."""


class YearWorker(Worker):
    """The service's worker in a world whose clock, mail server and accidents are ours."""

    world: "World"

    def occasion(self) -> Occasion:
        return self.world.acting(Actor.CLOCK)

    def now(self) -> datetime:
        return self.world.now

    def _should_stop(self, taken_at: datetime) -> bool:  # noqa: ARG002
        return False

    def _hand_over(self, letter: Letter, occasion: Occasion, postroom: Postroom) -> Answer:
        answer = self.world.carry(letter)
        if isinstance(answer, Sent):
            answer = Worker._hand_over(self, letter, occasion, postroom)
            assert isinstance(answer, Sent), answer
            self.world.arrive(letter)
        return answer


@dataclass(slots=True)
class World:
    """One year under one policy. ``acts`` are what people will do, in the order of time."""

    app: Flask
    settings: ProgrammeSettings
    seed: int
    make_worker: Callable[["World"], YearWorker]
    now: datetime
    acts: list[tuple[datetime, int, Act]] = field(default_factory=list)
    order: "count[int]" = field(default_factory=count)
    seen: Counter[str] = field(default_factory=Counter)
    tried: Counter[int] = field(default_factory=Counter)
    arrived: set[int] = field(default_factory=set)
    asks: dict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    requests: dict[int, Asking] = field(default_factory=dict)
    given_again: set[int] = field(default_factory=set)
    reactions: dict[str, "Reaction"] = field(default_factory=dict)
    on_rounds: list[Callable[["World"], None]] = field(default_factory=list)
    letters_until_killed: int = -1
    worker: YearWorker | None = None

    def acting(self, actor: Actor, actor_id: int | None = None) -> Occasion:
        return Occasion(self.now, actor, self.settings, "one", "help.test", actor_id)

    def later(self, at: datetime, act: Act) -> None:
        """Have somebody do something at a moment, or now if it is past."""
        heapq.heappush(self.acts, (max(at, self.now), next(self.order), act))

    def do(self, act: Callable[..., object], *given: object, **named: object) -> object:
        """Do something as somebody would by a press; what is refused is counted and shrugged at."""
        try:
            return act(*given, **named)
        except Refused as refusal:
            self.seen[f"refused {type(refusal).__name__}: {act.__name__}"] += 1
            return None

    # The day

    def live_day(self, day: date, *, ticking: bool) -> None:
        """Let one day pass: what people do, the coordinator's round, and the ticks of the clock."""
        thrown = dice(self.seed, "day", day)
        kills = {thrown.choice(TICK_HOURS) for _ in range(MACHINES["worker_killed_per_day"])}
        for hour in TICK_HOURS:
            self.pass_until(datetime.combine(day, time(hour, 5), LONDON))
            if ticking:
                self.tick(thrown.randrange(1, 6) if hour in kills else -1)
            if hour == TICK_HOURS[0] and day.weekday() < 5:
                self.pass_until(datetime.combine(day, ROUND_AT, LONDON))
                self.coordinators_round()

    def pass_until(self, moment: datetime) -> None:
        while self.acts and self.acts[0][0] <= moment:
            at, _, act = heapq.heappop(self.acts)
            self.now = max(at, self.now)
            act()
        self.now = moment

    def tick(self, letters_until_killed: int) -> None:
        """Let the worker do all that is due; it may be killed after so many emails."""
        self.letters_until_killed = letters_until_killed
        if self.worker is None:
            self.worker = self.make_worker(self)
        try:
            self.worker.run_once()
            while self.count_due():
                self.worker.run_once()
        except Killed:
            self.seen["workers killed"] += 1
            db.session.rollback()
            self.worker = None

    def count_due(self) -> int:
        """Return how many emails are left over for the worker's next turn."""
        db.session.rollback()
        due = (still_waiting(), OutgoingEmail.not_before <= self.now)
        free = OutgoingEmail.leased_until.is_(None)
        return db.session.scalar(select(func.count(OutgoingEmail.id)).where(*due, free)) or 0

    # The post

    def carry(self, letter: Letter) -> Answer:
        """Return what the mail server says to an email."""
        self.tried[letter.id] += 1
        email = get_row(OutgoingEmail, letter.id)
        about = (letter.to_address, letter.name, email.help_request_id, self.tried[letter.id])
        if dice(self.seed, "4xx", *about).random() < MACHINES["smtp_4xx"]:
            self.seen["emails put off"] += 1
            return PutOff("451 try again later", reached=True)
        if letter.name == "invitation" and self.answer_of(email)[0] == "bounces":
            self.seen["emails refused"] += 1
            return RefusedForGood("550 no such user")
        return Sent()

    def arrive(self, letter: Letter) -> None:
        """Let whoever gets an email do what they do about it; a second copy is not read again."""
        if letter.id not in self.arrived:
            self.arrived.add(letter.id)
            email = get_row(OutgoingEmail, letter.id)
            self.seen[f"email {letter.name}"] += 1
            reaction = self.reactions.get(letter.name)
            if reaction is not None:
                reaction(self, email)
        else:
            self.seen["second copies"] += 1
        self.letters_until_killed -= 1
        if self.letters_until_killed == 0:
            raise Killed

    # Volunteers

    def join(self, offering: Offering) -> None:
        """Join, prove the address, fill in the page; a coordinator lets in whoever is unknown."""
        form = offering.form
        join(form, self.acting(Actor.VOLUNTEER))
        volunteer_id = db.session.scalars(select(Volunteer.id).filter_by(email=form.email)).one()
        confirm_offer(self.link(Purpose.CONFIRM_OFFER, volunteer_id=volunteer_id), self.volunteer())
        if get_row(Volunteer, volunteer_id).state == standing.State.PENDING:
            clerk = self.acting(Actor.COORDINATOR, 1)
            approve_volunteer(volunteer_id, trust_domain=True, occasion=clerk)
        save_page(volunteer_id, offering.page, self.volunteer(volunteer_id))

    def volunteer(self, volunteer_id: int | None = None) -> Occasion:
        return self.acting(Actor.VOLUNTEER, volunteer_id)

    def answer_of(self, email: OutgoingEmail) -> tuple[str, float]:
        """Return what the volunteer does about an ask, and how tired of asks they are (0 fresh)."""
        before = self.asks[email.to_address]
        tired = sum(self.now - FATIGUE_DAYS <= at < self.now for at in before)
        thrown = dice(self.seed, "answer", email.to_address, self.number_of(email)).random()
        if thrown < VOLUNTEER["says_yes"] * YES_AFTER_FATIGUE**tired:
            return "says_yes", tired
        thrown -= VOLUNTEER["says_yes"]
        for kind in ("says_no", "asks_manager_first", "passes_on", "bounces"):
            if 0 <= thrown < VOLUNTEER[kind]:
                return kind, tired
            thrown -= VOLUNTEER[kind]
        return "silent", tired

    def number_of(self, email: OutgoingEmail) -> str:
        return get_row(HelpRequest, email.help_request_id).form_key

    def get_invitation(self, email: OutgoingEmail) -> None:
        """Answer, late or never, once or twice; or leave, tired of being asked."""
        kind, tired = self.answer_of(email)
        self.asks[email.to_address].append(self.now)
        self.seen[f"asks: {kind}"] += 1
        thrown = dice(self.seed, "reply", email.to_address, self.number_of(email))
        reply_at = self.now + hours(VOLUNTEER["reply_delay_hours"], thrown)
        late, again, leaving, manager_says = (thrown.random() for _ in range(4))
        pair, who = email.pairing_id, email.volunteer_id
        say = {
            "says_yes": lambda: self.say_yes(pair),
            "says_no": lambda: self.say_no(pair),
            "passes_on": lambda: self.name_colleague(pair),
            "asks_manager_first": lambda: self.see_manager(pair, manager_says, thrown),
        }
        if kind in say:
            self.later(reply_at, say[kind])
            if again < VOLUNTEER["answers_twice"]:
                other = say["says_no" if again < VOLUNTEER["answers_twice"] / 2 else kind]
                self.later(reply_at + timedelta(hours=1), other)
        elif late < VOLUNTEER["answers_after_lapse"]:
            self.later(self.now + timedelta(days=thrown.uniform(8, 20)), say["says_yes"])
        if leaving < LEAVING_BY_FATIGUE * tired:
            self.seen["left, tired of asks"] += 1
            self.later(reply_at, lambda: self.do(leave, who, self.volunteer(who)))

    def see_manager(self, pair: int, manager_says: float, thrown: object) -> None:
        self.do(ask_manager, pair, self.volunteer())
        agrees = VOLUNTEER["says_yes"] / (VOLUNTEER["says_yes"] + VOLUNTEER["says_no"])
        answer = self.say_yes if manager_says < agrees else self.say_no
        delay = hours(VOLUNTEER["reply_delay_hours"], thrown)
        self.later(self.now + delay, lambda: answer(pair))

    def say_yes(self, pair: int) -> None:
        """Say yes, and perhaps think better of it before the visit."""
        kept = get_row(Pairing, pair)
        coming = [day for day in kept.help_request.dates if day > self.now.date()]
        outcome = self.do(accept, pair, Yes(coming[0] if coming else None), self.volunteer())
        thrown = dice(self.seed, "regret", kept.volunteer.email, kept.help_request.form_key)
        regret, when = thrown.random(), thrown.random()
        if outcome is None or regret > VOLUNTEER["withdraws_after_yes"] + self._changes_mind():
            return
        soon = timedelta(days=1 + 9 * when)
        if regret > VOLUNTEER["withdraws_after_yes"] and coming:
            soon = timedelta(days=max(1.0, (coming[0] - self.now.date()).days * when))
        self.later(self.now + soon, lambda: self.say_no(pair))

    def _changes_mind(self) -> float:
        return VOLUNTEER["changes_mind_before_visit"]

    def say_no(self, pair: int) -> None:
        self.do(decline, pair, DeclineReason.TOO_BUSY, "", self.volunteer())

    def name_colleague(self, pair: int) -> None:
        kept = get_row(Pairing, pair)
        named = f"colleague.of.{kept.volunteer.email}"
        self.do(pass_on, pair, Colleague("A colleague", named, "10.9.9.0/24"), self.volunteer())

    def be_named(self, email: OutgoingEmail) -> None:
        """A colleague takes the ask over, or does not."""
        thrown = dice(self.seed, "colleague", email.to_address)
        if thrown.random() < 0.5:
            link_id = email.links["proof"]
            offer = "I do the same work as my colleague."
            at = self.now + hours(VOLUNTEER["reply_delay_hours"], thrown)
            self.later(
                at, lambda: self.do(take_over, link_id, "A colleague", offer, self.volunteer())
            )

    def be_asked_whether_still_up(self, email: OutgoingEmail) -> None:
        """Whoever rests presses "I'm back", as often as people answer at all."""
        thrown = dice(self.seed, "back", email.to_address)
        if thrown.random() > VOLUNTEER["silent"]:
            who = email.volunteer_id
            at = self.now + hours(VOLUNTEER["reply_delay_hours"], thrown)
            self.later(at, lambda: self.do(resume, who, self.volunteer(who)))

    def mend_addresses(self) -> None:
        """Whose address bounced asks for a link to their page some time later, and signs in."""
        bounced = select(Volunteer.email).filter_by(state=standing.State.UNVERIFIED)
        for address in db.session.scalars(bounced).all():
            if self.asks[address] and self.now - self.asks[address][-1] < MENDS_ADDRESS:
                continue
            self.asks[address].append(self.now)  # so that it is not asked for again tomorrow
            self.do(send_page_link, address, "10.8.8.0/24", self.volunteer())

    def open_page(self, email: OutgoingEmail) -> None:
        link_id = email.links["page"]
        self.later(
            self.now + timedelta(minutes=5), lambda: self.do(sign_in, link_id, self.volunteer())
        )

    # Requesters

    def plan(self, number: int, first_day: date, days: int) -> None:
        """Have a requester send the form on their day, and once more if they are that kind."""
        asking = make_request(number, self.seed, first_day, days)
        self.requests[number] = asking
        send = lambda: self.do(send_request, asking.form, self.acting(Actor.REQUESTER))  # noqa: E731
        self.later(asking.sent_at, send)
        if dice(self.seed, "twice", number).random() < REQUESTER["sends_twice"]:
            self.later(asking.sent_at + timedelta(minutes=2), send)

    def asking(self, email: OutgoingEmail) -> Asking:
        return self.requests[int(self.number_of(email).rpartition("-")[2])]

    def requester(self) -> Occasion:
        return self.acting(Actor.REQUESTER)

    def prove(self, email: OutgoingEmail) -> None:
        """Press the link, add the details, and perhaps withdraw some day; or never press it."""
        asking, request_id = self.asking(email), email.help_request_id
        thrown = dice(self.seed, "prove", asking.number)
        if thrown.random() < REQUESTER["never_proves_address"]:
            return
        at = self.now + hours(REQUESTER["confirm_delay_hours"], thrown)
        link_id = email.links["confirm"]
        self.later(at, lambda: self.do(confirm_request, link_id, self.requester()))
        self.later(at, lambda: self.do(add_details, request_id, asking.details, self.requester()))
        self.later(at + self._review_delay(asking), lambda: self.review(request_id))
        if thrown.random() < REQUESTER["withdraws"]:
            lead = asking.form.wanted_dates[0] - self.now.date()
            why = WithdrawReason.NOT_NEEDED
            self.later(
                at + lead * thrown.random(),
                lambda: self.do(withdraw_request, request_id, why, "", self.requester()),
            )

    def _review_delay(self, asking: Asking) -> timedelta:
        thrown = dice(self.seed, "review", asking.number)
        return hours(COORDINATOR["reviews_within_hours"], thrown)

    def hear_of_a_yes(self, email: OutgoingEmail) -> None:
        """Say yes or no to the person who was found, or nothing at all."""
        asking, pair = self.asking(email), email.pairing_id
        thrown = dice(self.seed, "confirm", asking.number, get_row(Pairing, pair).volunteer.email)
        what = thrown.random()
        at = self.now + hours(REQUESTER["confirm_delay_hours"], thrown)
        if what < REQUESTER["never_confirms"]:
            return
        if what < REQUESTER["never_confirms"] + REQUESTER["turns_down_who_was_found"]:
            self.later(at, lambda: self.do(turn_down_person, pair, "", self.requester()))
        else:
            self.later(at, lambda: self.do(confirm_person, pair, self.requester()))

    # The coordinator

    def coordinator(self) -> Occasion:
        return self.acting(Actor.COORDINATOR, 1)

    def review(self, request_id: int) -> None:
        """Approve what is proposed; where the matcher has not looked yet, come back."""
        request = get_row(HelpRequest, request_id)
        if request.state not in help_request.OPEN - {help_request.State.FILLED}:
            return
        if request.proposed_at is None:
            self.later(self.now + timedelta(hours=2), lambda: self.review(request_id))
            return
        waiting = select(Pairing.id).filter_by(
            help_request_id=request_id, state=pairing.State.PROPOSED
        )
        proposals = list(db.session.scalars(waiting.order_by(Pairing.rank)))
        thrown = dice(self.seed, "dismiss", request.form_key)
        if proposals and thrown.random() < COORDINATOR["dismisses_first_proposal"]:
            why = DismissReason.NOT_A_FIT
            self.do(dismiss, proposals.pop(0), why, "", self.coordinator())
        if proposals:
            self.do(approve, request_id, proposals, self.coordinator())
        elif request.state == help_request.State.IN_REVIEW:
            self.do(say_nobody, request_id, self.coordinator())

    def coordinators_round(self) -> None:
        """Let in who waits, approve what was found since, and look again where nobody is."""
        pending = select(Volunteer.id).filter_by(state=standing.State.PENDING)
        for volunteer_id in db.session.scalars(pending).all():
            clerk = self.coordinator()
            self.do(approve_volunteer, volunteer_id, trust_domain=True, occasion=clerk)
        stuck = (help_request.State.NOBODY, help_request.State.REOPENED, help_request.State.ASKING)
        waiting = select(HelpRequest).where(HelpRequest.state.in_(stuck))
        for request in db.session.scalars(waiting).all():
            self.look_again(request.id)
        self.mend_addresses()
        for also in self.on_rounds:
            also(self)
        db.session.rollback()

    def look_again(self, request_id: int) -> None:
        request = get_row(HelpRequest, request_id)
        states = set(
            db.session.scalars(select(Pairing.state).filter_by(help_request_id=request_id))
        )
        if states & {pairing.State.INVITED, pairing.State.APPROVED}:
            return
        if pairing.State.PROPOSED in states:
            self.review(request_id)
        elif request.proposed_at and self.now - request.proposed_at > LOOKS_AGAIN:
            self.do(propose_again, request_id, self.coordinator())

    def close(self, request_id: int) -> None:
        self.do(close_request, request_id, CloseReason.UNMET, "", self.coordinator())

    def link(self, purpose: Purpose, **subject: int) -> str:
        newest = select(Link.id).filter_by(purpose=purpose, **subject).order_by(Link.made_at.desc())
        return db.session.scalars(newest).first() or ""


def get_row(model: type, row_id: int | None) -> "object":
    """Return a row as it stands now."""
    db.session.rollback()
    return db.session.get_one(model, row_id, populate_existing=True)


REACTIONS: dict[str, Reaction] = {
    "confirm_request": World.prove,
    "accepted": World.hear_of_a_yes,
    "invitation": World.get_invitation,
    "colleague_proof": World.be_named,
    "still_up_for_it": World.be_asked_whether_still_up,
    "your_page": World.open_page,
}


def open_office(world: World) -> None:
    """Add the coordinator who does everything."""
    add_coordinator("cora@programme.example", "Cora Bell", world.acting(Actor.COORDINATOR))
