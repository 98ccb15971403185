"""What a volunteer can do about themselves: join, prove the address, say more, pause, leave."""

import secrets
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.actions.coordinator.tasks import ask_to_vouch
from matcher.actions.filling import lock_pairing
from matcher.actions.handed_in import JoinForm, OfferPage, Whereabouts
from matcher.actions.linking import make_link, revoke_links, use_link
from matcher.actions.moving import may, move
from matcher.actions.occasion import Occasion
from matcher.actions.organisations import organisation_named
from matcher.actions.post.outgoing import in_vain
from matcher.actions.post.posting import queue_already_joined, queue_confirm_offer, queue_page_link
from matcher.actions.proposals.offering import publish_offer
from matcher.actions.volunteer.answering import release_or_decline
from matcher.actions.volunteer.resting import lock_volunteer
from matcher.lifecycle import pairing
from matcher.lifecycle.choices import DeclineReason, Kind
from matcher.lifecycle.refusals import NotFound
from matcher.lifecycle.volunteer import Event, State
from matcher.mail.links import Purpose
from matcher.records.database import again_if_beaten, writing
from matcher.records.links import Link
from matcher.records.organisations import knows_domain
from matcher.records.pairings import Pairing
from matcher.records.programmes import get_programme
from matcher.records.volunteers import Away, Volunteer, find_member, find_member_id


@again_if_beaten
def join(form: JoinForm, occasion: Occasion) -> None:
    """Keep an offer and queue the email that proves the address; sent twice, one is kept.

    A known address gets a link to its own page instead; who looks at the form sees no difference.
    """
    with writing() as session:
        if session.scalars(select(Volunteer.id).filter_by(form_key=form.form_key)).first():
            return
        member_id, address = find_member_id(session, form.email), form.email.lower()
        with in_vain(session, unless=member_id is None):
            added_id = _add_volunteer(session, form, occasion).id
        if member_id is None:
            queue_confirm_offer(session, added_id, address, form.network, occasion)
        else:
            queue_already_joined(session, member_id, address, form.network, occasion)


def _add_volunteer(session: Session, form: JoinForm, occasion: Occasion) -> Volunteer:
    programme = get_programme(session)
    organisation = organisation_named(
        session, form.organisation, programme_id=programme.id, nation=form.where.nation
    )
    added = Volunteer(
        programme_id=programme.id,
        form_key=form.form_key,
        session_key=secrets.token_hex(16),
        organisation_id=organisation.id,
        name=form.name,
        email=form.email.lower(),
        offer=form.offer,
        travel=form.travel,
        joined_at=occasion.now,
        next_at=occasion.now + timedelta(days=occasion.settings.unconfirmed_days),
        **asdict(form.where),
    )
    session.add(added)
    session.flush()
    return added


@again_if_beaten
def confirm_offer(link_id: str, occasion: Occasion) -> int:
    """Prove the volunteer's address and return their id; pressed twice, nothing more.

    An address that proved itself by another link meanwhile keeps that offer. Whoever was brought in
    by a coordinator is known to one already.
    """
    with writing() as session:
        link = session.get_one(Link, link_id)
        volunteer = get_volunteer(session, link.volunteer_id)
        if volunteer.state != State.UNCONFIRMED:
            return volunteer.id
        member = find_member(session, volunteer.email)
        if member is not None:
            return member.id
        use_link(session, link, occasion.now)
        supplied = volunteer.supplied_by is not None
        known = supplied or knows_domain(volunteer.organisation, volunteer.email)
        changes = {"confirmed_at": occasion.now, "next_at": None}
        event = Event.CONFIRM_KNOWN if known else Event.CONFIRM_OTHER
        move(session, volunteer, event, occasion, changes=changes)
        publish_offer(session, volunteer, occasion)
        return volunteer.id


def get_volunteer(session: Session, volunteer_id: int | None) -> Volunteer:
    """Return the volunteer. Raises NotFound."""
    found = None if volunteer_id is None else session.get(Volunteer, volunteer_id)
    if found is None:
        raise NotFound("no such volunteer")
    return found


def save_page(volunteer_id: int, page: OfferPage, occasion: Occasion) -> None:
    """Write what the volunteer says of themselves; the matcher sees it at the next ranking."""
    change_page(volunteer_id, lambda _before: page, occasion)


def change_page(
    volunteer_id: int, change: Callable[[OfferPage], OfferPage], occasion: Occasion
) -> None:
    """Write part of what the volunteer says of themselves: ``change`` is given what stands."""
    with writing() as session:
        volunteer = get_volunteer(session, volunteer_id)
        _write_page(volunteer, change(_read_page(volunteer)))
        if not volunteer.stands_for_themselves:
            ask_to_vouch(session, volunteer, occasion)
        publish_offer(session, volunteer, occasion)


