"""The organisations that people belong to: the councils list, and whoever else is named."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.actions.coordinator.recording import record
from matcher.actions.occasion import Occasion
from matcher.lifecycle.refusals import NotFound
from matcher.places.councils import Council
from matcher.records.database import writing
from matcher.records.organisations import Organisation, find_organisation
from matcher.records.programmes import get_programme


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
        organisation = session.get(Organisation, organisation_id)
        if organisation is None:
            raise NotFound("no such organisation")
        span = [first_on, last_on]
        organisation.closures = [each for each in organisation.closures if each != span]
        record(session, "open_office", organisation.__tablename__, organisation.id, occasion)


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
