"""The organisations that people belong to: the councils list, and whoever else is named."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from matcher.actions.allowing import require_role
from matcher.actions.coordinator.recording import record
from matcher.actions.occasion import Occasion
from matcher.actions.proposals.offering import publish_staff
from matcher.lifecycle.access import Role
from matcher.lifecycle.refusals import NotAllowed, NotFound
from matcher.places.councils import Council
from matcher.records.database import writing
from matcher.records.help_requests import HelpRequest
from matcher.records.organisations import Organisation, OrganisationDomain, find_organisation
from matcher.records.programmes import get_programme
from matcher.records.volunteers import Volunteer


def organisation_named(
    session: Session, name: str, *, programme_id: int, nation: str
) -> Organisation:
    """Return the organisation of this name, adding an unvetted one where nobody knows it."""
    known = find_organisation(session, name)
    if known is not None:
        return known
    added = Organisation(programme_id=programme_id, name=name.strip(), nation=nation)
    session.add(added)
    session.flush()
    return added


def organisations_named(
    session: Session, names: Mapping[str, str], *, programme_id: int
) -> Mapping[str, Organisation]:
    """Return the organisations of many names, each given with its nation, as above."""
    return {
        name: organisation_named(session, name, programme_id=programme_id, nation=nation)
        for name, nation in names.items()
    }


def close_office(name: str, first_on: date, last_on: date, occasion: Occasion) -> None:
    """Ask nobody of an organisation on these days; named twice, kept once.

    Raises NotFound where nobody knows the organisation.
    """
    with writing() as session:
        organisation = find_organisation(session, name)
        if organisation is None:
            raise NotFound("no such organisation")
        span = [first_on.isoformat(), last_on.isoformat()]
        others = [each for each in organisation.closures if each != span]
        organisation.closures = sorted([*others, span])
        record(session, "close_office", organisation.__tablename__, organisation.id, occasion)


def open_office(organisation_id: int, first_on: str, last_on: str, occasion: Occasion) -> None:
    """Take closure days back; pressed twice, nothing more. Raises NotFound."""
    with writing() as session:
        organisation = _get(session, organisation_id)
        span = [first_on, last_on]
        organisation.closures = [each for each in organisation.closures if each != span]
        record(session, "open_office", organisation.__tablename__, organisation.id, occasion)


def know_domain(organisation_id: int, domain: str, occasion: Occasion) -> None:
    """Take addresses of this domain as the organisation's; named twice, kept once.

    Raises NotFound, and NotAllowed where the domain is another organisation's.
    """
    with writing() as session:
        organisation = _get(session, organisation_id)
        domain = domain.strip().lower()
        others = select(OrganisationDomain).filter_by(domain=domain)
        owners = {each.organisation_id for each in session.scalars(others)}
        if owners - {organisation.id}:
            raise NotAllowed("another organisation has this domain")
        if not owners:
            organisation.domains.append(OrganisationDomain(domain=domain))
            _record(session, "know_domain", organisation, occasion, {"domain": domain})


def forget_domain(organisation_id: int, domain_id: int, occasion: Occasion) -> None:
    """Know a domain no more; who was let in by it stays. Pressed twice, nothing more."""
    with writing() as session:
        organisation = _get(session, organisation_id)
        for known in [each for each in organisation.domains if each.id == domain_id]:
            organisation.domains.remove(known)
            _record(session, "forget_domain", organisation, occasion, {"domain": known.domain})


def share_staff(organisation_id: int, name: str, occasion: Occasion) -> None:
    """Have an organisation count as the same as another, whose staff it shares.

    Their people are colleagues then: none is proposed to the other. With no name it stands for
    itself again. Raises NotFound, and NotAllowed for the organisation itself.
    """
    with writing() as session:
        organisation, before = _get_standing(session, organisation_id), _known_as(session)
        other = find_organisation(session, name) if name else None
        if name and other is None:
            raise NotFound("no such organisation")
        if other is not None and other.counts_as == organisation.id:
            raise NotAllowed("an organisation shares its staff with itself anyway")
        organisation.staff_of_id = None if other is None else other.counts_as
        if other is not None:
            _follow(session, Organisation.staff_of_id, organisation.id, other.counts_as)
        facts = {"with": "" if other is None else other.name}
        _record(session, "share_staff", organisation, occasion, facts)
        publish_staff(session, _known_otherwise(session, before), occasion)


def merge_into(organisation_id: int, name: str, occasion: Occasion) -> None:
    """Make an organisation part of another: its people, requests and domains are the other's.

    Whoever types the old name is taken for the successor's. Raises NotFound, and NotAllowed for
    the organisation itself or where the role does not include it.
    """
    with writing() as session:
        require_role(session, Role.ADMINISTRATOR, occasion)
        old, new = _get_standing(session, organisation_id), find_organisation(session, name)
        if new is None:
            raise NotFound("no such organisation")
        if new.id == old.id:
            raise NotAllowed("an organisation cannot become part of itself")
        before = _known_as(session)
        for column in (Volunteer.organisation_id, HelpRequest.organisation_id):
            _follow(session, column, old.id, new.id)
        _hand_on_staff(session, old, new)
        _follow(session, Organisation.successor_id, old.id, new.id)
        _follow(session, OrganisationDomain.organisation_id, old.id, new.id)
        old.successor_id = new.id
        _record(session, "merge_into", old, occasion, {"into": new.name})
        publish_staff(session, {new.id} | _known_otherwise(session, before), occasion)


def _known_as(session: Session) -> Mapping[int, int]:
    """Return by which id the matcher knows each organisation."""
    known = func.coalesce(Organisation.staff_of_id, Organisation.id).label("known")
    return {row.id: row.known for row in session.execute(select(Organisation.id, known))}


def _known_otherwise(session: Session, before: Mapping[int, int]) -> set[int]:
    """Return those that the matcher knows by another id now: only their people's offers change."""
    session.flush()
    session.expire_all()
    return {each for each, known in _known_as(session).items() if before.get(each) != known}


