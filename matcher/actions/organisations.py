"""Which organisation a name in a form means; a name nobody knows is added, to be vetted."""

from sqlalchemy.orm import Session

from matcher.records.organisations import Organisation, find_organisation


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
