"""What a requester can do: send a help request, prove the address, add to it, withdraw it,
and say yes or no to the volunteer who was found."""

from dataclasses import asdict
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.actions.filling import (
    free_place,
    lock_pairing,
    lock_request,
    stand_down,
    stand_down_if_full,
)
from matcher.actions.handed_in import Details, SentForm
from matcher.actions.linking import use_link
from matcher.actions.moving import move
from matcher.actions.occasion import Occasion
from matcher.actions.organisations import organisation_named
from matcher.actions.post.posting import queue_confirm_request
from matcher.actions.requester.asking_twice import find_like, note_likeness
from matcher.actions.requester.changing import resize
from matcher.actions.visit.visiting import begin_visit
from matcher.lifecycle import help_request, pairing
from matcher.lifecycle.choices import OneAlone, WithdrawReason
from matcher.lifecycle.refusals import NotAllowed
from matcher.records.database import again_if_beaten, writing
from matcher.records.help_requests import HelpRequest
from matcher.records.links import Link
from matcher.records.pairings import Pairing
from matcher.records.programmes import get_programme


@again_if_beaten
def send_request(form: SentForm, occasion: Occasion) -> None:
    """Keep a help request and queue the email that proves the address; sent twice, one is kept."""
    with writing() as session:
        if session.scalars(select(HelpRequest.id).filter_by(form_key=form.form_key)).first():
            return
        request = _new_request(session, form, occasion)
        session.add(request)
        session.flush()
        queue_confirm_request(session, request, form.network, occasion)


def _new_request(session: Session, form: SentForm, occasion: Occasion) -> HelpRequest:
    programme = get_programme(session)
    organisation = organisation_named(
        session, form.organisation, programme_id=programme.id, nation=form.where.nation
    )
    return HelpRequest(
        programme_id=programme.id,
        form_key=form.form_key,
        organisation_id=organisation.id,
        requester_name=form.name,
        requester_email=form.email.lower(),
        need=form.need,
        wanted_dates=[day.isoformat() for day in sorted(set(form.wanted_dates))],
        dates_note=form.dates_note,
        who_pays=form.who_pays,
        sent_at=occasion.now,
        next_at=occasion.now + timedelta(days=occasion.settings.unconfirmed_days),
        **asdict(form.where),
    )


def confirm_request(link_id: str, occasion: Occasion) -> int:
    """Prove the requester's address and return the request's id; pressed twice, nothing more.

    Raises IllegalMove where the request has gone on to expire.
    """
    alike = find_like(link_id, occasion)
    with writing() as session:
        link = session.get_one(Link, link_id)
        request = lock_request(session, link.help_request_id)
        if request.state == help_request.State.UNCONFIRMED:
            use_link(session, link, occasion.now)
            changes = {"confirmed_at": occasion.now, "next_at": occasion.now}
            move(session, request, help_request.Event.CONFIRM, occasion, changes=changes)
            note_likeness(session, request, alike, occasion)
        return request.id


def add_details(request_id: int, details: Details, occasion: Occasion) -> None:
    """Write what the requester added.

    Raises NotAllowed where the request has ended or more people have said yes than are wanted.
    """
    with writing() as session:
        request = lock_request(session, request_id)
        if request.state in help_request.ENDED:
            raise NotAllowed("the request has ended")
        if details.places < request.filled:
            raise NotAllowed("more people have already said yes")
        values = asdict(details)
        values["unwanted"] = _organisation_ids(session, details.unwanted, request)
        for name, value in values.items():
            setattr(request, name, value)
        resize(session, request, occasion)
        if request.state == help_request.State.IN_REVIEW:
            request.proposed_at, request.next_at = None, occasion.now


def be_known_as(request_id: int, display_name: str, handles: tuple[str, ...]) -> None:
    """Write what those who are asked may see of the requester. Raises NotAllowed at the end."""
    with writing() as session:
        request = lock_request(session, request_id)
        if request.state in help_request.ENDED:
            raise NotAllowed("the request has ended")
        request.display_name, request.handles = display_name, list(handles)


def _organisation_ids(session: Session, names: tuple[str, ...], request: HelpRequest) -> list[int]:
    programme_id, nation = request.programme_id, request.nation
    named = (
        organisation_named(session, name, programme_id=programme_id, nation=nation)
        for name in names
    )
    return sorted({organisation.id for organisation in named})


def withdraw_request(
    request_id: int, reason: WithdrawReason, note: str, occasion: Occasion
) -> None:
    """End the request for the requester: whoever was asked is told, the confirmed ones first.

    Raises IllegalMove where it has ended already.
    """
    with writing() as session:
        request = lock_request(session, request_id)
        changes = {"ended_at": occasion.now, "next_at": None, "end_reason": reason.value}
        move(
            session,
            request,
            help_request.Event.WITHDRAW,
            occasion,
            reason=note,
            facts={"reason": reason.value},
            changes=changes,
        )
        stand_down(session, request, occasion)


def confirm_person(pairing_id: int, occasion: Occasion, *, alone: OneAlone | None = None) -> None:
    """Say yes to the volunteer who accepted: both are introduced, and a visit begins.

    ``alone`` says whether one may come alone where several are wanted. Raises IllegalMove.
    """
    with writing() as session:
        kept = lock_pairing(session, pairing_id)
        if alone is not None:
            kept.help_request.one_alone = alone
        confirm(session, kept, occasion)


def confirm(session: Session, kept: Pairing, occasion: Occasion) -> None:
    """Confirm within the caller's transaction, which holds the request's row."""
    begin_visit(session, kept, occasion)
    move(session, kept, pairing.Event.CONFIRM, occasion)
    stand_down_if_full(session, kept.help_request, occasion)


def turn_down_person(pairing_id: int, note: str, occasion: Occasion) -> None:
    """Say no to the volunteer who accepted: the place is free again, and the next are asked."""
    with writing() as session:
        turn_down(session, lock_pairing(session, pairing_id), note, occasion)


def turn_down(session: Session, kept: Pairing, note: str, occasion: Occasion) -> None:
    """Turn down within the caller's transaction, which holds the request's row."""
    move(session, kept, pairing.Event.TURN_DOWN, occasion, reason=note)
    free_place(session, kept.help_request, occasion)