def _get(session: Session, organisation_id: int) -> Organisation:
    organisation = session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFound("no such organisation")
    return organisation


def _get_standing(session: Session, organisation_id: int) -> Organisation:
    organisation = _get(session, organisation_id)
    if organisation.successor_id is not None:
        raise NotAllowed("it became part of another organisation")
    return organisation


def _hand_on_staff(session: Session, old: Organisation, new: Organisation) -> None:
    """Have all that share staff with the old one share it with the new one."""
    first = old.counts_as
    kept = new.id if new.counts_as == old.id else new.counts_as
    if first != kept:
        _follow(session, Organisation.staff_of_id, first, kept)
    if first not in (kept, old.id):
        session.get_one(Organisation, first).staff_of_id = kept
    old.staff_of_id = None
    if kept == new.id:
        new.staff_of_id = None


def _follow(session: Session, column: InstrumentedAttribute[Any], old_id: int, new_id: int) -> None:
    """Point whatever named the old organisation to the new one."""
    moved = update(column.class_).where(column == old_id).values({column: new_id})
    session.execute(moved.execution_options(synchronize_session=False))


def _record(
    session: Session,
    event: str,
    organisation: Organisation,
    occasion: Occasion,
    facts: dict[str, str],
) -> None:
    subject = organisation.__tablename__
    record(session, event, subject, organisation.id, occasion, facts=dict(facts))


def refresh_councils(councils: Iterable[Council]) -> int:
    """Add the councils of the shipped list that are not there yet; return how many were added.

    Former councils are left out: nobody works for them.
    """
    with writing() as session:
        programme_id = get_programme(session).id
        known = set(session.scalars(select(Organisation.gss)))
        new = [each for each in councils if not each.former and each.gss not in known]
        session.add_all(_organisation(council, programme_id) for council in new)
        return len(new)


def _organisation(council: Council, programme_id: int) -> Organisation:
    return Organisation(
        programme_id=programme_id,
        name=council.official_name,
        short_name=council.name,
        gss=council.gss,
        nation=council.nation,
        vetted=True,
    )
