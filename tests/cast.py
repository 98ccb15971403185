"""The standing cast: Ruth asks, Victor can reach her, Vera cannot, Cora coordinates.

Each method makes a valid thing through the real actions; a test names only what matters to it.
"""

from dataclasses import dataclass, fields, replace
from datetime import date
from uuid import uuid4

from sqlalchemy import select

from matcher.actions.coordinator.access import add_coordinator
from matcher.actions.coordinator.reviewing import approve, approve_volunteer
from matcher.actions.handed_in import JoinForm, SentForm, Whereabouts
from matcher.actions.occasion import Occasion
from matcher.actions.requester.asking import confirm_person, confirm_request, send_request
from matcher.actions.volunteer.answering import Yes, accept
from matcher.actions.volunteer.volunteering import confirm_offer, join
from matcher.lifecycle.access import Role
from matcher.lifecycle.choices import WhoPays
from matcher.lifecycle.tables import Actor
from matcher.lifecycle.volunteer import State
from matcher.mail.links import Purpose
from matcher.matching.offers import TravelLimit
from matcher.records.database import db, writing
from matcher.records.help_requests import HelpRequest
from matcher.records.links import Link
from matcher.records.outbox import OutgoingEmail
from matcher.records.pairings import Pairing
from matcher.records.travel import Travel
from matcher.records.volunteers import Volunteer

NEWBURY = Whereabouts(
    place_id="outcode:RG14",
    place_label="RG14, West Berkshire",
    latitude=51.3994,
    longitude=-1.3233,
    outcode="RG14",
    nation="England",
    council_gss="E06000037",
)
WALSALL = Whereabouts(
    place_id="outcode:WS1",
    place_label="WS1, Walsall",
    latitude=52.5830,
    longitude=-1.9790,
    outcode="WS1",
    nation="England",
    council_gss="E08000030",
)
STORY_NEED = (
    "We would like someone to brief our chief executive and council members on what another "
    "authority does with social media."
)
STORY_OFFER = (
    "I run our council's social media and have briefed members and the chief executive on it."
)
WANTED = (date(2027, 1, 20), date(2027, 1, 27))


