"""Organisations as coordinators read them: a list by words, and each with whoever is of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from matcher.lifecycle import volunteer as standing
from matcher.lifecycle.refusals import NotFound
from matcher.records.help_requests import HelpRequest
from matcher.records.organisations import Organisation
from matcher.records.pages.paging import Page, read_page
from matcher.records.volunteers import Volunteer


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One organisation of the list. ``known``: from the shipped list, or vetted since."""

    organisation_id: int
    name: str
    nation: str
    known: bool
    successor: str


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain whose addresses are known to be the organisation's."""

    domain_id: int
    domain: str


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """One organisation: its names, what it counts as, its domains, and how many are of it.

    ``same_staff`` are the names of all that count as the same; ``shares`` whether it named one.
    """

    organisation_id: int
    name: str
    short_name: str
    nation: str
    known: bool
    successor: str
    shares: bool
    same_staff: tuple[str, ...]
    domains: tuple[Domain, ...]
    volunteers: int
    requests: int


def list_page(session: Session, *, words: str = "", number: int = 1) -> Page[OrganisationRow]:
    """Return a page of organisations by name, narrowed by words in any of their names."""
    wanted = select(Organisation)
    for word in words.split():
        names = Organisation.name, Organisation.short_name
        wanted = wanted.where(or_(*(name.icontains(word, autoescape=True) for name in names)))
    ordered = wanted.order_by(Organisation.name, Organisation.id)
    return read_page(session, ordered, number, lambda kept: _rows(session, kept))


def _rows(session: Session, kept: Sequence[Organisation]) -> tuple[OrganisationRow, ...]:
    successors = _names(session, {each.successor_id for each in kept})
    return tuple(
        OrganisationRow(
            organisation_id=each.id,
            name=each.name,
            nation=each.nation,
            known=each.gss is not None or each.vetted,
            successor=successors.get(each.successor_id or 0, ""),
        )
        for each in kept
    )


def _names(session: Session, ids: set[int | None]) -> dict[int, str]:
    named = select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids - {None}))
    return {row.id: row.name for row in session.execute(named)}


def read_organisation(session: Session, organisation_id: int) -> OrganisationView:
    """Return one organisation. Raises NotFound."""
    kept = session.get(Organisation, organisation_id)
    if kept is None:
        raise NotFound("no such organisation")
    same = or_(Organisation.id == kept.counts_as, Organisation.staff_of_id == kept.counts_as)
    others = select(Organisation.name).where(same, Organisation.id != kept.id)
    here = Volunteer.organisation_id == kept.id, Volunteer.state.in_(standing.MEMBERS)
    asked = select(func.count(HelpRequest.id)).where(HelpRequest.organisation_id == kept.id)
    return OrganisationView(
        organisation_id=kept.id,
        name=kept.name,
        short_name=kept.short_name,
        nation=kept.nation,
        known=kept.gss is not None or kept.vetted,
        successor=_names(session, {kept.successor_id}).get(kept.successor_id or 0, ""),
        shares=kept.staff_of_id is not None,
        same_staff=tuple(session.scalars(others.order_by(Organisation.name))),
        domains=tuple(Domain(each.id, each.domain) for each in kept.domains),
        volunteers=session.scalar(select(func.count(Volunteer.id)).where(*here)) or 0,
        requests=session.scalar(asked) or 0,
    )