def _read_page(volunteer: Volunteer) -> OfferPage:
    return OfferPage(
        offer=volunteer.offer,
        display_name=volunteer.display_name,
        job_title=volunteer.job_title,
        skills=tuple(volunteer.skills),
        experience=tuple(volunteer.experience),
        kinds=tuple(Kind(kind) for kind in volunteer.kinds),
        asks_per_quarter=volunteer.asks_per_quarter,
        travel=volunteer.travel,
        where=Whereabouts(
            place_id=volunteer.place_id,
            place_label=volunteer.place_label,
            latitude=volunteer.latitude,
            longitude=volunteer.longitude,
            outcode=volunteer.outcode,
            nation=volunteer.nation,
            council_gss=volunteer.council_gss,
        ),
        away=tuple((span.first_on, span.last_on) for span in volunteer.away),
        hides_organisation=volunteer.hides_organisation,
        handles=tuple(volunteer.handles),
    )


def _write_page(volunteer: Volunteer, page: OfferPage) -> None:
    values = asdict(page)
    values |= {name: part for name, part in values.pop("where").items() if part != ""}
    if page.where.place_id != volunteer.place_id:
        values["council_gss"] = page.where.council_gss
    values["away"] = [Away(first_on=first, last_on=last) for first, last in page.away]
    values["travel"] = page.travel
    for name, value in values.items():
        setattr(volunteer, name, list(value) if isinstance(value, tuple) else value)


def pause(volunteer_id: int, until: date | None, occasion: Occasion) -> None:
    """Ask the volunteer nothing until a date, or until they come back; open asks are stood down."""
    with writing() as session:
        volunteer = get_volunteer(session, volunteer_id)
        waiting = frozenset({pairing.State.INVITED, pairing.State.RESERVE})
        _end_asks(session, volunteer, occasion, waiting)
        changes = {"paused_until": until}
        move(session, volunteer, Event.PAUSE, occasion, changes=changes)
        publish_offer(session, volunteer, occasion)


def resume(volunteer_id: int, occasion: Occasion) -> None:
    """Let the volunteer be asked again; pressed twice, nothing more."""
    with writing() as session:
        volunteer = get_volunteer(session, volunteer_id)
        if volunteer.state == State.ACTIVE:
            return
        changes = {"paused_until": None, "lapses_in_a_row": 0}
        move(session, volunteer, Event.RESUME, occasion, changes=changes)
        publish_offer(session, volunteer, occasion)


def leave(volunteer_id: int, occasion: Occasion) -> None:
    """End the volunteer's part: asks end, visits are given to others, the page is closed."""
    with writing() as session:
        volunteer = get_volunteer(session, volunteer_id)
        _end_asks(session, volunteer, occasion, pairing.KNOWN_TO_VOLUNTEER)
        _end_proposals(session, volunteer, occasion)
        revoke_links(session, occasion.now, Purpose.CALENDAR, volunteer_id=volunteer.id)
        changes = {"session_key": secrets.token_hex(16), "next_at": None}
        move(session, volunteer, Event.LEAVE, occasion, changes=changes)
        publish_offer(session, volunteer, occasion)


def _end_asks(
    session: Session,
    volunteer: Volunteer,
    occasion: Occasion,
    states: frozenset[pairing.State],
) -> None:
    asked = select(Pairing.id).filter_by(volunteer_id=volunteer.id)
    open_asks = asked.where(Pairing.state.in_(states)).order_by(Pairing.help_request_id)
    pairing_ids = session.scalars(open_asks).all()
    for pairing_id in pairing_ids:
        lock_pairing(session, pairing_id)  # all requests first, in order: no deadlock
    lock_volunteer(session, volunteer)
    for pairing_id in pairing_ids:
        release_or_decline(session, pairing_id, DeclineReason.TOO_BUSY, "", occasion)


def _end_proposals(session: Session, volunteer: Volunteer, occasion: Occasion) -> None:
    """Take the volunteer out of the lists of those who could be asked; they never knew."""
    unasked = frozenset({pairing.State.PROPOSED, pairing.State.APPROVED})
    mine = select(Pairing).filter_by(volunteer_id=volunteer.id).where(Pairing.state.in_(unasked))
    for kept in session.scalars(mine.order_by(Pairing.help_request_id)).all():
        move(session, kept, pairing.Event.STAND_DOWN, occasion)


def replace_calendar_link(volunteer_id: int, occasion: Occasion) -> str:
    """Make the link of the volunteer's private calendar and return its id.

    The one before no longer works.
    """
    with writing() as session:
        volunteer = get_volunteer(session, volunteer_id)
        lock_volunteer(session, volunteer)
        revoke_links(session, occasion.now, Purpose.CALENDAR, volunteer_id=volunteer.id)
        return make_link(session, Purpose.CALENDAR, occasion, volunteer_id=volunteer.id)


def send_page_link(email: str, network: str, occasion: Occasion) -> None:
    """Queue a link to the volunteer's page, if the address is known; the answer is the same."""
    with writing() as session:
        member_id = find_member_id(session, email)
        queue_page_link(session, member_id, email.lower(), network, occasion)


def sign_in(link_id: str, occasion: Occasion) -> int:
    """Use a single-use sign-in link and return the volunteer's id. Raises LinkUsed.

    Whose address bounced has now proved it again.
    """
    with writing() as session:
        link = session.get_one(Link, link_id)
        use_link(session, link, occasion.now)
        volunteer = get_volunteer(session, link.volunteer_id)
        if may(volunteer, Event.PROVE_AGAIN, occasion):
            move(session, volunteer, Event.PROVE_AGAIN, occasion)
            publish_offer(session, volunteer, occasion)
        return volunteer.id