@dataclass(frozen=True, slots=True)
class Cast:
    """Makes people and requests; ``occasion`` is Monday morning."""

    occasion: Occasion

    def acting(self, actor: Actor, actor_id: int | None = None) -> Occasion:
        return replace(self.occasion, actor=actor, actor_id=actor_id)

    def request(self, *, confirmed: bool = True, **changes: object) -> int:
        """Ruth's help request at West Berkshire; its id."""
        form = SentForm(
            form_key=uuid4().hex,
            network="192.0.2.0/24",
            need=STORY_NEED,
            where=NEWBURY,
            wanted_dates=WANTED,
            dates_note="",
            who_pays=WhoPays.REQUESTER,
            name="Ruth Adeyemi",
            email="ruth@westberks.example",
            organisation="West Berkshire",
        )
        send_request(replace(form, **changes), self.acting(Actor.REQUESTER))
        request_id = db.session.scalars(
            select(HelpRequest.id).order_by(HelpRequest.id.desc())
        ).first()
        assert request_id is not None
        if confirmed:
            link_id = self.link_id(Purpose.CONFIRM_REQUEST, help_request_id=request_id)
            confirm_request(link_id, self.acting(Actor.REQUESTER))
        return request_id

    def volunteer(self, *, active: bool = True, confirmed: bool = True, **changes: object) -> int:
        """Victor's offer in Walsall, up to 120 miles; his id. Another email, another person.

        What belongs to a travel limit (``miles``, ``train_minutes``) may be given by itself.
        """
        form = JoinForm(
            form_key=uuid4().hex,
            network="198.51.100.0/24",
            offer=STORY_OFFER,
            where=WALSALL,
            travel=Travel(TravelLimit(miles=120)),
            name="Victor Osei",
            email=f"victor.{uuid4().hex[:8]}@walsall.example",
            organisation="Walsall",
        )
        limits = {each.name for each in fields(TravelLimit)} & set(changes)
        if limits:
            limit = TravelLimit(**{name: changes.pop(name) for name in limits})
            changes["travel"] = Travel(limit)
        join(replace(form, **changes), self.acting(Actor.VOLUNTEER))
        volunteer_id = db.session.scalars(
            select(Volunteer.id).order_by(Volunteer.id.desc())
        ).first()
        assert volunteer_id is not None
        if confirmed:
            link_id = self.link_id(Purpose.CONFIRM_OFFER, volunteer_id=volunteer_id)
            confirm_offer(link_id, self.acting(Actor.VOLUNTEER))
        if confirmed and active and self.get(Volunteer, volunteer_id).state == State.PENDING:
            coordinator = self.acting(Actor.COORDINATOR)
            approve_volunteer(volunteer_id, trust_domain=False, occasion=coordinator)
        return volunteer_id

    def vera(self) -> int:
        """Vera offers the same as Victor but goes no further than ten miles."""
        return self.volunteer(name="Vera Lloyd", miles=10)

    def coordinator(
        self,
        email: str = "cora@programme.example",
        name: str = "Cora Bell",
        role: Role | None = None,
    ) -> int:
        """Somebody at the desk; the first administers, unless a role is given. Their id."""
        return add_coordinator(email, name, self.acting(Actor.COORDINATOR), role)

    def proposal(self, request_id: int, volunteer_id: int, rank: int = 1) -> int:
        """A proposal as the matcher would keep it; its pairing's id."""
        with writing() as session:
            kept = Pairing(
                help_request_id=request_id,
                volunteer_id=volunteer_id,
                rank=rank,
                score=0.5,
                snapshot={},
                proposed_at=self.occasion.now,
            )
            session.add(kept)
            session.get_one(HelpRequest, request_id).proposed_at = self.occasion.now
            session.flush()
            return kept.id

    def invited(self, request_id: int, volunteer_id: int) -> int:
        """A pairing whose invitation is queued; its id."""
        pairing_id = self.proposal(request_id, volunteer_id)
        approve(request_id, [pairing_id], self.acting(Actor.COORDINATOR))
        return pairing_id

    def accepted(self, request_id: int, volunteer_id: int) -> int:
        """A pairing whose volunteer said yes and took a place; its id."""
        pairing_id = self.invited(request_id, volunteer_id)
        accept(pairing_id, Yes(WANTED[0]), self.acting(Actor.VOLUNTEER, volunteer_id))
        return pairing_id

    def confirmed(self, request_id: int, volunteer_id: int) -> int:
        """A pairing whose two sides were introduced; its id."""
        pairing_id = self.accepted(request_id, volunteer_id)
        confirm_person(pairing_id, self.acting(Actor.REQUESTER))
        return pairing_id

    def link_id(self, purpose: Purpose, **subject: int) -> str:
        """The newest link of this purpose for a subject."""
        db.session.rollback()
        named = select(Link.id).filter_by(purpose=purpose, **subject)
        newest = named.order_by(Link.revoked_at.is_not(None), Link.made_at.desc())
        return db.session.scalars(newest).first() or ""

    def emails(self, name: str, **subject: int) -> list[OutgoingEmail]:
        """The emails of this name in the outbox, oldest first."""
        db.session.rollback()
        named = select(OutgoingEmail).filter_by(name=name, **subject)
        return list(db.session.scalars(named.order_by(OutgoingEmail.id)))

    def get(self, model, row_id):
        """The row as it stands in the database now."""
        db.session.rollback()
        return db.session.get_one(model, row_id, populate_existing=True)

    def rows(self, model, **values):
        """The rows with these values, in order."""
        db.session.rollback()
        return list(db.session.scalars(select(model).filter_by(**values).order_by(model.id)))
